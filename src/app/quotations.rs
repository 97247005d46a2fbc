//! The quotations of the open document, each with who says it and how.

use leptos::prelude::*;

use super::each::Each;
use super::palette::shortened;
use super::reading::QuotationKey;
use super::state::App;
use crate::scheme::QuoteKind;
use crate::session::QuotationRow;

/// The quotations, in text order.
#[component]
pub fn Quotations(app: App) -> impl IntoView {
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
                    <Each each=move || app.quotations.get().to_vec() key=QuotationKey::of let:row>
                        <Row app row />
                    </Each>
                </ol>
            </Show>
        </section>
    }
}

#[component]
fn Row(app: App, row: QuotationRow) -> impl IntoView {
    let id = row.id;
    let kind = row.kind;
    let name = row.sayer.map(|(_, name)| name);
    view! {
        <li>
            <button
                class="quotation-go"
                class:proposed=row.proposed
                class:focused=row.focused
                on:click=move |_| app.go_to(id)
            >
                <span class="who">
                    <kbd>{row.number}</kbd>
                    <b>{match name {
                        Some(name) => name.into_any(),
                        None => view! { <i class="soft">{move || app.words().nobody}</i> }.into_any(),
                    }}</b>
                </span>
                <span class="how soft">
                    {move || kind_name(app, kind)}
                    {row.cue.map(|cue| format!(" · {cue}"))}
                </span>
                <span class="what">{shortened(&row.words)}</span>
            </button>
        </li>
    }
}

/// The name of a kind; nothing for a quotation of unknown kind.
pub fn kind_name(app: App, kind: Option<QuoteKind>) -> &'static str {
    match kind {
        Some(QuoteKind::Direct) => app.words().kind_direct,
        Some(QuoteKind::Mixed) => app.words().kind_mixed,
        Some(QuoteKind::Indirect) => app.words().kind_indirect,
        None => "",
    }
}
