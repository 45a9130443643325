//! What people say about a record in their own voices, and mine, to be written: nobody's words stand for another's.

use desk::Fill;
use eframe::egui::Ui;
use plan::{Someone, Value};
use seal::{ItemId, PersonId};
use words::text;

use super::{fields::Record, fields::words_field, heard::last_of_each, small::today};
use crate::{
    asks::Asks,
    kit::{Choice, chip, choose},
    people,
    theme::{self, Tone, Type},
};

/// The answers of whoever is asked whether they agree.
const AGREES: [&str; 3] = ["yes", "yes-but", "no"];

/// What everybody said about a record in a list of their voice, mine first, each person's in the order they said it. `field`
/// names the record: `about`, `version`.
pub fn said_about<'a>(part: Record<'a>, list: &str, field: &str, about: ItemId) -> Vec<(PersonId, Record<'a>)> {
    let of = |(person, voice): (PersonId, Record<'a>)| {
        let said = voice.records(list).into_iter().filter(|said| said.refs(field).contains(&about));
        said.map(|said| (person, said)).collect::<Vec<_>>()
    };
    part_itself(part).voices().into_iter().flat_map(of).collect()
}

/// The same, of each person only the last word.
pub fn last_said<'a>(part: Record<'a>, list: &str, field: &str, about: ItemId) -> Vec<(PersonId, Record<'a>)> {
    last_of_each(said_about(part, list, field, about))
}

/// What I said last about a record, if anything.
pub fn mine<'a>(part: Record<'a>, list: &str, field: &str, about: ItemId) -> Option<Record<'a>> {
    let me = people::me(part.desk, part.plan)?.id;
    said_about(part, list, field, about).into_iter().filter(|(person, _)| *person == me).map(|(_, said)| said).last()
}

/// Begins what I say about a record, with whatever I say at once.
pub fn say_mine(part: Record<'_>, list: &str, field: &str, about: ItemId, so: Vec<(&str, Value)>, asks: &mut Asks) {
    let Some(voice) = part_itself(part).my_voice() else { return };
    let mut fills = vec![(field.to_owned(), Fill::Value(Value::Ref(about)))];
    fills.extend(so.into_iter().map(|(field, value)| (field.to_owned(), Fill::Value(value))));
    voice.add(list, fills, asks);
}

/// Whether I may say anything about this part.
pub fn may_speak(part: Record<'_>) -> bool {
    part_itself(part).my_voice().is_some_and(|voice| voice.is_mine())
}

/// Asks me whether I agree, in my own voice: yes, yes but, no, and a place for words. An answer for which `counts` is not true
/// is one to something else, and I am asked again.
pub fn agree(
    ui: &mut Ui,
    part: Record<'_>,
    (list, field): (&str, &str),
    about: ItemId,
    to: Option<&Someone>,
    asks: &mut Asks,
) {
    if !may_speak(part) {
        return;
    }
    let described = plan::part(part.part).and_then(|part| part.voice?.list(list)?.field("answer"));
    let Some(described) = described else { return };
    let answered = mine(part, list, field, about).filter(|mine| to.is_none() || mine.people("final-say").first() == to);
    let now = answered.and_then(|mine| mine.choice("answer"));
    let choices = AGREES.map(|code| Choice {
        value: code.to_owned(),
        words: words::label(&described.choice_label(code)),
        tone: tone(code),
    });
    if let Some(code) = choose(ui, &words::label(described.label), now.as_ref(), &choices) {
        match answered {
            Some(mine) => {
                mine.set("answer", Some(Value::Choice(code)), asks);
                mine.set("on", Some(Value::Date(today())), asks);
            }
            None => {
                let mut so = vec![("answer", Value::Choice(code)), ("on", Value::Date(today()))];
                so.extend(to.map(|who| ("final-say", Value::Person(who.clone()))));
                say_mine(part, list, field, about, so, asks);
            }
        }
    }
    if let Some(mine) = answered {
        ui.push_id(mine.id("answer", ""), |ui| words_field(ui, mine, "words", 1, asks));
    }
}

/// What somebody answered: in a chip, with the day and their words below.
pub fn answer(ui: &mut Ui, said: Record<'_>) {
    let Some((code, words)) = said.choice("answer").zip(said.choice_words("answer")) else {
        ui.label(theme::soft(ui, Type::Note, text("money-not-answered")));
        return;
    };
    chip(ui, tone(&code), &words);
    if let Some(day) = said.date("on") {
        ui.label(theme::soft(ui, Type::Small, words::date(&day.to_string())));
    }
    let own = said.text("words");
    if !own.trim().is_empty() {
        ui.label(theme::text(ui, Type::Body, crate::terms::quoted(&own)));
    }
}

fn tone(answer: &str) -> Tone {
    match answer {
        "yes" => Tone::Calm,
        "yes-but" => Tone::NotYet,
        _ => Tone::Attention,
    }
}

fn part_itself(record: Record<'_>) -> Record<'_> {
    Record { item: None, ..record }
}
