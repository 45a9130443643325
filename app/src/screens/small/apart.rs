//! Kept apart: what somebody wants only named people to see, each under a name of its own and with readers of its own.

use circle::Access;
use desk::{Ask, Desk};
use eframe::egui::{Id, Ui, vec2};
use plan::limits::LINE_CHARS;
use seal::PlanId;
use words::{Say, say, text};

use crate::{
    asks::{Asks, Page, Place},
    kit::{self, Icon, Weight, icon_button, line_field},
    people,
    screens::{
        fields::{Record, field, rows, words_field},
        lead,
        pages::PartPage,
        title,
    },
    theme::{self, Type, gap},
};

const PART: &str = "sensitive";

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Apart {
    naming: Option<Naming>,
}

/// The name being typed for something new, and why it cannot be that.
#[derive(Debug, Default)]
struct Naming {
    words: String,
    trouble: Option<&'static str>,
}

impl PartPage for Apart {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        title(ui, &crate::terms::part(PART), |_| {});
        lead(ui, &text("small-apart-lead"));
        for copy in desk.copies(plan, PART) {
            let Some(page) = Record::document_of(desk, plan, copy.doc) else { continue };
            kit::card(ui, |ui| {
                ui.spacing_mut().item_spacing.y = gap::M;
                if page.is_mine() {
                    field(ui, page, "name", asks);
                    words_field(ui, page, "words", 2, asks);
                    rows(ui, page, "notes", &["title", "words", "on"], asks);
                } else {
                    ui.label(theme::text(ui, Type::Section, &copy.called));
                    super::words_of(ui, page, "words");
                    for note in page.records("notes") {
                        super::words_of(ui, note, "words");
                    }
                }
                ui.label(theme::soft(ui, Type::Note, readers(desk, plan, copy.doc)));
                if icon_button(ui, Weight::Quiet, Icon::SHARING, &text("small-apart-share")).clicked() {
                    asks.go(Place::Plan(plan, Page::Sharing));
                }
            });
            ui.add_space(gap::L);
        }
        if desk.may_begin(plan, PART) {
            self.begin(ui, plan, asks);
        }
    }

    fn close(&mut self) {
        self.naming = None;
    }
}

impl Apart {
    fn begin(&mut self, ui: &mut Ui, plan: PlanId, asks: &mut Asks) {
        let Some(naming) = &mut self.naming else {
            if kit::empty_card(ui, &text("small-apart-more")).clicked() {
                self.naming = Some(Naming::default());
            }
            return;
        };
        let mut begun = None;
        kit::card(ui, |ui| {
            let id = Id::new(("apart", plan.to_string()));
            let width = vec2(ui.available_width().min(480.0), 0.0);
            ui.allocate_ui(width, |ui| line_field(ui, id, &text("small-apart-name"), "", &mut naming.words));
            if icon_button(ui, Weight::Strong, Icon::ADD, &text("small-apart-begin")).clicked() {
                let name = plan::clean(&naming.words);
                naming.trouble = match name.chars().count() {
                    0 => Some("small-apart-name-first"),
                    1..=LINE_CHARS => None,
                    _ => Some("app-field-too-long"),
                };
                begun = naming.trouble.is_none().then_some(name);
            }
            if let Some(trouble) = naming.trouble {
                let attention = theme::of(ui.ctx()).attention;
                ui.label(theme::text(ui, Type::Small, text(trouble)).color(attention));
            }
        });
        if begun.is_some() {
            asks.push(Ask::OpenPart { plan, part: PART.to_owned(), called: begun });
            self.naming = None;
        }
    }
}

/// "You and Joy see this."
pub fn readers(desk: &Desk, plan: PlanId, doc: seal::DocId) -> String {
    let mut names = Vec::new();
    for member in people::in_order(desk, plan) {
        if desk.ledger(plan).is_some_and(|ledger| ledger.access(doc, member.id) != Access::Nothing) {
            names.push(if member.me { text("small-apart-you") } else { member.name });
        }
    }
    say(Say::new("small-apart-readers").with("names", people::together(&names)).with("count", names.len()))
}
