//! What people see from where they stand, each in their own voice, side by side and never averaged.

use desk::Fill;
use eframe::egui::Ui;
use plan::{
    Someone, Value,
    views::{Perspective, Side, Topic},
};
use seal::PersonId;
use words::{Say, say, text};

use super::heading;
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, chip, icon_button, said_button},
    people,
    screens::{
        cards::Cards,
        fields::{Record, attached, fields, set_choice, set_files, words_field},
        small::today,
    },
    theme::{self, Tone, Type, gap},
};

/// How wide a person's column is at least.
const LEAST: f32 = 200.0;

fn tone(side: &str) -> Tone {
    match side {
        "working" => Tone::Calm,
        _ => Tone::NotYet,
    }
}

/// What is working and what is not: topic by topic, person by person.
pub(super) fn working(ui: &mut Ui, part: Record<'_>, topics: &[Topic], cards: &mut Cards, asks: &mut Asks) {
    let mine = part.my_voice().filter(|mine| mine.is_mine());
    kit::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = gap::S;
        heading(ui, part, "working");
        if topics.is_empty() {
            ui.label(theme::soft(ui, Type::Note, text("happened-working-empty")));
        }
        let me = people::me(part.desk, part.plan).map(|me| Someone::Member(me.id));
        for topic in topics {
            kit::rule(ui);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = gap::M;
                ui.label(theme::text(ui, Type::Strong, &topic.about));
                if topic.is_seen_differently() {
                    chip(ui, Tone::Attention, &text("happened-seen-differently"));
                }
            });
            kit::columns(ui, topic.said.len(), LEAST, |ui, at| said(ui, part, &topic.said[at], cards));
            let spoke = topic.said.iter().any(|said| said.in_own_voice && Some(&said.who) == me.as_ref());
            if let Some(mine) = mine.filter(|_| !spoke) {
                let words = text("happened-working-me-too");
                let said = format!("{words}: {}", topic.about);
                if said_button(ui, Weight::Quiet, Icon::EDIT, &words, &said).clicked() {
                    let topic = Fill::Value(Value::Line(topic.about.clone()));
                    mine.add("working", vec![("topic".to_owned(), topic)], asks);
                }
            }
        }
        for (_, voice) in part.voices() {
            for record in voice.records("working") {
                if !cards.is_open(record) {
                    continue;
                }
                kit::rule(ui);
                ui.push_id(record.id("working", ""), |ui| {
                    fields(ui, record, &["topic"], asks);
                    set_choice(ui, record, "side", tone, asks);
                    words_field(ui, record, "words", 1, asks);
                    cards.end(ui, record, asks);
                });
            }
        }
        for record in part.records("working") {
            if !cards.is_open(record) {
                continue;
            }
            kit::rule(ui);
            ui.push_id(record.id("written for", ""), |ui| {
                fields(ui, record, &["whose", "topic"], asks);
                set_choice(ui, record, "side", tone, asks);
                fields(ui, record, &["words", "written-by"], asks);
                cards.end(ui, record, asks);
            });
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = gap::L;
            if let Some(mine) = mine
                && icon_button(ui, Weight::Plain, Icon::ADD, &text("happened-working-more")).clicked()
            {
                mine.add("working", Vec::new(), asks);
            }
            // Whoever has no device speaks through somebody who writes it down.
            if part.is_mine() && icon_button(ui, Weight::Quiet, Icon::EDIT, &text("happened-working-for")).clicked() {
                part.add("working", by_me(part), asks);
            }
        });
    });
}

fn said(ui: &mut Ui, part: Record<'_>, said: &Perspective, cards: &mut Cards) {
    kit::named(ui, &people::face_of(part.desk, part.plan, &said.who));
    if let Some(side) = said.side {
        let code = Side::ALL.iter().find(|(known, _)| *known == side).map_or("", |(_, code)| code);
        chip(ui, tone(code), &crate::terms::choice(super::PART, "side", code));
    }
    if !said.words.is_empty() {
        ui.label(theme::text(ui, Type::Body, &said.words).line_height(Some(Type::Body.line_height())));
    }
    if !said.in_own_voice {
        ui.label(theme::soft(ui, Type::Small, text("happened-written-for")));
        let written = part.at(said.item);
        if !cards.is_open(written) && crate::screens::cards::change(ui, written) {
            cards.open(said.item);
        }
        return;
    }
    let own = part.my_voice().map(|mine| mine.at(said.item)).filter(|own| own.document().is_some());
    // In my voice it lies only if I said it.
    let own = own.filter(|own| own.document().is_some_and(|document| document.list_of(said.item).is_some()));
    if let Some(own) = own.filter(|own| own.is_mine() && !cards.is_open(*own))
        && crate::screens::cards::change(ui, own)
    {
        cards.open(said.item);
    }
}

/// That I wrote it down.
fn by_me(part: Record<'_>) -> Vec<(String, Fill)> {
    let me = people::me(part.desk, part.plan).map(|me| Fill::Value(Value::Person(Someone::Member(me.id))));
    me.into_iter().map(|me| ("written-by".to_owned(), me)).collect()
}

/// The last that each person wrote into a list of their voice.
fn last_of_each<'a>(part: Record<'a>, list: &str) -> Vec<(PersonId, Record<'a>)> {
    let mut last: Vec<(PersonId, Record<'a>)> = Vec::new();
    for (person, voice) in part.voices() {
        let newest = voice.records(list).into_iter().max_by_key(|record| record.date("on"));
        last.extend(newest.map(|record| (person, record)));
    }
    last
}

/// What worries people, what is going well, what needs to happen, and how things are now: a column a person.
pub(super) fn outlooks(ui: &mut Ui, part: Record<'_>, cards: &mut Cards, asks: &mut Asks) {
    let mine = part.my_voice().filter(|mine| mine.is_mine());
    kit::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = gap::S;
        let title = text("happened-outlooks");
        let label = ui.label(theme::text(ui, Type::Section, &title));
        kit::is_heading(ui, &label, &title);
        let all = last_of_each(part, "outlooks");
        if all.is_empty() {
            ui.label(theme::soft(ui, Type::Note, text("happened-outlooks-empty")));
        }
        if let Some((_, open)) = all.iter().find(|(_, record)| cards.is_open(*record)) {
            ui.push_id(open.id("outlook", ""), |ui| {
                fields(ui, *open, &["going-well", "worried", "needs-to-happen", "rating", "on"], asks);
                cards.end(ui, *open, asks);
            });
            kit::rule(ui);
        }
        kit::columns(ui, all.len(), 240.0, |ui, at| {
            let (person, record) = all[at];
            kit::named(ui, &people::face_or_former(part.desk, part.plan, person));
            if let Some(Value::Scale(rating)) = record.value("rating") {
                chip(ui, Tone::Accent, &say(Say::new("happened-of-ten").with("rating", rating)));
            }
            if let Some(day) = record.date("on") {
                ui.label(theme::soft(ui, Type::Small, words::date(&day.to_string())));
            }
            for field in ["going-well", "worried", "needs-to-happen"] {
                let words = record.text(field);
                if !words.trim().is_empty() {
                    ui.label(theme::soft(ui, Type::Small, record.label(field)));
                    ui.label(theme::text(ui, Type::Body, words.trim()).line_height(Some(Type::Body.line_height())));
                }
            }
            if !cards.is_open(record)
                && crate::screens::cards::change(ui, record)
                && let Some(item) = record.item
            {
                cards.open(item);
            }
        });
        if let Some(mine) = mine
            && icon_button(ui, Weight::Plain, Icon::ADD, &text("happened-outlooks-more")).clicked()
        {
            mine.add("outlooks", vec![("on".to_owned(), Fill::Value(Value::Date(today())))], asks);
        }
    });
}

/// How everybody feels, and a press for how I do.
pub(super) fn feelings(ui: &mut Ui, part: Record<'_>, asks: &mut Asks) {
    kit::card(ui, |ui| {
        let title = text("happened-feelings");
        let label = ui.label(theme::text(ui, Type::Section, &title));
        kit::is_heading(ui, &label, &title);
        let all = last_of_each(part, "feelings");
        let faces = kit::FACES.map(|code| words::label(&format!("person-centred-voice-feelings-face-{code}")));
        kit::columns(ui, all.len(), LEAST, |ui, at| {
            let (person, record) = all[at];
            kit::named(ui, &people::face_or_former(part.desk, part.plan, person));
            if let Some((code, words)) = record.choice("face").zip(record.choice_words("face")) {
                kit::smile(ui, &code, &words);
            }
            if let Some(day) = record.date("on") {
                ui.label(theme::soft(ui, Type::Small, words::date(&day.to_string())));
            }
            if record.is_mine() && record.date("on") == Some(today()) {
                ui.push_id(record.id("feeling", ""), |ui| {
                    words_field(ui, record, "words", 1, asks);
                    set_files(ui, record, "files", asks);
                });
                return;
            }
            attached(ui, record, asks);
            if !record.text("words").trim().is_empty() {
                ui.label(theme::text(ui, Type::Body, record.text("words").trim()));
            }
        });
        let Some(mine) = part.my_voice().filter(|mine| mine.is_mine()) else { return };
        let todays = all.iter().find(|(_, record)| record.is_mine() && record.date("on") == Some(today()));
        let now = todays.and_then(|(_, record)| record.choice("face"));
        let faces = [faces[0].as_str(), faces[1].as_str(), faces[2].as_str()];
        if let Some(face) = kit::smiles(ui, &text("happened-feelings-today"), now.as_deref(), faces) {
            let face = Value::Choice(face.to_owned());
            match todays {
                Some((_, record)) => record.set("face", Some(face), asks),
                None => {
                    let fills = [("on", Value::Date(today())), ("face", face)];
                    mine.add(
                        "feelings",
                        fills.map(|(field, value)| (field.to_owned(), Fill::Value(value))).into(),
                        asks,
                    );
                }
            }
        }
    });
}
