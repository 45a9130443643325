//! What became of a part since people were asked to agree: the words that went and came, and who wrote them. Read out only once
//! somebody asks for it.

use std::{collections::BTreeMap, time::Duration};

use desk::{Came, Coming, Read};
use eframe::egui::Ui;
use plan::{
    Document,
    since::{self, Difference, What},
    stood,
    wording::Piece,
};
use seal::{DocId, ItemId};
use words::{Say, say, text};

use crate::{
    kit::{self, Icon, Weight, said_button},
    people,
    screens::{fields::Record, offers},
    terms,
    theme::{self, Type, gap},
};

/// How many changes of a part are shown at once; the page of the part itself shows how it is now.
const SHOWN: usize = 60;

/// Which parts of which version are looked into.
#[derive(Default)]
pub struct Changes(BTreeMap<(ItemId, &'static str), Looked>);

/// A part that is looked into: what is different in each of its documents since; nothing of one that was begun since.
type Found = Vec<(DocId, Option<Vec<Difference>>)>;

/// What was found, and what is being looked for: that makes the part anew as it stood, away from the window.
#[derive(Default)]
struct Looked {
    found: Option<Found>,
    /// What was read for what is being looked for, or for what was found last.
    read: Option<Read>,
    coming: Option<Coming<Found>>,
}

/// After how long it is looked again whether something was found.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

impl std::fmt::Debug for Changes {
    // What it holds are words of a plan.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} parts", self.0.len())
    }
}

impl Changes {
    /// A button that shows what changed in a part since this version, and what it showed.
    pub fn ui(&mut self, ui: &mut Ui, version: Record<'_>, part: &'static str) {
        let Some(item) = version.item else { return };
        let name = terms::page(version.desk, version.plan, part);
        let is_open = self.0.contains_key(&(item, part));
        let (icon, words, said) = match is_open {
            true => (Icon::LESS, "suggest-hide-changed", "suggest-hide-changed-in"),
            false => (Icon::MORE, "suggest-what-changed", "suggest-what-changed-in"),
        };
        let said = say(Say::new(said).with("part", name.as_str()));
        if said_button(ui, Weight::Quiet, icon, &text(words), &said).clicked() {
            if self.0.remove(&(item, part)).is_none() {
                self.0.insert((item, part), Looked::default());
            }
            return;
        }
        let Some(looked) = self.0.get_mut(&(item, part)) else { return };
        looked.catch_up(ui, version, part);
        ui.push_id((item.to_string(), part), |ui| looked.draw(ui, version));
    }
}

impl Looked {
    /// Has the differences found once more if something was written in the part since.
    fn catch_up(&mut self, ui: &Ui, version: Record<'_>, part: &'static str) {
        let (desk, plan) = (version.desk, version.plan);
        if let Some(coming) = &mut self.coming {
            match coming.take() {
                Came::NotYet => return ui.ctx().request_repaint_after(LOOK_AGAIN),
                Came::Here(found) => (self.found, self.coming) = (Some(found), None),
                Came::Never => (self.found, self.coming) = (Some(Vec::new()), None),
            }
        }
        if self.read.as_ref().is_some_and(|read| desk.is_as_read(read)) {
            return;
        }
        let copies = || {
            let copies = desk.copies(plan, part).into_iter();
            let now = copies.filter_map(|copy| Some((copy.doc, desk.document_in(plan, copy.doc)?.clone())));
            (version.text("heads"), now.collect::<Vec<_>>())
        };
        let ((heads, now), read) = desk.reckon(plan, copies);
        let find = move || {
            let one = |(doc, now): &(DocId, Document)| {
                let then = stood::as_it_stood(&heads, now);
                (*doc, then.map(|then| since::differences(&then, now)))
            };
            now.iter().map(one).collect::<Found>()
        };
        self.coming = desk.aside(plan, find);
        self.read = self.coming.is_some().then_some(read);
        ui.ctx().request_repaint_after(LOOK_AGAIN);
    }

    fn draw(&self, ui: &mut Ui, version: Record<'_>) {
        let Some(found) = &self.found else {
            let reading = ui.label(theme::soft(ui, Type::Note, text("frame-reading")));
            return kit::is_status(ui, &reading, &text("frame-reading"));
        };
        if found.iter().any(|(_, found)| found.is_none()) {
            ui.label(theme::soft(ui, Type::Note, text("suggest-begun-since")));
        }
        let all = found.iter().flat_map(|(doc, found)| found.iter().flatten().map(move |one| (*doc, one)));
        let count = all.clone().count();
        let mut last = None;
        for (at, (doc, one)) in all.take(SHOWN).enumerate() {
            let Some(part) = Record::document_of(version.desk, version.plan, doc) else { continue };
            let item = item_of(&one.what);
            if at > 0 && item != last {
                kit::rule(ui);
            }
            if let Some(item) = item.filter(|_| item != last) {
                let called = part.at(item).called();
                if !called.is_empty() {
                    ui.label(theme::text(ui, Type::BesideStrong, called));
                }
            }
            last = item;
            ui.push_id(at, |ui| draw(ui, part, one));
        }
        if count > SHOWN {
            ui.label(theme::soft(ui, Type::Note, say(Say::new("suggest-more-changes").with("count", count - SHOWN))));
        }
        ui.add_space(gap::S);
    }
}

fn item_of(what: &What) -> Option<ItemId> {
    match what {
        What::Words { field, .. } | What::Value { field, .. } => field.item(),
        What::Came { item, .. } => Some(*item),
        What::Went { .. } => None,
    }
}

fn draw(ui: &mut Ui, part: Record<'_>, one: &Difference) {
    let of = Record { item: item_of(&one.what), ..part };
    let label = match &one.what {
        What::Words { field, .. } | What::Value { field, .. } => of.label(field.field()),
        What::Came { list, .. } => say(Say::new("suggest-came").with("what", words::label(list.describe().label))),
        What::Went { list, .. } => say(Say::new("suggest-went").with("what", words::label(list.describe().label))),
    };
    let Some(doc) = part.within else { return };
    let mut names: Vec<String> = (one.by.iter())
        .filter_map(|chain| people::author(part.desk, part.plan, doc, *chain))
        .map(|person| people::face_or_former(part.desk, part.plan, person).name)
        .collect();
    names.sort();
    names.dedup();
    let facts = match names.is_empty() {
        true => label,
        false => say(Say::new("suggest-changed-by").with("what", label).with("names", people::together(&names))),
    };
    ui.label(theme::soft(ui, Type::Small, facts));
    match &one.what {
        What::Words { pieces, .. } => offers::reworded(ui, pieces),
        What::Value { field, was, now } => {
            let said = |value: &plan::Value| offers::said_whole(of, field.field(), value);
            let was = was.as_ref().map(|was| Piece::Gone(said(was)));
            let now = now.as_ref().map(|now| Piece::Come(said(now)));
            let between = (was.is_some() && now.is_some()).then(|| Piece::Kept(" ".to_owned()));
            offers::reworded(ui, &was.into_iter().chain(between).chain(now).collect::<Vec<_>>());
        }
        What::Came { .. } => {}
        What::Went { called, .. } if !called.is_empty() => offers::reworded(ui, &[Piece::Gone(called.clone())]),
        What::Went { .. } => {}
    }
}
