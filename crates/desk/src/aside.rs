//! What a window asks for and must not wait for: made by the desk's helper, from a plan as it stood when it was asked.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc},
};

use plan::Whole;
use seal::{DeviceId, PlanId};

use crate::{
    change::Member,
    desk::Desk,
    members::{self, Former},
    open::notes_of,
    shelf::{Shelf, World},
    view::Sight,
    whole::Read,
    worker::Job,
};

/// Something that is being made.
#[derive(Debug)]
pub struct Coming<T>(mpsc::Receiver<T>);

/// What has become of it.
#[derive(Debug)]
pub enum Came<T> {
    /// It is not there yet.
    NotYet,
    /// Here it is; it is handed over once.
    Here(T),
    /// It could not be made, or was handed over before.
    Never,
}

impl<T> Coming<T> {
    /// Looks, and never waits.
    pub fn take(&mut self) -> Came<T> {
        match self.0.try_recv() {
            Ok(made) => Came::Here(made),
            Err(mpsc::TryRecvError::Empty) => Came::NotYet,
            Err(mpsc::TryRecvError::Disconnected) => Came::Never,
        }
    }
}

/// A plan as it stood: for reading on another thread while it is written on here.
pub struct Still {
    shelf: Shelf,
    me: DeviceId,
    world: World,
}

impl Still {
    /// The plan as one page to print, or one part of it.
    pub fn page(&self, part: Option<&str>) -> Option<String> {
        self.sight().page(part)
    }

    /// The same part in Easy Read, as a page to print.
    pub fn easy_page(&self, part: &str) -> Option<String> {
        self.sight().easy_page(part)
    }

    /// A part in rows of one sentence each.
    pub fn easy(&self, part: &str) -> Vec<exchange::Row> {
        self.sight().easy(part)
    }

    /// Everything of it, as [`Desk::whole`] gives it.
    pub fn whole(&self) -> Whole<'_> {
        self.shelf.whole()
    }

    /// Its people, as [`Desk::people`] gives them.
    pub fn people(&self) -> Vec<Member> {
        self.shelf.members(self.me, &self.world)
    }

    /// Who belonged once and does not now, as [`Desk::former`] gives them.
    pub fn former(&self) -> Vec<Former> {
        members::former(&self.shelf.ledger)
    }

    /// Reckons something from it and says what was read for that: [`Desk::is_as_read`] tells whether the plan still stands so.
    pub fn reckon<T>(&self, reckon: impl FnOnce(&Still) -> T) -> (T, Read) {
        self.shelf.reckon(|| reckon(self))
    }

    fn sight(&self) -> Sight<'_> {
        Sight { shelf: &self.shelf, me: self.me, world: &self.world }
    }
}

impl Desk {
    /// Has something made on the helper's thread. None if it has too much to do already: then it is asked again later.
    pub fn aside<T: Send + 'static>(
        &self,
        plan: PlanId,
        make: impl FnOnce() -> T + Send + 'static,
    ) -> Option<Coming<T>> {
        let room = self.worker.room()?;
        let (tell, made) = mpsc::sync_channel(1);
        let make = move || {
            // What is made wrongly must not end the thread on which others' words are merged.
            if let Ok(made) = catch_unwind(AssertUnwindSafe(make)) {
                // Nobody waits for it any more: somebody went to another page.
                let _ = tell.send(made);
            }
        };
        room.give((plan, notes_of(plan)), Job::Aside(Box::new(make)));
        Some(Coming(made))
    }

    /// A plan as it is now. Nothing is copied: whoever writes in a document while it is read copies that one first.
    pub fn still(&self, plan: PlanId) -> Option<Still> {
        let shelf = self.shelves.get(&plan)?.still();
        Some(Still { shelf, me: self.me, world: self.world.clone() })
    }
}

impl Shelf {
    /// The same, with what can be read and nothing that is under way.
    fn still(&self) -> Shelf {
        let mut still = Shelf::new(self.plan, self.me, Arc::clone(&self.ledger));
        still.revision = self.revision;
        still.parts = self.parts.iter().map(|(doc, open)| (*doc, open.still())).collect();
        still
    }
}
