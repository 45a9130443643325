//! Who can open this home: its passphrase, and when it locks by itself.

mod keyring;

use desk::Desk;
use eframe::egui::{Id, Key, Pos2, Rect, Response, Ui};
use node::{Custody as Kind, Pending, Unlock, ask};
use words::{Say, say, text};

use crate::{
    asks::{Asks, Wish},
    kit::{self, Choice, Icon, Weight, choose, icon_button, secret_field},
    settings::{self, LOCKS, Settings},
    theme::{self, Tone, Type, gap},
};

use self::keyring::Keyring;

/// What the card remembers of itself.
#[derive(Default)]
pub struct Custody {
    known: Option<Kind>,
    asked: Option<Pending<Kind>>,
    doing: Doing,
    under_way: Option<Pending<()>>,
    keyring: Keyring,
    said: Option<(Tone, String)>,
    /// The form was just opened: it is to be in view, with the keyboard in its first field.
    opened: bool,
}

#[derive(Default)]
enum Doing {
    #[default]
    Nothing,
    Setting {
        present: String,
        new: String,
        again: String,
    },
    Removing {
        present: String,
    },
}

impl Custody {
    /// Asks what opens this home, and hears what became of a change.
    pub fn hear(&mut self, desk: &Desk) {
        if let Some(said) = self.keyring.hear(desk) {
            self.said = Some(said);
        }
        match (&self.known, &mut self.asked) {
            (None, None) => self.asked = Some(desk.node().ask(ask::Custody)),
            (_, Some(asked)) => {
                if let Some(answer) = asked.take() {
                    self.asked = None;
                    self.known = answer.ok().or(self.known);
                }
            }
            (Some(_), None) => {}
        }
        let Some(answer) = self.under_way.as_mut().and_then(Pending::take) else { return };
        self.under_way = None;
        match answer {
            Ok(()) => {
                let done = match (&self.doing, self.known) {
                    (Doing::Setting { .. }, Some(Kind::Passphrase)) => "app-passphrase-changed",
                    (Doing::Setting { .. }, _) => "app-passphrase-is-set",
                    (Doing::Removing { .. } | Doing::Nothing, _) => "app-passphrase-removed",
                };
                self.doing = Doing::Nothing;
                self.said = Some((Tone::Calm, text(done)));
                self.asked = Some(desk.node().ask(ask::Custody));
                self.keyring = Keyring::default();
            }
            Err(refused) => self.said = Some((Tone::Attention, say(refused.say()))),
        }
    }

    /// Whether something is on its way, so that this is looked at again soon.
    pub fn is_waiting(&self) -> bool {
        self.asked.is_some() || self.under_way.is_some() || self.keyring.is_waiting()
    }

    /// Whether a passphrase opens this home.
    pub fn has_passphrase(&self) -> bool {
        self.known == Some(Kind::Passphrase)
    }

    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, now: &Settings, asks: &mut Asks) {
        kit::card(ui, |ui| {
            kit::heading(ui, Icon::KEY, &text("app-passphrase"));
            let why = if self.has_passphrase() { "app-passphrase-is" } else { "app-passphrase-is-not" };
            ui.label(theme::text(ui, Type::Note, text(why)).line_height(Some(24.0)));
            if let Some((tone, said)) = &self.said {
                kit::chip(ui, *tone, said);
            }
            self.form(ui, desk);
            if self.has_passphrase() && matches!(self.doing, Doing::Nothing) {
                ui.add_space(gap::S);
                let locks = LOCKS.map(|minutes| {
                    let words = match minutes {
                        0 => text("app-lock-never"),
                        minutes => say(Say::new("app-lock-after").with("minutes", minutes)),
                    };
                    Choice { value: minutes, words, tone: Tone::Accent }
                });
                if let Some(minutes) = choose(ui, &text("app-lock"), Some(&now.lock_after), &locks) {
                    asks.wish(Wish::Settle(settings::Choice::LockAfter(minutes)));
                }
                self.keyring.ui(ui, desk);
                if icon_button(ui, Weight::Plain, Icon::KEY, &text("app-lock-now")).clicked() {
                    asks.wish(Wish::Lock);
                }
            }
        });
    }

    fn form(&mut self, ui: &mut Ui, desk: &Desk) {
        let has = self.has_passphrase();
        let mut cancelled = false;
        match &mut self.doing {
            Doing::Nothing => {
                let mut next = None;
                ui.horizontal_wrapped(|ui| {
                    let set = if has { "app-passphrase-change" } else { "app-passphrase-set" };
                    if icon_button(ui, Weight::Plain, None, &text(set)).clicked() {
                        let (present, new, again) = (String::new(), String::new(), String::new());
                        next = Some(Doing::Setting { present, new, again });
                    }
                    if has && icon_button(ui, Weight::Quiet, None, &text("app-passphrase-remove")).clicked() {
                        next = Some(Doing::Removing { present: String::new() });
                    }
                });
                if let Some(next) = next {
                    (self.doing, self.said, self.opened) = (next, None, true);
                }
                return;
            }
            Doing::Setting { present, new, again } => {
                let top = ui.cursor().min;
                let mut fields = Vec::new();
                if has {
                    fields.push(secret_field(ui, Id::new(PRESENT), &text("app-passphrase-present"), present));
                }
                fields.push(secret_field(ui, Id::new("chosen passphrase"), &text("app-passphrase-new"), new));
                fields.push(secret_field(ui, Id::new("chosen passphrase again"), &text("app-passphrase-again"), again));
                // What was wrong with what was typed before says nothing about what is typed now.
                if fields.iter().any(Response::changed) {
                    self.said = None;
                }
                let entered = is_entered(ui, &fields);
                ui.label(theme::soft(ui, Type::Note, text("app-passphrase-lost-why")).line_height(Some(24.0)));
                ui.horizontal(|ui| {
                    let words = if has { "app-passphrase-do" } else { "app-passphrase-do-first" };
                    let pressed = icon_button(ui, Weight::Strong, None, &text(words)).clicked();
                    if (pressed || entered) && self.under_way.is_none() {
                        let trouble = match (new.is_empty(), *new == *again) {
                            (true, _) => Some("app-passphrase-empty"),
                            (_, false) => Some("app-passphrase-differs"),
                            (false, true) => None,
                        };
                        self.said = trouble.map(|key| (Tone::Attention, text(key)));
                        if trouble.is_none() {
                            let (present, new) = (unlock(has, present), Unlock::Passphrase(new.clone().into()));
                            self.under_way = Some(desk.node().ask(ask::SetPassphrase { present, new }));
                        }
                    }
                    cancelled = icon_button(ui, Weight::Plain, None, &text("common-cancel")).clicked();
                });
                bring(ui, &mut self.opened, top, &fields);
            }
            Doing::Removing { present } => {
                let top = ui.cursor().min;
                let field = secret_field(ui, Id::new(PRESENT), &text("app-passphrase-present"), present);
                if field.changed() {
                    self.said = None;
                }
                let fields = [field];
                let entered = is_entered(ui, &fields);
                ui.horizontal(|ui| {
                    let pressed = icon_button(ui, Weight::Strong, None, &text("app-passphrase-remove-do")).clicked();
                    if (pressed || entered) && self.under_way.is_none() {
                        let (present, new) = (unlock(has, present), Unlock::KeyFile);
                        self.under_way = Some(desk.node().ask(ask::SetPassphrase { present, new }));
                    }
                    cancelled = icon_button(ui, Weight::Plain, None, &text("common-cancel")).clicked();
                });
                bring(ui, &mut self.opened, top, &fields);
            }
        }
        if cancelled {
            (self.doing, self.said) = (Doing::Nothing, None);
        }
    }
}

const PRESENT: &str = "present passphrase";

/// Whether Enter was pressed in the last of these.
fn is_entered(ui: &Ui, fields: &[Response]) -> bool {
    fields.last().is_some_and(Response::lost_focus) && ui.input(|input| input.key_pressed(Key::Enter))
}

/// Brings a form that was just opened into view, down to its buttons, with the keyboard in its first field.
fn bring(ui: &Ui, opened: &mut bool, top: Pos2, fields: &[Response]) {
    if !std::mem::take(opened) {
        return;
    }
    fields.iter().take(1).for_each(Response::request_focus);
    ui.scroll_to_rect(Rect::from_min_max(top, ui.min_rect().max).expand(gap::L), None);
}

fn unlock(has: bool, present: &str) -> Unlock {
    if has { Unlock::Passphrase(present.to_owned().into()) } else { Unlock::KeyFile }
}
