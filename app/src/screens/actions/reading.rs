//! An action to be read: who, what, by when; what each of them answered; and gently what stands in its way.

use eframe::egui::{Ui, vec2};
use plan::{
    Someone,
    checks::{needs, promises::Promise, specific::Ask},
    views::{Action, ActionStatus},
};
use words::{Say, say, text};

use super::{PART, sentences, who_and_where};
use crate::{
    kit::{self, Icon, chip, icon_line},
    people,
    screens::{apart, fields::Record, known::Known},
    terms,
    theme::{self, Tone, Type, gap},
};

/// Draws it.
pub fn ui(ui: &mut Ui, action: Record<'_>, counted: Option<&Action>, known: &Known) {
    let who: Vec<Someone> =
        counted.map_or_else(|| action.people("who"), |counted| counted.who.iter().cloned().collect());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        faces(ui, action, &who);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = gap::XS;
            let what = action.text("what");
            let words = if what.trim().is_empty() { text("common-no-words-yet") } else { what };
            ui.label(theme::text(ui, Type::Strong, words).line_height(Some(Type::Strong.line_height())));
            ui.label(theme::soft(ui, Type::Note, who_and_where(action, &who)));
            chips(ui, action, counted);
            apart::both(ui, action, "status");
            for wish in action.refs("for") {
                let words = match known.goals.get(&wish) {
                    Some(goal) => goal.words.clone(),
                    None => Record::part(action.desk, action.plan, "needs").at(wish).called(),
                };
                if !words.trim().is_empty() {
                    let for_wish = Say::new("wants-for-wish").with("wish", words.trim());
                    ui.label(theme::soft(ui, Type::Note, say(for_wish)).line_height(Some(24.0)));
                }
            }
            if let Some(counted) = counted {
                answers(ui, action, counted, known);
                noticed(ui, action, counted, known);
            }
        });
    });
}

fn faces(ui: &mut Ui, action: Record<'_>, who: &[Someone]) {
    let palette = theme::of(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(44.0, 44.0), eframe::egui::Sense::hover());
    match who {
        [] => kit::paint_icon(ui.painter(), rect.center(), Icon::ACTIONS, 26.0, palette.soft_ink),
        [one] => {
            let face = people::face_of(action.desk, action.plan, one);
            kit::paint_disc(ui.painter(), palette, rect.center(), 40.0, &face);
        }
        [one, other, ..] => {
            let face = |someone| people::face_of(action.desk, action.plan, someone);
            kit::paint_disc(ui.painter(), palette, rect.center() + vec2(8.0, 8.0), 28.0, &face(other));
            kit::paint_disc(ui.painter(), palette, rect.center() - vec2(8.0, 8.0), 28.0, &face(one));
        }
    }
}

/// How it stands, by when, and what kind of help it is. Standing alongside is as good as doing.
fn chips(ui: &mut Ui, action: Record<'_>, counted: Option<&Action>) {
    ui.horizontal_wrapped(|ui| {
        let stands = counted.and_then(Action::stands).map(code).map(str::to_owned).or_else(|| action.choice("status"));
        if let Some(status) = stands.filter(|_| apart::answers(action, "status").is_empty()) {
            chip(ui, tone(&status), &terms::choice(PART, "status", &status));
        }
        if let Some(day) = counted.and_then(needs::due).or_else(|| action.date("when")) {
            let by = say(Say::new("app-by").with("day", words::date(&day.to_string())));
            chip(ui, Tone::Plain, &by);
        }
        let repeats = action.line("repeats");
        if !repeats.is_empty() {
            chip(ui, Tone::Plain, &repeats);
        }
        if let Some(words) = action.choice_words("kind") {
            chip(ui, Tone::Plain, &words);
        }
        if action.value("alone") == Some(plan::Value::YesNo(true)) {
            chip(ui, Tone::Plain, &action.label("alone"));
        }
    });
}

/// What each of them said when they were asked, and who else would do it.
fn answers(ui: &mut Ui, action: Record<'_>, counted: &Action, known: &Known) {
    let is_over = known.is_over(counted);
    let face = |someone: &Someone| people::face_of(action.desk, action.plan, someone);
    // Once it is over, who has not answered is nobody's business any more; and I am asked below.
    let has_said = |who: &&Someone| {
        let waits = !is_over && known.me.as_ref() != Some(*who);
        waits || counted.acceptances.iter().any(|said| said.who == **who)
    };
    let said = counted.who.iter().filter(has_said);
    let said = said.filter_map(|who| Some((face(who), sentences::answered(counted, who)?)));
    let offers = counted.acceptances.iter().filter(|said| said.is_yes() && !counted.who.contains(&said.who));
    let mut said: Vec<_> = said.chain(offers.map(|said| (face(&said.who), text("wants-offers")))).collect();
    said.sort_by_key(|(face, _)| face.place);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(gap::M, gap::XS);
        for (face, words) in said {
            kit::answer(ui, &face, &words);
        }
    });
}

/// What became of the promise, what it waits for, and what is still to be said: each one gentle line.
fn noticed(ui: &mut Ui, action: Record<'_>, counted: &Action, known: &Known) {
    let palette = theme::of(ui.ctx());
    if let Some(promise) = known.promises.get(&counted.id)
        && let Some(words) = sentences::promise(*promise, counted)
    {
        let (icon, ink) = match promise {
            Promise::Kept | Promise::KeptLate(_) => (Icon::STEP_DONE, palette.calm),
            Promise::Changed => (Icon::WAITS, palette.not_yet),
            Promise::NotKept | Promise::Open => (Icon::INFO, palette.attention),
        };
        icon_line(ui, icon, ink, theme::text(ui, Type::Note, words));
    }
    if let Some(waits) = known.waits.get(&counted.id) {
        let ink = if waits.is_blocked() { palette.attention } else { palette.soft_ink };
        for words in sentences::waits(waits, known) {
            icon_line(ui, Icon::WAITS, ink, theme::text(ui, Type::Note, words));
        }
    }
    questions(ui, action, known, Which::IfVague);
}

/// Which questions are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All there are: somebody is writing here.
    All,
    /// None where only "how will you know" is left: a card that is read is not nagged about that.
    IfVague,
}

/// "Who will do it? By when? How will you know?" beside an action that does not say.
pub fn questions(ui: &mut Ui, action: Record<'_>, known: &Known, which: Which) {
    let Some(asks) = action.item.and_then(|item| known.asks.get(&item)) else { return };
    if which == Which::IfVague && asks.iter().all(|ask| *ask == Ask::How) {
        return;
    }
    let words = sentences::questions(asks).join(" ");
    let ink = theme::of(ui.ctx()).not_yet;
    icon_line(ui, Icon::INFO, ink, theme::soft(ui, Type::Note, words));
}

/// A status' code in a document.
pub fn code(status: ActionStatus) -> &'static str {
    ActionStatus::ALL.iter().find(|(known, _)| *known == status).map_or("", |(_, code)| code)
}

/// How a status looks besides its words.
pub fn tone(status: &str) -> Tone {
    match status {
        "agreed" | "doing" => Tone::Accent,
        "done" => Tone::Calm,
        "asked" | "changed" => Tone::NotYet,
        "not-done" | "said-no" => Tone::Attention,
        _ => Tone::Plain,
    }
}
