//! My day: what is mine to do over all plans of this device, meetings at which I am expected, and small notes to myself.
//!
//! Nothing of it is told to anybody: it is read from plans this device holds, and what I write for myself stays here.

use std::collections::BTreeMap;

use desk::{Desk, Fill, PlanCard};
use eframe::egui::{Align, Id, Key, Layout, Sense, Ui, vec2};
use plan::{
    Date, Value,
    checks::{due::Due, needs},
    views::Action,
};
use seal::PlanId;
use words::{Say, say, text};

use super::{
    actions::{Answers, called},
    fields::Record,
    known::{Known, Met},
    lately::{Lately, a_moment},
    long,
    small::today,
    title,
};
use crate::{
    asks::{Asks, Page, Place},
    kit::{self, Choice, Face, Icon, Weight, chip, icon_button, line_field, said_button},
    noticed, people,
    screens::pages,
    theme::{self, Tone, Type, gap},
};

/// Where notes to myself are kept, and the list of them.
const NOTES: &str = "mine";
const LIST: &str = "my-day";
/// How far "soon" reaches, in days.
const SOON: i64 = 7;

/// What the page remembers of itself.
#[derive(Default)]
pub struct Day {
    lately: BTreeMap<PlanId, Lately<Known>>,
    answers: Answers,
    /// What is being typed.
    note: String,
    /// The plan it is about, where there are several.
    about: Option<PlanId>,
}

/// Something on a day.
struct Entry<'a> {
    plan: &'a PlanCard,
    known: &'a Known,
    what: What<'a>,
}

enum What<'a> {
    Do(&'a Action),
    Meet(&'a Met),
    Due(&'a Due),
}

/// When something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    Asked,
    Late,
    Today,
    Soon,
    Later,
    SomeDay,
}

impl Day {
    /// Draws it; `back` is where the person came from.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, back: Place, asks: &mut Asks) {
        title(ui, &text("wants-day"), |ui| {
            if icon_button(ui, Weight::Plain, Icon::BACK, &text("common-back")).clicked() {
                asks.go(back);
            }
        });
        let today = today();
        let weekday = words::weekdays().into_iter().nth(usize::from(today.weekday())).unwrap_or_default();
        let spelled = format!("{weekday} {}", words::date(&today.to_string()));
        ui.label(theme::soft(ui, Type::Body, say(Say::new("wants-day-today").with("day", spelled))));
        ui.add_space(gap::M);
        let plans = desk.plans();
        let ctx = ui.ctx().clone();
        for plan in &plans {
            self.lately.entry(plan.id).or_default();
        }
        self.lately.retain(|id, _| plans.iter().any(|plan| plan.id == *id));
        let each = self.lately.iter_mut();
        let known: BTreeMap<PlanId, &Known> =
            each.filter_map(|(plan, lately)| Some((*plan, lately.of(&ctx, desk, *plan, Known::reckon)?))).collect();
        if known.len() < plans.len() {
            a_moment(ui);
        }
        let mut entries: Vec<Entry<'_>> = Vec::new();
        for plan in &plans {
            let Some(known) = known.get(&plan.id).copied() else { continue };
            let mine = known.actions.values().filter(|action| is_for_me(known, action));
            entries.extend(mine.map(|action| Entry { plan, known, what: What::Do(action) }));
            entries.extend(known.meetings.iter().map(|met| Entry { plan, known, what: What::Meet(met) }));
            entries.extend(known.due.iter().map(|due| Entry { plan, known, what: What::Due(due) }));
        }
        entries.sort_by_key(|entry| (entry.when(today), entry.day(), entry.minute()));
        if entries.is_empty() && known.len() == plans.len() {
            ui.label(theme::soft(ui, Type::Body, text("wants-day-nothing")).line_height(Some(27.0)));
            ui.add_space(gap::L);
        }
        let is_long = long::is_long(entries.len());
        for (when, key) in [
            (When::Asked, "wants-actions-asked"),
            (When::Late, "wants-day-late"),
            (When::Today, "wants-day-now"),
            (When::Soon, "wants-day-soon"),
            (When::Later, "wants-day-later"),
            (When::SomeDay, "wants-day-some-day"),
        ] {
            let these: Vec<&Entry<'_>> = entries.iter().filter(|entry| entry.when(today) == when).collect();
            if these.is_empty() {
                continue;
            }
            let words = text(key);
            let label = ui.label(theme::text(ui, Type::Section, &words));
            kit::is_heading(ui, &label, &words);
            ui.add_space(gap::S);
            for entry in these {
                let id = entry.id();
                long::row(ui, id, is_long, |ui| {
                    let several = plans.len() > 1;
                    ui.push_id(id, |ui| {
                        kit::card(ui, |ui| row(ui, desk, (entry, when, several), &mut self.answers, asks));
                    });
                });
                ui.add_space(gap::M);
            }
            ui.add_space(gap::S);
        }
        notes(ui, desk, &plans, &mut self.note, &mut self.about, asks);
    }
}

/// What I am to do or stand beside, and have not said no to.
fn is_for_me(known: &Known, action: &Action) -> bool {
    let beside = known.me.as_ref().is_some_and(|me| action.with.contains(me));
    !known.is_over(action)
        && (known.is_mine(action) || beside)
        && known.my_answer(action).is_none_or(|said| said.answer != plan::views::Answering::No)
}

impl Entry<'_> {
    fn day(&self) -> Option<Date> {
        match self.what {
            What::Do(action) => needs::due(action),
            What::Meet(met) => Some(met.when.date()),
            What::Due(due) => Some(due.day),
        }
    }

    fn minute(&self) -> (u8, u8) {
        match self.what {
            // What has no time of day stands before what has.
            What::Do(_) | What::Due(_) => (0, 0),
            What::Meet(met) => (met.when.hour(), met.when.minute()),
        }
    }

    fn when(&self, today: Date) -> When {
        if let What::Do(action) = self.what
            && self.known.asks_me(action)
        {
            return When::Asked;
        }
        match self.day() {
            None => When::SomeDay,
            Some(day) if day < today => When::Late,
            Some(day) if day == today => When::Today,
            Some(day) if day <= today.plus(SOON) => When::Soon,
            Some(_) => When::Later,
        }
    }

    fn id(&self) -> Id {
        match self.what {
            What::Do(action) => Id::new(("my day", self.plan.id.to_string(), action.id.to_string())),
            What::Meet(met) => Id::new(("my day", self.plan.id.to_string(), &met.title, met.when.to_string())),
            What::Due(due) => {
                let what =
                    (format!("{:?}", due.what), due.part, due.item.map(|item| item.to_string()), due.agency.as_str());
                Id::new(("my day", self.plan.id.to_string(), what))
            }
        }
    }
}

/// One thing: whose plan it is for, where there are several, what, by when; and what I can say about it at once.
fn row(
    ui: &mut Ui,
    desk: &Desk,
    (entry, when, several): (&Entry<'_>, When, bool),
    answers: &mut Answers,
    asks: &mut Asks,
) {
    let palette = theme::of(ui.ctx());
    let (what, mut facts, page) = match entry.what {
        What::Do(action) => (called(action), Vec::new(), "actions"),
        What::Meet(met) => {
            let place = Some(met.place.clone()).filter(|place| !place.is_empty());
            (met.title.clone(), place.into_iter().collect(), "meetings")
        }
        What::Due(due) => (noticed::due::called(due), Vec::new(), due.part),
    };
    facts.insert(0, plan_name(entry.plan));
    if let What::Do(action) = entry.what
        && !entry.known.is_mine(action)
    {
        let names: Vec<String> = action.who.iter().map(|who| people::face_of(desk, entry.plan.id, who).name).collect();
        facts.push(say(Say::new("wants-day-beside").with("names", people::together(&names))));
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        if several {
            let (rect, _) = ui.allocate_exact_size(vec2(40.0, 44.0), Sense::hover());
            let face = Face { name: entry.plan.whose.clone(), place: 0 };
            kit::paint_disc(ui.painter(), palette, rect.center(), 40.0, &face);
        }
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            let said = say(Say::new("wants-day-show-this").with("what", &what));
            let is_there = pages::of(page).is_some();
            if is_there && said_button(ui, Weight::Quiet, None, &text("wants-day-show"), &said).clicked() {
                let page = pages::of(page).map_or(Page::Front, |row| Page::Part(row.part));
                asks.go(Place::Plan(entry.plan.id, page));
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = gap::XS;
                ui.label(theme::text(ui, Type::Strong, &what).line_height(Some(Type::Strong.line_height())));
                ui.label(theme::soft(ui, Type::Note, facts.join(" · ")));
                let (tone, words) = match entry.what {
                    What::Due(due) => {
                        let (tone, by) = noticed::due::by(due);
                        (tone, Some(by))
                    }
                    What::Meet(met) => (Tone::Accent, Some(words::date_and_time(&met.when.to_string()))),
                    What::Do(_) => {
                        let tone = if when == When::Late { Tone::NotYet } else { Tone::Plain };
                        let by = |day: Date| say(Say::new("app-by").with("day", words::date(&day.to_string())));
                        (tone, entry.day().map(by))
                    }
                };
                if let Some(words) = words {
                    chip(ui, tone, &words);
                }
            });
        });
    });
    if let What::Do(action) = entry.what
        && when <= When::Soon
    {
        let record = Record::part(desk, entry.plan.id, "actions").at(action.id);
        answers.ui(ui, record, action, entry.known, asks);
    }
}

fn plan_name(plan: &PlanCard) -> String {
    match plan.title.is_empty() {
        true => say(Say::new("common-plan-of").with("name", &plan.whose)),
        false => plan.title.clone(),
    }
}

/// Small things for myself. They are on this device only.
fn notes(ui: &mut Ui, desk: &Desk, plans: &[PlanCard], note: &mut String, about: &mut Option<PlanId>, asks: &mut Asks) {
    let Some(first) = plans.first() else { return };
    let words = text("wants-day-mine");
    let label = ui.label(theme::text(ui, Type::Section, &words));
    kit::is_heading(ui, &label, &words);
    ui.add_space(gap::S);
    kit::card(ui, |ui| {
        ui.label(theme::soft(ui, Type::Note, text("wants-day-mine-why")).line_height(Some(24.0)));
        for plan in plans {
            for one in Record::part(desk, plan.id, NOTES).records(LIST) {
                let is_done = one.value("done") == Some(Value::YesNo(true));
                // What is done goes when its day has.
                if is_done && one.date("on").is_some_and(|day| day < today()) {
                    continue;
                }
                let mut what = one.line("what");
                if plans.len() > 1 {
                    what = format!("{what} · {}", plan_name(plan));
                }
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing.x = gap::L;
                    if kit::check(ui, &text("wants-day-done"), &what, is_done) {
                        one.set("done", Some(Value::YesNo(!is_done)), asks);
                    }
                    let said = say(Say::new("app-row-remove").with("what", &what));
                    if is_done && said_button(ui, Weight::Quiet, Icon::REMOVE, &text("common-remove"), &said).clicked()
                    {
                        one.remove(asks);
                    }
                });
            }
        }
        let chosen = about.filter(|about| plans.iter().any(|plan| plan.id == *about)).unwrap_or(first.id);
        if plans.len() > 1 {
            let all: Vec<Choice<PlanId>> = plans
                .iter()
                .map(|plan| Choice { value: plan.id, words: plan_name(plan), tone: Tone::Accent })
                .collect();
            ui.horizontal_wrapped(|ui| {
                if let Some(plan) = kit::switch(ui, &text("wants-day-about"), &chosen, &all) {
                    *about = Some(plan);
                }
            });
        }
        let line = line_field(ui, Id::new("my day"), &text("wants-day-note"), &text("wants-day-note-hint"), note);
        let entered = line.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let added = icon_button(ui, Weight::Plain, Icon::ADD, &text("wants-day-add")).clicked();
        let words = plan::clean(note);
        if (entered || added) && !words.is_empty() && words.chars().count() <= plan::limits::LINE_CHARS {
            let fills = [("what", Value::Line(words)), ("on", Value::Date(today()))];
            let fills = fills.map(|(field, value)| (field.to_owned(), Fill::Value(value)));
            Record::part(desk, chosen, NOTES).add(LIST, fills.into(), asks);
            note.clear();
        }
    });
}
