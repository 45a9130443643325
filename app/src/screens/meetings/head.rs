//! What a meeting is: when, where, what for, who comes; and how the person has their say if they do not.

use desk::Fill;
use eframe::egui::Ui;
use plan::{Someone, Value};
use words::{Say, say, text};

use super::{called, invited, is_without_the_person, kinds, list::Silence, list::silent, nothing_about_me};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, chip, icon_button},
    people,
    screens::{
        cards::Cards,
        fields::{self, Record, fields, more, rows, words_field},
    },
    theme::{self, Tone, Type, gap},
};

pub(super) fn ui(ui: &mut Ui, meeting: Record<'_>, silence: &Silence, cards: &mut Cards, asks: &mut Asks) {
    cards.card(ui, meeting, asks, |ui, asks| reading(ui, meeting, asks), |ui, asks| editing(ui, meeting, asks));
    let person = people::whose(meeting.desk, meeting.plan);
    if is_without_the_person(meeting, &person) {
        ui.add_space(gap::M);
        let heard = !meeting.text("how-heard").trim().is_empty();
        kit::toned_card(ui, if heard { Tone::NotYet } else { Tone::Attention }, |ui| {
            ui.label(theme::text(ui, Type::Strong, nothing_about_me(&person)));
            words_field(ui, meeting, "how-heard", 1, asks);
            let is_asked = invited(meeting).iter().any(|(who, _)| person.is(who));
            let ask = say(Say::new("money-ask-to-come").with("name", &person.face.name));
            if !is_asked && meeting.is_mine() && icon_button(ui, Weight::Plain, Icon::ADD, &ask).clicked() {
                let who = person.id.map_or_else(|| Someone::Named(person.face.name.clone()), Someone::Member);
                meeting.add("invites", vec![("who".to_owned(), Fill::Value(Value::Person(who)))], asks);
            }
        });
    }
    if let Some(one) = meeting.item.and_then(|item| silent(meeting, silence, item)) {
        ui.add_space(gap::S);
        chip(ui, one.tone, &one.words);
    }
}

fn reading(ui: &mut Ui, meeting: Record<'_>, asks: &mut Asks) {
    ui.horizontal_wrapped(|ui| {
        if let Some(kind) = meeting.choice_words("kind").filter(|kind| *kind != called(meeting)) {
            chip(ui, Tone::Accent, &kind);
        }
        if let Some(status) = meeting.choice_words("status") {
            chip(ui, Tone::Plain, &status);
        }
    });
    let when = meeting.value("when").map(|when| fields::said(meeting, "when", &when));
    let facts: Vec<String> = when.into_iter().chain(Some(meeting.line("where"))).collect();
    let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    let facts = if facts.is_empty() { text("money-no-day-yet") } else { facts.join(" · ") };
    ui.label(theme::text(ui, Type::Strong, facts));
    let purpose = meeting.text("purpose");
    if !purpose.trim().is_empty() {
        ui.label(theme::text(ui, Type::Body, purpose.trim()));
    } else if let Some(kind) = kinds::of(meeting) {
        ui.label(theme::soft(ui, Type::Note, text(kind.why)));
    }
    let roles = [("chair", "money-leads"), ("note-taker", "money-writes-down"), ("called-by", "money-called-by")];
    let said = roles.into_iter().filter_map(|(field, key)| {
        let who = meeting.people(field).into_iter().next()?;
        Some(say(Say::new(key).with("name", people::face_of(meeting.desk, meeting.plan, &who).name)))
    });
    let said: Vec<String> = said.collect();
    if !said.is_empty() {
        ui.label(theme::soft(ui, Type::Note, said.join(" · ")));
    }
    ui.add_space(gap::XS);
    let invited = invited(meeting);
    kit::columns(ui, invited.len(), 150.0, |ui, at| {
        let (who, invite) = &invited[at];
        kit::named(ui, &people::face_of(meeting.desk, meeting.plan, who));
        let how = invite.choice_words("attended").or_else(|| invite.choice_words("reply"));
        let how = how.unwrap_or_else(|| text("money-asked-to-come"));
        ui.label(theme::soft(ui, Type::Small, how));
        let needs = invite.text("support-needed");
        if !needs.trim().is_empty() {
            ui.label(theme::soft(ui, Type::Small, say(Say::new("money-needs").with("what", needs.trim()))));
        }
    });
    if invited.is_empty()
        && meeting.is_mine()
        && icon_button(ui, Weight::Plain, Icon::INVITE, &text("money-ask-circle")).clicked()
    {
        for member in people::in_order(meeting.desk, meeting.plan) {
            let who = Value::Person(Someone::Member(member.id));
            meeting.add("invites", vec![("who".to_owned(), Fill::Value(who))], asks);
        }
    }
}

fn editing(ui: &mut Ui, meeting: Record<'_>, asks: &mut Asks) {
    fields(ui, meeting, &["title", "when", "where", "purpose", "status"], asks);
    rows(ui, meeting, "invites", &["who", "reply", "attended", "support-needed", "role"], asks);
    let seldom = ["kind", "chair", "note-taker", "called-by", "how-heard"];
    // Of a group's meeting nobody asks how one person has their say.
    let asked = seldom.len() - usize::from(crate::terms::is_a_groups(meeting.desk, meeting.plan));
    more(ui, meeting, &seldom[..asked], asks);
}
