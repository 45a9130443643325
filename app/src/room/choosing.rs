//! Files between a plan and the rest of this computer: chosen in the desktop's own window, opened with its own programs.

use std::{path::PathBuf, sync::mpsc::TryRecvError};

use desk::Ask;
use eframe::egui::{Context, Id};
use node::ask::Source;

use super::Room;
use crate::{
    asks::{Errand, Wish},
    desktop::Chosen,
    screens::fields,
};

/// What the room waits for.
#[derive(Debug, Default)]
pub(super) struct Choosing {
    /// The form that asked, how to attach what is chosen, and where that comes from.
    chosen: Option<(Id, Ask, Chosen)>,
    /// The copy that is to be opened when it is written.
    copy: Option<PathBuf>,
}

impl Room {
    /// Opens the desktop's window. A second one takes the place of the first.
    pub(super) fn choose(&mut self, ctx: &Context, form: Id, ask: Ask) {
        let again = ctx.clone();
        let chosen = self.desktop.choose(move || again.request_repaint());
        self.choosing.chosen = Some((form, ask, chosen));
    }

    /// Attaches what was chosen.
    pub(super) fn take_chosen(&mut self, ctx: &Context) {
        let Some((form, ask, chosen)) = &self.choosing.chosen else { return };
        let paths = match chosen.try_recv() {
            Ok(paths) => paths,
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => Vec::new(),
        };
        let (form, ask) = (*form, ask.clone());
        self.choosing.chosen = None;
        if !paths.is_empty() {
            fields::asks_no_more(ctx, form);
        }
        for path in paths {
            self.carry_out(ctx, Wish::Do(from(ask.clone(), path)));
        }
    }

    /// Writes a copy that is opened when it is there.
    pub(super) fn copy_to_open(&mut self, ctx: &Context, ask: Ask, path: PathBuf) {
        self.choosing.copy = Some(path);
        self.carry_out(ctx, Wish::Send(Errand::Open, ask));
    }

    /// The copy is there. A desktop without a program for it leaves it where the screen says it is.
    pub(super) fn open_copy(&mut self) {
        if let Some(path) = self.choosing.copy.take() {
            self.desktop.open(&path);
        }
    }
}

/// The same ask, of this file.
fn from(ask: Ask, path: PathBuf) -> Ask {
    match ask {
        Ask::Attach { plan, field, source: _ } => Ask::Attach { plan, field, source: Source::Path(path) },
        Ask::In { doc, ask } => Ask::In { doc, ask: Box::new(from(*ask, path)) },
        other => other,
    }
}
