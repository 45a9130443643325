//! What I can say about a need: that I have it in hand, how I see it, and that it is to be talked about. The first two stand in
//! my own voice, where nobody else can write.

use std::collections::BTreeSet;

use desk::{Desk, Fill};
use eframe::egui::Ui;
use plan::{Someone, Value, checks::needs::Held, checks::needs::Nobodys, views::NeedStatus};
use seal::{ItemId, PlanId};
use words::{Say, say, text};

use crate::{
    asks::Asks,
    kit::{Icon, Weight, chip, said_button},
    people,
    screens::{
        fields::{Record, words_field},
        heard::{fills, mine, my_last},
        in_hand::{InHand, Stands, Talk},
        small::today,
    },
    theme::{Tone, gap},
};

/// About which need I am saying how I see it.
#[derive(Debug, Default)]
pub struct Saying(Option<ItemId>);

impl Saying {
    /// Done with it.
    pub fn close(&mut self) {
        self.0 = None;
    }

    /// Whether this need is the one.
    pub fn is_about(&self, need: Record<'_>) -> bool {
        need.item.is_some() && need.item == self.0
    }

    /// My words about a need, to be written; or the press that begins them.
    pub fn ui(&mut self, ui: &mut Ui, need: Record<'_>, asks: &mut Asks) {
        let (Some(item), Some(voice)) = (need.item, mine(need)) else { return };
        let mine = my_last(need, "perspectives");
        let said = |key: &'static str| say(Say::new(key).with("what", need.called()));
        if self.is_about(need) {
            if let Some(mine) = mine {
                words_field(ui, mine, "words", 2, asks);
            }
            let done = said_button(ui, Weight::Plain, Icon::DONE, &text("common-done"), &said("needs-see-done"));
            if done.clicked() {
                self.0 = None;
            }
            return;
        }
        let key = if mine.is_some() { "needs-see-change" } else { "needs-see" };
        if said_button(ui, Weight::Quiet, Icon::START, &text(key), &said("needs-see-this")).clicked() {
            self.0 = Some(item);
            if mine.is_none() {
                voice.add("perspectives", fills(item, None, Vec::new()), asks);
            }
        }
    }
}

/// Taking a need on, giving it back, and talking about it.
pub fn buttons(ui: &mut Ui, need: Record<'_>, stands: &Stands, hand: &InHand, asks: &mut Asks) {
    let Some((item, voice)) = need.item.zip(mine(need)) else { return };
    if stands.need.status == Some(NeedStatus::Closed) {
        return;
    }
    let me = people::me(need.desk, need.plan).map(|me| Someone::Member(me.id));
    let is_mine = stands.need.held.iter().any(|held| Some(&held.who) == me.as_ref());
    let is_nobodys = matches!(stands.held, Held::Nobodys(_));
    let said = |key: &'static str| say(Say::new(key).with("what", need.called()));
    let answer = |yes: bool, asks: &mut Asks| {
        let answer = Value::Choice(if yes { "yes" } else { "no" }.to_owned());
        voice.add("held", fills(item, Some(today()), vec![("answer", answer)]), asks);
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = gap::L;
        if is_mine {
            let key = "needs-give-back";
            if said_button(ui, Weight::Quiet, None, &text(key), &said("needs-give-back-this")).clicked() {
                answer(false, asks);
            }
        } else {
            let weight = if is_nobodys { Weight::Plain } else { Weight::Quiet };
            let icon = if is_nobodys { None } else { Some(Icon::ADD) };
            if said_button(ui, weight, icon, &text("needs-take"), &said("needs-take-this")).clicked() {
                answer(true, asks);
            }
        }
        // Who lends a hand does not make it anybody's task, as long as everyone who was asked says it is not theirs.
        if stands.held == Held::Nobodys(Nobodys::EveryoneSaidNotOurs) && need.is_mine() {
            let met = said_button(ui, Weight::Quiet, Icon::CHECK, &text("needs-met"), &said("needs-met-this"));
            if met.clicked() {
                need.set("status", Some(Value::Choice("being-met".to_owned())), asks);
            }
        }
        match stands.talk {
            Talk::AtMeeting(when) => {
                let day = words::date(&when.date().to_string());
                chip(ui, Tone::Accent, &say(Say::new("needs-talk-at").with("day", day)));
            }
            Talk::OpenQuestion => {
                chip(ui, Tone::Accent, &text("needs-talk-question"));
            }
            Talk::No if matches!(stands.held, Held::Nobodys(_) | Held::AtRisk(_)) => talk(ui, need, item, hand, asks),
            Talk::No => {}
        }
    });
}

/// Puts it on the agenda of the next meeting, or begins an open question, where I may.
fn talk(ui: &mut Ui, need: Record<'_>, item: ItemId, hand: &InHand, asks: &mut Asks) {
    let Record { desk, plan, .. } = need;
    let what = need.called();
    let meeting = hand.next.map(|(meeting, _)| Record::part(desk, plan, "meetings").at(meeting));
    let meeting = meeting.filter(Record::is_mine);
    if what.is_empty() || meeting.is_none() && !may_ask(desk, plan) {
        return;
    }
    let said = say(Say::new("needs-talk-this").with("what", &what));
    if !said_button(ui, Weight::Quiet, Icon::TALK_ABOUT, &text("needs-talk"), &said).clicked() {
        return;
    }
    let line = Fill::Value(Value::Line(what));
    match meeting {
        Some(meeting) => {
            let me = people::me(desk, plan).map(|me| Fill::Value(Value::Person(Someone::Member(me.id))));
            let mut fills = vec![("topic".to_owned(), line)];
            fills.extend(me.map(|me| ("put-by".to_owned(), me)));
            meeting.add("agenda", fills, asks);
        }
        None => {
            let about = Fill::Value(Value::Refs(BTreeSet::from([item])));
            let fills = vec![("question".to_owned(), line), ("for".to_owned(), about)];
            Record::part(desk, plan, "decisions").add("decisions", fills, asks);
        }
    }
}

fn may_ask(desk: &Desk, plan: PlanId) -> bool {
    match desk.doc(plan, "decisions") {
        Some(_) => Record::part(desk, plan, "decisions").is_mine(),
        None => desk.may_begin(plan, "decisions"),
    }
}
