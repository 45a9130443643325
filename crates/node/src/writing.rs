//! What this device says and writes: statements, edits, chapters, open documents.

use std::{collections::BTreeSet, sync::Arc};

use circle::{
    Introduction, Ledger, Statement,
    draft::{self, Newcomer},
};
use seal::{
    Admitted, Bytes, ChainId, ChapterId, DeviceKey, DocId, EditHash, PersonId, PlanId, RecoveryWords, StatementId,
    chain_id,
};
use sync::Input;

use crate::{
    ask::{self, Reply},
    custody::new_words,
    doorman,
    error::Refused,
    hands::{Hands, Shows, Then, Told, dice, now},
    keeper, limits,
    news::News,
};

/// The record that names the documents in which a new chapter is owed.
pub(crate) const STALE: &str = "stale";

/// What the store holds of a document somebody wants to see.
pub(crate) struct Fetched {
    plan: PlanId,
    doc: DocId,
    snapshot: Option<store::Snapshot>,
    reply: Reply<()>,
}

/// A ledger to try statements on before they are said to everybody.
pub(crate) struct Draft {
    pub(crate) key: Arc<DeviceKey>,
    pub(crate) ledger: Ledger,
    pub(crate) statements: Vec<Statement>,
}

impl Draft {
    /// The device that signs.
    pub(crate) fn device(&self) -> seal::DeviceId {
        self.key.id()
    }

    /// Signs a statement and places it, so that the next one can rest on it.
    pub(crate) fn say(&mut self, body: Result<circle::Body, draft::Hindrance>) -> Result<Statement, Refused> {
        let statement = Statement::sign(&self.key, body.map_err(hindered)?).map_err(|_| Refused::Malformed)?;
        self.place(&statement)?;
        Ok(statement)
    }

    /// The same, signed by somebody's words.
    pub(crate) fn say_by(
        &mut self,
        key: &DeviceKey,
        body: Result<circle::Body, draft::Hindrance>,
    ) -> Result<StatementId, Refused> {
        let statement = Statement::sign(key, body.map_err(hindered)?).map_err(|_| Refused::Malformed)?;
        self.place(&statement)?;
        Ok(statement.id())
    }

    /// Says what somebody may do with a document.
    pub(crate) fn share(&mut self, who: circle::Who, with: &ask::ShareWith) -> Result<Statement, Refused> {
        let ask::ShareWith { doc, access, why, basis, until } = with.clone();
        let share = circle::Share { who, access, why, basis, until };
        let body = draft::share(&self.ledger, self.key.id(), now(), doc, share);
        self.say(body)
    }

    /// Places a statement somebody else signed.
    pub(crate) fn place(&mut self, statement: &Statement) -> Result<(), Refused> {
        match self.ledger.place(statement.clone()) {
            circle::Placed::New(_) | circle::Placed::Known | circle::Placed::Knock => {
                self.statements.push(statement.clone());
                Ok(())
            }
            circle::Placed::Early { .. } | circle::Placed::Refused(_) => Err(Refused::NotAllowed),
        }
    }
}

fn hindered(hindrance: draft::Hindrance) -> Refused {
    match hindrance {
        draft::Hindrance::NoPlace => Refused::NotAMember,
        draft::Hindrance::NoDocument => Refused::NoSuchDocument,
        draft::Hindrance::Expired => Refused::TicketExpired,
        draft::Hindrance::NoKnock => Refused::TicketUsed,
        draft::Hindrance::Denied(_) | draft::Hindrance::ReadOnly => Refused::NotAllowed,
    }
}

impl Hands {
    pub(crate) fn ledger(&self, plan: PlanId) -> Result<&Ledger, Refused> {
        self.sync.ledger(plan).ok_or(Refused::NoSuchPlan)
    }

    /// Who this device's holder is in a plan.
    pub(crate) fn person(&self, plan: PlanId) -> Result<PersonId, Refused> {
        self.ledger(plan)?.person_of(self.device).ok_or(Refused::NotAMember)
    }

    pub(crate) fn draft(&self, plan: PlanId) -> Result<Draft, Refused> {
        Ok(Draft { key: Arc::clone(&self.key), ledger: self.ledger(plan)?.clone(), statements: Vec::new() })
    }

    /// Says statements that were tried on a draft, and goes on once the last is flushed.
    pub(crate) fn issue(&mut self, statements: Vec<Statement>, then: Then) {
        let Some(last) = statements.last() else { return then(Ok(()), self) };
        self.when_statement_saved(last.id(), then);
        self.turns.said(&statements);
        self.handle(Input::Issued(statements));
    }

    pub(crate) fn found(&mut self, ask: ask::Found, reply: Reply<ask::Founded>) {
        let ask::Found { name, relationship, organisation, for_myself } = ask;
        let founder = Introduction { name, relationship, organisation };
        let (words, theirs) = (new_words(), (!for_myself).then(new_words));
        // Both sheets' keys are at hand just now, and agree; afterwards nobody keeps them.
        let heirs = theirs.as_ref().map(RecoveryWords::key);
        let body = draft::found(self.newcomer(founder, &words), heirs.as_ref(), now(), dice());
        match Statement::sign(&self.key, body) {
            Err(_) => reply.say(Err(Refused::Malformed)),
            Ok(found) => {
                let answer = ask::Founded { plan: found.plan(), person: PersonId::from(found.id()) };
                let then = move |held: Result<(), Refused>, hands: &mut Hands| match held {
                    Err(why) => reply.say(Err(why)),
                    Ok(()) => hands.issue(vec![found], answering(reply, answer)),
                };
                self.hold_sheets(answer.plan, words, theirs, Box::new(then));
            }
        }
    }

    /// This device's holder, as they come into a circle.
    pub(crate) fn newcomer(&self, called: Introduction, words: &RecoveryWords) -> Newcomer {
        Newcomer { device: self.device, opens: self.key.opening(), words: words.key(), called }
    }

    pub(crate) fn new_documents(&mut self, ask: ask::NewDocuments, reply: Reply<Vec<DocId>>) {
        match self.draft_documents(ask) {
            Err(refused) => reply.say(Err(refused)),
            Ok((docs, statements)) => self.issue(statements, answering(reply, docs)),
        }
    }

    /// What begins documents and shares them is one save: nobody is ever without a part that was meant for them, too.
    fn draft_documents(&self, ask: ask::NewDocuments) -> Result<(Vec<DocId>, Vec<Statement>), Refused> {
        let ask::NewDocuments { plan, documents } = ask;
        if documents.len() > limits::NEW_DOCUMENTS {
            return Err(Refused::TooLong);
        }
        let mut draft = self.draft(plan)?;
        let mut docs = Vec::with_capacity(documents.len());
        for ask::NewDocument { kind, belongs, given } in documents {
            let owner = match belongs {
                ask::Belongs::ToThePlan => None,
                ask::Belongs::ToMe => Some(self.person(plan)?),
            };
            let new = circle::NewDocument { rules: circle::RULES, kind, nonce: dice(), owner, voice_of: None };
            let body = draft::new_document(&draft.ledger, self.device, now(), new);
            let doc = DocId::from(draft.say(body)?.id());
            for ask::Given { who, access, why, basis, until } in given {
                draft.share(who, &ask::ShareWith { doc, access, why, basis, until })?;
            }
            docs.push(doc);
        }
        Ok((docs, draft.statements))
    }

    /// The chain this device writes in a document, and its chapter; `None` if it may not write, or must begin anew first.
    pub(crate) fn chain(&self, plan: PlanId, doc: DocId) -> Option<(ChainId, ChapterId)> {
        if self.stale.contains(&(plan, doc)) {
            return None;
        }
        let ledger = self.sync.ledger(plan)?;
        if !ledger.may_edit(doc, self.device) {
            return None;
        }
        let chapter = ledger.chapter(doc, self.device)?;
        let chain = chain_id(doc, self.device, chapter);
        let last = self.sync.last(plan, doc, chain);
        // What would be written next builds on what was written last.
        if last.is_some_and(|(_, hash)| !self.sync.counts(plan, doc, &hash)) {
            return None;
        }
        Some((chain, chapter))
    }

    /// What is shown of a document.
    pub(crate) fn shown(&self, plan: PlanId, doc: DocId) -> Vec<Admitted> {
        match self.shows(plan, doc) {
            Shows::Counted => self.sync.counted(plan, doc),
            Shows::Copy => self.sync.copy(plan, doc),
        }
    }

    fn shows(&self, plan: PlanId, doc: DocId) -> Shows {
        let may_read = self.sync.ledger(plan).is_some_and(|ledger| ledger.may_read(doc, self.device));
        if may_read { Shows::Counted } else { Shows::Copy }
    }

    /// Tells the owner all of a document that is shown.
    pub(crate) fn rebuild(&mut self, plan: PlanId, doc: DocId) {
        let (edits, shows) = (self.shown(plan, doc), self.shows(plan, doc));
        if let Some(told) = self.open.get_mut(&(plan, doc)) {
            told.shows = shows;
            self.outbox.put(News::Rebuild { plan, doc, edits });
        }
    }

    /// A document that was shown as a copy may be read again: own words in it that do not count must go from it before the
    /// next ones are written, which would build on them and so let them count.
    pub(crate) fn end_copy(&mut self, plan: PlanId, doc: DocId) {
        let was_copy = self.open.get(&(plan, doc)).is_some_and(|told| told.shows == Shows::Copy);
        if was_copy && self.shows(plan, doc) == Shows::Counted {
            self.rebuild(plan, doc);
        }
    }

    /// The chain to write from now on, after a Renew if one is needed. The statement goes to the disk before any edit that
    /// rests on it, because saves keep their order.
    pub(crate) fn writable(&mut self, plan: PlanId, doc: DocId) -> Result<ChainId, Refused> {
        if let Some((chain, _)) = self.chain(plan, doc) {
            return Ok(chain);
        }
        let ledger = self.ledger(plan)?;
        ledger.document(doc).ok_or(Refused::NoSuchDocument)?;
        if !ledger.may_edit(doc, self.device) {
            return Err(Refused::NotAllowed);
        }
        let (reply, _) = ask::Pending::new(None);
        self.renew(ask::Renew { plan, doc }, reply);
        self.chain(plan, doc).map(|(chain, _)| chain).ok_or(Refused::NotAllowed)
    }

    pub(crate) fn renew(&mut self, ask: ask::Renew, reply: Reply<ChainId>) {
        let ask::Renew { plan, doc } = ask;
        let said = self.draft(plan).and_then(|mut draft| {
            let body = draft::renew(&draft.ledger, self.device, now(), doc, dice());
            let renewed = ChapterId::from(draft.say(body)?.id());
            if draft.ledger.chapter(doc, self.device) != Some(renewed) {
                // It would open nothing, and so be signed again and again.
                return Err(Refused::NotAllowed);
            }
            Ok((chain_id(doc, self.device, renewed), draft.statements))
        });
        match said {
            Err(refused) => reply.say(Err(refused)),
            Ok((chain, statements)) => {
                if self.stale.remove(&(plan, doc)) {
                    self.renewing.insert((plan, doc));
                }
                let then = move |saved: Result<(), Refused>, hands: &mut Hands| {
                    // Only now: had the power failed before, the next start would have had to renew again.
                    if saved.is_ok() && hands.renewing.remove(&(plan, doc)) {
                        hands.keep_stale();
                    }
                    reply.say(saved.map(|()| chain));
                };
                self.issue(statements, Box::new(then));
                self.changed.circles.insert(plan);
            }
        }
    }

    /// Writes nothing more on the present chapter of a document.
    pub(crate) fn begin_anew(&mut self, plan: PlanId, doc: DocId) {
        self.stale.insert((plan, doc));
        self.keep_stale();
        if !self.open.contains_key(&(plan, doc)) {
            return;
        }
        self.tell_chapter(plan, doc, None);
        if let Ok(chain) = self.writable(plan, doc) {
            self.tell_chapter(plan, doc, Some(chain));
        }
    }

    /// Writes down which chapters are owed, and then that this is the store of here and now.
    pub(crate) fn settle_origin(&self) {
        self.keep_stale();
        self.keeper.give(keeper::Job::MarkAnew);
    }

    fn keep_stale(&self) {
        let mut batch = store::Batch::new();
        batch.record(STALE, seal::encode(&self.stale.union(&self.renewing).collect::<Vec<_>>()));
        self.keeper.keep(batch, None);
    }

    pub(crate) fn publish(&mut self, ask: ask::Publish, reply: Reply<()>) {
        let ask::Publish { plan, doc, edits } = ask;
        if self.sync.ledger(plan).is_none() {
            return reply.say(Err(Refused::NoSuchPlan));
        }
        if edits.is_empty() {
            return reply.say(Ok(()));
        }
        let Some((chain, chapter)) = self.chain_of(plan, doc, &edits[0]) else {
            return reply.say(Err(Refused::NotAllowed));
        };
        if !self.doorman.has_room() {
            return reply.say(Err(Refused::Busy));
        }
        self.own.insert(chain);
        self.signing += 1;
        let before = self.sync.last(plan, doc, chain);
        self.doorman.give(doorman::Job::Ours(doorman::Ours { plan, doc, chain, chapter, before, edits, reply }));
    }

    /// The chain that an edit of this device goes on with: the one it writes now, or an own one of before. Words that were
    /// typed just before the news came that they do not count are signed all the same: held back, they are not lost.
    fn chain_of(&self, plan: PlanId, doc: DocId, edit: &Bytes) -> Option<(ChainId, ChapterId)> {
        let written = plan::door::head(edit).ok().map(|head| head.chain);
        let now = self.chain(plan, doc);
        if written.is_none() || now.map(|(chain, _)| chain) == written || self.stale.contains(&(plan, doc)) {
            return now;
        }
        let chain = written?;
        let ledger = self.sync.ledger(plan)?;
        let (author, person) = ledger.author(doc, chain)?;
        // In another's voice nobody ever could.
        let may_be_mine = ledger.document(doc)?.voice_of.is_none_or(|(whose, _)| whose == person);
        (author.device == self.device && may_be_mine).then_some((chain, author.chapter))
    }

    /// What the doorman says.
    pub(crate) fn weighed(&mut self, said: doorman::Said) {
        match said {
            doorman::Said::Weighed(plan, doc, edits) => {
                self.handle(Input::Weighed(plan, doc, edits));
                self.tend_taking();
            }
            doorman::Said::Indexed(plan, doc, snapshot, reply) => {
                if let Some((_, older)) = self.snapshots.insert((plan, doc), (*snapshot, reply)) {
                    older.say(Err(Refused::Busy));
                }
                self.keep_snapshots();
            }
            doorman::Said::Signed { plan, doc, runs, refused, reply } => {
                self.signing -= 1;
                let Some((_, last)) = runs.last() else {
                    return reply.say(refused.map_or(Ok(()), Err));
                };
                self.when_edit_saved(
                    last.hash,
                    Box::new(move |saved, _| reply.say(saved.and(refused.map_or(Ok(()), Err)))),
                );
                for (edits, tip) in runs {
                    self.handle(Input::Wrote { plan, doc, edits, tip });
                }
            }
        }
    }

    pub(crate) fn keep_snapshot(&mut self, ask: ask::KeepSnapshot, reply: Reply<()>) {
        let ask::KeepSnapshot { plan, doc, snapshot, heads } = ask;
        if snapshot.len() > limits::SNAPSHOT {
            return reply.say(Err(Refused::TooLong));
        }
        if !self.doorman.has_room() || !self.keeper.has_room() {
            return reply.say(Err(Refused::Busy));
        }
        let snapshot = Box::new(store::Snapshot { bytes: snapshot, door: Vec::new(), heads });
        self.doorman.give(doorman::Job::Index(plan, doc, snapshot, reply));
    }

    /// Keeps the snapshots whose index names nothing that is not flushed. An index ahead of the disk would, after a power
    /// cut, know edits that are nowhere.
    pub(crate) fn keep_snapshots(&mut self) {
        let waiting = std::mem::take(&mut self.snapshots);
        for ((plan, doc), (snapshot, reply)) in waiting {
            if !self.sync.is_saved(plan, doc) {
                self.snapshots.insert((plan, doc), (snapshot, reply));
                continue;
            }
            // A visit may have ended while its index was made: what was lent is not kept any more.
            if self.sync.ledger(plan).is_none() {
                reply.say(Err(Refused::NoSuchPlan));
                continue;
            }
            let mut batch = store::Batch::new();
            batch.snapshot(plan, doc, snapshot);
            self.keeper.keep(batch, Some(reply));
        }
    }

    /// Begins to show a document: its snapshot is fetched from the disk, and what lies beyond follows.
    pub(crate) fn open(&mut self, ask: ask::Open, reply: Reply<()>) {
        let ask::Open { plan, doc } = ask;
        let known = self.sync.ledger(plan).is_some_and(|ledger| ledger.document(doc).is_some());
        if !known {
            return reply.say(Err(Refused::NoSuchDocument));
        }
        if !self.keeper.has_room() {
            return reply.say(Err(Refused::Busy));
        }
        let back = self.fetched.clone();
        self.keeper.give(keeper::Job::Read(Box::new(move |store| {
            let snapshot = store.ok().and_then(|store| store.snapshot(plan, doc).ok().flatten());
            // The loop has ended: nobody is left to open for.
            let _ = back.blocking_send(Fetched { plan, doc, snapshot, reply });
        })));
    }

    /// The snapshot came from the disk: the document can be shown as it is now.
    pub(crate) fn fetched(&mut self, fetched: Fetched) {
        let Fetched { plan, doc, snapshot, reply } = fetched;
        let chain = self.writable(plan, doc).ok();
        let mut edits = self.shown(plan, doc);
        let snapshot: Option<Bytes> = snapshot.and_then(|snapshot| {
            edits = beyond(&edits, &snapshot.heads)?;
            Some(snapshot.bytes.into())
        });
        self.open.insert((plan, doc), Told { chain, having: None, shows: self.shows(plan, doc) });
        self.outbox.put(News::Opened { plan, doc, snapshot, edits, chain });
        self.changed.marks.insert(plan);
        reply.say(Ok(()));
    }
}

/// Answers once what was said is flushed.
pub(crate) fn answering<T: Send + 'static>(reply: Reply<T>, answer: T) -> Then {
    Box::new(move |saved, _| reply.say(saved.map(|()| answer)))
}

/// The edits that do not lie under these heads; `None` if a head is not among what counts, so that a snapshot up to there
/// shows something else.
pub(crate) fn beyond(counted: &[Admitted], heads: &[EditHash]) -> Option<Vec<Admitted>> {
    let mut under: BTreeSet<EditHash> = heads.iter().copied().collect();
    let mut found = 0;
    let mut beyond = Vec::new();
    for edit in counted.iter().rev() {
        // Whatever builds on it was looked at before, so it need not be remembered any longer.
        if !under.remove(&edit.edit().hash()) {
            beyond.push(edit.clone());
            continue;
        }
        found += usize::from(heads.contains(&edit.edit().hash()));
        under.extend(edit.edit().after());
    }
    beyond.reverse();
    (found == heads.len()).then_some(beyond)
}
