//! Who will do what: as a list by day, or by person; first what waits for my answer, last what is done and answered.
//!
//! Accepting, saying no and telling how it went are the named person's own acts, in their own voice (`answer`).

mod answer;
mod reading;
mod sentences;

use std::collections::{BTreeMap, BTreeSet};

use desk::Desk;
use eframe::egui::{Context, Sense, Ui, vec2};
use plan::{Someone, checks::needs, views::Action};
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use super::{
    apart,
    cards::Cards,
    fields::{Record, field, fields, more, set_choice, set_people, set_typed, words_field},
    known::Known,
    lately::{Lately, a_moment},
    long,
    pages::PartPage,
    title,
};
use crate::{
    asks::Asks,
    kit::{self, Choice, Icon, Weight, icon_button},
    people, terms,
    theme::{self, Tone, Type, gap},
};

pub use self::{
    answer::Answers,
    reading::{code, tone},
    sentences::questions,
};

const PART: &str = "actions";

/// What the page remembers of itself.
#[derive(Default)]
pub struct Actions {
    cards: Cards,
    lately: Lately<Known>,
    view: View,
    answers: Answers,
    order: Order,
}

/// Which action stands where. While one is written in, everything stays where it is: a card must not go from under the hand.
#[derive(Default)]
struct Order {
    asking: Vec<ItemId>,
    open: Vec<ItemId>,
    ended: Vec<ItemId>,
    who: BTreeMap<ItemId, BTreeSet<Someone>>,
}

impl Order {
    fn of(all: &[Record<'_>], known: &Known) -> Order {
        let mut order = Order::default();
        for item in all.iter().filter_map(|one| one.item) {
            let Some(action) = known.actions.get(&item) else {
                order.open.push(item);
                continue;
            };
            order.who.insert(item, action.who.clone());
            let group = match () {
                () if known.is_over(action) => &mut order.ended,
                () if known.asks_me(action) => &mut order.asking,
                () => &mut order.open,
            };
            group.push(item);
        }
        order.open.sort_by_key(|item| {
            let due = known.actions.get(item).and_then(needs::due);
            (due.is_none(), due)
        });
        order
    }

    /// What was added meanwhile stands last.
    fn take_in(&mut self, all: &[Record<'_>]) {
        let known: BTreeSet<ItemId> = [&self.asking, &self.open, &self.ended].into_iter().flatten().copied().collect();
        self.open.extend(all.iter().filter_map(|one| one.item).filter(|item| !known.contains(item)));
    }
}

/// How actions are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum View {
    /// The next ones first.
    #[default]
    List,
    /// Each person's together.
    People,
}

impl PartPage for Actions {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        title(ui, &terms::page(desk, plan, PART), |ui| {
            if part.is_mine() && icon_button(ui, Weight::Strong, Icon::ADD, &text("common-add")).clicked() {
                part.add(PART, Vec::new(), asks);
            }
            super::undo(ui, desk, plan, PART, asks);
        });
        let Actions { cards, lately, view, answers, order } = self;
        let Some(known) = lately.of(ui.ctx(), desk, plan, Known::reckon) else { return a_moment(ui) };
        let all = part.records(PART);
        if !all.is_empty() {
            ui.horizontal_wrapped(|ui| {
                let views = [(View::List, "wants-view-list"), (View::People, "wants-view-people")];
                let views = views.map(|(value, key)| Choice { value, words: text(key), tone: Tone::Accent });
                if let Some(wanted) = kit::switch(ui, &text("wants-view"), view, &views) {
                    *view = wanted;
                }
            });
            summary(ui, known);
            ui.add_space(gap::M);
        }
        if all.iter().any(|one| cards.is_open(*one)) {
            order.take_in(&all);
        } else {
            *order = Order::of(&all, known);
        }
        let mut page = Page { known, cards, answers, drawn: BTreeSet::new() };
        let records: BTreeMap<ItemId, Record<'_>> = all.into_iter().filter_map(|one| Some((one.item?, one))).collect();
        let of = |items: &[ItemId]| -> Vec<Record<'_>> {
            items.iter().filter_map(|item| records.get(item)).copied().collect()
        };
        let (asking, open, ended) = (of(&order.asking), of(&order.open), of(&order.ended));
        page.group(ui, "wants-actions-asked", &asking, asks);
        match view {
            // Without a heading where nothing stands above it.
            View::List if asking.is_empty() => page.cards(ui, &open, asks),
            View::List => page.group(ui, "wants-actions-open", &open, asks),
            View::People => page.by_person(ui, part, &open, &order.who, asks),
        }
        if part.is_mine() && kit::empty_card(ui, &text("app-actions-empty")).clicked() {
            part.add(PART, Vec::new(), asks);
        }
        if !ended.is_empty() {
            ui.add_space(gap::XL);
            page.group(ui, "app-actions-ended", &ended, asks);
        }
    }

    fn count(&mut self, ctx: &Context, desk: &Desk, plan: PlanId) -> usize {
        self.lately.of(ctx, desk, plan, Known::reckon).map_or(0, Known::waiting_for_me)
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }

    fn close(&mut self) {
        self.cards.close();
        self.answers.close();
    }
}

/// How promises went, and how many actions say who, when and how one will know. Counted aloud, held against nobody.
fn summary(ui: &mut Ui, known: &Known) {
    let mut lines = sentences::tally(known.tally);
    let (clear, all) = known.clear;
    if all > 0 {
        lines.push(say(Say::new("wants-specific").with("clear", clear).with("all", all)));
    }
    ui.label(theme::soft(ui, Type::Note, lines.join(" · ")).line_height(Some(24.0)));
}

/// The page while it is drawn.
struct Page<'a> {
    known: &'a Known,
    cards: &'a mut Cards,
    answers: &'a mut Answers,
    /// Actions whose card was drawn: by person one may come twice, and is written in only once.
    drawn: BTreeSet<ItemId>,
}

impl Page<'_> {
    fn group(&mut self, ui: &mut Ui, key: &str, actions: &[Record<'_>], asks: &mut Asks) {
        if actions.is_empty() {
            return;
        }
        let words = text(key);
        let label = ui.label(theme::text(ui, Type::Section, &words));
        kit::is_heading(ui, &label, &words);
        ui.add_space(gap::S);
        self.cards(ui, actions, asks);
        ui.add_space(gap::M);
    }

    fn cards(&mut self, ui: &mut Ui, actions: &[Record<'_>], asks: &mut Asks) {
        let is_long = long::is_long(actions.len());
        for action in actions {
            let may_hide = is_long && !self.cards.is_awaited(*action);
            long::row(ui, action.id("action", ""), may_hide, |ui| self.card(ui, *action, asks));
            ui.add_space(gap::M);
        }
    }

    fn card(&mut self, ui: &mut Ui, action: Record<'_>, asks: &mut Asks) {
        let known = self.known;
        let counted = action.item.and_then(|item| known.actions.get(&item));
        action.item.into_iter().for_each(|item| {
            self.drawn.insert(item);
        });
        let answers = &mut *self.answers;
        let reading = |ui: &mut Ui, asks: &mut Asks| {
            reading::ui(ui, action, counted, known);
            if let Some(counted) = counted {
                answers.ui(ui, action, counted, known, asks);
            }
        };
        self.cards.card(ui, action, asks, reading, |ui, asks| editing(ui, action, known, asks));
    }

    /// A heading for each person, and below it what they are to do: mine first, and before all what nobody has.
    fn by_person(
        &mut self,
        ui: &mut Ui,
        part: Record<'_>,
        open: &[Record<'_>],
        who: &BTreeMap<ItemId, BTreeSet<Someone>>,
        asks: &mut Asks,
    ) {
        let mut by: BTreeMap<Option<Someone>, Vec<Record<'_>>> = BTreeMap::new();
        for one in open {
            let who = one.item.and_then(|item| who.get(&item)).cloned().unwrap_or_default();
            if who.is_empty() {
                by.entry(None).or_default().push(*one);
            }
            for someone in who {
                by.entry(Some(someone)).or_default().push(*one);
            }
        }
        let face = |someone: &Someone| people::face_of(part.desk, part.plan, someone);
        let mut groups: Vec<_> = by.into_iter().collect();
        groups.sort_by_key(|(who, _)| match who {
            None => (0, 0),
            Some(_) if *who == self.known.me => (1, 0),
            Some(someone) => (2, face(someone).place),
        });
        for (who, actions) in groups {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = gap::M;
                let (rect, _) = ui.allocate_exact_size(vec2(36.0, 40.0), Sense::hover());
                let name = match &who {
                    Some(someone) => {
                        let face = face(someone);
                        kit::paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 36.0, &face);
                        face.name
                    }
                    None => {
                        let ink = theme::of(ui.ctx()).attention;
                        kit::paint_icon(ui.painter(), rect.center(), Icon::KNOCK, 26.0, ink);
                        text("common-nobody")
                    }
                };
                let label = ui.label(theme::text(ui, Type::Section, &name));
                kit::is_heading(ui, &label, &name);
                let count = say(Say::new("wants-actions-count").with("count", actions.len()));
                ui.label(theme::soft(ui, Type::Note, count));
            });
            ui.add_space(gap::S);
            let is_long = long::is_long(actions.len());
            ui.push_id(who.as_ref().map(ToString::to_string), |ui| {
                for one in &actions {
                    if one.item.is_some_and(|item| self.drawn.contains(&item)) {
                        pointer(ui, *one);
                        continue;
                    }
                    let may_hide = is_long && !self.cards.is_awaited(*one);
                    long::row(ui, one.id("action", ""), may_hide, |ui| self.card(ui, *one, asks));
                    ui.add_space(gap::M);
                }
            });
            ui.add_space(gap::M);
        }
    }
}

/// An action that stands above with somebody else: one line of it.
fn pointer(ui: &mut Ui, action: Record<'_>) {
    kit::card(ui, |ui| {
        ui.label(theme::text(ui, Type::Body, action.called()));
        ui.label(theme::soft(ui, Type::Note, text("wants-actions-above")));
    });
    ui.add_space(gap::M);
}

fn editing(ui: &mut Ui, action: Record<'_>, known: &Known, asks: &mut Asks) {
    words_field(ui, action, "what", 1, asks);
    reading::questions(ui, action, known, reading::Which::All);
    set_choice(ui, action, "kind", |_| Tone::Accent, asks);
    set_people(ui, action, "who", asks);
    set_people(ui, action, "with", asks);
    set_typed(ui, action, "when", asks);
    set_typed(ui, action, "repeats", asks);
    set_choice(ui, action, "status", tone, asks);
    apart::both(ui, action, "status");
    fields(ui, action, &["for", "sign"], asks);
    let seldom =
        ["where", "first-step", "what-if", "confidence", "alone", "after", "note", "promised", "done", "review"];
    more(ui, action, &seldom, asks);
    let changed = action.choice("status").is_some_and(|status| matches!(status.as_str(), "changed" | "not-done"));
    if changed || !action.line("reason").is_empty() {
        fields(ui, action, &["changed-to", "reason"], asks);
    }
    // For those who have no device here; everybody else says yes in their own name.
    let has_no_voice = |who: &Someone| matches!(who, Someone::Named(_));
    if action.people("who").iter().any(has_no_voice) || !action.people("accepted").is_empty() {
        set_people(ui, action, "accepted", asks);
    }
    field(ui, action, "files", asks);
}

/// "Amina, with Joy · at the pool", or that nobody has taken it.
pub fn who_and_where(record: Record<'_>, who: &[Someone]) -> String {
    let names = |people: &[Someone]| {
        let names: Vec<_> = people.iter().map(|one| people::face_of(record.desk, record.plan, one).name).collect();
        people::together(&names)
    };
    let mut facts = Vec::new();
    let with = record.people("with");
    facts.push(match (who.is_empty(), with.is_empty()) {
        (true, _) => text("common-nobody"),
        (false, true) => names(who),
        (false, false) => say(Say::new("app-actions-with").with("names", names(who)).with("with", names(&with))),
    });
    let place = record.line("where");
    if !place.is_empty() {
        facts.push(place);
    }
    facts.join(" · ")
}

/// What an action is called in one line.
pub fn called(action: &Action) -> String {
    let what = action.what.trim();
    if what.is_empty() { text("common-no-words-yet") } else { what.to_owned() }
}
