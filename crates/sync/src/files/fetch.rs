//! Asking for files: one device at a time for each, a few at once, and going on where it stopped.

use std::collections::BTreeMap;

use seal::{Bytes, DeviceId, DocId, FileId, Outline, PlanId, Time};

use crate::{
    files::{FileOutput, Files, Line, Whose},
    io::{Because, Link, Output},
    limits::{COST_WANT, FETCHES, FILE_AGAIN, FILE_SLOW, FILE_TURN, FILE_WINDOW, FILE_WINDOW_SLOW, SAVE_AGAIN},
    machine::Sync,
    message::{Have, Lack, Message, Outlined, Part, Want, Which},
    planted::Planted,
};

/// A file that is coming.
#[derive(Debug)]
pub(crate) struct Fetch {
    link: Link,
    pub(crate) device: DeviceId,
    doc: DocId,
    /// When its turn began, when something was asked for last, and when something came on that line.
    began: Time,
    asked: Time,
    since: Time,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// They are asked how long it is, and what its pieces hash to.
    Outlining,
    /// They are asked for its last piece. Hashes further up the file's tree, or further down, fit its id as well, for another
    /// length; a last piece that ends there does not.
    Proving { outline: Outline },
    /// They are asked for pieces, and some are here.
    Coming { outline: Outline, from: usize, count: usize, pieces: Vec<Bytes> },
    /// What came is being flushed.
    Keeping,
}

impl Sync {
    /// Asks for what is lacking, if something changed that may let it come.
    pub(crate) fn tend_files(&mut self, now: Time) {
        if self.files.pause.is_some_and(|until| until <= now) {
            (self.files.pause, self.files.stirred) = (None, true);
        }
        let slow = |fetch: &Fetch| fetch.too_slow().is_some_and(|at| at <= now);
        let slow: Vec<_> = self.files.fetches.iter().filter(|(_, fetch)| slow(fetch)).map(|(key, _)| *key).collect();
        for (plan, file) in slow {
            self.give_up_on(plan, file, Some(now.plus(FILE_AGAIN)));
        }
        let again = |until: &Option<Time>| until.is_some_and(|until| until <= now);
        for Line { without, rests, .. } in self.links.values_mut().map(|session| &mut session.files) {
            let before = without.len();
            without.retain(|_, until| !again(until));
            self.files.stirred |= without.len() < before || rests.take_if(|until| *until <= now).is_some();
        }
        if self.files.pause.is_some() {
            return;
        }
        if std::mem::take(&mut self.files.stirred) {
            self.line_up();
        }
        // The next one is asked for when one of these has ended.
        while self.files.fetches.len() < FETCHES
            && let Some((plan, file)) = self.files.order.pop_front()
        {
            if self.files.is_under_way(&(plan, file)) {
                continue;
            }
            let Some((_, _, whose)) = self.waits_for(&(plan, file)) else { continue };
            let Some(fetch) = self.whom_to_ask(plan, file, now) else { continue };
            let turn = self.files.turns.values().max().map_or(1, |last| last + 1);
            self.files.turns.insert(whose, turn);
            let (link, doc, which) = (fetch.link, fetch.doc, fetch.which());
            self.files.fetches.insert((plan, file), fetch);
            self.want(link, plan, doc, file, which);
            self.show_file(plan, file);
        }
    }

    /// Puts what is lacking in the order in which it is asked for: what somebody waits for first; then people take turns, and of
    /// each the small ones come first. It is done anew only when something comes or changes that may let a file come: a crowd
    /// of names that nobody has is gone through once, and not for every answer.
    fn line_up(&mut self) {
        self.files.room = self.room();
        let lacking = self.files.lacking.keys();
        let mut wanted: Vec<_> = lacking.filter_map(|key| Some((self.waits_for(key)?, *key))).collect();
        wanted.sort_unstable();
        let mut taken: BTreeMap<Whose, u64> = BTreeMap::new();
        let in_turn = wanted.into_iter().map(|((turn, bytes, whose), key)| {
            let round = taken.entry(whose).or_default();
            *round += 1;
            (!self.files.wished.contains(&key), *round, turn, bytes, key)
        });
        let mut order: Vec<_> = in_turn.collect();
        order.sort_unstable();
        self.files.order = order.into_iter().map(|(.., key)| key).collect();
    }

    /// Whose turn it is when a file is fetched, when they had theirs last, and how long it is; nothing if it is not wanted now.
    fn waits_for(&self, key: &(PlanId, FileId)) -> Option<(u64, u64, Whose)> {
        let docs = self.files.lacking.get(key)?;
        let each = docs.iter().map(|(doc, bytes)| (self.whose(key.0, *doc), *bytes));
        let wanted = each.filter(|(whose, bytes)| self.files.is_wanted(key, *bytes, *whose, &self.files.room));
        let by_turn = wanted.map(|(whose, bytes)| (self.files.turns.get(&whose).copied().unwrap_or(0), bytes, whose));
        by_turn.min()
    }

    /// Somebody who is connected, may read a document that names the file, and has not said that they lack it.
    fn whom_to_ask(&self, plan: PlanId, file: FileId, now: Time) -> Option<Fetch> {
        let held = self.plans.get(&plan)?;
        let docs = self.files.lacking.get(&(plan, file))?;
        let come = self.files.come.get(&(plan, file));
        self.links.iter().filter(|(_, session)| session.files.rests.is_none()).find_map(|(link, session)| {
            let meeting = session.meetings.get(&plan).filter(|meeting| meeting.is_known() && meeting.compared)?;
            let may = |doc: DocId| held.may_read(doc, meeting.device, now) && held.may_read(doc, self.id, now);
            let without = |doc: DocId| session.files.without.contains_key(&(plan, doc, file));
            let doc = docs.keys().find(|doc| may(**doc) && !without(**doc))?;
            let stage = match come {
                None => Stage::Outlining,
                Some(come) => Stage::coming(come.outline.clone(), come.here),
            };
            Some(Fetch { link: *link, device: meeting.device, doc: *doc, began: now, asked: now, since: now, stage })
        })
    }

    /// Asks for it, or lets go of it where one of the two may not read the document any more: it may come another way.
    fn want(&mut self, link: Link, plan: PlanId, doc: DocId, file: FileId, which: Which) {
        let device = self.meeting(link, plan).map(|meeting| meeting.device);
        let (me, now) = (self.id, self.now);
        let both = device
            .zip(self.plans.get(&plan))
            .is_some_and(|(device, held)| held.may_read(doc, device, now) && held.may_read(doc, me, now));
        if !both {
            self.files.fetches.remove(&(plan, file));
            self.files.stirred = true;
            return;
        }
        let Some(nth) = self.nth(link, plan) else { return };
        if let Some(Line { pace, rests, .. }) = self.links.get_mut(&link).map(|session| &mut session.files) {
            *rests = pace.spend(COST_WANT, now).or(*rests);
        }
        self.tell(link, &Message::Want(Want { plan: nth, doc, file, which }));
    }

    pub(crate) fn hear_outlined(
        &mut self,
        link: Link,
        plan: PlanId,
        heard: Outlined,
        now: Time,
    ) -> Result<(), Because> {
        let Outlined { plan: _, doc, file, bytes, hashes } = heard;
        self.line_moves(link, now);
        let Some(fetch) = self.fetch_from(link, plan, doc, file) else { return Ok(()) };
        // An answer that comes after it was given up is nobody's lie.
        if !matches!(fetch.stage, Stage::Outlining) {
            return Ok(());
        }
        // Whoever sends hashes that do not fit a file has made them up.
        let outline = Outline::read(file, bytes, hashes).ok_or(Because::Forged)?;
        if outline.pieces() <= FILE_WINDOW {
            // All of it is checked before any of it is flushed: that proves as much.
            self.begin_pieces(link, plan, doc, file, outline, now);
            return Ok(());
        }
        fetch.stage = Stage::Proving { outline };
        (fetch.asked, fetch.since) = (now, now);
        let which = fetch.which();
        self.want(link, plan, doc, file, which);
        Ok(())
    }

    /// How long a file is was told, and is not only what a document says of it: it may be more than there is room for.
    fn begin_pieces(&mut self, link: Link, plan: PlanId, doc: DocId, file: FileId, outline: Outline, now: Time) {
        let (key, bytes) = ((plan, file), outline.bytes());
        let room = self.room();
        let docs = self.files.lacking.get(&key);
        let mut whose = docs.into_iter().flat_map(|docs| docs.keys()).map(|doc| self.whose(plan, *doc));
        if !whose.any(|whose| self.files.is_wanted(&key, bytes, whose, &room)) {
            self.files.told.insert(key, bytes);
            self.files.fetches.remove(&key);
            self.files.stirred = true;
            return self.show_file(plan, file);
        }
        let Some(fetch) = self.fetch_from(link, plan, doc, file) else { return };
        fetch.stage = Stage::coming(outline, 0);
        (fetch.asked, fetch.since) = (now, now);
        let which = fetch.which();
        self.want(link, plan, doc, file, which);
    }

    /// Something comes, whatever it is of: what was asked for later on this line comes after it.
    fn line_moves(&mut self, link: Link, now: Time) {
        for fetch in self.files.fetches.values_mut().filter(|fetch| fetch.link == link) {
            fetch.since = now;
        }
    }

    pub(crate) fn hear_part(&mut self, link: Link, plan: PlanId, part: Part, now: Time) -> Result<(), Because> {
        let Part { plan: _, doc, file, nth, bytes } = part;
        self.line_moves(link, now);
        let Some(fetch) = self.fetch_from(link, plan, doc, file) else { return Ok(()) };
        let unchecked = Planted::PieceUnchecked.is_on();
        let (outline, from, count, pieces) = match &mut fetch.stage {
            Stage::Proving { outline } if nth as usize + 1 == outline.pieces() => {
                if !outline.holds(nth as usize, &bytes) && !unchecked {
                    return Err(Because::Forged);
                }
                let outline = outline.clone();
                self.begin_pieces(link, plan, doc, file, outline, now);
                return Ok(());
            }
            Stage::Coming { outline, from, count, pieces } => (outline, *from, *count, pieces),
            Stage::Outlining | Stage::Proving { .. } | Stage::Keeping => return Ok(()),
        };
        let next = from + pieces.len();
        if nth as usize != next {
            return Ok(());
        }
        if !outline.holds(next, &bytes) && !unchecked {
            return Err(Because::Forged);
        }
        pieces.push(bytes.into());
        if pieces.len() < count {
            return Ok(());
        }
        let (outline, pieces) = (outline.clone(), std::mem::take(pieces));
        fetch.stage = Stage::Keeping;
        self.files.keeping.insert((plan, file));
        self.out.push_back(Output::File(FileOutput::Keep { plan, file, outline, from, pieces }));
        Ok(())
    }

    pub(crate) fn hear_lack(&mut self, link: Link, plan: PlanId, lack: &Lack) -> Result<(), Because> {
        let Lack { plan: _, doc, file } = *lack;
        if self.fetch_from(link, plan, doc, file).is_some() {
            self.give_up_on(plan, file, None);
        }
        Ok(())
    }

    pub(crate) fn hear_have(&mut self, link: Link, plan: PlanId, have: &Have) -> Result<(), Because> {
        let Have { plan: _, doc, file } = *have;
        if let Some(session) = self.links.get_mut(&link)
            && session.files.without.remove(&(plan, doc, file)).is_some()
        {
            self.files.order.push_front((plan, file));
        }
        Ok(())
    }

    /// They do not have it, or say nothing: others are asked, and they again once they say that they have it, or at the
    /// next meeting; who only said nothing, for so many words were before it, from `again` on too.
    fn give_up_on(&mut self, plan: PlanId, file: FileId, again: Option<Time>) {
        let Some(fetch) = self.files.fetches.remove(&(plan, file)) else { return };
        if let Some(session) = self.links.get_mut(&fetch.link) {
            session.files.without.insert((plan, fetch.doc, file), again);
        }
        self.files.order.push_front((plan, file));
        self.show_file(plan, file);
    }

    /// What came is flushed: the next pieces are asked for.
    pub(crate) fn fetch_goes_on(&mut self, plan: PlanId, file: FileId, now: Time) {
        let Some(come) = self.files.come.get(&(plan, file)) else { return };
        let Some(fetch) = self.files.fetches.get_mut(&(plan, file)) else { return };
        if !matches!(fetch.stage, Stage::Keeping) || Planted::FileGivenUp.is_on() {
            return;
        }
        if fetch.began.plus(FILE_TURN) <= now {
            self.files.fetches.remove(&(plan, file));
            return self.files.stir();
        }
        fetch.stage = Stage::coming(come.outline.clone(), come.here);
        (fetch.asked, fetch.since) = (now, now);
        let (link, doc, which) = (fetch.link, fetch.doc, fetch.which());
        self.want(link, plan, doc, file, which);
    }

    pub(crate) fn file_not_kept(&mut self, plan: PlanId, file: FileId, now: Time) {
        self.files.keeping.remove(&(plan, file));
        self.files.fetches.remove(&(plan, file));
        self.files.pause = Some(now.plus(SAVE_AGAIN));
        self.show_file(plan, file);
    }

    /// A connection is gone: what came over it is asked for elsewhere. What is being flushed goes on after that.
    pub(crate) fn lose_files(&mut self, link: Link) {
        let lost: Vec<_> =
            self.files.fetches.iter().filter(|(_, fetch)| fetch.link == link).map(|(key, _)| *key).collect();
        for (plan, file) in lost {
            self.files.fetches.remove(&(plan, file));
            self.files.stirred = true;
            self.show_file(plan, file);
        }
    }

    /// When somebody who was asked has taken too long, or the disk is tried again.
    pub(crate) fn files_wake(&self) -> Option<Time> {
        let lines = self.links.values().map(|session| &session.files);
        let again = lines.flat_map(|line| line.without.values().copied().flatten().chain(line.rests));
        self.files.fetches.values().filter_map(Fetch::too_slow).chain(again).chain(self.files.pause).min()
    }

    fn fetch_from(&mut self, link: Link, plan: PlanId, doc: DocId, file: FileId) -> Option<&mut Fetch> {
        let fetch = self.files.fetches.get_mut(&(plan, file))?;
        (fetch.link == link && fetch.doc == doc).then_some(fetch)
    }
}

impl Files {
    fn is_under_way(&self, key: &(PlanId, FileId)) -> bool {
        self.fetches.contains_key(key) || self.keeping.contains(key)
    }
}

impl Fetch {
    /// When it has taken too long, unless something comes of it: nobody is waited for while it is being flushed.
    fn too_slow(&self) -> Option<Time> {
        let at = self.since.plus(FILE_SLOW).min(self.asked.plus(FILE_WINDOW_SLOW));
        (!matches!(self.stage, Stage::Keeping)).then_some(at)
    }

    fn which(&self) -> Which {
        match &self.stage {
            Stage::Outlining | Stage::Keeping => Which::Outline,
            Stage::Proving { outline } => pieces(outline.pieces() - 1, 1),
            Stage::Coming { from, count, .. } => pieces(*from, *count),
        }
    }
}

impl Stage {
    fn coming(outline: Outline, from: usize) -> Stage {
        let count = (outline.pieces() - from).min(FILE_WINDOW);
        Stage::Coming { outline, from, count, pieces: Vec::with_capacity(count) }
    }
}

fn pieces(from: usize, count: usize) -> Which {
    let number = |n: usize| u32::try_from(n).expect("a file has few pieces");
    Which::Pieces { from: number(from), count: number(count) }
}
