//! What this device had kept, taken back when it starts: read, unsealed and hashed on as many processors as there are, since
//! this is what somebody waits for who opens a plan of many years.

use std::{
    collections::BTreeSet,
    io, marker,
    num::NonZeroUsize,
    panic::resume_unwind,
    sync::Mutex,
    thread::{self, ScopedJoinHandle},
};

use plan::door::{self, House};
use seal::{Admitted, ChainId, DocId, Door as _, Edit, PlanId, Tip};
use store::{KeptDoc, Store};
use sync::{Recalled, RecalledDoc, Sync};

use crate::{error::StartError, keeper, limits, settings::Early};

/// What was taken back from the store, and the chains of which something kept was left out.
pub(crate) struct TakenBack {
    pub(crate) store: Store,
    pub(crate) sync: Sync,
    pub(crate) house: House,
    pub(crate) lacking: BTreeSet<(PlanId, DocId, ChainId)>,
}

/// Gives the machine and the door back what they knew.
pub(crate) fn take_back(store: Store, mut sync: Sync, early: Option<Early>) -> Result<TakenBack, StartError> {
    let (mut house, mut lacking) = (House::new(), BTreeSet::new());
    for plan in store.plans() {
        let mut docs = Vec::new();
        for found in read(&store, plan, store.docs(plan), early.as_ref())? {
            let Found { doc, recalled, index, left_out } = found;
            docs.push(recalled);
            house.join(index);
            lacking.extend(left_out.into_iter().map(|chain| (plan, doc, chain)));
        }
        let statements = keeper::recall_statements(&store, plan).ok_or(StartError::Damaged)?;
        sync.recall(Recalled { plan, statements, docs });
    }
    Ok(TakenBack { store, sync, house, lacking })
}

/// One document, as the machine and the door take it back.
struct Found {
    doc: DocId,
    recalled: RecalledDoc,
    index: House,
    /// The chains of which something kept was left out.
    left_out: BTreeSet<ChainId>,
}

/// What the machine has of a document, and the signatures it was made with.
type Kept = (RecalledDoc, Vec<(ChainId, Tip)>);

/// Half of what is kept of a document: each can be read without the other.
enum Half {
    Edits(Box<Kept>),
    /// What the door remembers of them, from beside the snapshot.
    Index(House),
    /// It was for whoever shows the document.
    Neither,
}

fn read(store: &Store, plan: PlanId, docs: Vec<DocId>, early: Option<&Early>) -> Result<Vec<Found>, StartError> {
    // What takes longest goes first.
    let all = |doc: &DocId| [(*doc, Which::Early), (*doc, Which::Edits), (*doc, Which::Index)];
    let wanted = |(_, which): &(DocId, Which)| early.is_some() || !matches!(which, Which::Early);
    let halves = docs.iter().flat_map(all).filter(wanted).collect();
    let halves = shared_out(halves, |(doc, which)| match which {
        Which::Early => {
            let snapshot = store.snapshot(plan, doc).map_err(|_| StartError::Damaged)?;
            if let Some((early, snapshot)) = early.zip(snapshot) {
                early(plan, doc, snapshot.bytes.into());
            }
            Ok(Half::Neither)
        }
        Which::Edits => edits(store, plan, doc).map(|kept| Half::Edits(Box::new(kept))),
        Which::Index => index(store, plan, doc).map(Half::Index),
    });
    let (mut kept, mut indexes) = (Vec::new(), Vec::new());
    for half in halves.map_err(|_| StartError::System)? {
        match half? {
            Half::Edits(edits) => kept.push(*edits),
            Half::Index(house) => indexes.push(house),
            Half::Neither => {}
        }
    }
    let both = docs.into_iter().zip(kept.into_iter().zip(indexes)).collect();
    let found = shared_out(both, |(doc, (kept, index))| weigh(doc, kept, index));
    found.map_err(|_| StartError::System)
}

#[derive(Clone, Copy)]
enum Which {
    Early,
    Edits,
    Index,
}

/// The edits of a document, as the machine takes them back.
fn edits(store: &Store, plan: PlanId, doc: DocId) -> Result<Kept, StartError> {
    let KeptDoc { edits, tips } = store.recall_doc(plan, doc, door::head).map_err(|_| StartError::Damaged)?;
    let tips = tips.into_iter().flat_map(|(chain, tips)| tips.into_iter().map(move |tip| (chain, tip)));
    let tips: Vec<(ChainId, Tip)> = tips.collect();
    Ok((RecalledDoc::new(doc, edits, tips.iter().copied()), tips))
}

/// What the door remembers of a document; nothing if that must be found out anew.
fn index(store: &Store, plan: PlanId, doc: DocId) -> Result<House, StartError> {
    let mut house = House::new();
    let snapshot = store.snapshot(plan, doc).map_err(|_| StartError::Damaged)?;
    if let Some(snapshot) = snapshot
        && house.import(doc, &snapshot.door).is_err()
    {
        tracing::warn!(?doc, "the door's index cannot be read: everything is weighed again");
    }
    Ok(house)
}

/// Gives the door every edit that its index does not name, or all.
fn weigh(doc: DocId, (recalled, tips): Kept, mut index: House) -> Found {
    // What the index names costs nothing here. The rest was admitted before, with the same past; but a newer door may be
    // stricter, and that must lock nobody out of a whole home.
    let all = recalled.edits();
    if all.iter().all(|admitted| index.weigh(admitted.edit()).is_ok()) {
        return Found { doc, recalled, index, left_out: BTreeSet::new() };
    }
    let (stay, left_out) = sift(all.to_vec(), Admitted::edit, |edit| index.weigh(edit).is_ok());
    tracing::warn!(?doc, edits = left_out.len(), "the door refuses what was kept: it is left out");
    let left_out = left_out.iter().map(|admitted| admitted.edit().chain()).collect();
    Found { doc, recalled: RecalledDoc::new(doc, stay, tips), index, left_out }
}

/// Does pieces of work on as many threads as there are processors, each with the door's stack, and waits for all of them.
fn shared_out<T: Send, R: Send>(jobs: Vec<T>, work: impl Fn(T) -> R + marker::Sync) -> io::Result<Vec<R>> {
    let many = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(jobs.len());
    // Whoever is free takes the next; it is locked for no longer than that.
    let jobs = Mutex::new(jobs.into_iter().enumerate());
    let next = || jobs.lock().ok().and_then(|mut jobs| jobs.next());
    let go_on = || {
        let mut done = Vec::new();
        while let Some((nth, job)) = next() {
            done.push((nth, work(job)));
        }
        done
    };
    thread::scope(|scope| {
        let begin = |_| {
            let thread = thread::Builder::new().name("door".to_owned()).stack_size(limits::DOOR_STACK);
            thread.spawn_scoped(scope, go_on)
        };
        let threads = (0..many).map(begin).collect::<io::Result<Vec<_>>>()?;
        let join = |thread: ScopedJoinHandle<'_, _>| thread.join().unwrap_or_else(|panic| resume_unwind(panic));
        let mut done: Vec<(usize, R)> = threads.into_iter().flat_map(join).collect();
        done.sort_by_key(|(nth, _)| *nth);
        Ok(done.into_iter().map(|(_, result)| result).collect())
    })
}

/// What stays, and what is refused or builds on something refused. Each comes after what it builds on.
fn sift<T>(kept: Vec<T>, edit: impl Fn(&T) -> &Edit, mut is_let_in: impl FnMut(&Edit) -> bool) -> (Vec<T>, Vec<T>) {
    let mut refused = BTreeSet::new();
    kept.into_iter().partition(|kept| {
        let edit = edit(kept);
        let stays = !edit.after().iter().any(|before| refused.contains(before)) && is_let_in(edit);
        if !stays {
            refused.insert(edit.hash());
        }
        stays
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_the_door_refuses_by_now_is_left_out_with_what_builds_on_it_and_nothing_else() {
        let field = "about-me.communication".parse().unwrap();
        let (doc, part) = (DocId::new([1; 32]), plan::part("about-me").unwrap());
        let at = seal::Time(1);
        let (mut amina, mut edits) = plan::Document::create(part, doc, ChainId::new([1; 16]), at);
        let mut hodan = amina.clone();
        hodan.write_as(ChainId::new([2; 16]));
        let write = |document: &mut plan::Document, words: &str| {
            document.splice(field, 0, 0, words).unwrap();
            document.close(at)
        };
        edits.extend([write(&mut amina, "one"), write(&mut hodan, "apart"), write(&mut amina, "two")].concat());
        let edits: Vec<Edit> =
            edits.into_iter().map(|bytes| Edit::read(doc, bytes, plan::door::head).unwrap()).collect();
        let [.., first, apart, second] = &edits[..] else { panic!("three were written") };
        let hashes = |edits: &[Edit]| edits.iter().map(Edit::hash).collect::<Vec<_>>();

        let (stay, left_out) = sift(edits.clone(), |edit| edit, |edit| edit.hash() != first.hash());
        assert_eq!(hashes(&left_out), [first.hash(), second.hash()]);
        assert_eq!((stay.len(), stay.last().map(Edit::hash)), (edits.len() - 2, Some(apart.hash())));
        assert!(sift(edits.clone(), |edit| edit, |_| true).1.is_empty());
    }
}
