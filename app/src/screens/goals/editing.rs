//! A goal to be written in: the words first, then what each step is like, and the rest as far as anybody wants it.

use desk::Fill;
use eframe::egui::Ui;
use plan::Value;
use words::{Say, say, text};

use super::{LEVELS, level_words, saying, tone};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, choose, icon_button, said_button},
    screens::fields::{Record, field, fields, more, rows, set_choice, set_person, set_scale, set_typed, words_field},
    theme::{self, Type, gap},
};

/// Draws it.
pub fn ui(ui: &mut Ui, goal: Record<'_>, asks: &mut Asks) {
    words_field(ui, goal, "words", 1, asks);
    set_choice(ui, goal, "status", tone, asks);
    set_scale(ui, goal, "importance", asks);
    set_typed(ui, goal, "target", asks);
    rows(ui, goal, "stages", &["what", "target", "status", "outcome"], asks);
    words_field(ui, goal, "why", 1, asks);
    words_field(ui, goal, "means", 1, asks);
    folded(ui, goal, "levels", &text("app-goals-levels"), super::has_levels(goal), |ui| levels(ui, goal, asks));
    let barred = !goal.records("barriers").is_empty() || !goal.text("hinders").is_empty();
    folded(ui, goal, "barriers", &text("wants-goal-barriers"), barred, |ui| {
        fields(ui, goal, &["helps", "hinders"], asks);
        rows(ui, goal, "barriers", &["what", "would-help"], asks);
    });
    let changed = !goal.records("outcomes").is_empty();
    folded(ui, goal, "outcomes", &words::label("goals-outcomes"), changed, |ui| {
        ui.label(theme::soft(ui, Type::Note, text("wants-goal-outcome-why")));
        rows(ui, goal, "outcomes", &["what", "on", "said-by", "based-on"], asks);
    });
    let written = !goal.records("scores").is_empty();
    folded(ui, goal, "scores", &words::label("goals-scores"), written, |ui| written_down(ui, goal, asks));
    more(ui, goal, &["whose", "for-whom", "horizon", "domain", "after", "needs", "rank", "review", "based-on"], asks);
    field(ui, goal, "pictures", asks);
}

/// The five levels, and where it stands now.
fn levels(ui: &mut Ui, goal: Record<'_>, asks: &mut Asks) {
    ui.label(theme::soft(ui, Type::Note, text("app-goals-levels-why")).line_height(Some(24.0)));
    for level in LEVELS {
        set_typed(ui, goal, level, asks);
    }
    let now = saying::scale(goal, "now");
    if let Some(level) = saying::choose_level(ui, goal, &goal.label("now"), now) {
        goal.set("now", Some(Value::Scale(level)), asks);
    }
}

/// Scores of those who have no device, written down for them.
fn written_down(ui: &mut Ui, goal: Record<'_>, asks: &mut Asks) {
    ui.label(theme::soft(ui, Type::Note, text("wants-goal-for-others")).line_height(Some(24.0)));
    for score in goal.records("scores") {
        let Some(item) = score.item else { continue };
        ui.push_id(item.to_string(), |ui| {
            kit::rule(ui);
            set_person(ui, score, "whose", asks);
            let all: Vec<kit::Choice<i64>> = (-2..=2)
                .map(|level| kit::Choice { value: level, words: level_words(goal, level), tone: theme::Tone::Accent })
                .collect();
            if let Some(level) = choose(ui, &score.label("score"), saying::scale(score, "score").as_ref(), &all) {
                score.set("score", Some(Value::Scale(level)), asks);
            }
            fields(ui, score, &["rating", "on", "words", "written-by"], asks);
            kit::at_end(ui, |ui| {
                let said = say(Say::new("app-row-remove").with("what", score.called()));
                if said_button(ui, Weight::Quiet, Icon::REMOVE, &text("common-remove"), &said).clicked() {
                    score.remove(asks);
                }
            });
        });
    }
    let heading = words::label("goals-scores");
    let said = say(Say::new("app-row-add").with("what", heading));
    if said_button(ui, Weight::Plain, Icon::ADD, &text("common-add"), &said).clicked() {
        let today = Fill::Value(Value::Date(crate::screens::small::today()));
        goal.add("scores", vec![("on".to_owned(), today)], asks);
    }
}

/// A group behind one press, open by itself once something stands in it.
fn folded(ui: &mut Ui, goal: Record<'_>, code: &str, words: &str, filled: bool, inside: impl FnOnce(&mut Ui)) {
    let id = goal.id("folded", code);
    let open = ui.data(|data| data.get_temp(id)).unwrap_or(filled);
    if !open {
        if icon_button(ui, Weight::Quiet, Icon::MORE, words).clicked() {
            ui.data_mut(|data| data.insert_temp(id, true));
        }
        return;
    }
    ui.add_space(gap::XS);
    let label = ui.label(theme::text(ui, Type::Strong, words));
    kit::is_heading(ui, &label, words);
    inside(ui);
}
