//! What is being saved and what is to be saved next: one save at a time, so that what is flushed is always a front part
//! of what is held, and many small things share a flush.

use std::collections::BTreeMap;

use circle::Statement;
use seal::{Admitted, ChainId, DocId, PlanId, Time, Tip};

use crate::{
    frontier::End,
    io::{Batch, SaveId},
    limits::SAVE_AGAIN,
    planted::Planted,
};

#[derive(Debug, Default)]
pub(crate) struct Saves {
    last: u64,
    next: Content,
    state: State,
}

/// What is to be kept, by document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Content {
    pub(crate) statements: Vec<(PlanId, Statement)>,
    pub(crate) edits: BTreeMap<(PlanId, DocId), Vec<Admitted>>,
    pub(crate) tips: Vec<(PlanId, DocId, ChainId, Tip)>,
    pub(crate) spent: Vec<(PlanId, DocId, ChainId, End)>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Idle,
    UnderWay(SaveId, Content),
    Failed(Time),
}

impl Saves {
    pub(crate) fn statement(&mut self, plan: PlanId, statement: Statement) {
        self.next.statements.push((plan, statement));
    }

    pub(crate) fn edit(&mut self, plan: PlanId, doc: DocId, edit: Admitted) {
        self.next.edits.entry((plan, doc)).or_default().push(edit);
    }

    pub(crate) fn tip(&mut self, plan: PlanId, doc: DocId, chain: ChainId, tip: Tip) {
        self.next.tips.push((plan, doc, chain, tip));
    }

    pub(crate) fn spent(&mut self, plan: PlanId, doc: DocId, chain: ChainId, end: End) {
        self.next.spent.push((plan, doc, chain, end));
    }

    /// The next save, if there is something to keep and no other is under way.
    pub(crate) fn start(&mut self, now: Time) -> Option<(SaveId, Batch)> {
        let ready = match self.state {
            State::Idle => true,
            State::UnderWay(..) => false,
            State::Failed(again) => again <= now,
        };
        // Needless signatures alone are no reason to write.
        let Content { statements, edits, tips, .. } = &self.next;
        if ready && statements.is_empty() && edits.is_empty() && tips.is_empty() {
            // What failed may have been let go since: then there is nothing to try again.
            self.state = State::Idle;
            return None;
        }
        if !ready {
            return None;
        }
        self.last += 1;
        let content = std::mem::take(&mut self.next);
        let batch = content.batch();
        self.state = State::UnderWay(SaveId(self.last), content);
        Some((SaveId(self.last), batch))
    }

    /// This save is flushed: what it held. Nothing for any other than the one under way.
    pub(crate) fn saved(&mut self, id: SaveId) -> Option<Content> {
        match std::mem::take(&mut self.state) {
            State::UnderWay(under_way, content) if under_way == id => Some(content),
            other => {
                self.state = other;
                None
            }
        }
    }

    pub(crate) fn under_way(&self) -> Option<&Content> {
        match &self.state {
            State::UnderWay(_, content) => Some(content),
            State::Idle | State::Failed(_) => None,
        }
    }

    /// This save failed: what it held goes before everything that came since.
    pub(crate) fn failed(&mut self, id: SaveId, now: Time) {
        match std::mem::take(&mut self.state) {
            State::UnderWay(under_way, _) if under_way == id && Planted::FailedSaveForgotten.is_on() => {}
            State::UnderWay(under_way, content) if under_way == id => {
                let later = std::mem::replace(&mut self.next, content);
                self.next.append(later);
                self.state = State::Failed(now.plus(SAVE_AGAIN));
            }
            other => self.state = other,
        }
    }

    /// Nothing of this plan is to be kept any more.
    pub(crate) fn forget(&mut self, plan: PlanId) {
        self.next.forget(plan);
        if let State::UnderWay(_, content) = &mut self.state {
            content.forget(plan);
        }
    }

    pub(crate) fn wake(&self) -> Option<Time> {
        match self.state {
            State::Failed(again) => Some(again),
            State::Idle | State::UnderWay(..) => None,
        }
    }

    /// Edits that wait for a save.
    pub(crate) fn waiting(&self) -> usize {
        self.next.edits.values().map(Vec::len).sum()
    }
}

impl Content {
    fn append(&mut self, later: Content) {
        let Content { statements, edits, tips, spent } = later;
        self.statements.extend(statements);
        for (doc, edits) in edits {
            self.edits.entry(doc).or_default().extend(edits);
        }
        self.tips.extend(tips);
        self.spent.extend(spent);
    }

    fn forget(&mut self, plan: PlanId) {
        let Content { statements, edits, tips, spent } = self;
        statements.retain(|(of, _)| *of != plan);
        edits.retain(|(of, _), _| *of != plan);
        tips.retain(|(of, ..)| *of != plan);
        spent.retain(|(of, ..)| *of != plan);
    }

    fn batch(&self) -> Batch {
        let Content { statements, edits, tips, spent } = self;
        Batch {
            statements: statements.clone(),
            edits: edits.iter().map(|((plan, doc), edits)| (*plan, *doc, edits.clone())).collect(),
            tips: tips.clone(),
            spent: spent.iter().map(|(plan, doc, chain, end)| (*plan, *doc, *chain, end.seq, end.hash)).collect(),
        }
    }
}
