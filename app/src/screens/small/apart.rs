//! Kept apart: what somebody wants only named people to see, each under a name of its own and with readers of its own.

use circle::Access;
use desk::{Ask, Copy, Desk};
use eframe::egui::{Id, Ui, vec2};
use plan::limits::LINE_CHARS;
use seal::{DocId, PlanId};
use words::{Say, say, text};

use crate::{
    asks::{Asks, Page, Place},
    kit::{self, Icon, Weight, icon_button, line_field, said_button},
    people,
    screens::{
        fields::{Hand, Record, attached, field, rows, words_field},
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
    /// What is being written in.
    writing: Option<DocId>,
    /// What was just begun: its name, until it is there.
    begun: Option<String>,
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
        let copies = desk.copies(plan, PART);
        // What was just put apart is there to be written in.
        if let Some(begun) = self.begun.as_ref().and_then(|name| copies.iter().find(|copy| copy.called == *name)) {
            self.writing = Some(begun.doc);
            self.begun = None;
        }
        for copy in copies {
            let Some(page) = Record::document_of(desk, plan, copy.doc) else { continue };
            ui.push_id(copy.doc.to_string(), |ui| {
                kit::card(ui, |ui| match self.writing == Some(copy.doc) && page.hand() != Hand::Reads {
                    true => self.write(ui, page, copy.doc, asks),
                    false => self.read(ui, page, &copy, asks),
                });
            });
            ui.add_space(gap::L);
        }
        if desk.may_begin(plan, PART) {
            self.begin(ui, plan, asks);
        }
    }

    fn close(&mut self) {
        if self.writing.take().is_none() {
            self.naming = None;
        }
    }
}

impl Apart {
    /// What is kept there, and first of all who sees it.
    fn read(&mut self, ui: &mut Ui, page: Record<'_>, copy: &Copy, asks: &mut Asks) {
        kit::heading(ui, Icon::APART, &copy.called);
        ui.label(theme::soft(ui, Type::Note, readers(page.desk, page.plan, copy.doc)));
        let words = page.text("words");
        let notes = page.records("notes");
        if words.trim().is_empty() && notes.is_empty() {
            ui.label(theme::soft(ui, Type::Body, text("common-nothing-written")));
        }
        if !words.trim().is_empty() {
            ui.label(theme::text(ui, Type::Body, words.trim()).line_height(Some(Type::Body.line_height())));
        }
        for note in notes {
            kit::rule(ui);
            read_note(ui, note, asks);
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = gap::L;
            if page.hand() != Hand::Reads {
                let said = say(Say::new("app-change-this").with("what", copy.called.as_str()));
                if said_button(ui, Weight::Quiet, Icon::EDIT, &text("app-change"), &said).clicked() {
                    self.writing = Some(copy.doc);
                }
            }
            share(ui, page.plan, asks);
        });
    }

    fn write(&mut self, ui: &mut Ui, page: Record<'_>, doc: DocId, asks: &mut Asks) {
        ui.spacing_mut().item_spacing.y = gap::M;
        field(ui, page, "name", asks);
        words_field(ui, page, "words", 2, asks);
        rows(ui, page, "notes", &["title", "words", "on", "said-by", "files"], asks);
        ui.label(theme::soft(ui, Type::Note, readers(page.desk, page.plan, doc)));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = gap::L;
            if icon_button(ui, Weight::Strong, Icon::DONE, &text("common-done")).clicked() {
                self.writing = None;
            }
            share(ui, page.plan, asks);
        });
    }

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
            self.begun.clone_from(&begun);
            asks.push(Ask::OpenPart { plan, part: PART.to_owned(), called: begun });
            self.naming = None;
        }
    }
}

/// One note: what it is called, the words, whose they are and since when, and what is attached.
fn read_note(ui: &mut Ui, note: Record<'_>, asks: &mut Asks) {
    let (called, words) = (note.line("title"), note.text("words"));
    if !called.is_empty() {
        ui.label(theme::text(ui, Type::Strong, called));
    }
    if !words.trim().is_empty() {
        ui.label(theme::text(ui, Type::Body, words.trim()).line_height(Some(Type::Body.line_height())));
    }
    let said = note.people("said-by").into_iter().next();
    let by = said.map(|who| say(Say::new("small-by").with("name", people::face_of(note.desk, note.plan, &who).name)));
    super::facts(ui, [super::with_day(note, "on", "small-dated"), by].into_iter().flatten());
    attached(ui, note, asks);
}

fn share(ui: &mut Ui, plan: PlanId, asks: &mut Asks) {
    if icon_button(ui, Weight::Quiet, Icon::SHARING, &text("small-apart-share")).clicked() {
        asks.go(Place::Plan(plan, Page::Sharing));
    }
}

/// "You and Joy see this."
pub fn readers(desk: &Desk, plan: PlanId, doc: DocId) -> String {
    let mut names = Vec::new();
    for member in people::in_order(desk, plan) {
        if desk.ledger(plan).is_some_and(|ledger| ledger.access(doc, member.id) != Access::Nothing) {
            names.push(if member.me { text("small-apart-you") } else { member.name });
        }
    }
    say(Say::new("small-apart-readers").with("names", people::together(&names)).with("count", names.len()))
}
