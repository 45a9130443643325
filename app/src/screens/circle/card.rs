//! A person's card: who they are, how to reach them, what they do, where they use their judgement, and what is not theirs.

use desk::Fill;
use eframe::egui::{Ui, vec2};
use plan::{
    Someone, Value,
    checks::{noticing::Noticing, specific},
};
use words::{Say, say, text};

use super::is_yes;
use crate::{
    asks::Asks,
    kit::{self, Face, Icon, Weight, chip, said_button},
    people,
    screens::{
        actions::questions,
        fields::{Record, fields, more, words_field},
        links::reach,
        small::today,
    },
    theme::{self, Tone, Type, gap},
};

/// Who it is: a person of this plan, or somebody by name.
pub(super) fn someone(record: Record<'_>) -> Option<Someone> {
    record.people("person").into_iter().next().or_else(|| record.line("name").parse().ok())
}

/// How they are drawn. What the circle calls them here comes first.
pub(super) fn face(record: Record<'_>) -> Face {
    let known = someone(record).map(|one| people::face_of(record.desk, record.plan, &one));
    let name = record.line("name");
    match known {
        Some(face) if name.is_empty() => face,
        Some(face) => Face { name, place: face.place },
        None => Face { name: text("common-someone"), place: 0 },
    }
}

/// What a reader hears of somebody on a ring.
pub(super) fn said(record: Record<'_>) -> String {
    let said = [face(record).name, record.line("relation"), record.choice_words("ring").unwrap_or_default()];
    said.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Draws it to be read.
pub(super) fn reading(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    let face = face(record);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        let (rect, _) = ui.allocate_exact_size(vec2(52.0, 56.0), eframe::egui::Sense::hover());
        kit::paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 52.0, &face);
        ui.vertical(|ui| {
            ui.label(theme::text(ui, Type::Section, &face.name));
            let relation = [record.line("relation"), record.line("organisation")];
            let relation: Vec<String> = relation.into_iter().filter(|words| !words.is_empty()).collect();
            ui.label(theme::soft(ui, Type::Note, relation.join(" · ")));
        });
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(gap::S, gap::XS);
        if let Some(ring) = record.choice_words("ring") {
            chip(ui, Tone::Accent, &ring);
        }
        if is_yes(record, "lead") {
            chip(ui, Tone::Calm, &record.label("lead"));
        }
        if is_yes(record, "emergency") {
            chip(ui, Tone::NotYet, &record.label("emergency"));
        }
        if is_yes(record, "parental-responsibility") {
            chip(ui, Tone::Plain, &record.label("parental-responsibility"));
        }
        if let (Some(Value::Choices(roles)), Some(field)) = (record.value("roles"), record.describe("roles")) {
            // That somebody is the main contact stands there already.
            for role in roles.iter().filter(|role| *role != "lead") {
                chip(ui, Tone::Plain, &words::label(&field.choice_label(role)));
            }
        }
    });
    reach(ui, record, &["telephone", "email"]);
    for field in ["contact", "does", "judgement", "not-mine", "authority"] {
        let words = record.text(field);
        if !words.trim().is_empty() {
            ui.label(theme::soft(ui, Type::Small, record.label(field)));
            ui.label(theme::text(ui, Type::Body, words.trim()).line_height(Some(Type::Body.line_height())));
        }
        if field == "does" {
            let cover = Record::part(record.desk, record.plan, "cover").as_one();
            let asks = specific::asks_of_card(&words, &Noticing::of_cover(&cover).words);
            if !asks.is_empty() {
                let questions = say(Say::new("checks-role-card").with("questions", questions(&asks).join(" ")));
                ui.label(theme::soft(ui, Type::Note, questions));
            }
        }
    }
    thank(ui, record, asks);
}

/// What I thank them for, and a way to say it.
fn thank(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    let Some(whom) = someone(record) else { return };
    let about_me = matches!(&whom, Someone::Member(person) if people::me(record.desk, record.plan).is_some_and(|me| me.id == *person));
    let part = Record::part(record.desk, record.plan, record.part);
    let mut begun = false;
    for (_, voice) in part.voices() {
        for thanks in voice.records("thanks") {
            if thanks.is_mine() && thanks.people("whom").contains(&whom) && thanks.date("on") == Some(today()) {
                begun = true;
                ui.push_id(thanks.id("thanks", ""), |ui| words_field(ui, thanks, "words", 1, asks));
            }
        }
    }
    let Some(mine) = part.my_voice().filter(|mine| mine.is_mine() && !begun && !about_me) else { return };
    let said = say(Say::new("happened-thank").with("name", face(record).name));
    if said_button(ui, Weight::Quiet, Icon::CARER, &text("happened-thanks-say"), &said).clicked() {
        let fills = [("whom", Value::Person(whom)), ("on", Value::Date(today()))];
        mine.add("thanks", fills.map(|(field, value)| (field.to_owned(), Fill::Value(value))).into(), asks);
    }
}

/// Draws it to be written: who and how close first, then how to reach them, then what they do.
pub(super) fn editing(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    fields(
        ui,
        record,
        &["name", "relation", "ring", "roles", "telephone", "emergency", "does", "judgement", "not-mine"],
        asks,
    );
    if is_yes(record, "lead") {
        fields(ui, record, &["authority", "deputy"], asks);
    }
    let codes = [
        "person",
        "organisation",
        "email",
        "contact",
        "lead",
        "do-not-contact",
        "parental-responsibility",
        "start",
        "end",
        "pictures",
    ];
    more(ui, record, &codes, asks);
}
