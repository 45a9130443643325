//! My one page: what people like about me, what matters to me, how to support me well. What somebody new reads first.

use desk::Desk;
use eframe::egui::{Ui, vec2};
use seal::PlanId;
use words::{Say, say, text};

use super::{
    cover,
    fields::{Hand, Record, attached, field, rows},
    offers,
    pages::PartPage,
    title,
};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, icon_button},
    people, terms,
    theme::{self, Type, gap},
};

const PART: &str = "one-page";

/// Its three questions: the list, and the fields of each line.
pub const QUESTIONS: [(&str, &[&str]); 3] =
    [("admire", &["what", "said-by"]), ("important", &["what"]), ("support", &["what"])];

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct OnePage {
    writing: bool,
}

impl PartPage for OnePage {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let page = Record::part(desk, plan, PART);
        let empty = QUESTIONS.iter().all(|(list, _)| page.records(list).is_empty());
        title(ui, &terms::page(desk, plan, PART), |ui| {
            let hand = page.hand();
            if hand != Hand::Reads {
                let (weight, icon, words) = match (self.writing, hand) {
                    (true, _) => (Weight::Strong, Icon::DONE, "common-done"),
                    (false, Hand::Offers) => (Weight::Plain, Icon::EDIT, "suggest-change"),
                    (false, Hand::Writes | Hand::Reads) => (Weight::Plain, Icon::EDIT, "app-change"),
                };
                if icon_button(ui, weight, icon, &text(words)).clicked() {
                    self.writing = !self.writing;
                }
            }
            super::undo(ui, desk, plan, PART, asks);
        });
        if self.writing {
            for (list, fields) in QUESTIONS {
                kit::card(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = gap::M;
                    rows(ui, page, list, fields, asks);
                });
                ui.add_space(gap::L);
            }
            field(ui, page, "pictures", asks);
            field(ui, page, "updated", asks);
        } else if empty && page.is_mine() {
            if kit::empty_card(ui, &text("app-one-page-begin")).clicked() {
                self.writing = true;
            }
        } else {
            kit::card(ui, |ui| {
                read(ui, page, asks);
                attached(ui, page, asks);
            });
            if let Some(day) = page.date("updated") {
                ui.add_space(gap::S);
                let day = words::date(&day.to_string());
                ui.label(theme::soft(ui, Type::Note, say(Say::new("app-one-page-updated").with("day", day))));
            }
        }
    }

    fn close(&mut self) {
        self.writing = false;
    }
}

/// The page as somebody new reads it: whose it is, then the three questions with large words.
fn read(ui: &mut Ui, page: Record<'_>, asks: &mut Asks) {
    cover::who(ui, page.desk, page.plan, 72.0, asks);
    for (list, _) in QUESTIONS {
        let lines = page.records(list);
        let is_shown = !lines.is_empty() || offers::any_more(ui.ctx(), page, list);
        let Some(described) = page.list(list).map(|list| list.describe()).filter(|_| is_shown) else { continue };
        ui.add_space(gap::S);
        kit::rule(ui);
        ui.add_space(gap::XS);
        let heading = words::label(described.label);
        let label = ui.label(theme::text(ui, Type::Section, &heading).color(theme::of(ui.ctx()).accent));
        kit::is_heading(ui, &label, &heading);
        for line in lines {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = gap::S;
                let (rect, _) = ui.allocate_exact_size(vec2(14.0, 27.0), eframe::egui::Sense::hover());
                ui.painter().circle_filled(rect.center(), 3.0, theme::of(ui.ctx()).accent);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    let what = theme::text(ui, Type::Body, line.line("what"));
                    ui.label(what.line_height(Some(Type::Body.line_height())));
                    if let Some(someone) = line.people("said-by").first() {
                        let by = people::face_of(line.desk, line.plan, someone).name;
                        ui.label(theme::soft(ui, Type::Note, say(Say::new("app-one-page-said-by").with("name", by))));
                    }
                });
            });
            offers::of_record(ui, line, false, asks);
        }
        offers::of_list(ui, page, list, asks);
    }
}
