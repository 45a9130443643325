//! What the screens of one frame want. The room carries it out when the last widget is drawn.

use std::path::PathBuf;

use desk::Ask;
use eframe::egui::Id;
use plan::FieldPath;
use seal::{DocId, ItemId, PersonId, PlanId};

use crate::{screens::pages, settings::Choice};

/// Where in the program a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// All plans of this device, or the first screen.
    Home,
    /// What I have to do today, over all plans of this device.
    Day,
    /// How it looks, how large, and what opens this device.
    Settings,
    /// Looking for words in all plans.
    Find,
    /// A page of a plan.
    Plan(PlanId, Page),
    /// The list of pages, where there is no room for it beside the page.
    Pages(PlanId),
}

/// A page of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// What matters today.
    Front,
    /// A part, by its code.
    Part(&'static str),
    /// How it is laid out, and which parts could be added.
    Parts,
    /// The circle.
    People,
    /// Who sees what.
    Sharing,
    /// What I am here, and my devices.
    Mine,
    /// Who wrote what.
    History,
}

impl Page {
    /// The page with this name: a part's code, or `front`, `parts`, `people`, `who-sees-what`, `my-page`, `history`.
    pub fn from_code(code: &str) -> Option<Page> {
        match code {
            "front" => Some(Page::Front),
            "parts" => Some(Page::Parts),
            "people" => Some(Page::People),
            "who-sees-what" => Some(Page::Sharing),
            "my-page" => Some(Page::Mine),
            "history" => Some(Page::History),
            part => pages::of(part).map(|row| Page::Part(row.part)),
        }
    }
}

/// Where something is written, and where that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The plan.
    pub plan: PlanId,
    /// The part on whose page it is.
    pub part: &'static str,
    /// The record whose card shows it, if it is in one.
    pub card: Option<ItemId>,
    /// The document it is written in.
    pub document: DocId,
    /// The field.
    pub field: FieldPath,
}

/// How the pages of parts are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading {
    /// As they are, to read and to write.
    #[default]
    Whole,
    /// One sentence a row.
    Easy,
}

/// Something asked of others or of the disk, whose answer belongs to a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    /// A plan of one's own.
    Start,
    /// The sample plan.
    Look,
    /// Knocking with a ticket.
    Join,
    /// A ticket or a code for somebody.
    Invite,
    /// A code for another device of mine.
    Link,
    /// Letting somebody in.
    Confirm(PersonId),
    /// Something about a person or a device that is asked once.
    Circle,
    /// A decision about sharing.
    Sharing,
    /// How much is held back in a plan.
    Held(PlanId),
    /// The words held back of somebody.
    HeldWords(DocId, PersonId),
    /// Putting words back.
    Keep,
    /// Coming back with the 24 words.
    Restore,
    /// Removing a device that is lost, with the words.
    Lost,
    /// A new recovery sheet.
    Sheet(PlanId),
    /// Letting the words of the sheet open this device too.
    HoldSheet(PlanId),
    /// A copy of a file, to be opened.
    Open,
}

/// One thing a screen wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// Of the desk, done at once.
    Do(Ask),
    /// Of the desk, answered later.
    Send(Errand, Ask),
    /// To be somewhere else.
    Go(Place),
    /// To be on a part's page, where it shows one area of a life, or all of them.
    Area(PlanId, &'static str, Option<&'static str>),
    /// To be where something is written.
    Show(Spot),
    /// To look different.
    Settle(Choice),
    /// The home locked until its passphrase is typed again.
    Lock,
    /// A file chosen in the desktop's own window, to be attached as this says; what holds the form that asks is closed then.
    Choose(Id, Ask),
    /// A copy of a file written there, and opened with the program this desktop has for it.
    Open(Ask, PathBuf),
    /// A page to print of a plan, or of one part of it: written, and shown with what this desktop has for pages.
    Print(PlanId, Option<&'static str>),
    /// Pages read another way.
    Read(Reading),
    /// Words put where they can be pasted.
    Copy(String),
}

/// The wishes of one frame, in order.
#[derive(Debug, Default)]
pub struct Asks {
    wishes: Vec<Wish>,
    typed: bool,
}

impl Asks {
    /// Asks the desk for something that is done at once.
    pub fn push(&mut self, ask: Ask) {
        self.wishes.push(Wish::Do(ask));
    }

    /// Asks the desk for something that is answered later.
    pub fn send(&mut self, errand: Errand, ask: Ask) {
        self.wishes.push(Wish::Send(errand, ask));
    }

    /// Wants to be somewhere else.
    pub fn go(&mut self, place: Place) {
        self.wishes.push(Wish::Go(place));
    }

    /// Wants something else of the window.
    pub fn wish(&mut self, wish: Wish) {
        self.wishes.push(wish);
    }

    /// The person typed: whoever writes for them stops.
    pub fn typed(&mut self) {
        self.typed = true;
    }

    /// Whether the person typed in this frame.
    pub fn has_typed(&self) -> bool {
        self.typed
    }

    /// Hands the wishes over.
    pub fn take(self) -> Vec<Wish> {
        self.wishes
    }
}
