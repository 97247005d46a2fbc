//! The page as a whole: what is mounted where, and how it starts.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::arrivals::Arriving;
use super::converter::Converting;
use super::documents::Documents;
use super::entities::Entities;
use super::header::{Header, Hints};
use super::inspector::Inspector;
use super::later::{self, Later, Loader};
use super::notices::NoticeBoard;
use super::opening;
use super::quotations::Quotations;
use super::reading::Reading;
use super::start::Start;
use super::state::{App, Overlay, Tab};
use super::storage::{self, Restored, Saving};
use super::who::WhoPicker;
use super::words::Lang;
use super::{files, keys, room, tabs, theme, workspaces};
use crate::session::{Command, Session};

/// Reads what was left here last time, then shows the page; `loader` gives what
/// it needs later.
pub fn start(loader: Loader) {
    later::LOADER.get_or_init(|| loader);
    theme::restore();
    let lang = theme::first_language();
    theme::set_language(lang);
    spawn_local(async move {
        let (session, trouble, damaged) = match restore(lang).await {
            Ok((Restored { session, damaged }, trouble)) => (session, trouble, damaged),
            Err(trouble) => (Session::default(), Some(trouble), false),
        };
        theme::set_label_colors(session.scheme());
        opening::end();
        mount_to_body(move || {
            let app = App::new(session, lang);
            let words = lang.words();
            if damaged {
                app.notices.warn(words.storage_broken);
            }
            if let Some(trouble) = trouble {
                app.saving.set(trouble);
            }
            app.start_engine();
            app.follow_tabs();
            workspaces::refresh(app);
            room::look(app);
            view! { <Page app /> }
        });
    });
}

/// What was left here, and whether another tab works on it.
async fn restore(lang: Lang) -> Result<(Restored, Option<Saving>), Saving> {
    let id = workspaces::enter().await;
    storage::open(&id).await?;
    let told = move |done, all| opening::tell(lang, done, all);
    if tabs::ask(&id).await {
        Ok((storage::take_over(told).await?, None))
    } else {
        Ok((storage::look(told).await?, Some(Saving::Elsewhere)))
    }
}

/// The page.
#[component]
fn Page(app: App) -> impl IntoView {
    let dropping = RwSignal::new(false);
    keys::listen(app);
    files::listen(app, dropping);
    tell_trouble(app);
    keep_focus(app);
    ask_before_leaving(app);
    let scheme = Memo::new(move |_| app.session.with(|s| s.scheme().clone()));
    Effect::new(move |_| scheme.with(theme::set_label_colors));
    let open = Memo::new(move |_| app.session.with(|s| s.work().is_some()));
    let tab = move || match app.tab.get() {
        Tab::Text => "text",
        Tab::Entities => "entities",
        Tab::Quotations => "quotations",
        Tab::Documents => "documents",
    };
    view! {
        <div class="page" class:started=move || open.get() data-tab=tab>
            <Header app />
            <Show when=move || open.get() fallback=move || view! { <main class="lone"><Start app /></main> }>
                {desk(app)}
            </Show>
            {over(app)}
            <Show when=move || dropping.get()>
                <div class="dropping" aria-hidden="true">{move || app.words().drop_here}</div>
            </Show>
            <Arriving app />
            <Converting app />
            <NoticeBoard app />
        </div>
    }
}

/// Where the work is done, once there is a dispatch.
pub fn desk(app: App) -> impl IntoView {
    view! {
        <nav><Documents app /></nav>
        <main><Reading app /></main>
        <aside>
            <Inspector app />
            <Review app />
            <Quotations app />
            <Entities app />
        </aside>
        <Tabs app />
        <Hints app />
    }
}

/// What lies over the page. Who speaks is asked in the middle of the work; the
/// rest is loaded when it is first wanted.
fn over(app: App) -> impl IntoView {
    let later = RwSignal::new(None::<Later>);
    Effect::new(move |_| {
        let is_here = matches!(app.overlay.get(), Overlay::None | Overlay::Who(_));
        if is_here || later.with_untracked(Option::is_some) {
            return;
        }
        spawn_local(async move {
            match later::load(app).await {
                None => app.overlay.set(Overlay::None),
                loaded => later.set(loaded),
            }
        });
    });
    move || match app.overlay.get() {
        Overlay::None => ().into_any(),
        Overlay::Who(span) => view! { <WhoPicker app span /> }.into_any(),
        overlay => later.get().map(|later| (later.overlay)(app, overlay)).into_any(),
    }
}

/// All at once: accept, reject, tag again.
#[component]
fn Review(app: App) -> impl IntoView {
    let none = move || app.overview.get().proposed == 0;
    let again = move |_| {
        if let Some(id) = app.session.with_untracked(|s| s.work().map(|w| w.document.id.clone())) {
            app.tag(id);
        }
    };
    view! {
        <section class="bulk" on:mousedown=keys::stay>
            <button class="quiet small" disabled=none on:click=move |_| { app.perform(Command::AcceptAll); }>
                {move || app.words().accept_all}
            </button>
            <button class="quiet small" disabled=none on:click=move |_| { app.perform(Command::RejectAll); }>
                {move || app.words().reject_all}
            </button>
            <button class="quiet small" on:click=again>{move || app.words().tag_again}</button>
        </section>
    }
}

/// Where one part has room at a time: which.
#[component]
fn Tabs(app: App) -> impl IntoView {
    let tab = move |tab: Tab, name: Signal<&'static str>| {
        view! {
            <button
                class:on=move || app.tab.get() == tab
                aria-pressed=move || (app.tab.get() == tab).to_string()
                on:click=move |_| app.tab.set(tab)
            >
                {move || name.get()}
            </button>
        }
    };
    view! {
        <div class="tabs" role="group">
            {tab(Tab::Text, Signal::derive(move || app.words().text_tab))}
            {tab(Tab::Entities, Signal::derive(move || app.words().entities))}
            {tab(Tab::Quotations, Signal::derive(move || app.words().quotations))}
            {tab(Tab::Documents, Signal::derive(move || app.words().documents))}
        </div>
    }
}

/// Where nothing is kept, the browser asks before it closes the page.
fn ask_before_leaving(app: App) {
    let window = gloo::utils::window();
    let options = EventListenerOptions::enable_prevent_default();
    let ask = move |event: &web_sys::Event| {
        let kept = matches!(
            app.saving.get_untracked(),
            Saving::Saved | Saving::Writing | Saving::Elsewhere
        );
        if !kept && app.session.with_untracked(|s| s.work().is_some()) {
            event.prevent_default();
        }
    };
    EventListener::new_with_options(&window, "beforeunload", options, ask).forget();
}

/// What had the focus may be gone after a change: a button of a card that was
/// left, a field whose text was taken. The keyboard is in the text then.
fn keep_focus(app: App) {
    let check = move || {
        // After the drawing, when the browser has let go of what is gone.
        request_animation_frame(move || {
            Timeout::new(0, move || {
                let focused = gloo::utils::document().active_element();
                let lost = focused.is_none_or(|e| e.tag_name() == "BODY");
                if lost && app.overlay.get_untracked() == Overlay::None {
                    keys::focus_sheet();
                }
            })
            .forget();
        });
    };
    Effect::new(move |_| {
        app.session.track();
        check();
    });
    for name in ["click", "keydown"] {
        EventListener::new(&gloo::utils::document(), name, move |_| check()).forget();
    }
}

/// Says what is wrong with saving, in the language of the moment.
fn tell_trouble(app: App) {
    Effect::new(move |_| {
        let words = app.words();
        match app.saving.get() {
            Saving::Saved | Saving::Writing | Saving::Elsewhere => {}
            Saving::Forbidden => app.notices.warn(words.storage_forbidden),
            Saving::Full => app.notices.warn(words.storage_full),
            Saving::Failed(why) => {
                app.notices.warn(&super::words::unsaved_because(app.lang.get(), &why));
            }
        }
    });
}
