//! A ticket for somebody new: what they will be, what they will see, and the text to hand over.

use desk::Ask;
use eframe::egui::{self, Margin, Ui};
use plan::{Holding, Role};
use seal::PlanId;
use words::{Say, say, text};

use crate::{
    asks::{Asks, Errand, Wish},
    kit::{self, Choice, Icon, Weight, choose, icon_button},
    people, terms,
    theme::{self, Tone, Type, gap},
};

/// How far it is.
#[derive(Debug, Default)]
pub enum Invite {
    /// Not asked for.
    #[default]
    Closed,
    /// Choosing what they will be.
    Choosing {
        /// What they will be.
        role: Role,
        /// What went wrong last.
        trouble: Option<String>,
    },
    /// The ticket is being made.
    Making(Role),
    /// The ticket is here.
    Made {
        /// What they will be.
        role: Role,
        /// Its text.
        ticket: String,
        /// Whether it was copied.
        copied: bool,
    },
}

impl Invite {
    /// Whether it takes room on the page.
    pub fn is_open(&self) -> bool {
        !matches!(self, Invite::Closed)
    }

    /// Begins.
    pub fn open(&mut self) {
        *self = Invite::Choosing { role: Role::Carer, trouble: None };
    }

    /// Puts it away, unless a ticket is just being made.
    pub fn close(&mut self) {
        if !matches!(self, Invite::Making(_)) {
            *self = Invite::Closed;
        }
    }

    /// The ticket came.
    pub fn made(&mut self, ticket: String) {
        if let Invite::Making(role) = self {
            *self = Invite::Made { role: *role, ticket, copied: false };
        }
    }

    /// It did not.
    pub fn failed(&mut self, sentence: String) {
        if let Invite::Making(role) = self {
            *self = Invite::Choosing { role: *role, trouble: Some(sentence) };
        }
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, plan: PlanId, asks: &mut Asks) {
        let mut next = None;
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::INVITE, &text("app-invite"));
            match self {
                Invite::Closed => {}
                Invite::Choosing { role, trouble } => {
                    if let Some(trouble) = trouble {
                        ui.label(theme::text(ui, Type::Note, &*trouble).color(theme::of(ui.ctx()).attention));
                    }
                    next = choosing(ui, role, plan, asks);
                }
                Invite::Making(_) => {
                    ui.label(theme::soft(ui, Type::Body, text("app-invite-making")));
                }
                Invite::Made { role, ticket, copied } => next = made(ui, *role, ticket, copied, asks),
            }
        });
        if let Some(next) = next {
            *self = next;
        }
    }
}

fn choosing(ui: &mut Ui, role: &mut Role, plan: PlanId, asks: &mut Asks) -> Option<Invite> {
    let all: Vec<Choice<Role>> = Role::ALL
        .into_iter()
        .filter(|role| *role != Role::Person)
        .map(|role| Choice { value: role, words: words::role(role.code()), tone: Tone::Accent })
        .collect();
    if let Some(chosen) = choose(ui, &text("app-invite-as"), Some(role), &all) {
        *role = chosen;
    }
    ui.add_space(gap::XS);
    ui.label(theme::text(ui, Type::Body, what_they_get(*role)).line_height(Some(27.0)));
    let mut next = None;
    ui.horizontal_wrapped(|ui| {
        if icon_button(ui, Weight::Strong, None, &text("app-invite-make")).clicked() {
            asks.send(Errand::Invite, Ask::Invite { plan, role: *role, parts: None });
            next = Some(Invite::Making(*role));
        }
        if icon_button(ui, Weight::Plain, None, &text("common-cancel")).clicked() {
            next = Some(Invite::Closed);
        }
    });
    next
}

/// "They will write About me and Who will do what, and see What I want."
fn what_they_get(role: Role) -> String {
    let with = |wanted: &[Holding]| {
        let parts = plan::parts().iter().filter(|part| part.code != "cover" && wanted.contains(&part.holding(role)));
        let names: Vec<String> = parts.map(|part| terms::part(part.code)).collect();
        people::together(&names)
    };
    let (writes, sees) = (with(&[Holding::Edit]), with(&[Holding::View, Holding::Suggest]));
    match (writes.is_empty(), sees.is_empty()) {
        (false, false) => say(Say::new("app-invite-writes-sees").with("writes", writes).with("sees", sees)),
        (false, true) => say(Say::new("app-invite-writes").with("writes", writes)),
        (true, false) => say(Say::new("app-invite-sees").with("sees", sees)),
        (true, true) => text("app-invite-nothing"),
    }
}

fn made(ui: &mut Ui, role: Role, ticket: &str, copied: &mut bool, asks: &mut Asks) -> Option<Invite> {
    ui.label(theme::text(ui, Type::Body, text("app-invite-hand-over")).line_height(Some(27.0)));
    let mut shown = ticket;
    let palette = theme::of(ui.ctx());
    let label = ui.label(theme::soft(
        ui,
        Type::Note,
        say(Say::new("app-invite-ticket").with("role", words::role(role.code()))),
    ));
    ui.add(
        egui::TextEdit::multiline(&mut shown)
            .font(egui::FontId::monospace(14.0))
            .text_color(palette.ink)
            .margin(Margin::symmetric(14, 10))
            .desired_rows(2)
            .desired_width(f32::INFINITY),
    )
    .labelled_by(label.id);
    let mut next = None;
    ui.horizontal_wrapped(|ui| {
        if icon_button(ui, Weight::Strong, Icon::COPY, &text("app-invite-copy")).clicked() {
            asks.wish(Wish::Copy(ticket.to_owned()));
            *copied = true;
        }
        if icon_button(ui, Weight::Plain, None, &text("common-done")).clicked() {
            next = Some(Invite::Closed);
        }
        if *copied {
            kit::chip(ui, Tone::Calm, &text("app-invite-copied"));
        }
    });
    ui.label(theme::soft(ui, Type::Note, text("app-invite-day")));
    next
}
