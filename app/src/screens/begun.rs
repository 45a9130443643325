//! Who begins a part: one that was begun more than once, one that nobody has begun, and asking for that.
//!
//! Only whoever has the say over a plan begins its parts, for only they say who sees them. Whoever would write there asks, in
//! their own voice about the cover, and one press begins it with what their role usually holds.

use std::collections::BTreeSet;

use desk::{Ask, Desk, Fill, Reckoned};
use eframe::egui::Ui;
use plan::{Copies, Date, Part, Value, Whole};
use seal::{ItemId, PersonId, PlanId};
use words::{Say, say, text};

use super::{fields::Record, happened, pages, small::today};
use crate::{
    asks::{Asks, Page, Place},
    kit::{self, Icon, Weight, icon_button, said_button},
    people, terms,
    theme::{self, Tone, Type, gap},
};

/// What somebody asked for.
#[derive(Debug, Clone)]
struct Asked {
    by: PersonId,
    item: ItemId,
    part: &'static Part,
    words: String,
    on: Option<Date>,
    /// Who said that it is not to be now.
    not_now: BTreeSet<PersonId>,
}

/// What is asked for in a plan; reckoned when it has changed.
#[derive(Default)]
pub struct Wanted(Reckoned<Vec<Asked>>);

impl Wanted {
    /// What others ask me for, who may begin it or decide who sees it.
    fn of_me(&mut self, desk: &Desk, plan: PlanId) -> Vec<Asked> {
        let Some(me) = people::me(desk, plan).map(|me| me.id) else { return Vec::new() };
        let is_open = |asked: &&Asked| {
            let there = !desk.copies(plan, asked.part.code).is_empty();
            let has_it = desk.access_of(plan, asked.part.code, asked.by) > circle::Access::Nothing;
            let mine = if there { decides(desk, plan, asked.part) } else { desk.may_begin(plan, asked.part.code) };
            asked.by != me && mine && !has_it && !asked.not_now.contains(&me) && desk.called(plan, asked.by).is_some()
        };
        self.0.of(desk, plan, asked).iter().filter(is_open).cloned().collect()
    }

    /// Whether anything is asked of whoever sits here.
    pub fn is_asked(&mut self, desk: &Desk, plan: PlanId) -> bool {
        !self.of_me(desk, plan).is_empty()
    }

    /// On the front page: who would like to write where, and a button that begins it.
    pub fn card(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let wanted = self.of_me(desk, plan);
        kit::toned_card(ui, Tone::NotYet, |ui| {
            kit::heading(ui, Icon::ADD_ROUND, &text("begun-front"));
            for (at, asked) in wanted.iter().enumerate() {
                if at > 0 {
                    kit::rule(ui);
                }
                ui.push_id(asked.item.to_string(), |ui| one(ui, desk, plan, asked, asks));
            }
        });
    }
}

fn one(ui: &mut Ui, desk: &Desk, plan: PlanId, asked: &Asked, asks: &mut Asks) {
    let there = !desk.copies(plan, asked.part.code).is_empty();
    let (name, part) = (desk.called(plan, asked.by).unwrap_or_default(), terms::page(desk, plan, asked.part.code));
    let of = |key: &'static str| say(Say::new(key).with("name", &name).with("part", &part));
    ui.label(theme::text(ui, Type::Body, of(if there { "begun-front-closed" } else { "begun-front-missing" })));
    if !asked.words.is_empty() {
        ui.label(theme::text(ui, Type::Body, terms::quoted(&asked.words)));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::L;
        if there {
            if icon_button(ui, Weight::Plain, Icon::SHARING, &text("app-sharing")).clicked() {
                asks.go(Place::Plan(plan, Page::Sharing));
            }
        } else if said_button(ui, Weight::Strong, Icon::ADD, &text("begun-begin"), &of("begun-begin-this")).clicked() {
            begin(plan, asked.part, asks);
        }
        if said_button(ui, Weight::Quiet, None, &text("begun-not-now"), &of("begun-not-now-this")).clicked()
            && let Some(mine) = Record::part(desk, plan, "cover").my_voice()
        {
            let fills = [
                ("to", Value::Ref(asked.item)),
                ("answer", Value::Choice("later".to_owned())),
                ("on", Value::Date(today())),
            ];
            mine.add("answers", fills.map(|(field, value)| (field.to_owned(), Fill::Value(value))).into(), asks);
        }
    });
}

/// Begins a part and goes to its page; what has a document for each quarter begins with this one.
pub fn begin(plan: PlanId, part: &'static Part, asks: &mut Asks) {
    match part.copies {
        Copies::One => asks.push(Ask::OpenPart { plan, part: part.code.to_owned(), called: None }),
        Copies::EachQuarter => {
            let called = Some(happened::quarter_of(today()));
            asks.push(Ask::OpenPart { plan, part: part.code.to_owned(), called });
        }
        // Which one it should be, its page asks.
        Copies::EachOwner | Copies::Named => {}
    }
    asks.go(Place::Plan(plan, Page::Part(part.code)));
}

/// The parts that I could ask for: in which my role usually writes, and of which I have nothing.
pub fn to_ask_for(desk: &Desk, plan: PlanId) -> Vec<&'static Part> {
    let role = people::me(desk, plan).and_then(|me| desk.role(plan, me.id));
    let Some(role) = role.filter(|_| desk.access(plan, "cover") > circle::Access::Nothing) else { return Vec::new() };
    let usual = |part: &&'static Part| desk::access(role, part, None) == circle::Access::Edit;
    let wanted = |part: &&'static Part| may_be_wanted(part) && desk.copies(plan, part.code).is_empty();
    plan::parts().iter().filter(usual).filter(wanted).filter(|part| !desk.may_begin(plan, part.code)).collect()
}

/// Above the page of a part that I have nothing of and cannot begin: that, and a way to ask for it.
pub fn missing(ui: &mut Ui, desk: &Desk, plan: PlanId, code: &str, asks: &mut Asks) {
    let Some(part) = plan::part(code).filter(|_| desk.copies(plan, code).is_empty()) else { return };
    if desk.may_begin(plan, code) || part.copies == Copies::Named {
        return;
    }
    kit::card(ui, |ui| {
        let words = say(Say::new("begun-missing").with("name", whose(desk, plan)));
        let soft = theme::of(ui.ctx()).soft_ink;
        kit::icon_line(ui, Icon::INFO, soft, theme::text(ui, Type::Body, words));
        if to_ask_for(desk, plan).contains(&part) {
            ask_for(ui, desk, plan, part, asks);
        }
    });
    ui.add_space(gap::L);
}

/// A button that asks for a part, or that it was asked for, with a button that takes it back.
pub fn ask_for(ui: &mut Ui, desk: &Desk, plan: PlanId, part: &'static Part, asks: &mut Asks) {
    let Some(mine) = Record::part(desk, plan, "cover").my_voice() else { return };
    let (name, label) = (whose(desk, plan), terms::page(desk, plan, part.code));
    let of = |key: &'static str| say(Say::new(key).with("name", &name).with("part", &label));
    let is_this = |one: &Record<'_>| one.choice("part").as_deref() == Some(part.code);
    let Some(asked) = mine.records("wanted").into_iter().find(is_this) else {
        if said_button(ui, Weight::Plain, Icon::ADD, &text("begun-ask"), &of("begun-ask-this")).clicked() {
            let fill = Fill::Value(Value::Choice(part.code.to_owned()));
            mine.add("wanted", vec![("part".to_owned(), fill)], asks);
        }
        return;
    };
    let whole = desk.whole(plan);
    let said = self::asked(&whole).into_iter().find(|one| Some(one.item) == asked.item);
    let on = said.as_ref().and_then(|said| said.on).map(|day| words::date(&day.to_string())).unwrap_or_default();
    ui.label(theme::soft(ui, Type::Note, say(Say::new("begun-asked").with("day", on))));
    for person in said.into_iter().flat_map(|said| said.not_now) {
        let name = people::face_or_former(desk, plan, person).name;
        ui.label(theme::soft(ui, Type::Note, say(Say::new("begun-said-not-now").with("name", name))));
    }
    if said_button(ui, Weight::Quiet, Icon::REMOVE, &text("begun-take-back"), &of("begun-take-back-this")).clicked() {
        asked.remove(asks);
    }
}

/// Says above a part that it was begun more than once, and by whom: all of it stands there, and each document keeps who sees it.
pub fn apart(ui: &mut Ui, desk: &Desk, plan: PlanId, part: &'static str, asks: &mut Asks) {
    if plan::part(part).is_none_or(|part| part.copies != Copies::One) {
        return;
    }
    let copies = desk.copies(plan, part);
    if copies.len() < 2 {
        return;
    }
    let mut names: Vec<String> = copies.into_iter().map(|copy| copy.called).filter(|name| !name.is_empty()).collect();
    names.sort();
    names.dedup();
    let sentence = match names.len() {
        0 | 1 => text("begun-twice"),
        _ => say(Say::new("begun-twice-by").with("names", people::together(&names))),
    };
    let soft = theme::of(ui.ctx()).soft_ink;
    kit::icon_line(ui, Icon::INFO, soft, theme::soft(ui, Type::Note, sentence));
    let record = Record::part(desk, plan, part);
    let of_part = plan::part(part).map_or(&[][..], |part| part.fields);
    for field in of_part.iter().filter(|field| !field.kind.is_text()) {
        ui.push_id(field.code, |ui| choose_between(ui, record, field.code, asks));
    }
    ui.add_space(gap::M);
}

/// Where the documents of a part say different things in one field: everybody's answer, and a button that keeps it.
fn choose_between(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let answers = record.path(field).map(|path| record.as_one().answers(path)).unwrap_or_default();
    if answers.iter().all(|answer| answer.value == answers[0].value) {
        return;
    }
    ui.label(theme::text(ui, Type::Strong, record.label(field)));
    for answer in answers {
        let person = people::author(record.desk, record.plan, answer.doc, answer.chain);
        let words = super::fields::said(record, field, &answer.value);
        ui.horizontal_wrapped(|ui| {
            if let Some(person) = person {
                kit::answer(ui, &people::face_or_former(record.desk, record.plan, person), &words);
            }
            let keep = say(Say::new("begun-keep-this").with("what", &words));
            if record.is_mine() && said_button(ui, Weight::Quiet, Icon::CHECK, &text("begun-keep"), &keep).clicked() {
                record.set(field, Some(answer.value), asks);
            }
        });
    }
}

/// Everything that is asked for, by whom.
fn asked(whole: &Whole<'_>) -> Vec<Asked> {
    let later: Vec<(PersonId, ItemId)> = whole
        .said("cover-voice.answers")
        .into_iter()
        .filter(|(_, said)| said.choice("answer").as_deref() == Some("later"))
        .filter_map(|(person, said)| Some((person, said.reference("to")?)))
        .collect();
    let one = |(by, record): (PersonId, plan::Record<'_>)| {
        let part = plan::part(&record.choice("part")?)?;
        let not_now = later.iter().filter(|(_, to)| *to == record.id()).map(|(person, _)| *person);
        let (item, words) = (record.id(), record.text("words"));
        Some(Asked { by, item, part, words, on: record.made_on(), not_now: not_now.collect() })
    };
    whole.said("cover-voice.wanted").into_iter().filter_map(one).collect()
}

/// Whether somebody can ask for it, and there is a page to write it on.
fn may_be_wanted(part: &Part) -> bool {
    let field = "cover-voice.wanted".parse::<plan::ListPath>().ok().and_then(|list| list.describe().field("part"));
    let codes = field.map(|field| field.kind.choices()).unwrap_or_default();
    codes.contains(&part.code) && pages::of(part.code).is_some()
}

fn decides(desk: &Desk, plan: PlanId, part: &Part) -> bool {
    let me = people::me(desk, plan);
    me.is_some_and(|me| me.standing.owns_the_plan()) && desk.access(plan, part.code) == circle::Access::Edit
}

fn whose(desk: &Desk, plan: PlanId) -> String {
    desk.plans().into_iter().find(|card| card.id == plan).map(|card| card.whose).unwrap_or_default()
}
