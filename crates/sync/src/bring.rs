//! Giving the other what they lack: statements first, then edits, only what they may read, only what is flushed here.

use std::collections::BTreeSet;

use circle::{Graph, Statement};
use seal::{Bytes, DeviceId, DocId, PlanId, Signature, Time};

use crate::{
    held::Held,
    io::Link,
    limits::{FRAME_FILL, TAKERS, UNDRAINED},
    machine::{Session, Sync},
    meeting::{Meeting, Stage, Theirs},
    message::{Edits, Message, Nth, Run, Statements},
    order::{Takers, removals_last},
    pack::Giving,
    planted::Planted,
    shelf::Segment,
};

/// Bytes of statements in one frame: with one more of the largest it still fits on the wire undeflated.
const STATEMENTS_FILL: usize = 40 * 1024;

impl Sync {
    /// Every statement that they lack, as far as they have said what they hold, in one order over all graphs: what takes
    /// something away comes last, and not before it is known which Keeps they lack.
    pub(crate) fn bring_statements(&mut self, link: Link, plan: PlanId) {
        let (me, now) = (self.id, self.now);
        let Some(meeting) = self.links.get_mut(&link).and_then(|session| session.meetings.get_mut(&plan)) else {
            return;
        };
        let (Some(circle), Some(held)) = (&meeting.circle, self.plans.get(&plan)) else { return };
        let mut takers = Takers::Last;
        let lacking = match meeting.stage {
            Stage::Stranger => return,
            Stage::Former => held.farewell(meeting.device, circle),
            Stage::Known => {
                let mut lacking = held.since(Graph::Circle, circle);
                // Who has no place any more hears of no document, so nobody waits for them to be compared.
                let waits = !meeting.compared && held.ledger.person_of(me).is_some();
                if waits && meeting.takers.is_none_or(|due| due > now) {
                    takers = Takers::Later;
                }
                let compared = meeting.compared || held.ledger.person_of(me).is_none();
                lacking.extend(meeting.lacking(held, me, compared, now));
                lacking
            }
        };
        let count = lacking.len();
        let told = removals_last(lacking, takers);
        match takers {
            Takers::Later if told.len() < count => _ = meeting.takers.get_or_insert(now.plus(TAKERS)),
            Takers::Later => {}
            Takers::Last => meeting.takers = None,
        }
        for statement in &told {
            meeting.knows(statement);
        }
        self.tell_statements(link, plan, &told);
    }

    /// What was kept back for a while is told now, whatever they have said of their documents.
    pub(crate) fn bring_takers(&mut self, link: Link, plan: PlanId, now: Time) {
        if self.meeting(link, plan).is_some_and(|meeting| meeting.takers.is_some_and(|due| due <= now)) {
            self.bring_statements(link, plan);
        }
    }

    /// Everything they lack, in every document.
    pub(crate) fn bring_all(&mut self, link: Link, plan: PlanId, now: Time) {
        self.bring_statements(link, plan);
        let Some(device) = self.meeting(link, plan).map(|meeting| meeting.device) else { return };
        let Some(held) = self.plans.get(&plan) else { return };
        for doc in held.readable(device, now) {
            self.bring_edits(link, plan, doc, now);
        }
    }

    /// The edits they lack of one document.
    pub(crate) fn bring_edits(&mut self, link: Link, plan: PlanId, doc: DocId, now: Time) {
        let Some(meeting) = self.links.get_mut(&link).and_then(|session| session.meetings.get_mut(&plan)) else {
            return;
        };
        let Some(held) = self.plans.get(&plan) else { return };
        let may_read = held.may_read(doc, meeting.device, now) || Planted::SentToAnyone.is_on();
        if !meeting.is_known() || meeting.circle.is_none() || !may_read {
            return;
        }
        if meeting.compared || held.ledger.person_of(self.id).is_none() {
            let device = meeting.device;
            meeting.docs.entry(doc).or_insert_with(|| held.untold(self.id, device, doc));
        }
        self.tell_edits(link, plan, doc, now);
    }

    fn tell_statements(&mut self, link: Link, plan: PlanId, statements: &[Statement]) {
        let Some(nth) = self.nth(link, plan) else { return };
        let statements = match statements {
            [most @ .., _] if Planted::StatementDropped.is_on() => most,
            all => all,
        };
        let mut frame = Vec::new();
        let mut size = 0;
        for statement in statements {
            if size > STATEMENTS_FILL {
                self.tell(link, &Message::Statements(Statements { plan: nth, statements: std::mem::take(&mut frame) }));
                size = 0;
            }
            size += statement.bytes().len() + Signature::LEN;
            frame.push((statement.bytes().to_vec(), statement.signature()));
        }
        if !frame.is_empty() {
            self.tell(link, &Message::Statements(Statements { plan: nth, statements: frame }));
        }
    }

    /// The edits they lack, until as much is on its way as may be.
    fn tell_edits(&mut self, link: Link, plan: PlanId, doc: DocId, now: Time) {
        let Some(nth) = self.nth(link, plan) else { return };
        let Some(shelf) = self.plans.get(&plan).and_then(|held| held.shelves.get(&doc)) else { return };
        let Some(session) = self.links.get_mut(&link) else { return };
        let is_behind = session.is_behind();
        let Some(meeting) = session.meetings.get_mut(&plan) else { return };
        if is_behind {
            // What they lack of it is looked for when there is room.
            meeting.blocked.insert(doc);
            return;
        }
        let Some(Theirs::At { ends, .. }) = meeting.docs.get(&doc) else { return };
        let Some(held) = self.plans.get(&plan) else { return };
        // Of a document that this device may not read any more it offers what it wrote there, to be judged.
        let offers = |chain| {
            let mine = held.ledger.author(doc, chain).is_some_and(|(author, _)| author.device == self.id);
            mine && shelf.holds_back(chain)
        };
        let mine_only = !held.ledger.may_read(doc, self.id);
        if !mine_only && meeting.giving.get(&doc).is_some_and(Giving::is_under_way) {
            return;
        }
        let later = |chain| meeting.later.get(&(doc, chain)).is_some_and(|due| *due > now);
        let segments = shelf.lacking(ends, |chain| later(chain) || mine_only && !offers(chain));
        if !mine_only && self.waits_for_compact(link, plan, doc, &segments) {
            return;
        }
        let mut bundle = Bundle::new(nth, doc);
        for segment in segments {
            let is_behind = |session: &Session| session.is_behind() || session.undrained + bundle.size > UNDRAINED;
            if self.links.get(&link).is_none_or(is_behind) {
                if let Some(meeting) = self.meeting(link, plan) {
                    meeting.blocked.insert(doc);
                }
                break;
            }
            let (chain, end) = (segment.chain, segment.end);
            bundle.add(segment);
            if let Some(meeting) = self.meeting(link, plan) {
                meeting.holds(doc, chain, [end]);
            }
            if bundle.size > FRAME_FILL {
                self.tell_bundle(link, &mut bundle);
            }
            if Planted::MarkedWhenTold.is_on() {
                self.mark_when_told(link, plan, doc);
            }
        }
        self.tell_bundle(link, &mut bundle);
    }

    fn tell_bundle(&mut self, link: Link, bundle: &mut Bundle) {
        for frame in bundle.frames() {
            self.tell_frame(link, frame);
        }
    }

    fn mark_when_told(&mut self, link: Link, plan: PlanId, doc: DocId) {
        let Some(device) = self.meeting(link, plan).map(|meeting| meeting.device) else { return };
        let Some(held) = self.plans.get_mut(&plan) else { return };
        let frontier = held.frontier(doc);
        held.mark(device, doc, &frontier);
    }
}

impl Meeting {
    /// Statements of documents that they lack: of those they may read, and of those they may not any more the end of that.
    fn lacking(&mut self, held: &Held, me: DeviceId, compared: bool, now: Time) -> Vec<Statement> {
        let docs: BTreeSet<DocId> = held.ledger.documents().map(|document| document.id).collect();
        let mut lacking = Vec::new();
        for doc in docs {
            let may_read = held.may_read(doc, self.device, now) || Planted::SentToAnyone.is_on();
            if may_read && compared {
                let device = self.device;
                self.docs.entry(doc).or_insert_with(|| held.untold(me, device, doc));
            }
            match self.docs.get(&doc) {
                Some(Theirs::At { heads, .. }) if may_read => lacking.extend(held.since(Graph::Document(doc), heads)),
                // They named it, so they know of it.
                Some(Theirs::At { heads, .. }) => lacking.extend(held.farewell_of(doc, self.device, heads)),
                Some(Theirs::Asked) | None => {}
            }
        }
        lacking
    }

    /// They hold a statement, or are told it.
    pub(crate) fn knows(&mut self, statement: &Statement) {
        let known = match statement.graph() {
            Graph::Circle | Graph::Opening => self.circle.as_mut(),
            Graph::Document(doc) => match self.docs.get_mut(&doc) {
                Some(Theirs::At { heads, .. }) => Some(heads),
                Some(Theirs::Asked) | None => None,
            },
        };
        let Some(known) = known else { return };
        for before in &statement.body().after {
            // It lies under what is told now and needs no naming.
            known.remove(before);
        }
        known.insert(statement.id());
    }
}

/// Segments gathered for as few frames as will hold them.
struct Bundle {
    nth: Nth,
    doc: DocId,
    edits: Vec<Item>,
    size: usize,
}

struct Item {
    begins: bool,
    bytes: Bytes,
    signature: Option<Signature>,
}

impl Bundle {
    fn new(nth: Nth, doc: DocId) -> Bundle {
        Bundle { nth, doc, edits: Vec::new(), size: 0 }
    }

    fn add(&mut self, segment: Segment) {
        for (n, (bytes, signature)) in segment.edits.into_iter().enumerate() {
            self.size += bytes.len() + signature.map_or(0, |_| Signature::LEN);
            self.edits.push(Item { begins: n == 0, bytes, signature });
        }
    }

    /// The frames of all that was gathered. Any edit may be the last of a frame; its run goes on in the next.
    fn frames(&mut self) -> Vec<Bytes> {
        self.size = 0;
        let edits = std::mem::take(&mut self.edits);
        let mut frames = Vec::new();
        let mut rest = vec![edits.as_slice()];
        while let Some(part) = rest.pop() {
            if part.is_empty() {
                continue;
            }
            if part.iter().map(|item| item.bytes.len()).sum::<usize>() <= crate::limits::FRAME_INFLATED
                && let Some(frame) = self.message(part).frame()
            {
                frames.push(frame);
                continue;
            }
            assert!(part.len() > 1, "one edit always fits into a frame");
            let (first, second) = part.split_at(part.len() / 2);
            rest.push(second);
            rest.push(first);
        }
        frames
    }

    fn message(&self, items: &[Item]) -> Message {
        let mut runs: Vec<Run> = Vec::new();
        for item in items {
            if item.begins || runs.is_empty() {
                runs.push(Run::default());
            }
            let run = runs.last_mut().expect("just pushed");
            if let Some(signature) = item.signature {
                let at = u32::try_from(run.edits.len()).expect("a frame holds few");
                run.signed.push((at, signature));
            }
            run.edits.push(item.bytes.clone());
        }
        Message::Edits(Edits { plan: self.nth, doc: self.doc, runs })
    }
}
