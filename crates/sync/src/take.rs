//! Taking in what was sent: statements into the ledger; runs of edits put together, tied to what they follow, their
//! signatures checked, and on to the door.

use std::collections::BTreeSet;

use circle::{Access, Act, Graph, Placed, Statement};
use seal::{
    Admitted, ChainId, DocId, Edit, EditHash, MILESTONE, PlanId, Refused, Seq, Signature, Signed, StatementId, Time,
    Tip, Verified,
};

use crate::{
    frontier::End,
    io::{Because, Link},
    limits::{BRANCHES, COST_SIGNATURE, HELD_BACK},
    machine::Sync,
    meeting::Tail,
    message::Run,
    planted::Planted,
};

impl Sync {
    pub(crate) fn hear_statements(
        &mut self,
        link: Link,
        plan: PlanId,
        heard: &[(Vec<u8>, Signature)],
        now: Time,
    ) -> Result<(), Because> {
        let mut read = Vec::new();
        for (bytes, signature) in heard {
            let id = StatementId::new(*blake3::hash(bytes).as_bytes());
            let Some(held) = self.plans.get(&plan) else { return Ok(()) };
            if held.ledger.has(id) {
                continue;
            }
            self.charge(link, COST_SIGNATURE, now)?;
            read.push(self::read(bytes, *signature)?);
        }
        let Some(held) = self.plans.get_mut(&plan) else { return Ok(()) };
        let mut changed = false;
        let (heard, placed) = (read.clone(), held.ledger.place_all(read));
        let known = heard.iter().filter(|statement| held.ledger.has(statement.id()));
        if let Some(meeting) = self.links.get_mut(&link).and_then(|session| session.meetings.get_mut(&plan)) {
            known.for_each(|statement| meeting.told_of(statement));
        }
        for placed in placed {
            match placed {
                Placed::New(placed) => {
                    changed = true;
                    self.notice_forgotten_chapters(plan, &placed);
                    self.keep(plan, placed);
                }
                // Nobody is blamed for what is refused here: only its issuer could have made it, and who passed it on
                // may have seen it in another order.
                Placed::Known | Placed::Knock | Placed::Early { .. } | Placed::Refused(_) => {}
            }
        }
        if changed {
            self.circle_changed(plan, now);
        }
        Ok(())
    }

    pub(crate) fn hear_edits(
        &mut self,
        link: Link,
        plan: PlanId,
        doc: DocId,
        runs: Vec<Run>,
        now: Time,
    ) -> Result<(), Because> {
        self.make_room_to_wait(now);
        let mut tail = self.meeting(link, plan).and_then(|meeting| meeting.tail.take());
        let count = runs.len();
        for (n, run) in runs.into_iter().enumerate() {
            let before = tail.take();
            if before.as_ref().is_some_and(|tail| tail.doc != doc) {
                return Err(Because::Rubbish);
            }
            if run.is_signed_at_its_end() {
                let run = match before {
                    Some(tail) => tail.end(run),
                    None => run,
                };
                self.take_run(link, plan, doc, run, now)?;
            } else if n + 1 == count {
                tail = Some(Tail::gather(before, doc, run, now).map_err(|_| Because::Flood)?);
            } else {
                return Err(Because::Rubbish);
            }
        }
        if let Some(meeting) = self.meeting(link, plan)
            && !Planted::TailDropped.is_on()
        {
            meeting.tail = tail;
        }
        Ok(())
    }

    fn take_run(&mut self, link: Link, plan: PlanId, doc: DocId, run: Run, now: Time) -> Result<(), Because> {
        let (Some(first), Some(last)) = (run.edits.first(), run.edits.last()) else { return Err(Because::Rubbish) };
        let first = Edit::read(doc, first.clone(), self.read).map_err(|_| Because::Rubbish)?;
        let last = Edit::read(doc, last.clone(), self.read).map_err(|_| Because::Rubbish)?;
        // Told on, its edits would come without a signature for longer than anyone takes. Whoever passes it on may not know
        // better, so nobody is to blame.
        if !run.has_its_milestones(first.seq()) {
            return Ok(());
        }
        let chain = first.chain();
        let Some(held) = self.plans.get_mut(&plan) else { return Ok(()) };
        let Some(meeting) = self.links.get_mut(&link).and_then(|session| session.meetings.get_mut(&plan)) else {
            return Ok(());
        };
        let end = End { seq: last.seq(), hash: last.hash() };
        if held
            .shelves
            .get(&doc)
            .is_some_and(|shelf| shelf.line(chain).is_some_and(|line| line.signature(end).is_some()))
        {
            meeting.holds(doc, chain, [end]);
            if meeting.is_former() {
                // They need not bring it again.
                self.will_say_saved(link, plan, doc, &BTreeSet::from([chain]), now);
            }
            return Ok(());
        }
        // Who wrote it is known from the statements, and those come first. If they have not, or this device may not read
        // the document as far as it knows, nobody is to blame: it asks again when it knows more.
        // By rules that this version does not know nothing can be weighed: it waits for a newer one.
        let known = held.ledger.may_read(doc, self.id) && held.ledger.knows_rules(doc);
        let author = held.ledger.author(doc, chain).filter(|_| known);
        let Some((author, person)) = author else {
            meeting.gap(doc, now);
            return Ok(());
        };
        let may_edit = held.ledger.access(doc, person) == Access::Edit;
        if !may_edit && Planted::HeldBackDropped.is_on() {
            return Ok(());
        }
        let shelf = held.shelves.entry(doc).or_default();
        let room = shelf.counts_upto(chain).saturating_add(HELD_BACK);
        if last.seq().number() > room && !held.ledger.own_right(doc, chain) {
            // More of it is taken only if something may count by it: what somebody builds on who may edit, or keeps.
            let waited_for = meeting.waiting.chains(doc).any(|by| held.ledger.own_right(doc, by));
            if !waited_for && !shelf.lacks_kept(&held.ledger, doc) {
                shelf.decline(chain, room);
                meeting.declined(doc);
                return Ok(());
            }
        }
        if shelf.is_refused(&first) {
            return Ok(());
        }
        let waits = |seq: Seq, hash: &EditHash| meeting.waiting.has(doc, chain, seq, *hash);
        let weighs = |seq: Seq, hash: &EditHash| shelf.weighs(chain, seq, hash);
        let before = match first.seq().before() {
            None => None,
            Some(seq) => {
                let unplaced = || first.after().iter().find(|hash| waits(seq, hash) || weighs(seq, hash)).copied();
                let Some(hash) = shelf.before(&first).or_else(unplaced) else {
                    // What it follows was dropped here, or lies on a branch that was never seen.
                    meeting.gap(doc, now);
                    return Ok(());
                };
                Some((seq, hash))
            }
        };
        if let Some(line) = shelf.line(chain) {
            let first = End { seq: first.seq(), hash: first.hash() };
            let twin = line.last().is_some_and(|last| last.seq >= first.seq) && !line.has(first);
            if line.branches_with(first, before.map(|(_, hash)| hash)) > BRANCHES
                || twin && Planted::TwinDropped.is_on()
            {
                return Ok(());
            }
        }
        let signatures = i64::try_from(run.signed.len()).unwrap_or(i64::MAX);
        self.charge(link, signatures.saturating_mul(COST_SIGNATURE), now)?;
        let tips = self.tips_of(doc, &run, &first)?;
        if Planted::EditUnchecked.is_on() {
            self.take_unchecked(link, plan, doc, &run, now);
            return Ok(());
        }
        let signed = Signed::gather(plan, doc, chain, before, run.edits, tips, self.read).map_err(blame)?;
        let (verified, tips) = signed.verify(author).map_err(blame)?;
        if let Some(meeting) = self.meeting(link, plan) {
            meeting.holds(doc, chain, [end]);
        }
        self.take_verified(link, plan, doc, chain, verified, &tips, now);
        Ok(())
    }

    /// The signatures of a run, each with number and hash of the edit it lies on.
    fn tips_of(&self, doc: DocId, run: &Run, first: &Edit) -> Result<Vec<Tip>, Because> {
        let tip = |at: u32, signature: Signature| {
            let bytes = run.edits.get(usize::try_from(at).ok()?)?;
            let edit = Edit::read(doc, bytes.clone(), self.read).ok()?;
            let seq = Seq::new(first.seq().number().checked_add(u64::from(at))?)?;
            Some(Tip { seq, hash: edit.hash(), signature })
        };
        run.signed.iter().map(|(at, signature)| tip(*at, *signature).ok_or(Because::Rubbish)).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "all of them say where the edits belong")]
    fn take_verified(
        &mut self,
        link: Link,
        plan: PlanId,
        doc: DocId,
        chain: ChainId,
        verified: Vec<Verified>,
        tips: &[Tip],
        now: Time,
    ) {
        let mine = self.plans.get(&plan).and_then(|held| held.ledger.author(doc, chain));
        if mine.is_some_and(|(author, _)| author.device == self.id) {
            self.notice_old_copy(plan, doc, chain, &verified);
        }
        for verified in verified {
            let hash = verified.edit().hash();
            let tip = tips.iter().find(|tip| tip.hash == hash).copied();
            self.offer(Some(link), plan, doc, verified, tip, now);
        }
    }

    /// Edits that this device signed and does not hold: it lives on in an old copy of itself.
    fn notice_old_copy(&mut self, plan: PlanId, doc: DocId, chain: ChainId, verified: &[Verified]) {
        let Some(shelf) = self.plans.get(&plan).and_then(|held| held.shelves.get(&doc)) else { return };
        let unheard = verified.iter().any(|verified| !shelf.has(&verified.edit().hash()));
        if unheard && self.writes_on(plan, doc, chain) && !Planted::OldCopyUnnoticed.is_on() {
            self.changed.ahead.insert((plan, doc, chain));
        }
    }

    /// Chapters that this device opened and does not know of: there may be edits in them, so it writes in none of them.
    fn notice_forgotten_chapters(&mut self, plan: PlanId, placed: &[Statement]) {
        let mine = placed.iter().filter(|statement| statement.issuer() == self.id);
        for statement in mine.filter(|statement| matches!(statement.act(), Act::Renew(_))) {
            let Graph::Document(doc) = statement.graph() else { continue };
            if self.noticed.insert((plan, doc)) && !Planted::OldCopyUnnoticed.is_on() {
                let chain = seal::chain_id(doc, self.id, statement.id().into());
                self.changed.ahead.insert((plan, doc, chain));
            }
        }
    }

    /// Whether this device would write its next edit of a document on this chain.
    pub(crate) fn writes_on(&self, plan: PlanId, doc: DocId, chain: ChainId) -> bool {
        let ledger = self.plans.get(&plan).map(|held| &held.ledger);
        let chapter = ledger.and_then(|ledger| ledger.chapter(doc, self.id));
        chapter.is_some_and(|chapter| seal::chain_id(doc, self.id, chapter) == chain)
    }

    #[expect(clippy::disallowed_methods, reason = "a bug planted on purpose, in tests only")]
    fn take_unchecked(&mut self, link: Link, plan: PlanId, doc: DocId, run: &Run, now: Time) {
        for bytes in &run.edits {
            let Ok(edit) = Edit::read(doc, bytes.clone(), self.read) else { return };
            self.admit(plan, doc, Admitted::recall(edit), Some(link), None, now);
        }
    }
}

impl Run {
    /// Whether every edit whose number is a milestone's is signed, the first having this number.
    fn has_its_milestones(&self, first: Seq) -> bool {
        let is_signed = |at: usize| self.signed.iter().any(|(signed, _)| usize::try_from(*signed) == Ok(at));
        (0..self.edits.len())
            .filter(|at| first.number().saturating_add(*at as u64).is_multiple_of(MILESTONE))
            .all(is_signed)
    }

    fn is_signed_at_its_end(&self) -> bool {
        self.signed.last().is_some_and(|(at, _)| usize::try_from(*at).is_ok_and(|at| at + 1 == self.edits.len()))
    }
}

#[expect(clippy::disallowed_methods, reason = "a bug planted on purpose, in tests only")]
fn read(bytes: &[u8], signature: Signature) -> Result<Statement, Because> {
    let read = if Planted::StatementUnchecked.is_on() { Statement::recall } else { Statement::read };
    read(bytes, signature).map_err(|refused| match refused {
        circle::Refused::Form(_) => Because::Rubbish,
        circle::Refused::Forged | circle::Refused::NotOurs => Because::Forged,
    })
}

/// What a refused run says of who sent it. An honest peer has checked all of this before it sent it.
fn blame(refused: Refused) -> Because {
    match refused {
        Refused::NotAnEdit | Refused::OtherChain | Refused::Broken | Refused::Unsigned => Because::Rubbish,
        Refused::NotTheirs | Refused::Forged => Because::Forged,
    }
}
