//! The cover: who somebody is, how they like to be called, what kind of plan this is and how far it has come. Below, apart and
//! only if wanted, the details that not everybody needs to see.

use desk::{Ask, Desk};
use eframe::egui::{Ui, vec2};
use plan::{Value, checks::noticing::Noticing};
use seal::PlanId;
use words::{Say, say, text};

use super::{
    apart,
    fields::{self, Hand, Record, portrait},
    links::reach,
    pages::PartPage,
    small::readers,
    title,
};
use crate::{
    asks::{Asks, Page, Place},
    kit::{self, Icon, Press, Weight, chip, icon_button},
    people, terms,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "cover";
const DETAILS: &str = "cover-details";

/// What is asked about somebody that not everybody needs to see.
const PRIVATE: [&str; 8] =
    ["full-name", "date-of-birth", "address", "telephone", "email", "health-number", "care-number", "other-numbers"];

/// What can be said about when the plan speaks up.
const NOTICING: [&str; 9] = [
    "notice-week",
    "notice-month",
    "notice-severity",
    "notice-agencies",
    "notice-answer",
    "notice-nobodys",
    "notice-soon",
    "notice-vague",
    "notice-fine",
];

/// The side of the picture on the cover.
const LARGE: f32 = 148.0;

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Cover {
    writing: Option<Writing>,
}

/// What is being written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    Cover,
    Details,
    Noticing,
}

impl PartPage for Cover {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let cover = Record::part(desk, plan, PART);
        title(ui, &terms::part(PART), |ui| {
            match cover.hand() {
                Hand::Writes => self.change(ui, Writing::Cover, "app-change", ""),
                Hand::Offers => self.change(ui, Writing::Cover, "suggest-change", ""),
                Hand::Reads => {}
            }
            super::undo(ui, desk, plan, PART, asks);
        });
        kit::card(ui, |ui| match self.writing {
            Some(Writing::Cover) => {
                ui.spacing_mut().item_spacing.y = gap::M;
                let codes = ["preferred-name", "pronouns", "languages", "picture", "title", "kind", "status"];
                fields::fields(ui, cover, &codes, asks);
            }
            Some(Writing::Details | Writing::Noticing) | None => read(ui, cover, asks),
        });
        ui.add_space(gap::L);
        kit::card(ui, |ui| stage(ui, cover, asks));
        ui.add_space(gap::L);
        self.details(ui, desk, plan, asks);
        self.noticing(ui, cover, asks);
    }

    fn close(&mut self) {
        self.writing = None;
    }
}

impl Cover {
    /// Begins to write, or is done.
    fn change(&mut self, ui: &mut Ui, what: Writing, change: &'static str, said: &str) {
        let now = self.writing == Some(what);
        let (weight, icon, words) = match now {
            true => (Weight::Strong, Icon::DONE, "common-done"),
            false => (Weight::Plain, Icon::EDIT, change),
        };
        let said = if said.is_empty() || now { text(words) } else { format!("{}: {said}", text(words)) };
        if kit::said_button(ui, weight, icon, &text(words), &said).clicked() {
            self.writing = (!now).then_some(what);
        }
    }

    /// From when on the plan says something by itself, and which words it asks about: everybody reads it, and whoever has the say
    /// changes it.
    fn noticing(&mut self, ui: &mut Ui, cover: Record<'_>, asks: &mut Asks) {
        if cover.document().is_none() {
            return;
        }
        kit::card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = gap::S;
            let name = text("cover-noticing");
            kit::heading(ui, Icon::INFO, &name);
            ui.label(theme::soft(ui, Type::Note, text("cover-noticing-why")));
            if self.writing == Some(Writing::Noticing) {
                fields::fields(ui, cover, &NOTICING, asks);
            } else {
                noticed_from(ui, cover);
            }
            match cover.hand() {
                Hand::Writes => self.change(ui, Writing::Noticing, "app-change", &name),
                Hand::Offers => self.change(ui, Writing::Noticing, "suggest-change", &name),
                Hand::Reads => {}
            }
        });
        ui.add_space(gap::L);
    }

    /// What only those see who are named. Nobody is asked for it: it is not there until somebody wants it.
    fn details(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let details = Record::part(desk, plan, DETAILS);
        let Some(document) = details.document() else {
            if details.doc().is_none() && desk.may_begin(plan, DETAILS) {
                ui.label(theme::soft(ui, Type::Note, text("cover-details-none")));
                if icon_button(ui, Weight::Plain, Icon::APART, &text("cover-details-add")).clicked() {
                    asks.push(Ask::OpenPart { plan, part: DETAILS.to_owned(), called: None });
                    self.writing = Some(Writing::Details);
                }
                ui.add_space(gap::L);
            }
            return;
        };
        let name = terms::part(DETAILS);
        let writing = self.writing == Some(Writing::Details) && details.is_mine();
        kit::card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = gap::S;
            kit::heading(ui, Icon::APART, &name);
            ui.label(theme::soft(ui, Type::Note, readers(desk, plan, document.doc())));
            if writing {
                ui.label(theme::soft(ui, Type::Note, text("cover-details-first")));
                fields::fields(ui, details, &PRIVATE, asks);
            } else {
                for code in PRIVATE {
                    known(ui, details, code);
                }
            }
            ui.horizontal_wrapped(|ui| {
                if details.is_mine() {
                    self.change(ui, Writing::Details, "app-change", &name);
                }
                if icon_button(ui, Weight::Quiet, Icon::SHARING, &text("small-apart-share")).clicked() {
                    asks.go(Place::Plan(plan, Page::Sharing));
                }
            });
        });
        ui.add_space(gap::L);
    }
}

/// Who somebody is, as whoever opens the plan first meets them.
fn read(ui: &mut Ui, cover: Record<'_>, asks: &mut Asks) {
    who(ui, cover.desk, cover.plan, LARGE, asks);
    for code in ["preferred-name", "pronouns", "title", "languages", "kind", "status"] {
        apart::both(ui, cover, code);
    }
    kit::rule(ui);
    let title = cover.line("title");
    if !title.is_empty() {
        ui.label(theme::text(ui, Type::Section, title));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::S;
        if let Some(kind) = cover.choice_words("kind") {
            chip(ui, Tone::Accent, &kind);
        }
        if let Some((status, words)) = cover.choice("status").zip(cover.choice_words("status")) {
            let tone = match status.as_str() {
                "in-use" => Tone::Calm,
                "being-looked-at" => Tone::NotYet,
                _ => Tone::Plain,
            };
            chip(ui, tone, &words);
        }
    });
    known(ui, cover, "languages");
}

/// When the plan speaks up, in sentences: as it was said here, or as every plan begins.
fn noticed_from(ui: &mut Ui, cover: Record<'_>) {
    let Noticing { happened, needs, due, .. } = Noticing::of_cover(&cover.as_one());
    let severity = super::happened::severity(happened.severity);
    let sentences = [
        Say::new("cover-noticing-week").with("week", happened.in_a_week).with("month", happened.in_four_weeks),
        Say::new("cover-noticing-serious").with("how", severity).with("agencies", happened.agencies),
        Say::new("cover-noticing-needs").with("answer", needs.answer_days).with("nobodys", needs.nobodys_days),
        Say::new("cover-noticing-soon").with("days", due.soon_days),
    ];
    for sentence in sentences {
        ui.label(theme::text(ui, Type::Body, say(sentence)).line_height(Some(Type::Body.line_height())));
    }
    for field in ["notice-vague", "notice-fine"] {
        known(ui, cover, field);
    }
    for field in NOTICING {
        apart::both(ui, cover, field);
    }
}

/// How far the plan has come: pressed by whoever may write, seen by everybody.
fn stage(ui: &mut Ui, cover: Record<'_>, asks: &mut Asks) {
    let Some(described) = plan::part(PART).and_then(|part| part.field("stage")) else { return };
    let codes = described.kind.choices();
    let names: Vec<String> = codes.iter().map(|code| words::label(&described.choice_label(code))).collect();
    let label = words::label(described.label);
    let heading = ui.label(theme::text(ui, Type::Section, &label));
    kit::is_heading(ui, &heading, &label);
    let now = cover.choice("stage").and_then(|stage| codes.iter().position(|code| **code == stage));
    let step = now.zip(now.and_then(|now| names.get(now)));
    let step = step.map(|(now, name)| {
        say(Say::new("cover-step").with("stage", name.as_str()).with("number", now + 1).with("count", names.len()))
    });
    let press = if cover.is_mine() { Press::Answers } else { Press::Nothing };
    let said = step.clone().unwrap_or_else(|| text("cover-step-none"));
    if let Some(pressed) = kit::steps(ui, &label, &names, now, press, &said) {
        let code = codes.get(pressed).map(|code| Value::Choice((*code).to_owned()));
        cover.set("stage", code, asks);
    }
    apart::both(ui, cover, "stage");
    ui.label(theme::soft(ui, Type::Note, said));
    let means = match now.and_then(|now| codes.get(now).copied()) {
        Some("finding-out") => Some("cover-stage-finding-out"),
        Some("planning") => Some("cover-stage-planning"),
        Some("agreeing") => Some("cover-stage-agreeing"),
        Some("support") => Some("cover-stage-support"),
        Some("looking-again") => Some("cover-stage-looking-again"),
        Some(_) | None => None,
    };
    if let Some(means) = means.map(text) {
        ui.label(theme::text(ui, Type::Body, means).line_height(Some(Type::Body.line_height())));
    }
}

/// What was filled in, below its name; nothing if it was not.
fn known(ui: &mut Ui, record: Record<'_>, code: &str) {
    let words = match record.value(code) {
        Some(value) => fields::said(record, code, &value),
        None => record.text(code),
    };
    if words.trim().is_empty() {
        return;
    }
    ui.label(theme::soft(ui, Type::Small, record.label(code)));
    match code {
        "telephone" | "email" => reach(ui, record, &[code]),
        _ => _ = ui.label(theme::text(ui, Type::Body, words.trim()).line_height(Some(Type::Body.line_height()))),
    }
}

/// Whose plan it is: the picture, or else a disc, the name they like to be called, and their pronouns.
pub fn who(ui: &mut Ui, desk: &Desk, plan: PlanId, side: f32, asks: &mut Asks) {
    let cover = Record::part(desk, plan, PART);
    let name = called(desk, plan);
    let size = if side >= LARGE { Type::Name } else { Type::Title };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap::L;
        let said = say(Say::new("cover-picture-of").with("name", name.as_str()));
        if !portrait(ui, cover, "picture", side, &said, asks) {
            let (rect, _) = ui.allocate_exact_size(vec2(side, side + gap::XS), eframe::egui::Sense::hover());
            let face = kit::Face { name: name.clone(), ..people::whose(desk, plan).face };
            kit::paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), side, &face);
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = gap::XS;
            let pronouns = cover.line("pronouns");
            let lines = if pronouns.is_empty() { 1.0 } else { 1.6 };
            ui.add_space(((side - lines * size.line_height()) / 2.0).max(0.0));
            ui.label(theme::text(ui, size, &name));
            if !pronouns.is_empty() {
                ui.label(theme::soft(ui, Type::Body, pronouns));
            }
        });
    });
}

/// What the person wants to be called: as the cover says, else the name of whose plan it is.
pub fn called(desk: &Desk, plan: PlanId) -> String {
    let preferred = Record::part(desk, plan, PART).line("preferred-name");
    if !preferred.is_empty() {
        return preferred;
    }
    people::whose(desk, plan).face.name
}

/// Whether the cover says more of somebody than the name of whose plan it is.
pub fn says_who(desk: &Desk, plan: PlanId) -> bool {
    let cover = Record::part(desk, plan, PART);
    ["preferred-name", "pronouns", "picture"].iter().any(|code| cover.value(code).is_some())
}
