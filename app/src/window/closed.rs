//! A home that is not open: why, and what can be done about it. Nothing of a plan is in memory here.

use std::path::Path;

use eframe::egui::{self, Id, Ui};
use node::{Copied, StartError, Unlock, ask::Words};
use words::{Say, say, text};

use crate::{
    kit::{self, Icon, Weight, icon_button, secret_field},
    screens::sheet::Typed,
    theme::{self, Tone, Type},
};

/// The store says so when its key is wrapped by a passphrase, and when it was not this one.
const PASSPHRASE: [&str; 2] = ["store-passphrase-needed", "store-wrong-passphrase"];

/// The store says so when its data cannot be read any more, and a copy might.
const DAMAGED: [&str; 3] = ["store-data-damaged", "store-data-missing", "node-damaged"];

/// Why a home is not open.
pub(super) struct Closed {
    sentence: String,
    /// Calm where its holder wants it so, day by day.
    tone: Option<Tone>,
    way: Way,
}

enum Way {
    TryAgain,
    Passphrase(String),
    Forgotten { words: Typed, new: String, again: String },
    Copies(Vec<Copied>),
}

/// What to do about it, away from the window's thread.
pub(super) enum Next {
    /// Open it with what is there without anybody typing: a variable, the keyring, the key file.
    Unasked,
    /// Open it with this.
    Open(Unlock),
    /// Set another passphrase with the words of a plan made here, and open it.
    Reset(Words, String),
    /// Put a copy in the place of what is damaged, and open it.
    PutBack(Copied),
}

impl Closed {
    /// Closed because it could not be opened.
    pub(super) fn because(cause: &StartError, home: &Path) -> Closed {
        let said: Say = cause.said().into();
        if said.key() == PASSPHRASE[0] {
            return Closed { sentence: text("app-closed-passphrase"), ..Closed::locked() };
        }
        let way = match said.key() {
            key if PASSPHRASE.contains(&key) => Way::Passphrase(String::new()),
            "store-wrong-words" => Way::Forgotten { words: Typed::default(), new: String::new(), again: String::new() },
            key if DAMAGED.contains(&key) => {
                let copies = node::copies(home).unwrap_or_default();
                if copies.is_empty() { Way::TryAgain } else { Way::Copies(copies) }
            }
            _ => Way::TryAgain,
        };
        Closed { sentence: say(said), tone: Some(Tone::Attention), way }
    }

    /// Closed because its holder wants it so.
    pub(super) fn locked() -> Closed {
        Closed { sentence: text("app-locked"), tone: None, way: Way::Passphrase(String::new()) }
    }

    /// Draws it.
    pub(super) fn ui(&mut self, ui: &mut Ui) -> Option<Next> {
        let mut next = None;
        let mut other_way = None;
        let inside = |ui: &mut Ui| {
            let said = theme::text(ui, Type::Body, &self.sentence);
            match self.tone {
                Some(tone) => kit::icon_line(ui, Icon::WARN, theme::of(ui.ctx()).tone(tone).0, said),
                None => _ = ui.label(said),
            }
            match &mut self.way {
                Way::TryAgain => {
                    if icon_button(ui, Weight::Plain, None, &text("app-try-again")).clicked() {
                        next = Some(Next::Unasked);
                    }
                }
                Way::Passphrase(typed) => {
                    let field = secret_field(ui, Id::new("passphrase"), &text("app-passphrase"), typed);
                    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
                    // It is all there is to do here: whoever sits down begins to type.
                    if ui.memory(|memory| memory.focused().is_none()) {
                        field.request_focus();
                    }
                    let open = icon_button(ui, Weight::Strong, None, &text("app-passphrase-open")).clicked() || entered;
                    if open && !typed.is_empty() {
                        next = Some(Next::Open(Unlock::Passphrase(std::mem::take(typed).into())));
                    }
                    if icon_button(ui, Weight::Quiet, None, &text("app-passphrase-forgotten")).clicked() {
                        let (words, new, again) = (Typed::default(), String::new(), String::new());
                        other_way = Some(Way::Forgotten { words, new, again });
                    }
                }
                Way::Forgotten { words, new, again } => {
                    ui.label(theme::text(ui, Type::Note, text("app-passphrase-reset-why")).line_height(Some(24.0)));
                    words.ui(ui, "words of a plan made here");
                    secret_field(ui, Id::new("new passphrase"), &text("app-passphrase-new"), new);
                    secret_field(ui, Id::new("new passphrase again"), &text("app-passphrase-again"), again);
                    if icon_button(ui, Weight::Strong, None, &text("app-passphrase-reset")).clicked() {
                        match (new.is_empty(), *new == *again) {
                            (true, _) => words.refused(text("app-passphrase-empty")),
                            (_, false) => words.refused(text("app-passphrase-differs")),
                            (false, true) => {
                                next = words.read().map(|words| Next::Reset(words, std::mem::take(new)));
                            }
                        }
                    }
                    if icon_button(ui, Weight::Plain, None, &text("common-cancel")).clicked() {
                        other_way = Some(Way::Passphrase(String::new()));
                    }
                }
                Way::Copies(copies) => {
                    ui.label(theme::text(ui, Type::Note, text("app-copies-why")).line_height(Some(24.0)));
                    for copy in copies.iter().rev() {
                        let said = Say::new("app-copies-back").with("when", words::moment(copy.at.0));
                        if icon_button(ui, Weight::Plain, Icon::HISTORY, &say(said)).clicked() {
                            next = Some(Next::PutBack(copy.clone()));
                        }
                    }
                }
            }
        };
        match self.tone {
            Some(tone) => _ = kit::toned_card(ui, tone, inside),
            None => _ = kit::card(ui, inside),
        }
        if let Some(way) = other_way {
            // What was wrong with the one way says nothing of the other.
            *self = Closed { sentence: text("app-closed-passphrase"), tone: None, way };
        }
        next
    }
}
