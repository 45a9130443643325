//! What changes who belongs and who may do what: signed here together with what this device had seen before.
//!
//! Whoever takes something away signs first a Keep for each document they can see, and all of it is one save: after a crash
//! either everything is there or nothing. Only the tip of what counts is named; what was held back before stays so.

use std::collections::{BTreeMap, BTreeSet};

use circle::{Access, Graph, Ledger, Statement, Who, Why, draft};
use seal::{Admitted, DeviceId, DocId, EditHash, PersonId, PlanId, StatementId};

use crate::{
    ask::{self, Reply},
    error::Refused,
    hands::{Hands, dice, now},
    writing::{Draft, answering},
};

/// What an act comes to: its answer, and everything to be signed for it.
type Said<T> = Result<(T, Vec<Statement>), Refused>;

impl Hands {
    pub(crate) fn act<T: Send + 'static>(&mut self, said: Said<T>, reply: Reply<T>) {
        match said {
            Err(refused) => reply.say(Err(refused)),
            Ok((answer, statements)) => self.issue(statements, answering(reply, answer)),
        }
    }

    pub(crate) fn set_standing(&self, ask: ask::SetStanding) -> Said<StatementId> {
        let ask::SetStanding { plan, person, standing } = ask;
        let mut draft = self.draft(plan)?;
        let before = draft.ledger.standing(person).ok_or(Refused::NoSuchPerson)?;
        if standing > before {
            self.keep_seen(&mut draft, plan)?;
        }
        let set = circle::SetStanding { person, standing, upto: None };
        let body = draft::set_standing(&draft.ledger, self.device, now(), set);
        draft.act_so_that(body, |ledger| ledger.standing(person) == Some(standing))
    }

    pub(crate) fn remove_person(&self, ask: ask::RemovePerson) -> Said<StatementId> {
        let ask::RemovePerson { plan, person, since } = ask;
        let mut draft = self.draft(plan)?;
        draft.ledger.person(person).ok_or(Refused::NoSuchPerson)?;
        let upto = since.map(|first| before(&draft.ledger, person, first)).transpose()?;
        self.keep_seen(&mut draft, plan)?;
        let remove = circle::Remove { whom: circle::Whom::Person(person), upto };
        let body = draft::remove(&draft.ledger, self.device, now(), remove);
        draft.act_so_that(body, |ledger| ledger.person(person).is_none())
    }

    pub(crate) fn remove_device(&self, ask: ask::RemoveDevice) -> Said<StatementId> {
        let ask::RemoveDevice { plan, device, and_linked } = ask;
        let mut draft = self.draft(plan)?;
        draft.ledger.person_of(device).ok_or(Refused::NoSuchDevice)?;
        self.keep_seen(&mut draft, plan)?;
        let remove = circle::Remove { whom: circle::Whom::Device { device, and_linked }, upto: None };
        let body = draft::remove(&draft.ledger, self.device, now(), remove);
        draft.act_so_that(body, |ledger| ledger.person_of(device).is_none())
    }

    pub(crate) fn leave_circle(&self, ask: ask::Leave) -> Said<StatementId> {
        let ask::Leave { plan } = ask;
        let mut draft = self.draft(plan)?;
        self.keep_seen(&mut draft, plan)?;
        let body = draft::leave(&draft.ledger, self.device, now());
        draft.act(body)
    }

    pub(crate) fn hand_over(&self, ask: ask::HandOver) -> Said<StatementId> {
        let ask::HandOver { plan, to } = ask;
        let draft = self.draft(plan)?;
        draft.ledger.person(to).ok_or(Refused::NoSuchPerson)?;
        let body = draft::hand_over(&draft.ledger, self.device, now(), to);
        draft.act(body)
    }

    pub(crate) fn share(&self, ask: ask::Share) -> Said<StatementId> {
        let ask::Share { plan, with, who } = ask;
        let mut draft = self.draft(plan)?;
        if with.access < Access::Edit {
            self.keep_if_taken(&mut draft, plan, with.doc, who)?;
        }
        let share = draft.share(who, &with)?;
        Ok((share.id(), draft.statements))
    }

    pub(crate) fn unshare(&self, ask: ask::Unshare) -> Said<StatementId> {
        let ask::Unshare { plan, doc, who, why } = ask;
        let mut draft = self.draft(plan)?;
        self.keep_if_taken(&mut draft, plan, doc, who)?;
        let body = draft::unshare(&draft.ledger, self.device, now(), doc, circle::Unshare { who, why });
        draft.act(body)
    }

    pub(crate) fn refuse(&self, ask: ask::Refuse) -> Said<StatementId> {
        let ask::Refuse { plan, doc, who, why, basis } = ask;
        let mut draft = self.draft(plan)?;
        self.keep_if_taken(&mut draft, plan, doc, who)?;
        let body = draft::refuse(&draft.ledger, self.device, now(), doc, circle::Refuse { who, why, basis });
        draft.act(body)
    }

    pub(crate) fn keep_held(&self, ask: ask::KeepHeld) -> Said<usize> {
        let ask::KeepHeld { plan, doc, person } = ask;
        let mut draft = self.draft(plan)?;
        let held = self.held_of(&draft.ledger, plan, doc, person)?;
        if held.is_empty() {
            return Err(Refused::NothingHeld);
        }
        let lost = self.lost_for_good(plan, doc);
        let held: Vec<Admitted> = held.into_iter().filter(|edit| !lost.contains(&edit.edit().hash())).collect();
        if held.is_empty() {
            return Err(Refused::LostSide);
        }
        for heads in tips(&held).chunks(circle::limits::HEADS) {
            let body = draft::put_back(&draft.ledger, self.device, now(), doc, heads.to_vec());
            draft.say(body)?;
        }
        Ok((held.len(), draft.statements))
    }

    /// Held-back edits that no Keep is to bring back: barred, malformed, or the side of a fork that lost, on which a Keep would
    /// make the other side lose; and what builds on these.
    fn lost_for_good(&self, plan: PlanId, doc: DocId) -> BTreeSet<EditHash> {
        let why = self.sync.why_held_back(plan, doc);
        let mut lost = BTreeSet::new();
        for edit in self.sync.edits(plan, doc).iter().map(Admitted::edit) {
            let itself = match why.get(&edit.hash()) {
                Some(Why::EarlyChapter | Why::BothSides | Why::TooMuch | Why::Barred | Why::Fork) => true,
                Some(Why::BuildsOn | Why::Left | Why::NotAllowed | Why::OldChapter) | None => false,
            };
            if itself || edit.after().iter().any(|after| lost.contains(after)) {
                lost.insert(edit.hash());
            }
        }
        lost
    }

    pub(crate) fn bar(&self, ask: ask::Bar) -> Said<StatementId> {
        let ask::Bar { plan, doc, edit, why } = ask;
        let draft = self.draft(plan)?;
        let body = draft::bar(&draft.ledger, self.device, now(), doc, circle::Bar { edit, why });
        draft.act(body)
    }

    pub(crate) fn open_voice(&self, ask: ask::OpenVoice) -> Said<DocId> {
        let ask::OpenVoice { plan, doc } = ask;
        let mut draft = self.draft(plan)?;
        let me = self.person(plan)?;
        let part = draft.ledger.document(doc).ok_or(Refused::NoSuchDocument)?;
        if part.voice_of.is_some() {
            // Rules that walk from voice to voice would have no end.
            return Err(Refused::NotAllowed);
        }
        let mine = draft.ledger.documents().find(|document| document.voice_of == Some((me, doc)));
        if let Some(mine) = mine {
            return Ok((mine.id, Vec::new()));
        }
        let (kind, voice_of) = (part.kind.clone(), Some((me, doc)));
        let new = circle::NewDocument { rules: circle::RULES, kind, nonce: dice(), owner: Some(me), voice_of };
        let body = draft::new_document(&draft.ledger, self.device, now(), new);
        let id = draft.say(body)?.id();
        Ok((id.into(), draft.statements))
    }

    /// What is held back, by document and author.
    pub(crate) fn held(&self, plan: PlanId) -> Result<Vec<ask::HeldBack>, Refused> {
        let ledger = self.ledger(plan)?;
        let docs = ledger.documents().map(|document| document.id);
        let mut all = Vec::new();
        for doc in docs {
            let held = self.sync.held_back(plan, doc);
            if held.is_empty() {
                continue;
            }
            let mut people: BTreeMap<PersonId, usize> = BTreeMap::new();
            for edit in self.sync.edits(plan, doc).iter().filter(|edit| held.contains(&edit.edit().hash())) {
                if let Some((_, person)) = ledger.author(doc, edit.edit().chain()) {
                    *people.entry(person).or_default() += 1;
                }
            }
            let since = |person| ledger.former().find(|former| former.person.id == person).map(|former| former.at);
            let of = |(person, edits)| ask::HeldBack { doc, person, edits, since: since(person) };
            all.extend(people.into_iter().map(of));
        }
        Ok(all)
    }

    /// The words of what is held back, as edits.
    pub(crate) fn held_words(&self, ask: ask::HeldWords) -> Result<ask::HeldEdits, Refused> {
        let ask::HeldWords { plan, doc, person } = ask;
        let held = self.held_of(self.ledger(plan)?, plan, doc, person)?;
        let edits = self.sync.edits(plan, doc);
        let mut wanted: BTreeSet<EditHash> = held.iter().map(|edit| edit.edit().hash()).collect();
        for edit in edits.iter().rev().map(Admitted::edit) {
            if wanted.contains(&edit.hash()) {
                wanted.extend(edit.after());
            }
        }
        let back = self.sync.held_back(plan, doc);
        let all = edits.into_iter().filter(|edit| wanted.contains(&edit.edit().hash()));
        let (held, past) = all.partition(|edit| back.contains(&edit.edit().hash()));
        Ok(ask::HeldEdits { past, held })
    }

    fn held_of(&self, ledger: &Ledger, plan: PlanId, doc: DocId, person: PersonId) -> Result<Vec<Admitted>, Refused> {
        ledger.document(doc).ok_or(Refused::NoSuchDocument)?;
        let back = self.sync.held_back(plan, doc);
        let theirs = |edit: &Admitted| {
            let author = ledger.author(doc, edit.edit().chain());
            back.contains(&edit.edit().hash()) && author.is_some_and(|(_, author)| author == person)
        };
        Ok(self.sync.edits(plan, doc).into_iter().filter(theirs).collect())
    }

    /// Signs what this device has seen of every document it may read. Of those where it may not sign that, the document's
    /// owner does, on learning what was taken.
    pub(crate) fn keep_seen(&self, draft: &mut Draft, plan: PlanId) -> Result<(), Refused> {
        let docs: Vec<DocId> = draft.ledger.documents().map(|document| document.id).collect();
        let seen = docs.into_iter().filter(|doc| draft.ledger.may_read(*doc, self.device));
        for doc in seen.collect::<Vec<_>>() {
            match self.keep_seen_of(draft, plan, doc) {
                Ok(()) | Err(Refused::NotAllowed) => {}
                Err(refused) => return Err(refused),
            }
        }
        Ok(())
    }

    /// Signs what this device has seen of one document.
    pub(crate) fn keep_seen_of(&self, draft: &mut Draft, plan: PlanId, doc: DocId) -> Result<(), Refused> {
        draft.keep(doc, tips(&self.sync.counted(plan, doc)))
    }

    /// Signs what this device has seen of a document from which somebody who may edit it now is shut out.
    fn keep_if_taken(&self, draft: &mut Draft, plan: PlanId, doc: DocId, who: Who) -> Result<(), Refused> {
        draft.ledger.document(doc).ok_or(Refused::NoSuchDocument)?;
        let may_edit = |person| draft.ledger.access(doc, person) == Access::Edit;
        let taken = match who {
            Who::Person(person) => may_edit(person),
            Who::Everyone => draft.ledger.people().any(|person| may_edit(person.id)),
        };
        if taken { self.keep_seen_of(draft, plan, doc) } else { Ok(()) }
    }
}

impl Draft {
    /// Signs an act that must be in effect once it is said: others hold it to be void otherwise.
    fn act(self, body: Result<circle::Body, draft::Hindrance>) -> Said<StatementId> {
        self.act_so_that(body, |_| true)
    }

    /// The same, and it must do what it is for: nobody takes anything from who is senior, and is not to think they did.
    fn act_so_that(
        mut self,
        body: Result<circle::Body, draft::Hindrance>,
        done: impl Fn(&Ledger) -> bool,
    ) -> Said<StatementId> {
        let id = self.say(body)?.id();
        let worked = self.ledger.in_effect(id) && done(&self.ledger);
        if worked { Ok((id, self.statements)) } else { Err(Refused::NotAllowed) }
    }

    /// Signs what was seen of a document: these heads of its edits, and all its statements.
    pub(crate) fn keep(&mut self, doc: DocId, heads: Vec<EditHash>) -> Result<(), Refused> {
        let mut rest = heads.as_slice();
        loop {
            let (heads, later) = rest.split_at(rest.len().min(circle::limits::HEADS));
            let body = draft::keep(&self.ledger, self.device(), now(), doc, heads.to_vec());
            self.say(body)?;
            if later.is_empty() {
                return Ok(());
            }
            rest = later;
        }
    }
}

/// The edits that none of the others builds on. Each comes after what it builds on.
fn tips(edits: &[Admitted]) -> Vec<EditHash> {
    let mut tips: BTreeSet<EditHash> = BTreeSet::new();
    for edit in edits.iter().map(Admitted::edit) {
        for after in edit.after() {
            tips.remove(after);
        }
        tips.insert(edit.hash());
    }
    tips.into_iter().collect()
}

/// The heads of everything in the circle but what a person did from one act of theirs on, or apart from it.
fn before(ledger: &Ledger, person: PersonId, first: StatementId) -> Result<Vec<StatementId>, Refused> {
    let all = ledger.since(Graph::Circle, &[]);
    let mut past = BTreeSet::new();
    for statement in all.iter().rev() {
        if statement.id() == first || past.contains(&statement.id()) {
            past.extend(statement.body().after.iter().copied());
        }
    }
    past.remove(&first);
    // Also by a device of theirs that has no place any more, and by their recovery words.
    let whose = |issuer: DeviceId| ledger.once_of(issuer).or_else(|| ledger.whose_words(issuer));
    let theirs = |statement: &Statement| whose(statement.issuer()) == Some(person);
    if !all.iter().any(|statement| statement.id() == first && theirs(statement)) {
        return Err(Refused::NoSuchAct);
    }
    let (mut left_out, mut heads) = (BTreeSet::new(), BTreeSet::new());
    for statement in all {
        let (id, after) = (statement.id(), &statement.body().after);
        if theirs(statement) && !past.contains(&id) || after.iter().any(|before| left_out.contains(before)) {
            left_out.insert(id);
            continue;
        }
        after.iter().for_each(|before| {
            heads.remove(before);
        });
        heads.insert(id);
    }
    Ok(heads.into_iter().collect())
}
