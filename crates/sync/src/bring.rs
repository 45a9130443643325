//! Giving the other what they lack: statements first, then edits, only what they may read, only what is flushed here.

use std::collections::BTreeSet;

use circle::{Graph, Statement};
use seal::{Bytes, DocId, PlanId, Signature, StatementId, Time};

use crate::{
    io::Link,
    limits::{FRAME_FILL, UNDRAINED},
    machine::Sync,
    meeting::Theirs,
    message::{Edits, Message, Nth, Run, Statements},
    planted::Planted,
    shelf::Segment,
};

/// Bytes of statements in one frame: with one more of the largest it still fits on the wire undeflated.
const STATEMENTS_FILL: usize = 40 * 1024;

impl Sync {
    /// Statements of the circle that they lack, as far as they have said what they hold.
    pub(crate) fn bring_circle(&mut self, link: Link, plan: PlanId) {
        let Some(meeting) = self.meeting(link, plan) else { return };
        if !meeting.is_known() {
            return;
        }
        let Some(theirs) = meeting.circle.take() else { return };
        let Some(held) = self.plans.get(&plan) else { return };
        let lacking = held.since(Graph::Circle, &theirs);
        let now_theirs = after_telling(theirs, &lacking, held.heads(Graph::Circle), |id| held.ledger.has(*id));
        self.tell_statements(link, plan, &lacking);
        if let Some(meeting) = self.meeting(link, plan) {
            meeting.circle = Some(now_theirs);
        }
    }

    /// Everything they lack, in every document.
    pub(crate) fn bring_all(&mut self, link: Link, plan: PlanId, now: Time) {
        let me = self.id;
        let Some(device) = self.meeting(link, plan).map(|meeting| meeting.device) else { return };
        let Some(held) = self.plans.get(&plan) else { return };
        for doc in held.shared(me, device) {
            self.bring(link, plan, doc, now);
        }
    }

    /// Everything they lack of one document.
    pub(crate) fn bring(&mut self, link: Link, plan: PlanId, doc: DocId, now: Time) {
        let Some(meeting) = self.links.get_mut(&link).and_then(|session| session.meetings.get_mut(&plan)) else {
            return;
        };
        let Some(held) = self.plans.get(&plan) else { return };
        let may_read = held.ledger.may_read(doc, meeting.device) || Planted::SentToAnyone.is_on();
        if !meeting.is_known() || meeting.circle.is_none() || !may_read {
            return;
        }
        if meeting.compared {
            meeting.docs.entry(doc).or_insert_with(Theirs::nothing);
        }
        let Some(Theirs::At { heads, .. }) = meeting.docs.get_mut(&doc) else { return };
        let graph = Graph::Document(doc);
        let lacking = held.since(graph, heads);
        *heads = after_telling(std::mem::take(heads), &lacking, held.heads(graph), |id| held.ledger.has(*id));
        self.tell_statements(link, plan, &lacking);
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
        let Some(session) = self.links.get(&link) else { return };
        let Some(meeting) = session.meetings.get(&plan) else { return };
        let Some(Theirs::At { ends, .. }) = meeting.docs.get(&doc) else { return };
        let later = |chain| meeting.later.get(&(doc, chain)).is_some_and(|due| *due > now);
        let segments = shelf.lacking(ends, later);
        if self.waits_for_compact(link, plan, doc, &segments) {
            return;
        }
        let mut bundle = Bundle::new(nth, doc);
        for segment in segments {
            let under_way = self.links.get(&link).map_or(0, |session| session.undrained);
            if under_way + bundle.size > UNDRAINED {
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

    fn tell_frame(&mut self, link: Link, frame: Bytes) {
        let Some(session) = self.links.get_mut(&link) else { return };
        session.undrained += frame.len();
        self.out.push_back(crate::Output::Tell(link, frame));
    }

    fn mark_when_told(&mut self, link: Link, plan: PlanId, doc: DocId) {
        let Some(device) = self.meeting(link, plan).map(|meeting| meeting.device) else { return };
        let Some(held) = self.plans.get_mut(&plan) else { return };
        let frontier = held.frontier(doc);
        held.mark(device, doc, &frontier);
    }
}

/// What they hold of a graph once they have been told all that was lacking.
fn after_telling(
    before: BTreeSet<StatementId>,
    told: &[Statement],
    heads: Vec<StatementId>,
    is_here: impl Fn(&StatementId) -> bool,
) -> BTreeSet<StatementId> {
    if told.is_empty() {
        return before;
    }
    // What lies under the heads needs no naming; what is not here is theirs alone.
    let mut after: BTreeSet<StatementId> = before.into_iter().filter(|id| !is_here(id)).collect();
    after.extend(heads);
    after.extend(told.last().map(Statement::id));
    after
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
