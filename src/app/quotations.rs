//! The quotations of the open document, each with who says it and how.

use leptos::prelude::*;

use super::each::Each;
use super::markup::Html;
use super::palette::shortened;
use super::state::App;
use super::words::Lang;
use crate::scheme::QuoteKind;
use crate::session::QuotationRow;

/// The quotations, in text order.
#[component]
pub fn Quotations(app: App) -> impl IntoView {
    let rows = move || {
        let (rows, lang) = (app.quotations.get(), app.lang.get());
        (0..rows.len()).map(|at| (rows.clone(), at, lang)).collect::<Vec<_>>()
    };
    view! {
        <section class="quotations" aria-labelledby="quotations-title">
            <h2 id="quotations-title">
                {move || app.words().quotations}
                <span class="count">{move || app.quotations.with(|q| q.len()).to_string()}</span>
            </h2>
            <Show
                when=move || app.quotations.with(|rows| !rows.is_empty())
                fallback=move || view! { <p class="soft hint">{move || app.words().no_quotations}</p> }
            >
                <ol>
                    <Each
                        each=rows
                        key=|(rows, at, lang)| (rows[*at].fingerprint(), *lang)
                        children=move |(rows, at, lang)| view! { <Row app row=rows[at].clone() lang /> }
                    />
                </ol>
            </Show>
        </section>
    }
}

#[component]
fn Row(app: App, row: QuotationRow, lang: Lang) -> impl IntoView {
    let id = row.id;
    let mut class = "quotation-go".to_owned();
    for (word, on) in [(" proposed", row.proposed), (" focused", row.focused)] {
        if on {
            class += word;
        }
    }
    let mut html = Html::default();
    html.open("button", &[("class", &class)]).open("span", &[("class", "who")]);
    html.open("kbd", &[]).text(&row.number.to_string()).close("kbd").open("b", &[]);
    put_sayer(&mut html, row.sayer.as_ref().map(|(_, name)| name.as_str()), lang);
    html.close("b").close("span");
    html.element("span", "how soft", &how(&row, lang));
    html.element("span", "what", &shortened(&row.words)).close("button");
    view! { <li on:click=move |_| app.go_to(id) inner_html=html.end()></li> }
}

/// Who says it, or that nobody can be told.
pub fn put_sayer(html: &mut Html, name: Option<&str>, lang: Lang) {
    match name {
        Some(name) => html.text(name),
        None => html.element("i", "soft", lang.words().nobody),
    };
}

/// The kind of a quotation, and the words that report it.
pub fn how(row: &QuotationRow, lang: Lang) -> String {
    let kind = kind_name(row.kind, lang);
    row.cue.as_ref().map_or_else(|| kind.to_owned(), |cue| format!("{kind} · {cue}"))
}

/// The name of a kind; nothing for a quotation of unknown kind.
pub fn kind_name(kind: Option<QuoteKind>, lang: Lang) -> &'static str {
    let words = lang.words();
    match kind {
        Some(QuoteKind::Direct) => words.kind_direct,
        Some(QuoteKind::Mixed) => words.kind_mixed,
        Some(QuoteKind::Indirect) => words.kind_indirect,
        None => "",
    }
}
