//! My own answer to an action: I will do it, not me, ask me later; and how it went. It is written in my voice, under my
//! name: nobody else can write it, and I cannot write theirs.

use desk::Fill;
use eframe::egui::Ui;
use plan::{
    Someone, Value,
    checks::needs,
    views::{Acceptance, Action, ActionStatus, Answering, Told},
};
use seal::ItemId;
use words::{Say, say, text};

use crate::{
    asks::Asks,
    kit::{self, Icon, Weight, said_button},
    people,
    screens::{
        fields::{Record, set_choice, set_typed, words_field},
        known::Known,
    },
    theme::{self, Tone, Type, gap},
};

/// Which action I am saying more about.
#[derive(Debug, Default)]
pub struct Answers {
    more: Option<ItemId>,
}

impl Answers {
    /// Nothing more is said.
    pub fn close(&mut self) {
        self.more = None;
    }

    /// Draws what I can say about this action, if anything.
    pub fn ui(&mut self, ui: &mut Ui, action: Record<'_>, counted: &Action, known: &Known, asks: &mut Asks) {
        let Some((item, me)) = action.item.zip(known.me.clone()) else { return };
        let Some(mine) = action.my_voice().filter(Record::is_mine) else { return };
        let voice = Voice { action, mine: Record { item: None, ..mine }, me, item };
        ui.add_space(gap::XS);
        if self.more == Some(item) {
            self.more(ui, &voice, asks);
            return;
        }
        let said = known.my_answer(counted);
        let is_open = !known.is_over(counted);
        if known.is_mine(counted) {
            match said {
                Some(said) if said.is_yes() && is_open => self.went(ui, &voice, counted, known, asks),
                Some(said) if said.answer == Answering::No || !is_open => self.again(ui, &voice),
                Some(_) | None if is_open => asked(ui, &voice, counted, said, asks),
                Some(_) | None => {}
            }
        } else if is_open && counted.who.is_empty() && said.is_none_or(|said| !said.is_yes()) {
            row(ui, |ui| {
                if voice.button(ui, Weight::Plain, Icon::ADD, "wants-can-do", "wants-can-do-this") {
                    voice.take_on(counted, asks);
                }
            });
        }
        if is_open && action.is_mine() {
            offers(ui, &voice, counted, asks);
        }
    }

    /// I said yes: how did it go?
    fn went(&mut self, ui: &mut Ui, voice: &Voice<'_>, counted: &Action, known: &Known, asks: &mut Asks) {
        row(ui, |ui| {
            if voice.button(ui, Weight::Plain, Icon::CHECK, "wants-did", "wants-did-this") {
                voice.tell(Told::Done, known, asks);
            }
            if voice.button(ui, Weight::Quiet, Icon::EDIT, "wants-changed", "wants-changed-this") {
                voice.tell(Told::Changed, known, asks);
                self.more = Some(voice.item);
            }
            if voice.button(ui, Weight::Quiet, Icon::INFO, "wants-did-not", "wants-did-not-this") {
                voice.tell(Told::NotDone, known, asks);
                self.more = Some(voice.item);
            }
        });
        if counted.tellings.is_empty() {
            self.again(ui, voice);
        }
    }

    /// What I said can be said anew, or explained.
    fn again(&mut self, ui: &mut Ui, voice: &Voice<'_>) {
        row(ui, |ui| {
            if voice.button(ui, Weight::Quiet, Icon::EDIT, "wants-answer-again", "wants-answer-again-this") {
                self.more = Some(voice.item);
            }
        });
    }

    /// What I said last, to be changed or explained.
    fn more(&mut self, ui: &mut Ui, voice: &Voice<'_>, asks: &mut Asks) {
        kit::rule(ui);
        ui.label(theme::text(ui, Type::BesideStrong, text("wants-answer-mine")));
        if let Some(acceptance) = voice.last("acceptances") {
            set_choice(ui, acceptance, "answer", |_| Tone::Accent, asks);
            set_typed(ui, acceptance, "promised", asks);
            words_field(ui, acceptance, "words", 1, asks);
        }
        if let Some(promise) = voice.last("promises") {
            set_choice(ui, promise, "said", super::tone, asks);
            set_typed(ui, promise, "changed-to", asks);
            words_field(ui, promise, "words", 1, asks);
        }
        row(ui, |ui| {
            if voice.button(ui, Weight::Strong, Icon::DONE, "common-done", "wants-answer-done") {
                self.more = None;
            }
        });
    }
}

/// I am asked and have not answered, or said that I would later.
fn asked(ui: &mut Ui, voice: &Voice<'_>, counted: &Action, said: Option<&Acceptance>, asks: &mut Asks) {
    ui.label(theme::text(ui, Type::BesideStrong, text("wants-you-are-asked")));
    row(ui, |ui| {
        if voice.button(ui, Weight::Plain, Icon::CHECK, "wants-yes", "wants-yes-this") {
            voice.take_on(counted, asks);
        }
        if voice.button(ui, Weight::Plain, None, "wants-no", "wants-no-this") {
            voice.answer(Answering::No, None, asks);
        }
        if said.is_none() && voice.button(ui, Weight::Quiet, None, "wants-later", "wants-later-this") {
            voice.answer(Answering::Later, None, asks);
        }
    });
}

/// Somebody who was not asked would do it: whoever writes here can say that they do.
fn offers(ui: &mut Ui, voice: &Voice<'_>, counted: &Action, asks: &mut Asks) {
    for said in counted.acceptances.iter().filter(|said| said.is_yes() && !counted.who.contains(&said.who)) {
        let name = people::face_of(voice.action.desk, voice.action.plan, &said.who).name;
        let words = say(Say::new("wants-take-offer").with("name", name));
        let what = say(Say::new("wants-take-offer-this").with("offer", &words).with("what", voice.action.called()));
        if said_button(ui, Weight::Plain, Icon::CHECK, &words, &what).clicked() {
            let mut who = counted.who.clone();
            who.insert(said.who.clone());
            voice.action.set("who", Some(Value::People(who)), asks);
        }
    }
}

fn row(ui: &mut Ui, inside: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::L;
        inside(ui);
    });
}

/// An action, and what I say about it.
struct Voice<'a> {
    action: Record<'a>,
    mine: Record<'a>,
    me: Someone,
    item: ItemId,
}

impl<'a> Voice<'a> {
    /// A button about this action; a reader hears which.
    fn button(
        &self,
        ui: &mut Ui,
        weight: Weight,
        icon: impl Into<Option<Icon>>,
        words: &str,
        said: &'static str,
    ) -> bool {
        let said = say(Say::new(said).with("what", self.action.called()));
        said_button(ui, weight, icon, &text(words), &said).clicked()
    }

    /// My last record about it.
    fn last(&self, list: &str) -> Option<Record<'a>> {
        self.mine.records(list).into_iter().rev().find(|record| record.refs("about").contains(&self.item))
    }

    /// Says yes, for the day it should be done by. Who may write in the plan writes their name there, too.
    fn take_on(&self, counted: &Action, asks: &mut Asks) {
        self.answer(Answering::Yes, needs::due(counted), asks);
        let named = self.action.people("who");
        if self.action.is_mine() && !named.contains(&self.me) {
            let mut who = counted.who.clone();
            who.insert(self.me.clone());
            self.action.set("who", Some(Value::People(who)), asks);
        }
    }

    fn answer(&self, answer: Answering, promised: Option<plan::Date>, asks: &mut Asks) {
        let value = Value::Choice(code(Answering::ALL, answer));
        if let Some(last) = self.last("acceptances") {
            last.set("answer", Some(value), asks);
            if last.date("promised").is_none() && promised.is_some() {
                last.set("promised", promised.map(Value::Date), asks);
            }
            return;
        }
        let mut fills = vec![self.about(), today(), ("answer".to_owned(), Fill::Value(value))];
        fills.extend(promised.map(|day| ("promised".to_owned(), Fill::Value(Value::Date(day)))));
        self.mine.add("acceptances", fills, asks);
    }

    /// Tells how it went. Who may write in the plan writes it down there, too, so that whoever does not see my voice knows.
    fn tell(&self, told: Told, known: &Known, asks: &mut Asks) {
        let value = Value::Choice(code(Told::ALL, told));
        self.mine.add("promises", vec![self.about(), today(), ("said".to_owned(), Fill::Value(value))], asks);
        if !self.action.is_mine() {
            return;
        }
        let status = match told {
            Told::Done => ActionStatus::Done,
            Told::Changed => ActionStatus::Changed,
            Told::NotDone => ActionStatus::NotDone,
        };
        self.action.set("status", Some(Value::Choice(code(ActionStatus::ALL, status))), asks);
        if told == Told::Done {
            self.action.set("done", Some(Value::Date(known.today)), asks);
        }
    }

    fn about(&self) -> (String, Fill) {
        ("about".to_owned(), Fill::Value(Value::Ref(self.item)))
    }
}

fn today() -> (String, Fill) {
    ("on".to_owned(), Fill::Value(Value::Date(crate::screens::small::today())))
}

fn code<T: PartialEq>(all: &[(T, &'static str)], one: T) -> String {
    all.iter().find(|(known, _)| *known == one).map_or(String::new(), |(_, code)| (*code).to_owned())
}
