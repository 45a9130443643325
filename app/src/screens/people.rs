//! The circle: who belongs, what they do in my life, when they were here last; who knocks; a ticket for somebody new.

mod copies;
mod former;
mod once;
pub mod person;

use std::collections::BTreeMap;

use desk::{Ask, Desk, Knock, Member};
use eframe::egui::{self, Align, Id, Layout, Ui, vec2};
use seal::{PersonId, PlanId};
use words::{Say, say, text};

use super::{invite::Invite, title};
pub use once::{Doing, Once};

use former::Held;

use crate::{
    asks::{Asks, Errand},
    kit::{self, Icon, Weight, chip, icon_button, line_field, paint_disc, said_button},
    people,
    theme::{self, Tone, Type, gap},
};

/// What the page remembers of itself.
#[derive(Debug, Default)]
pub struct People {
    /// The words typed for each knock.
    words: BTreeMap<PersonId, String>,
    trouble: Option<(PersonId, String)>,
    /// Of whom more is shown.
    open: Option<PersonId>,
    /// What is asked once before it is done.
    pub once: Once,
    /// What is held back.
    pub held: Held,
    /// Making a ticket.
    pub invite: Invite,
}

impl People {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, asks: &mut Asks) {
        let may_invite = people::me(desk, plan).is_some_and(|me| me.standing <= circle::Standing::Coordinator);
        title(ui, &text("app-people"), |ui| {
            let open = may_invite && !self.invite.is_open();
            if open && icon_button(ui, Weight::Strong, Icon::INVITE, &text("app-invite")).clicked() {
                self.invite.open();
            }
        });
        for knock in desk.knocks(plan) {
            self.knock(ui, desk, plan, &knock, asks);
            ui.add_space(gap::L);
        }
        if self.invite.is_open() {
            self.invite.ui(ui, plan, asks);
            ui.add_space(gap::L);
        }
        self.held.hear(plan, asks);
        kit::card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = gap::M;
            let members = people::in_order(desk, plan);
            let last = members.len().saturating_sub(1);
            for (at, member) in members.iter().enumerate() {
                self.row(ui, desk, plan, member, asks);
                if at != last {
                    kit::rule(ui);
                }
            }
        });
        ui.add_space(gap::L);
        self.held.of_members(ui, desk, plan, asks);
        self.held.ui(ui, desk, plan, asks);
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::INFO, &text("app-good-to-know"));
            good_to_know(ui);
        });
    }

    /// Escape: the question first, then the ticket, then what is shown of somebody. Answers whether a code must go, too.
    pub fn close(&mut self) -> bool {
        if self.once.doing().is_some() {
            self.once.close();
        } else if self.invite.is_open() {
            return self.invite.close();
        } else {
            self.open = None;
        }
        false
    }

    fn row(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, member: &Member, asks: &mut Asks) {
        let open = self.open == Some(member.id);
        if row(ui, desk, plan, member, open) {
            self.open = if open { None } else { Some(member.id) };
            self.once.close();
        }
        if !open {
            return;
        }
        if let Some(doing) = person::ui(ui, desk, plan, member) {
            self.once.begin(doing);
        }
        if self.once.person() == Some(member.id) {
            self.once.ui(ui, desk, plan, asks);
        }
    }

    /// Letting this person in did not work.
    pub fn refused(&mut self, person: PersonId, sentence: String) {
        self.trouble = Some((person, sentence));
    }

    /// This person is in.
    pub fn let_in(&mut self, person: PersonId) {
        self.words.remove(&person);
        self.trouble = None;
    }

    fn knock(&mut self, ui: &mut Ui, desk: &Desk, plan: PlanId, knock: &Knock, asks: &mut Asks) {
        kit::toned_card(ui, Tone::Accent, |ui| {
            kit::heading(ui, Icon::KNOCK, &say(Say::new("app-knock").with("name", &knock.name)));
            let mut facts = vec![words::role(&knock.role)];
            if !knock.relationship.is_empty() {
                facts.insert(0, knock.relationship.clone());
            }
            ui.label(theme::soft(ui, Type::Note, facts.join(" · ")));
            if let Some(other) = desk.looks_like(plan, knock.person, &knock.name) {
                alike(ui, desk, plan, knock.person, &knock.name, other);
            }
            let how = say(Say::new("app-knock-how").with("name", &knock.name));
            ui.label(theme::text(ui, Type::Body, how).line_height(Some(27.0)));
            let typed = self.words.entry(knock.person).or_default();
            let label = say(Say::new("app-knock-words").with("name", &knock.name));
            line_field(ui, Id::new(("words of", knock.person.to_string())), &label, "", typed);
            if let Some((person, sentence)) = &self.trouble
                && *person == knock.person
            {
                ui.label(theme::text(ui, Type::Note, sentence).color(theme::of(ui.ctx()).attention));
            }
            let ready = typed.split_whitespace().count() == 4;
            let call = say(Say::new("app-knock-let-in").with("name", &knock.name));
            ui.add_enabled_ui(ready, |ui| {
                if icon_button(ui, Weight::Strong, Icon::DONE, &call).clicked() {
                    let words = typed.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
                    asks.send(Errand::Confirm(knock.person), Ask::Confirm { plan, person: knock.person, words });
                }
            });
            let decline = say(Say::new("app-knock-decline").with("name", &knock.name));
            if icon_button(ui, Weight::Quiet, None, &decline).clicked() {
                asks.push(Ask::Decline { plan, person: knock.person });
            }
            ui.label(theme::soft(ui, Type::Note, text("app-knock-decline-why")));
        });
    }
}

/// What sharing means, whatever a program promises.
pub fn good_to_know(ui: &mut Ui) {
    for key in ["app-people-copies", "app-people-pictures", "app-people-hidden", "app-people-records"] {
        ui.label(theme::text(ui, Type::Note, text(key)).line_height(Some(24.0)));
    }
}

/// One line of the list; gives back whether more of this person is asked for, or less.
fn row(ui: &mut Ui, desk: &Desk, plan: PlanId, member: &Member, open: bool) -> bool {
    let mut pressed = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap::M;
        let (rect, _) = ui.allocate_exact_size(vec2(44.0, 48.0), egui::Sense::hover());
        let face = people::face_or_former(desk, plan, member.id);
        paint_disc(ui.painter(), theme::of(ui.ctx()), rect.center(), 44.0, &face);
        let narrow = ui.available_width() < 420.0;
        let beside = if narrow { 96.0 } else { 290.0 };
        let words = vec2((ui.available_width() - beside).max(120.0), 52.0);
        ui.allocate_ui_with_layout(words, Layout::top_down(Align::Min), |ui| {
            ui.set_min_width(words.x);
            ui.spacing_mut().item_spacing.y = 2.0;
            let name = match member.me {
                true => say(Say::new("app-you-too").with("name", &member.name)),
                false => member.name.clone(),
            };
            ui.label(theme::text(ui, Type::Strong, name));
            ui.label(theme::soft(ui, Type::Note, what_they_are(desk, plan, member)));
            if let Some(other) = desk.looks_like(plan, member.id, &member.name) {
                alike(ui, desk, plan, member.id, &member.name, other);
            }
            if narrow {
                let (tone, words) = presence(member);
                chip(ui, tone, &words);
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (words, icon, said) = match open {
                true => (text("app-less"), Icon::LESS, "app-less-about"),
                false => (text("app-more"), Icon::MORE, "app-more-about"),
            };
            let said = say(Say::new(said).with("name", &member.name));
            pressed = said_button(ui, Weight::Quiet, icon, &words, &said).clicked();
            if !narrow {
                let (tone, words) = presence(member);
                chip(ui, tone, &words);
            }
        });
    });
    pressed
}

/// A name that could be taken for another one's is said so, with the pattern that cannot be copied.
fn alike(ui: &mut Ui, desk: &Desk, plan: PlanId, person: PersonId, name: &str, other: PersonId) {
    let other = desk.called(plan, other).unwrap_or_default();
    ui.horizontal_wrapped(|ui| {
        let attention = theme::of(ui.ctx()).attention;
        let said = say(Say::new("app-pattern-of").with("name", name));
        kit::pattern(ui, person.as_bytes(), 36.0, &said);
        let words = say(Say::new("app-alike").with("name", name).with("other", other));
        ui.label(theme::text(ui, Type::Note, words).color(attention));
    });
}

/// "My sister · lets people in · 2 devices".
fn what_they_are(desk: &Desk, plan: PlanId, member: &Member) -> String {
    let mut facts: Vec<String> =
        [&member.relationship, &member.organisation].into_iter().filter(|fact| !fact.is_empty()).cloned().collect();
    // Most belong, and nothing more: that needs no word.
    if member.standing != circle::Standing::Member {
        facts.push(people::standing(member.standing));
    }
    let person = desk.ledger(plan).and_then(|ledger| ledger.person(member.id));
    if let Some(until) = person.as_ref().and_then(|person| person.until) {
        facts.push(say(Say::new("app-visit-till").with("when", words::moment(until.0))));
    }
    if let Some(count) = person.map(|person| person.devices.len()) {
        facts.push(say(Say::new("app-devices-count").with("count", count)));
    }
    facts.join(" · ")
}

/// Here, seen when, or never here yet.
fn presence(member: &Member) -> (Tone, String) {
    match (member.me, member.online, member.seen) {
        (true, _, _) => (Tone::Accent, text("app-this-device")),
        (false, true, _) => (Tone::Calm, text("app-connected-now")),
        (false, false, Some(seen)) => {
            (Tone::Plain, say(Say::new("app-seen").with("when", words::ago(seen.0, desk::now().0))))
        }
        (false, false, None) => (Tone::Plain, text("app-never-seen")),
    }
}
