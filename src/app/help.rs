//! The keys, all on one card.

use leptos::prelude::*;

use super::dialog::Dialog;
use super::state::App;
use super::words::Words;

type Line = (&'static str, fn(&Words) -> &'static str);

/// What the card says, in the order of the work. `tests` of the key map hold
/// that each key does this.
static LINES: [Line; 21] = [
    ("Tab · n", |w| w.help_review),
    ("↵", |w| w.help_accept),
    ("⌫", |w| w.help_remove),
    ("1 – 7", |w| w.help_label),
    ("q", |w| w.help_quote),
    ("c · s", |w| w.help_cue),
    ("k", |w| w.help_kind),
    ("e · s", |w| w.help_who),
    ("t", |w| w.help_everywhere),
    ("← → ↑ ↓", |w| w.help_move),
    ("⇧ ← · ⇧ →", |w| w.help_extend),
    ("⇧ ← · ⇧ →", |w| w.help_resize_end),
    ("⇧ Alt ← · ⇧ Alt →", |w| w.help_resize_start),
    ("x", |w| w.help_exact),
    ("Alt ↓ · Alt ↑", |w| w.help_document),
    ("d", |w| w.help_done),
    ("r", |w| w.help_remark),
    ("/", |w| w.help_search),
    ("Ctrl Z · Ctrl ⇧ Z", |w| w.help_undo),
    ("Ctrl ↵", |w| w.help_accept_all),
    ("Ctrl S", |w| w.help_export),
];

/// The card.
#[component]
pub fn Help(app: App) -> impl IntoView {
    view! {
        <Dialog app title=Signal::derive(move || app.words().help_title.to_owned())>
            <dl class="keys">
                {LINES.iter().map(|(keys, words)| view! {
                    <div>
                        <dt>{keys.split(' ').map(|k| match k {
                            "·" | "–" => view! { <span>{format!(" {k} ")}</span> }.into_any(),
                            k => view! { <kbd>{k}</kbd> }.into_any(),
                        }).collect_view()}</dt>
                        <dd>{move || words(app.words())}</dd>
                    </div>
                }).collect_view()}
                <div><dt><kbd>"Esc"</kbd></dt><dd>{move || app.words().help_leave}</dd></div>
            </dl>
        </Dialog>
    }
}
