//! Files of other tools on their way in: the converter reads them, and the
//! person says what they do not tell — what a file is, what its labels mean
//! here — and hears what could not be kept.

use std::collections::BTreeMap;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::arrivals::Run;
use super::dialog::Dialog;
use super::files::Found;
use super::format_words::{GROUPS, ONLY_WRITTEN};
use super::state::{App, Overlay};
use super::words::Lang;
use super::{converter, files, theme, words};
use crate::formats::batch::{LEAVE, TEXT};
use crate::formats::converter::{Answer, Ask, Delivery, Packet, Read, Tongue};
use crate::formats::plain;
use crate::text::order;

/// Where the browser keeps what labels of other tools mean here.
const LABELS: &str = "guillemet.labels";
/// About how many files that do not tell what they are a person is asked.
const MOST_ASKED: usize = 8;
/// How many remarks the dialog shows; copying gives all.
const SHOWN: usize = 200;

/// Where an import stands.
#[derive(Clone, Default)]
pub struct Import {
    delivery: Delivery,
    run: Option<Run>,
    step: Step,
}

/// What the dialog is about.
#[derive(Clone, Default)]
enum Step {
    /// Nothing.
    #[default]
    None,
    /// What these files are.
    Choose(Vec<String>),
    /// What these labels become: name, how many, which of ours is like it.
    Map(Vec<(String, usize, Option<String>)>),
    /// How many documents were opened, and what there is to say.
    Report(usize, Vec<String>),
}

/// Opens what was pasted and is a file.
pub fn pasted(app: App, file: Packet) {
    if !files::take_json(app, &file.bytes) {
        take(Run::new(app, 1), vec![file]);
    }
}

/// Reads files of any kind.
pub fn take(run: Run, files: Vec<Packet>) {
    let app = run.app();
    let known = app
        .session
        .with_untracked(|s| s.scheme().labels.iter().map(|def| def.name.to_string()).collect());
    let renamed = remembered();
    let tongue = tongue(app.lang.get_untracked());
    read(run, Delivery { files, known, renamed, tongue, ..Delivery::default() });
}

/// The language in which the converter reports.
pub fn tongue(lang: Lang) -> Tongue {
    match lang {
        Lang::Fr => Tongue::French,
        Lang::En => Tongue::English,
    }
}

/// What the converter reports, one line each.
pub fn told(read: &Read) -> impl Iterator<Item = String> {
    read.problems.iter().map(|(path, what)| format!("{path}: {what}"))
}

/// What labels of other tools mean here: one a line, a tab between.
fn remembered() -> BTreeMap<String, String> {
    let kept = theme::chosen(LABELS).unwrap_or_default();
    let pair =
        |line: &str| line.split_once('\t').map(|(name, ours)| (name.to_owned(), ours.to_owned()));
    order::map(kept.lines().filter_map(pair))
}

fn read(run: Run, delivery: Delivery) {
    let app = run.app();
    app.notices.say(app.lang.get_untracked().words().import_reading);
    spawn_local(async move {
        match converter::ask(Ask::Read(delivery.clone())).await {
            Ok(Answer::Read(read)) => heard(run, delivery, read).await,
            Ok(Answer::Refused(why)) | Err(why) => without(run, delivery.files, &why).await,
            Ok(Answer::Written(_)) => {}
        }
    });
}

/// Where no converter answers, texts are read all the same: they need none.
async fn without(mut run: Run, files: Vec<Packet>, why: &str) {
    let app = run.app();
    app.notices.warn(&words::no_converter(app.lang.get_untracked(), why));
    if why == converter::STOPPED {
        return;
    }
    let mut texts = files;
    texts.retain(|packet| plain::is_text(&packet.name));
    if let Err(left) = run.texts(&texts).await {
        run.stop(left);
    }
}

/// Asks what is open, or opens the documents.
async fn heard(mut run: Run, mut delivery: Delivery, mut read: Read) {
    if read.unsure.len() > MOST_ASKED {
        // A folder of pictures: nobody is asked about each.
        let leave = |name: String| (name, LEAVE.to_owned());
        let lang = run.app().lang.get_untracked();
        run.remarks.extend(read.unsure.iter().map(|name| words::left_out(lang, name)));
        delivery.chosen.extend(std::mem::take(&mut read.unsure).into_iter().map(leave));
    }
    if !read.unsure.is_empty() {
        return show(run, delivery, Step::Choose(read.unsure));
    }
    read.foreign.retain(|(name, ..)| !delivery.renamed.contains_key(name));
    if !read.foreign.is_empty() {
        return show(run, delivery, Step::Map(read.foreign));
    }
    run.remarks.extend(told(&read));
    let found = if read.ours { Found::Here } else { Found::Elsewhere };
    let texts = read.texts.len();
    if let Err(left) = run.workspaces(read.workspaces, found).await {
        return run.stop(left + texts);
    }
    match run.texts(&read.texts).await {
        Ok(()) => report(run),
        Err(left) => run.stop(left),
    }
}

/// Says what came in.
pub fn report(run: Run) {
    let (app, count) = (run.app(), run.count);
    if !run.remarks.is_empty() {
        let remarks = run.remarks.clone();
        show(run, Delivery::default(), Step::Report(count, remarks));
    } else if count > 0 {
        app.notices.say(&words::opened(app.lang.get_untracked(), count, 0));
    }
}

fn show(run: Run, delivery: Delivery, step: Step) {
    let app = run.app();
    app.import.set(Import { delivery, run: Some(run), step });
    app.overlay.set(Overlay::Import);
}

/// Goes on with what the person said.
fn go_on(app: App, change: impl FnOnce(&mut Delivery)) {
    let Import { mut delivery, run, .. } = app.import.get_untracked();
    change(&mut delivery);
    super::dialog::close(app);
    if let Some(run) = run {
        read(run, delivery);
    }
}

/// The dialog of the step.
#[component]
pub fn ImportDialog(app: App) -> impl IntoView {
    let step = app.import.get_untracked().step;
    let title: fn(&words::Words) -> &'static str = match step {
        Step::Choose(_) => |w| w.import_choose,
        Step::Map(_) => |w| w.import_map,
        Step::None | Step::Report(..) => |w| w.import_report,
    };
    let body = match step {
        Step::None => ().into_any(),
        Step::Choose(names) => view! { <Choose app names /> }.into_any(),
        Step::Map(labels) => view! { <Map app labels /> }.into_any(),
        Step::Report(count, remarks) => view! { <Report app count remarks /> }.into_any(),
    };
    view! {
        <Dialog app title=Signal::derive(move || title(app.words()).to_owned())>{body}</Dialog>
    }
}

/// What is to be opened, one row each, and the button.
#[component]
fn Rows(
    app: App,
    about: fn(&words::Words) -> &'static str,
    go: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <p class="soft">{move || about(app.words())}</p>
        <div class="pairs">{children()}</div>
        <div class="row">
            <button class="go" autofocus on:click=move |_| go.run(())>{move || app.words().import_open}</button>
        </div>
    }
}

#[component]
fn Choose(app: App, names: Vec<String>) -> impl IntoView {
    let chosen =
        StoredValue::new(order::map(names.iter().map(|name| (name.clone(), LEAVE.to_owned()))));
    let go = Callback::new(move |()| go_on(app, |d| d.chosen.extend(chosen.get_value())));
    let row = move |name: String| {
        let key = name.clone();
        let choose = move |e| {
            chosen.update_value(|c| {
                c.insert(key.clone(), event_target_value(&e));
            })
        };
        view! {
            <label>
                <span class="name">{name}</span>
                <select on:change=choose>
                    <option value=LEAVE>{move || app.words().import_leave}</option>
                    <option value=TEXT>{move || app.words().import_text}</option>
                    {GROUPS.iter().flat_map(|group| group.formats).filter(|f| !ONLY_WRITTEN.contains(&f.id)).map(|f| view! {
                        <option value=f.id>{move || f.name(app.lang.get())}</option>
                    }).collect_view()}
                </select>
            </label>
        }
    };
    view! {
        <Rows app about=|w| w.import_choose_about go>{names.into_iter().map(row).collect_view()}</Rows>
    }
}

#[component]
fn Map(app: App, labels: Vec<(String, usize, Option<String>)>) -> impl IntoView {
    let renamed = StoredValue::new(order::map(
        labels
            .iter()
            .map(|(name, _, like)| (name.clone(), like.clone().unwrap_or_else(|| name.clone()))),
    ));
    let go = Callback::new(move |()| {
        let mut all = remembered();
        all.extend(renamed.get_value());
        let lines = all.iter().map(|(name, ours)| format!("{name}\t{ours}\n"));
        theme::choose(LABELS, &lines.collect::<String>());
        go_on(app, |d| d.renamed.extend(renamed.get_value()));
    });
    let ours: Vec<String> = app
        .session
        .with_untracked(|s| s.scheme().labels.iter().map(|def| def.name.to_string()).collect());
    let row = move |(name, count, like): (String, usize, Option<String>)| {
        let key = name.clone();
        let choose = move |e| {
            renamed.update_value(|r| {
                r.insert(key.clone(), event_target_value(&e));
            })
        };
        let options = ours.iter().map(|label| {
            let (value, selected) = (label.clone(), like.as_ref() == Some(label));
            let label = label.clone();
            view! {
                <option value=value selected=selected>
                    {move || words::label_names(app.lang.get(), &label).1}
                </option>
            }
        });
        let options = options.collect_view();
        view! {
            <label>
                <span class="name">{name.clone()} " " <small class="count">{count}</small></span>
                <select on:change=choose>
                    <option value=name.clone()>{name.clone()} " (" {move || app.words().import_new} ")"</option>
                    {options}
                </select>
            </label>
        }
    };
    view! {
        <Rows app about=|w| w.import_map_about go>{labels.into_iter().map(row).collect_view()}</Rows>
    }
}

#[component]
fn Report(app: App, count: usize, remarks: Vec<String>) -> impl IntoView {
    let total = remarks.len();
    let all = remarks.join("\n");
    let copy = move |_| {
        let all = all.clone();
        spawn_local(async move {
            let words = app.lang.get_untracked().words();
            app.notices.say(if files::copy(all).await { words.copied } else { words.copy_failed });
        });
    };
    view! {
        <p>{move || words::opened(app.lang.get(), count, total)}</p>
        <ul class="remarks">
            {remarks.into_iter().take(SHOWN).map(|remark| view! { <li>{remark}</li> }).collect_view()}
            {(total > SHOWN).then(|| view! { <li>"+ " {total - SHOWN}</li> })}
        </ul>
        <div class="row">
            <button class="go" autofocus on:click=move |_| super::dialog::close(app)>{move || app.words().close}</button>
            <button class="quiet copy" on:click=copy>{move || app.words().copy}</button>
        </div>
    }
}
