//! What everybody says beside a record, each in their own voice: mine to be written in, the others' to be read.

use desk::Fill;
use eframe::egui::Ui;
use plan::Value;
use words::{Say, say, text};

use super::{Record, words_field};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, said_button},
    people,
    screens::offers,
    theme::{self, Type, gap},
};

/// Draws the offers and the comments about a record, or the comments about the part as a whole. With `more`, I can change mine and
/// add one.
pub fn comments(ui: &mut Ui, record: Record<'_>, more: bool, asks: &mut Asks) {
    offers::of_record(ui, record, more, asks);
    for (person, voice) in record.voices() {
        let about = |comment: &Record<'_>| match record.item {
            Some(item) => comment.refs("about").contains(&item),
            None => comment.refs("about").is_empty(),
        };
        for comment in voice.records("comments").into_iter().filter(about) {
            if more && comment.is_mine() {
                ui.push_id(comment.id("comment", ""), |ui| words_field(ui, comment, "words", 1, asks));
                continue;
            }
            let words = comment.text("words");
            if words.trim().is_empty() {
                continue;
            }
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = gap::S;
                let face = people::face_or_former(record.desk, record.plan, person);
                kit::disc(ui, &face, 24.0);
                ui.label(theme::soft(ui, Type::Note, say(Say::new("app-comment-of").with("name", face.name.as_str()))));
                ui.label(theme::text(ui, Type::Body, words.trim()));
            });
        }
    }
    let Some(mine) = record.my_voice().filter(|mine| more && mine.is_mine()) else { return };
    let called =
        if record.item.is_some() { record.called() } else { crate::terms::page(record.desk, record.plan, record.part) };
    let said = say(Say::new("app-comment-on").with("what", called));
    if said_button(ui, Weight::Quiet, Icon::ADD, &text("app-comment"), &said).clicked() {
        let about = record.item.map(|item| ("about".to_owned(), Fill::Value(Value::Ref(item))));
        mine.add("comments", about.into_iter().collect(), asks);
    }
}
