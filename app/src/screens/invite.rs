//! A code or a ticket for somebody new: what they will be, what they will see, and what to hand over.

use desk::{Ask, Code};
use eframe::egui::{self, Color32, Margin, Rect, Sense, Ui, pos2, vec2};
use plan::{Holding, Role};
use seal::{PlanId, Time};
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
        /// For a guest, how long the visit is.
        visit: Visit,
        /// What went wrong last.
        trouble: Option<String>,
    },
    /// A code is shown until somebody types it.
    Coding {
        /// What they will be.
        role: Role,
        /// The code.
        code: Coded,
    },
    /// The ticket is being made.
    Making(Role),
    /// The ticket is here.
    Made {
        /// What they will be.
        role: Role,
        /// Its text.
        ticket: String,
        /// The same as a picture.
        picture: Option<Box<exchange::Picture>>,
        /// Whether it was copied.
        copied: bool,
    },
}

/// How long a guest's visit is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Visit {
    /// Until an hour from now.
    Hour,
    /// Until the end of today.
    #[default]
    Day,
}

/// What a page shows that waits for somebody to type a code.
#[derive(Debug, Default)]
pub struct Coded {
    /// The code and when it ends; none while the next one is on its way.
    shown: Option<(String, Time)>,
    /// Somebody typed a wrong one.
    wrong: bool,
    /// Somebody typed the right one, and comes in.
    taken: bool,
}

impl Coded {
    /// What became of the code.
    pub fn hear(&mut self, what: Code) {
        match what {
            Code::Shown { code, ends } => self.shown = Some((code, ends)),
            Code::Wrong => (self.shown, self.wrong) = (None, true),
            Code::Soon => self.shown = None,
            Code::Taken => (self.shown, self.taken) = (None, true),
        }
    }

    /// Draws it: the code, large, and how long it is good.
    pub fn ui(&self, ui: &mut Ui, how: &str) {
        if self.taken {
            ui.label(theme::text(ui, Type::Body, text("app-code-taken")));
            return;
        }
        ui.label(theme::text(ui, Type::Body, how).line_height(Some(27.0)));
        if self.wrong {
            let warn = theme::of(ui.ctx()).attention;
            kit::icon_line(ui, Icon::WARN, warn, theme::text(ui, Type::Note, text("app-code-wrong")));
        }
        let Some((code, ends)) = &self.shown else {
            ui.label(theme::soft(ui, Type::Body, text("app-code-soon")));
            return;
        };
        ui.add_space(gap::S);
        ui.label(theme::text(ui, Type::Name, code.as_str()));
        ui.add_space(gap::S);
        let left = (ends.0 - desk::now().0).max(0);
        let minutes = left / 60_000 + 1;
        ui.label(theme::soft(ui, Type::Note, say(Say::new("app-code-left").with("count", minutes))));
        ui.ctx().request_repaint_after(std::time::Duration::from_secs(10));
    }
}

impl Invite {
    /// Whether it takes room on the page.
    pub fn is_open(&self) -> bool {
        !matches!(self, Invite::Closed)
    }

    /// Begins.
    pub fn open(&mut self) {
        *self = Invite::Choosing { role: Role::Carer, visit: Visit::default(), trouble: None };
    }

    /// Puts it away, unless a ticket is just being made. Answers whether a code was shown that must go, too.
    pub fn close(&mut self) -> bool {
        if matches!(self, Invite::Making(_)) {
            return false;
        }
        matches!(std::mem::take(self), Invite::Coding { .. })
    }

    /// What became of the code.
    pub fn hear(&mut self, what: Code) {
        if let Invite::Coding { code, .. } = self {
            code.hear(what);
        }
    }

    /// The ticket came.
    pub fn made(&mut self, ticket: String) {
        if let Invite::Making(role) = self {
            let picture = exchange::picture(&ticket).map(Box::new);
            *self = Invite::Made { role: *role, ticket, picture, copied: false };
        }
    }

    /// It did not.
    pub fn failed(&mut self, sentence: String) {
        if let Invite::Making(role) | Invite::Coding { role, .. } = self {
            *self = Invite::Choosing { role: *role, visit: Visit::default(), trouble: Some(sentence) };
        }
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, plan: PlanId, asks: &mut Asks) {
        let mut next = None;
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::INVITE, &text("app-invite"));
            match self {
                Invite::Closed => {}
                Invite::Choosing { role, visit, trouble } => {
                    if let Some(trouble) = trouble {
                        ui.label(theme::text(ui, Type::Note, &*trouble).color(theme::of(ui.ctx()).attention));
                    }
                    next = choosing(ui, (role, visit), plan, asks);
                }
                Invite::Making(_) => {
                    ui.label(theme::soft(ui, Type::Body, text("app-invite-making")));
                }
                Invite::Coding { code, .. } => {
                    code.ui(ui, &text("app-code-how"));
                    if icon_button(ui, Weight::Plain, None, &text("common-cancel")).clicked() {
                        asks.push(Ask::HideCode);
                        next = Some(Invite::Closed);
                    }
                }
                Invite::Made { role, ticket, picture, copied } => {
                    next = made(ui, (*role, ticket, picture.as_deref()), copied, asks);
                }
            }
        });
        if let Some(next) = next {
            *self = next;
        }
    }
}

fn choosing(ui: &mut Ui, (role, visit): (&mut Role, &mut Visit), plan: PlanId, asks: &mut Asks) -> Option<Invite> {
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
    if desk::standing(*role) == circle::Standing::Coordinator {
        // What seniority means is said where it matters: two who let people in cannot remove each other.
        let info = theme::of(ui.ctx()).soft_ink;
        kit::icon_line(ui, Icon::INFO, info, theme::text(ui, Type::Note, text("app-invite-second-lead")));
    }
    if *role == Role::Guest {
        let spans = [(Visit::Hour, "app-invite-visit-hour"), (Visit::Day, "app-invite-visit-day")];
        let spans: Vec<Choice<Visit>> =
            spans.into_iter().map(|(value, key)| Choice { value, words: text(key), tone: Tone::Accent }).collect();
        if let Some(chosen) = choose(ui, &text("app-invite-visit"), Some(visit), &spans) {
            *visit = chosen;
        }
        ui.label(theme::soft(ui, Type::Note, text("app-invite-visit-why")));
    }
    let (role, until) = (*role, until(*role, *visit));
    let mut next = None;
    ui.horizontal_wrapped(|ui| {
        if icon_button(ui, Weight::Strong, None, &text("app-invite-code")).clicked() {
            asks.send(Errand::Invite, Ask::InviteByCode { plan, role, parts: None, until });
            next = Some(Invite::Coding { role, code: Coded::default() });
        }
        if icon_button(ui, Weight::Plain, None, &text("app-invite-make")).clicked() {
            asks.send(Errand::Invite, Ask::Invite { plan, role, parts: None, until });
            next = Some(Invite::Making(role));
        }
        if icon_button(ui, Weight::Plain, None, &text("common-cancel")).clicked() {
            next = Some(Invite::Closed);
        }
    });
    next
}

/// When a visit ends; nobody but a guest comes for one.
fn until(role: Role, visit: Visit) -> Option<Time> {
    let now = desk::now();
    (role == Role::Guest).then(|| match visit {
        Visit::Hour => now.plus(60 * 60 * 1_000),
        Visit::Day => Time(words::end_of_today(now.0)),
    })
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

fn made(
    ui: &mut Ui,
    (role, ticket, picture): (Role, &str, Option<&exchange::Picture>),
    copied: &mut bool,
    asks: &mut Asks,
) -> Option<Invite> {
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
    if let Some(picture) = picture {
        ui.add_space(gap::S);
        draw(ui, picture);
    }
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

/// The ticket as a camera reads it: dark on light in every theme, since many phones read nothing else.
fn draw(ui: &mut Ui, picture: &exchange::Picture) {
    let squares = picture.side();
    let dot = (320.0 / squares as f32).floor().max(2.0);
    let size = dot * squares as f32;
    let (rect, response) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Image, true, text("app-invite-picture")));
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, Color32::WHITE);
    for y in 0..squares {
        for x in (0..squares).filter(|x| picture.is_dark(*x, y)) {
            let corner = pos2(rect.left() + x as f32 * dot, rect.top() + y as f32 * dot);
            painter.rect_filled(Rect::from_min_size(corner, vec2(dot, dot)), 0.0, Color32::BLACK);
        }
    }
}
