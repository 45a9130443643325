//! What I want: goals as cards, in the person's own words, with "not yet" and the five levels as steps.

mod editing;
mod numbers;
mod reading;
mod saying;

use std::{cell::RefCell, collections::BTreeSet};

use desk::Desk;
use eframe::egui::Ui;
use plan::views::GoalStatus;
use seal::{ItemId, PlanId};
use words::text;

use super::{
    cards::Cards,
    fields::{Record, comments},
    known::{Known, LEVELS},
    lately::{Lately, a_moment},
    long, offers,
    pages::PartPage,
    title,
};
use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, icon_button},
    terms,
    theme::{self, Tone, Type, gap},
};

const PART: &str = "goals";

/// The one hoped for.
const HOPED: usize = 2;

/// What the page remembers of itself.
#[derive(Default)]
pub struct Goals {
    cards: Cards,
    lately: Lately<Known>,
    /// Goals of which all is shown.
    whole: BTreeSet<ItemId>,
    /// The goal about which I am saying something in my own name.
    saying: Option<ItemId>,
    numbers: numbers::Numbers,
}

/// What was pressed on a goal that is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pressed {
    /// To write in it.
    Change(ItemId),
    /// To see all of it, or less again.
    Whole(ItemId),
    /// To say something in my own name, or to have said it.
    Say(ItemId),
}

/// How much of a goal is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    /// What fits beside another.
    Small,
    /// With its levels and what everybody says.
    Large,
    /// With all that was written.
    Whole,
}

impl PartPage for Goals {
    fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let part = Record::part(desk, plan, PART);
        let mine = part.is_mine();
        title(ui, &terms::page(desk, plan, PART), |ui| {
            if mine && icon_button(ui, Weight::Strong, Icon::ADD, &text("common-add")).clicked() {
                part.add(PART, Vec::new(), asks);
            }
            super::undo(ui, desk, plan, PART, asks);
        });
        let Goals { cards, lately, whole, saying, numbers } = self;
        let Some(known) = lately.of(ui.ctx(), desk, plan, Known::reckon) else { return a_moment(ui) };
        let offered = offers::open_about(ui.ctx(), desk, plan);
        let (ended, live): (Vec<_>, Vec<_>) = part.records(PART).into_iter().partition(|goal| is_ended(*goal));
        let mut page = Page { known, cards, offered, whole, saying: *saying, pressed: None };
        page.goals(ui, &live, mine.then(|| text("app-goals-empty")), part, asks);
        if live.is_empty() && !mine {
            ui.label(theme::soft(ui, Type::Body, text("common-nothing-written")));
        }
        if !ended.is_empty() {
            ui.add_space(gap::XL);
            let words = text("wants-goals-ended");
            let label = ui.label(theme::text(ui, Type::Section, &words));
            kit::is_heading(ui, &label, &words);
            ui.add_space(gap::S);
            page.goals(ui, &ended, None, part, asks);
        }
        let pressed = page.pressed;
        numbers.ui(ui, desk, plan, known);
        match pressed {
            Some(Pressed::Change(item)) => self.cards.open(item),
            Some(Pressed::Whole(item)) if self.whole.contains(&item) => {
                self.whole.remove(&item);
            }
            Some(Pressed::Whole(item)) => {
                self.whole.insert(item);
            }
            Some(Pressed::Say(item)) => self.saying = (self.saying != Some(item)).then_some(item),
            None => {}
        }
    }

    fn cards(&mut self) -> Option<&mut Cards> {
        Some(&mut self.cards)
    }

    fn close(&mut self) {
        self.cards.close();
        self.saying = None;
    }
}

/// The page while it is drawn.
struct Page<'a> {
    known: &'a Known,
    cards: &'a mut Cards,
    /// What something is offered about.
    offered: BTreeSet<ItemId>,
    whole: &'a BTreeSet<ItemId>,
    saying: Option<ItemId>,
    pressed: Option<Pressed>,
}

impl Page<'_> {
    /// Goals below each other, those with little to show two by two; at the end the question for one more, if there is one.
    fn goals(
        &mut self,
        ui: &mut Ui,
        goals: &[Record<'_>],
        question: Option<String>,
        part: Record<'_>,
        asks: &mut Asks,
    ) {
        let is_long = long::is_long(goals.len());
        let mut at = 0;
        let mut asked = question.is_none();
        while at < goals.len() {
            let one = goals[at];
            at += 1;
            let id = one.id("goal", "");
            if self.is_wide(one) {
                long::row(ui, id, is_long, |ui| self.wide(ui, one, asks));
                ui.add_space(gap::L);
                continue;
            }
            let other = goals.get(at).copied().filter(|other| !self.is_wide(*other));
            let is_last = at == goals.len();
            long::row(ui, id, is_long, |ui| {
                let (mut left, mut right) = (None, None);
                let known = self.known;
                let asks = RefCell::new(&mut *asks);
                let small = |ui: &mut Ui, goal| reading::card(ui, goal, known, Size::Small, *asks.borrow_mut());
                match (other, &question) {
                    (Some(other), _) => super::pair(ui, 0.5, |ui| left = small(ui, one), |ui| right = small(ui, other)),
                    (None, Some(question)) if is_last => {
                        let mut wanted = false;
                        super::pair(
                            ui,
                            0.5,
                            |ui| left = small(ui, one),
                            |ui| wanted = kit::empty_card(ui, question).clicked(),
                        );
                        asked = true;
                        if wanted {
                            part.add(PART, Vec::new(), *asks.borrow_mut());
                        }
                    }
                    (None, _) => left = small(ui, one),
                }
                self.pressed = self.pressed.or(left).or(right);
            });
            at += usize::from(other.is_some());
            ui.add_space(gap::L);
        }
        if let Some(question) = question.filter(|_| !asked)
            && kit::empty_card(ui, &question).clicked()
        {
            part.add(PART, Vec::new(), asks);
        }
    }

    fn is_wide(&self, goal: Record<'_>) -> bool {
        let is = |item| {
            self.known.leveled.contains(&item)
                || self.offered.contains(&item)
                || self.whole.contains(&item)
                || self.saying == Some(item)
        };
        goal.item.is_some_and(is) || self.cards.is_open(goal)
    }

    fn wide(&mut self, ui: &mut Ui, goal: Record<'_>, asks: &mut Asks) {
        let id = goal.id("card", "");
        ui.push_id(id, |ui| {
            if self.cards.is_open(goal) {
                kit::card(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = gap::M;
                    editing::ui(ui, goal, asks);
                    comments(ui, goal, true, asks);
                    self.cards.end(ui, goal, asks);
                });
                return;
            }
            let is_whole = goal.item.is_some_and(|item| self.whole.contains(&item));
            let size = if is_whole { Size::Whole } else { Size::Large };
            let is_saying = goal.item.is_some() && goal.item == self.saying;
            let pressed = kit::card(ui, |ui| {
                let pressed = reading::inside(ui, goal, self.known, size, asks);
                comments(ui, goal, size == Size::Whole, asks);
                if !is_saying {
                    return pressed;
                }
                ui.add_space(gap::S);
                kit::rule(ui);
                ui.add_space(gap::S);
                let said = saying::ui(ui, goal, self.known, asks);
                pressed.or(said)
            });
            self.pressed = self.pressed.or(pressed.inner);
        });
    }
}

fn has_levels(goal: Record<'_>) -> bool {
    LEVELS.iter().any(|level| !goal.line(level).is_empty())
}

/// What it is like to be on a level, in the person's own words if there are any. Levels count from -2 to 2.
fn level_words(goal: Record<'_>, level: i64) -> String {
    let place = usize::try_from(level + 2).unwrap_or(0).min(LEVELS.len() - 1);
    let own = goal.line(LEVELS[place]);
    if own.is_empty() { terms::field(PART, LEVELS[place]) } else { own }
}

/// Nothing more is done for it.
fn is_ended(goal: Record<'_>) -> bool {
    let over = [GoalStatus::Reached, GoalStatus::LetGo];
    let is = |status: &str| GoalStatus::ALL.iter().any(|(known, code)| over.contains(known) && *code == status);
    goal.choice("status").is_some_and(|status| is(&status))
}

/// How a status looks besides its words.
pub fn tone(status: &str) -> Tone {
    match status {
        "not-yet" => Tone::NotYet,
        "active" | "keeping-it-up" => Tone::Accent,
        "reached" => Tone::Calm,
        _ => Tone::Plain,
    }
}
