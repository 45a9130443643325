//! Meetings and reviews: what is coming up and what has been; and one of them, in stages: what to talk about, before, in the
//! room, after, how it was. No stage is locked.

mod after;
mod agenda;
mod before;
mod head;
mod how;
mod kinds;
mod list;
mod numbers;
mod room;

use desk::{Desk, Reckoned};
use eframe::egui::Ui;
use plan::{Date, ListPath, Someone, Value};
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use self::{list::Silence, numbers::Numbers};
use super::{cards::Cards, fields::Record, pages::PartPage, small::today, title};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, icon_button},
    people, terms,
    theme::gap,
};

const PART: &str = "meetings";

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct Meetings {
    cards: Cards,
    /// The meeting that is looked at; none: the list of them.
    opened: Option<ItemId>,
    /// The stage of it that is looked at; none: the one its day asks for.
    stage: Option<Stage>,
    /// What kind the next one is to be is being chosen.
    choosing: bool,
    arrived: Option<ItemId>,
    silence: Reckoned<Silence>,
    /// What is counted for the meeting that is looked at, with that meeting and the day it was counted.
    numbers: Reckoned<Numbers>,
    counted: Option<(ItemId, Date)>,
}

/// The stages of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Agenda,
    Before,
    Room,
    After,
    How,
}

const STAGES: [(Stage, &str); 5] = [
    (Stage::Agenda, "money-stage-agenda"),
    (Stage::Before, "money-stage-before"),
    (Stage::Room, "money-stage-room"),
    (Stage::After, "money-stage-after"),
    (Stage::How, "money-stage-how"),
];

impl PartPage for Meetings {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        self.find_what_arrived(part);
        let opened = self.opened.and_then(|item| part.records(PART).into_iter().find(|one| one.item == Some(item)));
        match opened {
            Some(meeting) => self.one(ui, meeting, asks),
            None => {
                self.opened = None;
                self.all(ui, part, asks);
            }
        }
    }

    fn open(&mut self, item: ItemId) {
        self.arrived = Some(item);
    }

    /// Most of what a meeting holds is a card of its own; who comes and who sees it differently are rows of one.
    fn added(&mut self, list: ListPath, item: ItemId) {
        if !matches!(list.describe().code, "invites" | "views" | "heard" | "dissent") {
            self.open(item);
        }
    }

    fn close(&mut self) {
        // The top thing only: a card, then the meeting.
        if self.cards.any() {
            self.cards.close();
        } else if self.choosing {
            self.choosing = false;
        } else {
            self.opened = None;
        }
    }
}

impl Meetings {
    /// Shows a record that was added, or that somebody came here for, in the meeting it lies in.
    fn find_what_arrived(&mut self, part: Record<'_>) {
        let found = self.arrived.and_then(|item| Some((item, part.as_one().home_of(item)?.list_of(item)?.0)));
        let Some((item, list)) = found else { return };
        self.arrived = None;
        self.choosing = false;
        self.cards.open(item);
        let meeting = list.item().unwrap_or(item);
        if self.opened != Some(meeting) {
            self.opened = Some(meeting);
            self.stage = None;
        }
    }

    fn all(&mut self, ui: &mut Ui, part: Record<'_>, asks: &mut Asks) {
        let mine = part.is_mine();
        title(ui, &terms::part(PART), |ui| {
            if mine && icon_button(ui, Weight::Strong, Icon::ADD, &text("money-plan-meeting")).clicked() {
                self.choosing = !self.choosing;
            }
            super::undo(ui, part.desk, part.plan, PART, asks);
        });
        if self.choosing && kinds::choose(ui, part, asks) {
            self.choosing = false;
        }
        let silence = self.silence.of(part.desk, part.plan, |whole| Silence::of(part.desk, part.plan, whole));
        if let Some(wanted) = list::ui(ui, part, silence, asks) {
            match wanted {
                list::Wanted::Meeting(item) => {
                    self.opened = Some(item);
                    self.stage = None;
                    self.cards.close();
                }
                list::Wanted::New => self.choosing = true,
            }
        }
    }

    fn one(&mut self, ui: &mut Ui, meeting: Record<'_>, asks: &mut Asks) {
        let Some(item) = meeting.item else { return };
        if icon_button(ui, Weight::Quiet, Icon::BACK, &text("money-all-meetings")).clicked() {
            self.opened = None;
            self.cards.close();
        }
        let name = called(meeting);
        title(ui, &name, |ui| super::undo(ui, meeting.desk, meeting.plan, PART, asks));
        let day = today();
        if self.counted != Some((item, day)) {
            self.counted = Some((item, day));
            self.numbers = Reckoned::default();
        }
        let Meetings { cards, numbers, stage, silence, .. } = self;
        let silence = silence.of(meeting.desk, meeting.plan, |whole| Silence::of(meeting.desk, meeting.plan, whole));
        head::ui(ui, meeting, silence, cards, asks);
        ui.add_space(gap::L);
        let now = stage.unwrap_or_else(|| stage_of(meeting, day));
        let names = STAGES.map(|(_, key)| text(key));
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let at = STAGES.iter().position(|(one, _)| *one == now).unwrap_or_default();
        if let Some(pressed) = kit::stages(ui, &text("money-stage"), &names, at) {
            *stage = Some(STAGES[pressed].0);
            cards.close();
        }
        ui.add_space(gap::L);
        match now {
            Stage::Agenda => agenda::ui(ui, meeting, cards, asks),
            Stage::Before => before::ui(ui, meeting, asks),
            Stage::Room => {
                let numbers = numbers.of(meeting.desk, meeting.plan, |whole| Numbers::of(whole, item, day));
                room::ui(ui, meeting, numbers, cards, asks);
            }
            Stage::After => after::ui(ui, meeting, cards, asks),
            Stage::How => how::ui(ui, meeting, asks),
        }
    }
}

/// The stage that its day asks for: until then what to talk about, on it the room, then what came of it.
fn stage_of(meeting: Record<'_>, today: Date) -> Stage {
    match (meeting.choice("status").as_deref(), day_of(meeting)) {
        (Some("held"), _) => Stage::After,
        (_, Some(day)) if day == today => Stage::Room,
        (_, Some(day)) if day < today => Stage::After,
        (_, _) => Stage::Agenda,
    }
}

/// The day a meeting is on.
fn day_of(meeting: Record<'_>) -> Option<Date> {
    match meeting.value("when")? {
        Value::Moment(when) => Some(when.date()),
        _ => None,
    }
}

/// What a meeting is called: its title, else its kind.
fn called(meeting: Record<'_>) -> String {
    let name = meeting.line("title");
    let kind = || meeting.choice_words("kind").unwrap_or_else(|| text("common-no-words-yet"));
    if name.is_empty() { kind() } else { name }
}

/// Who was asked to come.
fn invited(meeting: Record<'_>) -> Vec<(Someone, Record<'_>)> {
    let invites = meeting.records("invites").into_iter();
    invites.filter_map(|invite| Some((invite.people("who").into_iter().next()?, invite))).collect()
}

/// Me, as a value of a field.
fn myself(record: Record<'_>) -> Option<Value> {
    people::me(record.desk, record.plan).map(|me| Value::Person(Someone::Member(me.id)))
}

/// Nothing about me without me: whether the person is not to be there and nobody said how they have their say.
fn is_without_the_person(meeting: Record<'_>, person: &people::Whose) -> bool {
    // A group's plan is about nobody who could be left out of it.
    if terms::is_a_groups(meeting.desk, meeting.plan) {
        return false;
    }
    let theirs = invited(meeting).into_iter().find(|(who, _)| person.is(who)).map(|(_, invite)| invite);
    let Some(invite) = theirs else { return true };
    match (invite.choice("attended").as_deref(), invite.choice("reply").as_deref()) {
        (Some("absent"), _) | (None, Some("not-coming")) => true,
        (_, _) => false,
    }
}

/// "Nothing about me without me: how will Amina have their say?"
fn nothing_about_me(person: &people::Whose) -> String {
    if person.me {
        return text("money-nothing-about-me");
    }
    say(Say::new("money-nothing-about").with("name", &person.face.name))
}
