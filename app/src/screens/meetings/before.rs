//! Before the meeting: what each thinks is working, is not, and wants to talk about, side by side and each in their own voice.

use eframe::egui::Ui;
use plan::Someone;
use words::{Say, say, text};

use super::invited;
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, icon_button},
    people,
    screens::{
        fields::{Record, words_field},
        voiced::{last_said, may_speak, mine, say_mine},
    },
    theme::{self, Type, gap},
};

const FIELDS: [&str; 3] = ["working", "not-working", "talk-about"];

/// Narrowest a column of somebody's words gets.
const COLUMN: f32 = 260.0;

pub(super) fn ui(ui: &mut Ui, meeting: Record<'_>, asks: &mut Asks) {
    let Some(item) = meeting.item else { return };
    ui.label(theme::soft(ui, Type::Body, text("money-before-why")));
    ui.add_space(gap::M);
    let me = people::me(meeting.desk, meeting.plan);
    let said = last_said(meeting, "before", "about", item);
    if let Some(me) = me.as_ref().filter(|_| may_speak(meeting)) {
        kit::card(ui, |ui| {
            if let Some(face) = people::face(meeting.desk, meeting.plan, me.id) {
                let name = say(Say::new("app-you-too").with("name", &face.name));
                kit::named(ui, &kit::Face { name, ..face });
            }
            match mine(meeting, "before", "about", item) {
                Some(mine) => {
                    for field in FIELDS {
                        words_field(ui, mine, field, 1, asks);
                    }
                }
                None if icon_button(ui, Weight::Strong, Icon::EDIT, &text("money-write-views")).clicked() => {
                    say_mine(meeting, "before", "about", item, Vec::new(), asks);
                }
                None => {}
            }
        });
        ui.add_space(gap::L);
    }
    // Whoever was asked to come, and whoever said something though nobody asked.
    let mut others: Vec<Someone> = invited(meeting).into_iter().map(|(who, _)| who).collect();
    for (person, _) in &said {
        if !others.contains(&Someone::Member(*person)) {
            others.push(Someone::Member(*person));
        }
    }
    others.retain(|who| me.as_ref().is_none_or(|me| *who != Someone::Member(me.id)));
    if others.is_empty() {
        return;
    }
    kit::card(ui, |ui| {
        kit::columns(ui, others.len(), COLUMN, |ui, at| {
            let who = &others[at];
            kit::named(ui, &people::face_of(meeting.desk, meeting.plan, who));
            let theirs = said.iter().find(|(person, _)| *who == Someone::Member(*person)).map(|(_, said)| *said);
            let words = theirs.into_iter().flat_map(|said| FIELDS.map(|field| (said.label(field), said.text(field))));
            let words: Vec<_> = words.filter(|(_, words)| !words.trim().is_empty()).collect();
            if words.is_empty() {
                ui.label(theme::soft(ui, Type::Note, text("money-nothing-said-yet")));
            }
            for (label, words) in words {
                ui.label(theme::soft(ui, Type::Small, label));
                ui.add(eframe::egui::Label::new(theme::text(ui, Type::Body, words.trim())).wrap());
            }
        });
    });
}
