//! Who decides what: the person, unless they said yes to somebody else; who helps them; who may speak or decide by law.

use std::collections::BTreeSet;

use desk::{Desk, Reckoned};
use eframe::egui::{Id, Sense, Ui, vec2};
use plan::{
    Someone,
    checks::deciding::{Stands, Whose, has_to_be_asked, stands},
    views::{FinalSay, final_says},
};
use seal::{PersonId, PlanId};
use words::{Say, say, text};

use super::{
    cards::Cards,
    fields::{Record, fields, more},
    long,
    pages::PartPage,
    small::today,
    title,
    voiced::{agree, answer, last_said},
};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, chip, icon_button},
    people, terms,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "deciding";

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Deciding {
    cards: Cards,
    says: Reckoned<Vec<FinalSay>>,
}

impl PartPage for Deciding {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        let mine = part.is_mine();
        title(ui, &terms::part(PART), |ui| {
            if mine && icon_button(ui, Weight::Strong, Icon::ADD, &text("common-add")).clicked() {
                part.add(PART, Vec::new(), asks);
            }
            super::undo(ui, desk, plan, PART, asks);
        });
        let person = people::whose(desk, plan);
        ui.label(theme::soft(ui, Type::Body, say(Say::new("money-deciding-why").with("name", &person.face.name))));
        ui.add_space(gap::M);
        let representatives = part.records("representatives");
        let whose = whose(&person, &representatives);
        let Deciding { cards, says } = self;
        let says = says.of(desk, plan, final_says);
        let all = part.records(PART);
        for one in &all {
            let Some(say) = says.iter().find(|say| Some(say.id) == one.item) else { continue };
            let how = stands(say, &whose);
            let may_hide = long::is_long(all.len()) && !cards.is_awaited(*one);
            long::row(ui, Id::new(("final say", one.item)), may_hide, |ui| {
                let reading = |ui: &mut Ui, asks: &mut Asks| reading(ui, *one, how, &person, &whose, asks);
                cards.card(ui, *one, asks, reading, |ui, asks| editing(ui, *one, &person, asks));
                ui.add_space(gap::M);
            });
        }
        if mine && kit::empty_card(ui, &text("money-deciding-empty")).clicked() {
            part.add(PART, Vec::new(), asks);
        }
        ui.add_space(gap::XL);
        let heading = words::label("deciding-representatives");
        let label = ui.label(theme::text(ui, Type::Section, &heading));
        kit::is_heading(ui, &label, &heading);
        ui.label(theme::soft(ui, Type::Note, text("money-representatives-why")));
        ui.add_space(gap::S);
        for one in representatives {
            cards.card(
                ui,
                one,
                asks,
                |ui, _| representative(ui, one),
                |ui, asks| {
                    fields(ui, one, &["who", "kind", "what", "document-seen", "where", "from", "to"], asks);
                },
            );
            ui.add_space(gap::M);
        }
        if mine && icon_button(ui, Weight::Plain, Icon::ADD, &text("money-add-representative")).clicked() {
            part.add("representatives", Vec::new(), asks);
        }
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }
}

/// Whom a final say is theirs without asking, and who has to be asked otherwise.
fn whose(person: &people::Whose, representatives: &[Record<'_>]) -> Whose {
    let mut known: BTreeSet<Someone> = person.id.map(Someone::Member).into_iter().collect();
    known.insert(Someone::Named(person.face.name.clone()));
    let member = |one: &Record<'_>| match one.people("who").first() {
        Some(Someone::Member(person)) => Some(*person),
        Some(Someone::Named(_)) | None => None,
    };
    // An advocate speaks up with the person and does not decide for them; and whoever did, or will, does not now.
    let day = today();
    let decides = |one: &&Record<'_>| {
        one.choice("kind").is_some_and(|kind| kind != "advocate")
            && one.date("from").is_none_or(|from| from <= day)
            && one.date("to").is_none_or(|to| day <= to)
    };
    Whose { person: known, representatives: representatives.iter().filter(decides).filter_map(member).collect() }
}

fn reading(ui: &mut Ui, one: Record<'_>, how: Stands, person: &people::Whose, whose: &Whose, asks: &mut Asks) {
    let what = one.line("what");
    let what = if what.is_empty() { text("common-no-words-yet") } else { what };
    let heading = ui.label(theme::text(ui, Type::Section, &what));
    kit::is_heading(ui, &heading, &what);
    let final_say = one.people("final-say").into_iter().next();
    let decides =
        final_say.as_ref().map_or_else(|| person.face.clone(), |who| people::face_of(one.desk, one.plan, who));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        let (rect, _) = ui.allocate_exact_size(vec2(40.0, 44.0), Sense::hover());
        kit::paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 40.0, &decides);
        ui.label(theme::text(ui, Type::Strong, say(Say::new("money-decides").with("name", &decides.name))));
        let helps: Vec<_> = one.people("helps").iter().map(|who| people::face_of(one.desk, one.plan, who)).collect();
        for face in &helps {
            let (rect, _) = ui.allocate_exact_size(vec2(30.0, 44.0), Sense::hover());
            kit::paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 30.0, face);
        }
        if !helps.is_empty() {
            let names: Vec<String> = helps.into_iter().map(|face| face.name).collect();
            let say = Say::new("money-helps").with("count", names.len()).with("names", people::together(&names));
            ui.label(theme::text(ui, Type::Body, words::say(say)));
        }
    });
    ui.horizontal_wrapped(|ui| state(ui, one, how, person));
    for field in ["how-to-help", "information"] {
        let words = one.text(field);
        if !words.trim().is_empty() {
            ui.label(theme::soft(ui, Type::Note, one.label(field)));
            ui.label(theme::text(ui, Type::Body, words.trim()));
        }
    }
    consent(ui, one, how, final_say.as_ref(), whose, asks);
}

fn state(ui: &mut Ui, one: Record<'_>, how: Stands, person: &people::Whose) {
    let by = |key: &'static str, by: PersonId| {
        say(Say::new(key).with("name", people::face_or_former(one.desk, one.plan, by).name))
    };
    match how {
        Stands::Proposed => chip(ui, Tone::NotYet, &say(Say::new("money-proposed").with("name", &person.face.name))),
        Stands::Refused(who) => chip(ui, Tone::Attention, &by("money-refused", who)),
        Stands::Agreed(who) => chip(ui, Tone::Calm, &by("money-agreed-by", who)),
        Stands::WrittenDown | Stands::Theirs => match (one.choice("status"), one.choice_words("status")) {
            (Some(status), Some(words)) => {
                let words = match one.date("agreed").filter(|_| status == "agreed") {
                    Some(day) => say(Say::new("money-agreed-on").with("day", words::date(&day.to_string()))),
                    None => words,
                };
                chip(ui, if status == "agreed" { Tone::Calm } else { Tone::NotYet }, &words)
            }
            _ => return,
        },
    };
}

/// Whoever has to be asked is asked here, and what they said is shown in their name.
fn consent(ui: &mut Ui, one: Record<'_>, how: Stands, to: Option<&Someone>, whose: &Whose, asks: &mut Asks) {
    let Some(item) = one.item else { return };
    if matches!(how, Stands::Theirs | Stands::WrittenDown) {
        return;
    }
    let me = people::me(one.desk, one.plan).map(|me| me.id);
    let i_am_asked = me.is_some_and(|me| has_to_be_asked(me, whose));
    for (person, said) in last_said(one, "agreements", "about", item) {
        let counts = has_to_be_asked(person, whose) && said.people("final-say").first() == to;
        if !counts || Some(person) == me {
            continue;
        }
        kit::named(ui, &people::face_or_former(one.desk, one.plan, person));
        answer(ui, said);
    }
    if i_am_asked {
        ui.add_space(gap::S);
        agree(ui, one, ("agreements", "about"), item, to, asks);
    }
}

fn editing(ui: &mut Ui, one: Record<'_>, person: &people::Whose, asks: &mut Asks) {
    fields(ui, one, &["what", "final-say"], asks);
    let note = say(Say::new("money-final-say-note").with("name", &person.face.name));
    ui.label(theme::soft(ui, Type::Note, note));
    fields(ui, one, &["helps", "how-to-help", "information"], asks);
    more(ui, one, &["status", "agreed", "review"], asks);
}

fn representative(ui: &mut Ui, one: Record<'_>) {
    if let Some(who) = one.people("who").first() {
        kit::named(ui, &people::face_of(one.desk, one.plan, who));
    }
    let day = |field: &str, key: &'static str| {
        one.date(field).map(|day| say(Say::new(key).with("day", words::date(&day.to_string()))))
    };
    let facts =
        [one.choice_words("kind"), Some(one.line("what")), day("from", "money-speaks-since"), day("to", "small-until")];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    ui.label(theme::text(ui, Type::Body, facts.join(" · ")));
    let seen = one.value("document-seen") == Some(plan::Value::YesNo(true));
    ui.horizontal_wrapped(|ui| {
        let key = if seen { "money-paper-seen" } else { "money-paper-not-seen" };
        chip(ui, if seen { Tone::Calm } else { Tone::Plain }, &text(key));
        if !one.line("where").is_empty() {
            ui.label(theme::soft(ui, Type::Note, one.line("where")));
        }
    });
}
