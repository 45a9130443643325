//! Diary and what happened: when it happens, one after another, in whose words; and when it may be time to call people
//! together. It counts only what people wrote here, and says so.

mod charts;
mod diary;
mod event;
mod look;
mod quarter;

use desk::{Ask, Desk, Fill};
use eframe::egui::{Align, Ui};
use plan::{Date, Someone, Value, checks::happened::Trigger};
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use self::look::{Circle, Look};
use super::{
    cards::Cards,
    fields::Record,
    in_hand::InHand,
    lately::{Lately, a_moment},
    pages::PartPage,
    small::today,
    title,
};
use crate::{
    asks::{Asks, Page, Place},
    kit::{self, Icon, Weight, icon_button},
    people,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "log";

/// Events that stand there at once; the others are one press away.
const FEW: usize = 6;

/// What the page remembers of itself.
#[derive(Default)]
pub struct Happened {
    cards: Cards,
    look: Lately<Look>,
    /// The event that is opened, by one of its accounts.
    shown: Option<ItemId>,
    /// It was just opened: it is to be seen.
    came: bool,
    /// What is to be written as soon as its quarter is begun.
    waiting: Option<(&'static str, Date)>,
    all: bool,
    diary: usize,
    contacts: usize,
}

impl PartPage for Happened {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let today = today();
        self.go_on(desk, plan, asks);
        if let Some(list) = head(ui, desk, plan, today) {
            self.write(desk, plan, list, today, asks);
        }
        let Happened { cards, look, shown, came, all, diary, contacts, .. } = self;
        let look = look.of(ui.ctx(), desk, plan, |still, today| {
            Look::of(&still.whole(), &InHand::reckon(still, today), &Circle::of(still), today)
        });
        let Some(look) = look else { return a_moment(ui) };
        for trigger in &look.triggers {
            call_together(ui, desk, plan, look, trigger, asks);
        }
        if let Some(event) = shown.and_then(|account| look.event(account)) {
            if std::mem::take(came) {
                ui.scroll_to_cursor(Some(Align::Min));
            }
            if event::ui(ui, desk, plan, look, event, cards, asks) {
                *shown = None;
            }
        }
        if look.events.is_empty() && look.diary.is_empty() && look.contacts.is_empty() {
            ui.label(theme::soft(ui, Type::Body, text("happened-empty")));
            return;
        }
        if !look.events.is_empty() {
            super::pair(
                ui,
                0.54,
                |ui| charts::when(ui, look),
                |ui| {
                    if let Some(account) = one_after_another(ui, desk, plan, look, *shown, all) {
                        let again = shown.is_some_and(|open| {
                            look.event(account).is_some_and(|event| event.accounts.contains(&open))
                        });
                        *shown = (!again).then_some(account);
                        *came = true;
                        cards.close();
                    }
                },
            );
            ui.add_space(gap::L);
        }
        diary::in_own_words(ui, desk, plan, look);
        if !look.events.is_empty() {
            super::pair(ui, 0.58, |ui| charts::weeks(ui, look), |ui| charts::how(ui, look));
            ui.add_space(gap::L);
        }
        charts::strip(ui, look);
        ui.add_space(gap::L);
        diary::list(ui, desk, plan, ("diary", &look.diary), (cards, diary), asks);
        if !look.agencies.is_empty() {
            charts::contacted(ui, look);
            ui.add_space(gap::L);
        }
        diary::list(ui, desk, plan, ("contacts", &look.contacts), (cards, contacts), asks);
    }

    fn open(&mut self, item: ItemId) {
        self.cards.open(item);
        self.shown = Some(item);
        self.came = true;
    }

    fn has_open(&mut self, item: ItemId) -> bool {
        self.cards.has_open(item)
    }

    /// The card closes first, then the event.
    fn close(&mut self) {
        if self.cards.any() {
            self.cards.close();
        } else {
            self.shown = None;
        }
    }
}

impl Happened {
    /// Writes something new: in the quarter of today, which is begun if nobody has.
    fn write(&mut self, desk: &Desk, plan: PlanId, list: &'static str, today: Date, asks: &mut Asks) {
        match quarter::place(desk, plan, today) {
            quarter::Place::Here(part) => part.add(list, begins(desk, plan, list), asks),
            quarter::Place::Begin(name) => {
                asks.push(Ask::OpenPart { plan, part: PART.to_owned(), called: Some(name) });
                self.waiting = Some((list, today));
            }
            quarter::Place::Nowhere => {}
        }
    }

    fn go_on(&mut self, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let Some((list, day)) = self.waiting else { return };
        if let quarter::Place::Here(part) = quarter::place(desk, plan, day) {
            part.add(list, begins(desk, plan, list), asks);
            self.waiting = None;
        }
    }
}

/// A day as it stands in lists: without the year, if that is this one.
fn short(day: Date) -> String {
    // Noon, so that it is that day wherever this computer is.
    words::short_day(day.days() * 86_400_000 + 43_200_000, desk::now().0)
}

/// The title and the three things that can be written here; gives back which.
fn head(ui: &mut Ui, desk: &Desk, plan: PlanId, today: Date) -> Option<&'static str> {
    let may = !matches!(quarter::place(desk, plan, today), quarter::Place::Nowhere);
    let mut wanted = None;
    let buttons = |ui: &mut Ui| {
        if !may {
            return;
        }
        for (weight, icon, key, list) in [
            (Weight::Strong, Icon::ADD, "happened-add-incident", "incidents"),
            (Weight::Plain, Icon::RING, "happened-add-contact", "contacts"),
            (Weight::Plain, Icon::EDIT, "happened-add-diary", "diary"),
        ] {
            if icon_button(ui, weight, icon, &text(key)).clicked() {
                wanted = Some(list);
            }
        }
    };
    let words = text("happened-title");
    title(ui, &words, buttons);
    wanted
}

/// What a new record says from the beginning: now, and by me.
fn begins(desk: &Desk, plan: PlanId, list: &str) -> Vec<(String, Fill)> {
    let now = desk::now().0;
    let written = words::read_moment(&format!("{} {}", words::written_day(now), words::time_of_day(now)), now);
    let now = written.and_then(|moment| moment.parse().ok()).map(|moment| Fill::Value(Value::Moment(moment)));
    let me = people::me(desk, plan).map(|me| Fill::Value(Value::Person(Someone::Member(me.id))));
    let mut fills: Vec<(&str, Option<Fill>)> = vec![("when", now.clone())];
    match list {
        "incidents" => fills.extend([("written", now), ("written-by", me)]),
        _ => fills.push(("by", me)),
    }
    fills.into_iter().filter_map(|(field, fill)| Some((field.to_owned(), fill?))).collect()
}

/// What a step of severity is called.
pub fn severity(step: i64) -> String {
    charts::severity(step).1
}

/// What the quarter of a day is called.
pub fn quarter_of(day: Date) -> String {
    quarter::of(day)
}

/// What a check noticed, as a sentence, with its code.
fn noticed(trigger: &Trigger, desk: &Desk, plan: PlanId) -> (&'static str, Say) {
    match trigger {
        Trigger::ManyInAWeek(count) => ("many-in-a-week", Say::new("happened-many-in-a-week").with("count", *count)),
        Trigger::MoreThanBefore { now, before } => {
            ("more-than-before", Say::new("happened-more-than-before").with("now", *now).with("before", *before))
        }
        Trigger::Serious(_) => ("serious", Say::new("happened-was-serious")),
        Trigger::ManyAgencies(names) => {
            let names: Vec<String> = names.iter().cloned().collect();
            ("many-agencies", Say::new("happened-many-agencies").with("names", words::together(&names)))
        }
        Trigger::NobodysNeed(need, days) => {
            let what = Record::part(desk, plan, "needs").at(*need).called();
            ("nobodys-need", Say::new("happened-nobodys-need").with("what", what).with("weeks", days / 7))
        }
    }
}

/// Asks whether it would help to call people together. It suggests, and alerts nobody.
fn call_together(ui: &mut Ui, desk: &Desk, plan: PlanId, look: &Look, trigger: &Trigger, asks: &mut Asks) {
    let (code, noticed) = noticed(trigger, desk, plan);
    // Whoever said "not now" is asked again when something new has happened: by its time, or written down since.
    let newest = look.events.iter().find_map(|event| event.when.and(event.accounts.first())).map(ToString::to_string);
    let what = match trigger {
        // Over a need they are asked again after another four weeks.
        Trigger::NobodysNeed(need, days) => format!("needs.{code} {need} {}", days / 28),
        Trigger::ManyInAWeek(_) | Trigger::MoreThanBefore { .. } | Trigger::Serious(_) | Trigger::ManyAgencies(_) => {
            format!("log.{code} {} {}", look.events.len(), newest.unwrap_or_default())
        }
    };
    let mine = Record::part(desk, plan, "mine");
    if mine.records("put-off").iter().any(|put_off| put_off.line("what") == what) {
        return;
    }
    let sentence = say(noticed);
    kit::toned_card(ui, Tone::NotYet, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = gap::M;
            kit::paint_icon_beside(ui, Icon::PEOPLE);
            ui.label(theme::text(ui, Type::Strong, &sentence));
            ui.label(theme::text(ui, Type::Body, text("happened-call-together")));
        });
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = gap::L;
            let meetings = Record::part(desk, plan, "meetings");
            if meetings.is_mine() && icon_button(ui, Weight::Plain, Icon::PEOPLE, &text("happened-call")).clicked() {
                let fills = [
                    ("title", Fill::Value(Value::Line(text("happened-meeting")))),
                    ("kind", Fill::Value(Value::Choice("circle".to_owned()))),
                    ("purpose", Fill::Text(sentence.clone())),
                    ("status", Fill::Value(Value::Choice("planned".to_owned()))),
                ];
                meetings.add("meetings", fills.map(|(field, fill)| (field.to_owned(), fill)).into(), asks);
                if let Some(row) = super::pages::of("meetings") {
                    asks.go(Place::Plan(plan, Page::Part(row.part)));
                }
            }
            if icon_button(ui, Weight::Quiet, None, &text("happened-not-now")).clicked() {
                let fills = vec![
                    ("what".to_owned(), Fill::Value(Value::Line(what))),
                    ("on".to_owned(), Fill::Value(Value::Date(look.today))),
                ];
                mine.add("put-off", fills, asks);
            }
        });
    });
    ui.add_space(gap::L);
}

/// The events, the last first; gives back the one that was pressed.
fn one_after_another(
    ui: &mut Ui,
    desk: &Desk,
    plan: PlanId,
    look: &Look,
    shown: Option<ItemId>,
    all: &mut bool,
) -> Option<ItemId> {
    let mut pressed = None;
    kit::card(ui, |ui| {
        charts::heading(ui, &text("happened-one-after-another"));
        let count = if *all { look.events.len() } else { FEW };
        for event in look.events.iter().take(count) {
            let Some(first) = event.accounts.first() else { continue };
            kit::rule(ui);
            let record = Record::part(desk, plan, PART).at(*first);
            let what = record.text("what");
            let what = if what.trim().is_empty() { text("common-no-words-yet") } else { what.trim().to_owned() };
            let day = event.when.map_or_else(|| text("happened-no-day"), |when| short(when.date()));
            let chip = event.severity.map(charts::severity);
            let chip = chip.as_ref().map(|(tone, words)| (*tone, words.as_str()));
            let told = say(Say::new("happened-told").with("count", event.accounts.len()));
            let words = if event.accounts.len() > 1 { format!("{what} · {told}") } else { what };
            let said = match chip {
                Some((_, severity)) => format!("{day}, {severity}: {words}"),
                None => format!("{day}: {words}"),
            };
            let chosen = shown.is_some_and(|open| event.accounts.contains(&open));
            let entry = ui.push_id(first.to_string(), |ui| kit::entry(ui, &day, chip, &words, &said, chosen));
            if entry.inner.clicked() {
                pressed = Some(*first);
            }
        }
        let left = look.events.len().saturating_sub(count);
        if left > 0 {
            let words = say(Say::new("happened-more").with("count", left));
            *all = icon_button(ui, Weight::Quiet, Icon::MORE, &words).clicked();
        }
    });
    pressed
}
