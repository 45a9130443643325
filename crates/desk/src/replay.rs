//! What a replay needs beyond writing: a part that merges only up to named edits, and many edits typed at once.

use std::{collections::BTreeMap, sync::Arc};

use node::ask::{self};
use plan::FieldPath;
use seal::{Admitted, ChainId, DeviceId, PlanId, Time, chain_id};

use crate::{desk::Desk, hold::Held, open::Stage, refused::Refused};

/// A place in a text in code points, how many go, and what comes.
pub type Patch = (usize, usize, String);

/// What is typed as one edit.
pub type Step = Vec<Patch>;

/// Up to which number of each device's edits.
pub type Upto = Vec<(DeviceId, u64)>;

impl Desk {
    /// From now on this part is exactly my own edits, what they build on, and what is named; the rest waits until
    /// [`Desk::merge_upto`] names it. Answers how many edits of my own it has. Waits for the node: a command line's, not a
    /// window's.
    pub fn hold(&mut self, plan: PlanId, code: &str, upto: &Upto, now: Time) -> Result<u64, Refused> {
        let upto = self.chains(plan, code, upto)?;
        let part = self.part_mut(plan, code)?;
        part.close(now);
        let (doc, own) = (part.doc, part.chain);
        let mut held = Held::default();
        part.restart();
        part.held = Some(Held::default());
        let history = self.node.ask(ask::History { plan, doc: Some(doc) });
        let edits: Vec<Admitted> = history.wait()?.into_iter().map(|entry| entry.edit).collect();
        let part = self.part_mut(plan, code)?;
        let document = held.begin(part.part, doc, own, &upto, edits)?;
        let mine = own.map_or(0, |own| held.reach(own));
        part.held = Some(held);
        part.opened(Box::new(document));
        Ok(mine)
    }

    /// Merges a held part exactly up to what is named, if all of it is here. `false`: something is still on its way; ask
    /// again after the next news. A part that is not held has merged what came; then this says whether it has that much.
    pub fn merge_upto(&mut self, plan: PlanId, code: &str, upto: &Upto, now: Time) -> Result<bool, Refused> {
        let upto = self.chains(plan, code, upto)?;
        let part = self.part_mut(plan, code)?;
        part.close(now);
        let Stage::Open(document) = &mut part.stage else { return Err(Refused::NotOpenYet) };
        let Some(held) = &mut part.held else {
            return Ok(upto.iter().all(|(chain, number)| Arc::make_mut(document).reach(*chain) >= *number));
        };
        match held.merge(Arc::make_mut(document), &upto) {
            None => Ok(false),
            Some(merged) => merged.map(|()| true),
        }
    }

    /// Types many edits one after another, each finished before the next. All or, from the first that does not fit, none
    /// of the rest: the answer is then the refusal and which one it was.
    pub fn type_steps(
        &mut self,
        plan: PlanId,
        field: FieldPath,
        steps: &[Step],
        now: Time,
    ) -> Result<(), (usize, Refused)> {
        let part = self.part_mut(plan, field.part().code).map_err(|refused| (0, refused))?;
        part.close(now);
        let mut outcome = Ok(());
        for (number, step) in steps.iter().enumerate() {
            let typed = part.writable().and_then(|document| {
                step.iter().try_for_each(|(at, delete, insert)| Ok(document.splice(field, *at, *delete, insert)?))
            });
            if let Err(refused) = typed {
                outcome = Err((number, refused));
                break;
            }
            part.typed(now);
            part.close(now);
        }
        self.tick(now);
        let why = |refused| self.doc(plan, field.part().code).map_or(refused, |doc| self.why_not(plan, doc, refused));
        outcome.map_err(|(number, refused)| (number, why(refused)))
    }

    fn chains(&self, plan: PlanId, code: &str, upto: &Upto) -> Result<BTreeMap<ChainId, u64>, Refused> {
        let shelf = self.shelves.get(&plan).ok_or(Refused::NoSuchPlan)?;
        let doc = shelf.doc(code).ok_or(Refused::NoSuchPart)?;
        upto.iter()
            .map(|(device, number)| {
                let chapter = shelf.ledger.chapter(doc, *device).ok_or(Refused::NoSuchDevice)?;
                Ok((chain_id(doc, *device, chapter), *number))
            })
            .collect()
    }
}
