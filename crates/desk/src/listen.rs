//! What comes in: news of the node, and what the worker has done.

use std::{collections::BTreeSet, sync::Arc};

use circle::Ledger;
use node::{CodeNews, News, ask};
use seal::{DeviceId, DocId, PersonId, PlanId, Time};

use crate::{
    change::{Answer, Change, Code, Knock},
    desk::{Desk, SEEN},
    errand::{Errand, Step},
    open::{Merged, Stage, record_of},
    refused::Refused,
    shelf::Shelf,
    worker::Finished,
};

impl Desk {
    pub(crate) fn take_in(&mut self, news: News, now: Time) {
        match news {
            News::Opened { plan, doc, snapshot, edits, chain } => {
                let Some(part) = self.shelves.get_mut(&plan).and_then(|shelf| shelf.parts.get_mut(&doc)) else {
                    return;
                };
                if part.chain != chain {
                    part.rename(chain, now);
                }
                if part.held.is_some() {
                    return part.restart();
                }
                let ahead = self.ahead.take(plan, doc, snapshot.as_ref());
                part.load(snapshot, ahead, edits, &self.worker);
            }
            News::Edits { plan, doc, edits } => {
                if let Some(part) = self.shelves.get_mut(&plan).and_then(|shelf| shelf.parts.get_mut(&doc)) {
                    part.arrive(edits);
                }
            }
            News::Rebuild { plan, doc, edits } => {
                let Some(part) = self.shelves.get_mut(&plan).and_then(|shelf| shelf.parts.get_mut(&doc)) else {
                    return;
                };
                let merged = part.rebuild(&edits, now);
                self.say_merged(plan, doc, merged);
            }
            News::Behind { plan, doc } => {
                if let Some(part) = self.shelves.get_mut(&plan).and_then(|shelf| shelf.parts.get_mut(&doc)) {
                    part.reopen();
                }
            }
            News::Chapter { plan, doc, chain } => {
                if let Some(part) = self.shelves.get_mut(&plan).and_then(|shelf| shelf.parts.get_mut(&doc)) {
                    part.rename(chain, now);
                }
            }
            News::Saved { plan, doc, upto: (chain, number, _) } => {
                if let Some(part) = self.shelves.get_mut(&plan).and_then(|shelf| shelf.parts.get_mut(&doc)) {
                    part.saved(chain, number.number());
                }
                if std::mem::take(&mut self.world.broken) {
                    self.changes.extend(self.shelves.keys().map(|plan| Change::Marks(*plan)));
                }
                self.changes.push(Change::Marks(plan));
            }
            News::NotSaved { full: _ } => {
                self.world.broken = true;
                self.changes.extend(self.shelves.keys().map(|plan| Change::NotSaved(*plan)));
            }
            News::Marks { plan, doc, having } => {
                if let Some(shelf) = self.shelves.get_mut(&plan) {
                    shelf.have(doc, having.into_iter().collect());
                    self.changes.push(Change::Marks(plan));
                }
            }
            News::Circle { plan, ledger } => self.shelve(plan, ledger),
            News::Held { plan, held } => {
                if let Some(shelf) = self.shelves.get_mut(&plan) {
                    shelf.held = held;
                    self.changes.push(Change::Held(plan));
                }
            }
            News::Presence { plan, here } => {
                if let Some(shelf) = self.shelves.get_mut(&plan) {
                    shelf.here = here;
                    self.changes.push(Change::Here(plan));
                }
            }
            News::Knock(knock) if knock.device == self.me => self.say_words(&knock),
            News::Knock(knock) if knock.known => self.let_in_by_code(&knock),
            News::Code { plan, what } => self.code(plan, what),
            News::Knock(knock) => {
                let Some(shelf) = self.shelves.get_mut(&knock.plan) else { return };
                let ask::Knock {
                    plan,
                    person,
                    device,
                    name,
                    relationship,
                    organisation,
                    role,
                    since,
                    invite,
                    until,
                    parts,
                    ..
                } = knock;
                shelf.knocks.retain(|known| known.person != person && known.device != device);
                shelf.knocks.push(Knock {
                    person,
                    device,
                    name,
                    relationship,
                    organisation,
                    role,
                    since,
                    invite,
                    until,
                    parts,
                });
                self.changes.push(Change::Knock(plan));
            }
            News::KnockOver { plan, person } => {
                if let Some(shelf) = self.shelves.get_mut(&plan) {
                    shelf.knocks.retain(|knock| knock.person != person);
                    self.changes.push(Change::Knock(plan));
                }
            }
            News::CameIn { plan, person, invite, role, parts, until } => {
                // Refused or busy now, it is told again with the next news of the circle, or at the next start.
                if let Ok(shares) = self.shares(plan, &role, &parts, until) {
                    self.quiet.push(self.node.ask(ask::ShareMeant { plan, person, invite, shares }));
                }
            }
            News::Files { plan, files } => self.files_changed(plan, files),
            News::Joined { plan, .. } => self.changes.push(Change::Circle(plan)),
            News::VisitEnded { plan, forgotten } => {
                self.shelves.remove(&plan);
                // Notes about it go with it: they may say what the plan said.
                self.quiet.push(self.node.ask(ask::Forget { key: record_of(plan) }));
                self.changes.push(Change::VisitEnded { plan, forgotten });
                self.changes.push(Change::Plans);
            }
            News::JoinEnded { .. } => {} // The errand that knocked hears it as its answer.
            News::Links(links) => {
                self.world.online = links.iter().filter_map(|link| link.device).collect();
                let before = self.world.seen.len();
                for device in &self.world.online {
                    self.world.seen.insert(*device, now);
                }
                if before != self.world.seen.len() || links.is_empty() {
                    self.remember_seen();
                }
                self.changes.push(Change::Links);
            }
        }
    }

    /// What became of the code that is shown.
    fn code(&mut self, plan: PlanId, what: CodeNews) {
        let shows = |errand: &Errand| match &errand.step {
            Step::Showing { coming, .. } | Step::Coming(coming) => coming.plan == plan,
            _ => false,
        };
        let Some(at) = self.errands.iter().position(shows) else { return };
        let turn = self.errands[at].turn;
        let what = match what {
            CodeNews::Shown(node::ask::Shown { code, ends }) => Code::Shown { code, ends },
            CodeNews::Wrong => Code::Wrong,
            CodeNews::Soon => Code::Soon,
            CodeNews::Taken => Code::Taken,
            CodeNews::Linked(device) => {
                self.errands.remove(at);
                return self.changes.push(Change::Answer { turn, answer: Ok(Answer::Linked(device)) });
            }
            CodeNews::Ended(why) => {
                self.errands.remove(at);
                return self.changes.push(Change::Answer { turn, answer: Err(why.into()) });
            }
        };
        self.changes.push(Change::Code { turn, plan, what });
    }

    /// Somebody typed the code that is shown here: that was the comparing, so they are let in as was asked for.
    fn let_in_by_code(&mut self, knock: &ask::Knock) {
        let (plan, person) = (knock.plan, knock.person);
        let comes = |errand: &Errand| match &errand.step {
            Step::Coming(coming) | Step::Showing { coming, .. } => coming.plan == plan && coming.role.is_some(),
            _ => false,
        };
        // Whoever showed the code may be gone: the program ended after it was typed.
        let shows = self.errands.iter().position(comes).map(|at| self.errands.remove(at).turn);
        let step = self.let_in(plan, person, String::new(), (&knock.role, knock.parts.as_deref(), knock.until));
        match (step, shows) {
            (Ok(step), Some(turn)) => self.errands.push(Errand { turn, step }),
            (Ok(step), None) => {
                self.set_out(step);
            }
            (Err(refused), Some(turn)) => self.changes.push(Change::Answer { turn, answer: Err(refused) }),
            (Err(_), None) => {}
        }
    }

    /// Words of this device's own knock: other ones than before, or those of a knock from before it was started again.
    fn say_words(&mut self, knock: &ask::Knock) {
        let (plan, Some(words)) = (knock.plan, knock.words) else { return };
        let entering = self.errands.iter().find(|errand| errand.step.enters(plan)).map(|errand| errand.turn);
        let turn = entering.unwrap_or_else(|| {
            let entered = self.node.ask(ask::Enter { plan });
            self.set_out(Step::Entering { plan, entered })
        });
        self.changes.push(Change::Words { turn, plan, words });
    }

    pub(crate) fn remember_seen(&mut self) {
        let seen: Vec<(DeviceId, Time)> = self.world.seen.iter().map(|(device, time)| (*device, *time)).collect();
        // Only a courtesy to the next start: if the node is busy now, the next change of links tells it.
        self.quiet.push(self.node.ask(ask::Record { key: SEEN.into(), value: seal::encode(&seen) }));
    }

    pub(crate) fn take_back(&mut self, plan: PlanId, doc: DocId, finished: Finished, now: Time) {
        if let Finished::Words(turn, words) = finished {
            let answer = words.map(Answer::HeldWords);
            return self.changes.push(Change::Answer { turn, answer });
        }
        let Some(part) = self.shelves.get_mut(&plan).and_then(|shelf| shelf.parts.get_mut(&doc)) else { return };
        match finished {
            Finished::Aside => {}
            Finished::Noted(value) => part.noted(value, &self.node),
            Finished::Recalled(read) => {
                part.recalled(read);
                self.changes.push(Change::Opened { plan, part: part.part.code, doc });
            }
            Finished::Loaded(read) => {
                if !part.loaded(read) {
                    return;
                }
                let code = part.part.code;
                self.changes.push(Change::Opened { plan, part: code, doc });
                if code == "cover" {
                    self.changes.push(Change::Plans);
                }
            }
            Finished::Merged(back) => {
                let merged = part.merged(back, &self.worker, now);
                self.say_merged(plan, doc, merged);
            }
            Finished::Saved { snapshot: None, .. } => part.doubt(),
            Finished::Words(..) => {}
            Finished::Saved { snapshot: Some(snapshot), heads } => {
                self.quiet.push(self.node.ask(ask::KeepSnapshot { plan, doc, snapshot, heads }));
            }
        }
    }

    pub(crate) fn merge_arrived(&mut self, now: Time) {
        let mut done = Vec::new();
        for shelf in self.shelves.values_mut() {
            for part in shelf.parts.values_mut() {
                part.load_waiting(&self.worker);
                let merged = part.merge(&self.worker, now);
                part.compact(&self.worker);
                if merged.is_some() || matches!(part.stage, Stage::Unreadable) {
                    done.push((part.plan, part.doc, merged));
                }
            }
        }
        for (plan, doc, merged) in done {
            self.say_merged(plan, doc, merged);
        }
    }

    /// What an undo of mine changed on the screen.
    pub(crate) fn say_mine(&mut self, plan: PlanId, doc: DocId, touched: plan::Touched) {
        let Some(shelf) = self.shelves.get(&plan) else { return };
        let (me, Some(part)) = (shelf.ledger.person_of(self.me), shelf.describe(doc)) else { return };
        self.changes.push(Change::Touched { plan, part: part.code, doc, touched, by: me.into_iter().collect() });
    }

    pub(crate) fn say_merged(&mut self, plan: PlanId, doc: DocId, merged: Option<Merged>) {
        let Some((touched, chains)) = merged else { return };
        let Some(shelf) = self.shelves.get_mut(&plan) else { return };
        let Some(part) = shelf.parts.get_mut(&doc) else { return };
        if touched.all {
            part.renamed_files();
        }
        part.written(&touched.fields);
        let by: BTreeSet<PersonId> =
            chains.into_iter().filter_map(|chain| shelf.ledger.author(doc, chain)).map(|(_, person)| person).collect();
        let code = part.part.code;
        self.changes.push(Change::Touched { plan, part: code, doc, touched, by: by.into_iter().collect() });
        if code == "cover" {
            self.changes.push(Change::Plans);
        }
    }

    /// What is signed about a plan has come or changed.
    pub(crate) fn shelve(&mut self, plan: PlanId, ledger: Arc<Ledger>) {
        match self.shelves.get_mut(&plan) {
            None => {
                self.shelves.insert(plan, Shelf::new(plan, self.me, ledger));
                self.changes.push(Change::Plans);
            }
            Some(shelf) => {
                let before = std::mem::replace(&mut shelf.ledger, ledger);
                shelf.revision += 1;
                let (ledger, me) = (&shelf.ledger, self.me);
                let ended = |part: &&'static plan::Part| {
                    let docs = shelf.docs(part.code);
                    docs.into_iter().any(|doc| before.may_read(doc, me) && !ledger.may_read(doc, me))
                };
                if ledger.person_of(me).is_some() {
                    let ended = plan::parts().iter().filter(ended);
                    self.changes.extend(ended.map(|part| Change::Ended { plan, part: Some(part.code) }));
                } else if before.person_of(me).is_some() {
                    self.changes.push(Change::Ended { plan, part: None });
                }
                shelf.knocks.retain(|knock| ledger.person(knock.person).is_none());
                self.changes.push(Change::Circle(plan));
            }
        }
        // Busy now: the next news of this circle, or opening the plan, asks again.
        let _ = self.open_wanted(plan);
    }

    /// Opens what is wanted of a plan and may be read, and puts away what may no longer be.
    pub(crate) fn open_wanted(&mut self, plan: PlanId) -> Result<(), Refused> {
        // A plan that is being founded is opened when its first words are in it: nobody tells this device of its own edits.
        let founding = self.errands.iter().any(|errand| errand.step.founds(plan));
        let shelf = self.shelves.get_mut(&plan).ok_or(Refused::NoSuchPlan)?;
        if founding {
            return Ok(());
        }
        let (wanted, errands) = (shelf.wanted, &self.errands);
        // Neither is a document that is being begun.
        let furnishes =
            |part: &'static plan::Part, doc: DocId| errands.iter().any(|errand| errand.step.furnishes(part, doc));
        shelf.open_all(|part, doc| (wanted || part.code == "cover") && !furnishes(part, doc));
        Ok(())
    }

    pub(crate) fn publish(&mut self) {
        self.name_files();
        for shelf in self.shelves.values_mut() {
            for part in shelf.parts.values_mut() {
                match part.publish(&self.node, &self.worker) {
                    None => {}
                    Some(Ok(())) => self.changes.push(Change::Marks(part.plan)),
                    Some(Err(_)) => self.changes.push(Change::NotSaved(part.plan)),
                }
            }
        }
    }
}
