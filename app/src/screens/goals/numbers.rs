//! The number of goal attainment scaling: only when somebody asks, for each person alone, after the words.

use std::collections::BTreeMap;

use desk::Desk;
use eframe::egui::Ui;
use plan::{Someone, checks::wishes};
use seal::PlanId;
use words::{Say, say, text};

use crate::{
    kit::{self, Icon, Weight, icon_button},
    people,
    screens::known::Known,
    theme::{self, Type, gap},
};

/// Whether the number was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbers {
    /// Nobody asked.
    #[default]
    Unasked,
    /// Somebody wants to see it.
    Shown,
}

impl Numbers {
    /// Draws it, or the button that asks for it. Nothing where nobody has scored anything.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, known: &Known) {
        let each = each(known);
        if each.is_empty() {
            return;
        }
        ui.add_space(gap::L);
        match self {
            Numbers::Unasked => {
                if icon_button(ui, Weight::Quiet, Icon::MORE, &text("wants-number-show")).clicked() {
                    *self = Numbers::Shown;
                }
            }
            Numbers::Shown => {
                kit::card(ui, |ui| {
                    kit::heading(ui, Icon::GOALS, &text("wants-number"));
                    for (who, weighted) in &each {
                        let Some(hundredths) = wishes::t_score(weighted) else { continue };
                        let number = format!("{}.{:02}", hundredths / 100, hundredths.rem_euclid(100));
                        let count = weighted.len();
                        let words = say(Say::new("wants-number-of").with("number", number).with("count", count));
                        kit::answer(ui, &people::face_of(desk, plan, who), &words);
                    }
                    let why = theme::soft(ui, Type::Note, text("wants-number-why"));
                    ui.label(why.line_height(Some(24.0)));
                });
                if icon_button(ui, Weight::Quiet, Icon::LESS, &text("wants-number-hide")).clicked() {
                    *self = Numbers::Unasked;
                }
            }
        }
    }
}

/// Each person's scores with how important each wish is; a wish of which nobody said that counts as one.
fn each(known: &Known) -> BTreeMap<Someone, Vec<(u32, i64)>> {
    let mut each: BTreeMap<Someone, Vec<(u32, i64)>> = BTreeMap::new();
    for goal in known.goals.values() {
        let weight = goal.importance.and_then(|weight| u32::try_from(weight).ok()).unwrap_or(1);
        for (who, score) in wishes::last_scores(goal) {
            each.entry(who).or_default().push((weight, score));
        }
    }
    each
}
