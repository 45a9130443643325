//! What came in since somebody last looked. How far that is, is kept on this device: what came in before the window was closed is
//! still new when it is opened again, until its page was looked at.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use node::ask::{Pending, Recall, Record};
use plan::{Document, looked::Looked};
use seal::{PersonId, PlanId, Time};

use super::Room;
use crate::{
    asks::{Page, Place},
    people,
    screens::{front::Recent, pages},
};

/// The longest that closing a window waits for what was looked at to be kept. Should it not be, it is new once more.
const LONGEST: Duration = Duration::from_secs(2);

/// How far one plan was looked at.
pub(super) enum Far {
    /// The home was asked what it remembers.
    Asked(Pending<Option<Vec<u8>>>),
    /// So far.
    Known(Looked),
}

impl Room {
    /// Asks how far each plan was looked at, and says what is new once the plan can be read.
    pub(super) fn hear_news(&mut self) {
        for plan in self.opened.clone() {
            let far = self.looked.entry(plan);
            let far = far.or_insert_with(|| Far::Asked(self.desk.node().ask(Recall { key: key(plan) })));
            let Far::Asked(asked) = far else { continue };
            if !self.desk.is_ready() {
                continue;
            }
            let Some(answer) = asked.take() else { continue };
            let kept = answer.ok().flatten().and_then(|bytes| String::from_utf8(bytes).ok());
            let looked = kept.as_deref().map(Looked::read);
            if let Some(looked) = &looked {
                self.say_news(plan, looked);
            }
            self.looked.insert(plan, Far::Known(looked.unwrap_or_default()));
            // Who opens a plan for the first time is told nothing about what was there already.
            if kept.is_none() {
                drop(self.keep_looked(plan));
            }
        }
    }

    fn say_news(&mut self, plan: PlanId, looked: &Looked) {
        let me = people::me(&self.desk, plan).map(|me| me.id);
        let mut news = Vec::new();
        for document in documents(&self.desk, plan) {
            let Some(part) = page_of(document.part().code) else { continue };
            for (chain, at) in looked.since(document) {
                let person = people::author(&self.desk, plan, document.doc(), chain);
                news.extend(person.filter(|person| Some(*person) != me).map(|person| (at, person, part)));
            }
        }
        news.sort_unstable();
        let recent = self.recent.entry(plan).or_default();
        for (at, person, part) in news {
            remember(recent, person, part, at);
        }
    }

    /// A part's page is left: nothing there is new any more.
    pub(super) fn leave_page(&mut self) {
        let Place::Plan(plan, Page::Part(part)) = self.place else { return };
        if let Some(recent) = self.recent.get_mut(&plan) {
            recent.retain(|one| one.part != part);
        }
        drop(self.keep_looked(plan));
    }

    /// For the end: what is new stays so for the next time.
    pub(super) fn keep_all_looked(&mut self) {
        self.leave_page();
        for plan in self.opened.clone() {
            if let Some(mut kept) = self.keep_looked(plan) {
                let _ = kept.wait_for(LONGEST);
            }
        }
    }

    fn keep_looked(&mut self, plan: PlanId) -> Option<Pending<()>> {
        let Some(Far::Known(looked)) = self.looked.get_mut(&plan) else { return None };
        let news: BTreeSet<&str> = self.recent.get(&plan).into_iter().flatten().map(|one| one.part).collect();
        for document in documents(&self.desk, plan) {
            if page_of(document.part().code).is_none_or(|part| !news.contains(part)) {
                looked.at(document);
            }
        }
        let value = looked.written().into_bytes();
        Some(self.desk.node().ask(Record { key: key(plan), value }))
    }
}

/// The part on whose page something is shown: what somebody says about a part is news of that part.
pub(super) fn page_of(code: &'static str) -> Option<&'static str> {
    let part = code.strip_suffix(plan::VOICE).and_then(plan::part).map_or(code, |about| about.code);
    let part = if part == "cover-details" { "cover" } else { part };
    pages::of(part).map(|row| row.part)
}

pub(super) fn remember(recent: &mut Vec<Recent>, person: PersonId, part: &'static str, last: Time) {
    let known = recent.iter().position(|one| one.person == person && one.part == part);
    let count = known.map_or(0, |at| recent.remove(at).count);
    recent.push(Recent { person, part, count: count + 1, last });
}

fn documents(desk: &desk::Desk, plan: PlanId) -> Vec<&Document> {
    let whole = desk.whole(plan);
    whole.documents().chain(whole.voices().map(|(_, voice)| voice)).collect()
}

fn key(plan: PlanId) -> String {
    format!("window-looked-{plan}")
}

/// How far each plan was looked at.
pub(super) type AllLooked = BTreeMap<PlanId, Far>;
