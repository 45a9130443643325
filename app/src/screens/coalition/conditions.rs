//! How each partner sees the five things that carry a group: side by side, never averaged, each in their own voice.

use desk::Fill;
use eframe::egui::Ui;
use plan::Value;
use words::{Say, say, text};

use crate::{
    asks::Asks,
    kit::{self, Choice, Icon, Weight, choose, icon_button},
    people,
    screens::{
        fields::{Record, words_field},
        small::today,
    },
    theme::{self, Tone, Type, gap},
};

/// The list of a voice in which it is said.
const LIST: &str = "conditions";

/// Draws it. While `saying`, mine can be said.
pub(super) fn ui(ui: &mut Ui, part: Record<'_>, saying: &mut bool, asks: &mut Asks) {
    let voices = part.voices().into_iter().map(|(person, voice)| (person, voice.records(LIST)));
    let voices: Vec<_> = voices.filter(|(_, said)| !said.is_empty()).collect();
    let mine = part.my_voice().filter(|mine| mine.is_mine());
    if voices.is_empty() && mine.is_none() {
        return;
    }
    let heading = text("coalition-conditions");
    let label = ui.label(theme::text(ui, Type::Section, &heading));
    kit::is_heading(ui, &label, &heading);
    ui.add_space(gap::XS);
    if !voices.is_empty() {
        kit::card(ui, |ui| {
            kit::columns(ui, voices.len(), 220.0, |ui, at| {
                let (person, said) = &voices[at];
                kit::named(ui, &people::face_or_former(part.desk, part.plan, *person));
                said.iter().for_each(|one| read(ui, *one));
            });
        });
        ui.add_space(gap::M);
    }
    let Some(mine) = mine else { return };
    if *saying {
        kit::card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = gap::M;
            say_mine(ui, mine, asks);
            *saying = !icon_button(ui, Weight::Strong, Icon::DONE, &text("common-done")).clicked();
        });
    } else if kit::empty_card(ui, &text("coalition-conditions-say")).clicked() {
        *saying = true;
    }
}

fn read(ui: &mut Ui, one: Record<'_>) {
    let Some(condition) = one.choice_words("condition") else { return };
    if let Some(Value::Scale(score)) = one.value("score") {
        let score = say(Say::new("coalition-of-three").with("score", score));
        ui.label(theme::text(ui, Type::Note, format!("{condition}: {score}")));
    }
    let words = one.text("words");
    if !words.trim().is_empty() {
        ui.label(theme::soft(ui, Type::Small, words.trim()));
    }
}

/// The five questions, each with the words that belong to its answer.
fn say_mine(ui: &mut Ui, mine: Record<'_>, asks: &mut Asks) {
    let Some(field) = plan::part(mine.part).and_then(|voice| voice.list(LIST)?.field("condition")) else { return };
    let known = mine.records(LIST);
    let numbers: Vec<Choice<i64>> =
        (0..=3).map(|score| Choice { value: score, words: score.to_string(), tone: Tone::Accent }).collect();
    ui.label(theme::soft(ui, Type::Note, text("coalition-conditions-scale")));
    for code in field.kind.choices() {
        // The last I said about it counts.
        let known = known.iter().rfind(|one| one.choice("condition").as_deref() == Some(*code));
        let now = known.and_then(|one| match one.value("score") {
            Some(Value::Scale(score)) => Some(score),
            _ => None,
        });
        let pressed = choose(ui, &words::label(&field.choice_label(code)), now.as_ref(), &numbers);
        match (pressed, known) {
            (Some(score), Some(known)) => {
                known.set("score", Some(Value::Scale(score)), asks);
                known.set("on", Some(Value::Date(today())), asks);
            }
            (Some(score), None) => {
                let fills = [
                    ("condition", Value::Choice((*code).to_owned())),
                    ("score", Value::Scale(score)),
                    ("on", Value::Date(today())),
                ];
                let fills = fills.map(|(field, value)| (field.to_owned(), Fill::Value(value)));
                mine.add(LIST, fills.into(), asks);
            }
            (None, _) => {}
        }
        if let Some(known) = known {
            ui.push_id(known.id("condition", ""), |ui| words_field(ui, *known, "words", 1, asks));
        }
    }
}
