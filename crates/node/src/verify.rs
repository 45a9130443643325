//! Checking a plan again from nothing: what the store holds is read as a stranger's, and no earlier check is believed.

use std::{
    collections::{BTreeMap, BTreeSet},
    path,
    sync::mpsc,
    thread,
};

use circle::{Ledger, Placed, Statement};
use plan::door::{self, House};
use seal::{Bytes, ChainId, DeviceId, DocId, Door as _, Edit, EditHash, PlanId, Signed, Tip};
use store::{Home, Place, Raw, Store, Unlock};

use crate::{
    ask::{Fault, FaultKind, Reply, Verified},
    doorman::at_the_door,
    error::{Refused, StartError},
    settings::program_name,
};

/// What one document holds, as it was kept.
#[derive(Default)]
struct Kept {
    edits: Vec<Bytes>,
    tips: BTreeMap<ChainId, Vec<Tip>>,
}

/// What a plan of a damaged home comes to.
#[derive(Debug)]
pub struct Examined {
    /// What was checked and what does not hold.
    pub found: Verified,
    /// The circle and its documents, as far as they hold: for the names of whom and what the faults are about.
    pub ledger: Option<Ledger>,
}

/// Checks every plan of a home that does not open because something in it is damaged, so that a person learns which
/// documents are touched. Nothing of the home is changed.
pub fn examine(
    home: &path::Path,
    unlock: &Unlock,
    program: &path::Path,
) -> Result<BTreeMap<PlanId, Examined>, StartError> {
    let store = Store::examine(&Home::at(home), unlock, &program_name(program))?;
    let all = move || store.plans().into_iter().map(|plan| (plan, check(plan, store.raw(plan).ok()))).collect();
    at_the_door(all).map_err(|_| StartError::System)
}

/// Checks one plan on a thread of its own and answers from there, so that saving goes on meanwhile.
pub(crate) fn verify(store: &Store, plan: PlanId, files: mpsc::Receiver<(usize, usize)>, reply: Reply<Verified>) {
    let raw = store.raw(plan).ok();
    let work = move || {
        let found = at_the_door(|| check(plan, raw).found).map_err(|_| Refused::Busy);
        // Whoever keeps the files looks at them meanwhile.
        let (whole, damaged) = files.recv().unwrap_or_default();
        reply.say(found.map(|mut found| {
            found.files = whole;
            let fault = Fault { doc: None, device: None, what: FaultKind::File };
            found.faults.extend(std::iter::repeat_n(fault, damaged));
            found
        }));
    };
    if thread::Builder::new().name("verify".to_owned()).spawn(work).is_err() {
        // Whoever waits hears that nothing came of it, because the reply went with the work.
        tracing::warn!("no thread to verify on");
    }
}

/// Checks one plan; without anything to read, that is the fault.
fn check(plan: PlanId, raw: Option<Vec<Raw>>) -> Examined {
    let mut found = Verified::default();
    let Some(raw) = raw else {
        found.faults.push(Fault { doc: None, device: None, what: FaultKind::Record });
        return Examined { found, ledger: None };
    };
    let (mut statements, mut docs) = (Vec::new(), BTreeMap::<DocId, Kept>::new());
    for raw in raw {
        match raw {
            Raw::Statement { bytes, signature } => statements.push((bytes, signature)),
            Raw::Edit { doc, bytes } => docs.entry(doc).or_default().edits.push(bytes),
            Raw::Tip { doc, chain, tip } => docs.entry(doc).or_default().tips.entry(chain).or_default().push(tip),
            Raw::Damaged(place) => {
                let doc = match place {
                    Place::Own | Place::Plan(_) => None,
                    Place::Doc(_, doc) => Some(doc),
                };
                found.faults.push(Fault { doc, device: None, what: FaultKind::Record });
            }
        }
    }
    let Some(ledger) = check_statements(plan, statements, &mut found) else { return Examined { found, ledger: None } };
    let mut devices = BTreeSet::new();
    for (doc, kept) in docs {
        found.documents += 1;
        check_document(plan, doc, kept, &ledger, &mut found, &mut devices);
    }
    devices.extend(ledger.devices().map(|(device, _)| device));
    found.devices = devices.len();
    name_whose(&mut found.faults);
    Examined { found, ledger: Some(ledger) }
}

/// What cannot be read does not say who wrote it, but the chain it tore a hole into does.
fn name_whose(faults: &mut [Fault]) {
    let torn: BTreeMap<DocId, DeviceId> =
        faults.iter().rev().filter_map(|fault| Some((fault.doc?, fault.device?))).collect();
    for fault in faults.iter_mut().filter(|fault| fault.device.is_none()) {
        fault.device = fault.doc.and_then(|doc| torn.get(&doc).copied());
    }
}

fn check_statements(plan: PlanId, kept: Vec<(Bytes, seal::Signature)>, found: &mut Verified) -> Option<Ledger> {
    let mut ledger: Option<Ledger> = None;
    for (bytes, signature) in kept {
        let Ok(statement) = Statement::read(&bytes, signature) else {
            found.faults.push(Fault { doc: None, device: None, what: FaultKind::Statement });
            continue;
        };
        let device = Some(statement.issuer());
        found.statements += 1;
        found.signatures += 1;
        let placed = match &mut ledger {
            Some(ledger) => ledger.place_again([statement]).pop().expect("one was given"),
            None => {
                ledger = Ledger::new(statement).filter(|ledger| ledger.plan() == plan);
                if ledger.is_none() {
                    found.faults.push(Fault { doc: None, device, what: FaultKind::Rootless });
                }
                continue;
            }
        };
        let what = match placed {
            Placed::New(_) | Placed::Known | Placed::Knock => continue,
            Placed::Early { .. } => FaultKind::Rootless,
            Placed::Refused(_) => FaultKind::Statement,
        };
        found.faults.push(Fault { doc: None, device, what });
    }
    if ledger.is_none() {
        found.faults.push(Fault { doc: None, device: None, what: FaultKind::Rootless });
    }
    ledger
}

fn check_document(
    plan: PlanId,
    doc: DocId,
    kept: Kept,
    ledger: &Ledger,
    found: &mut Verified,
    devices: &mut BTreeSet<DeviceId>,
) {
    let Kept { edits: bytes, tips } = kept;
    let mut edits: BTreeMap<EditHash, Edit> = BTreeMap::new();
    let mut order = Vec::with_capacity(bytes.len());
    let fault = |device, what| Fault { doc: Some(doc), device, what };
    for bytes in bytes {
        match Edit::read(doc, bytes, door::head) {
            Ok(edit) => {
                order.push(edit.hash());
                edits.insert(edit.hash(), edit);
            }
            Err(_) => found.faults.push(fault(None, FaultKind::Chain(seal::Refused::NotAnEdit))),
        }
    }
    let mut covered = BTreeSet::new();
    for (chain, tips) in &tips {
        let Some((author, _)) = ledger.author(doc, *chain) else {
            found.faults.push(fault(None, FaultKind::NoAuthor));
            continue;
        };
        devices.insert(author.device);
        for path in paths(&edits, tips) {
            let hashes: Vec<EditHash> = path.edits.iter().map(Edit::hash).collect();
            let bytes = path.edits.iter().map(|edit| edit.bytes().clone()).collect();
            let signed = Signed::gather(plan, doc, *chain, path.before, bytes, path.tips, door::head);
            match signed.and_then(|signed| signed.verify(author)) {
                Ok((verified, tips)) => {
                    found.edits += verified.len();
                    found.signatures += tips.len();
                    covered.extend(hashes);
                }
                Err(refused) => found.faults.push(fault(Some(author.device), FaultKind::Chain(refused))),
            }
        }
    }
    let mut house = House::new();
    for hash in order {
        let edit = &edits[&hash];
        let device = ledger.author(doc, edit.chain()).map(|(author, _)| author.device);
        if !covered.contains(&hash) {
            found.faults.push(fault(device, FaultKind::Chain(seal::Refused::Unsigned)));
        }
        if let Err(refusal) = house.weigh(edit) {
            found.faults.push(fault(device, FaultKind::Door(refusal)));
        }
    }
}

/// A stretch of a chain that ends on a signature and begins where an earlier one ended.
struct Path {
    before: Option<(seal::Seq, EditHash)>,
    edits: Vec<Edit>,
    tips: Vec<Tip>,
}

/// The stretches that a chain's signatures cover, oldest first; of a forked chain each side from where it parts.
fn paths(edits: &BTreeMap<EditHash, Edit>, tips: &[Tip]) -> Vec<Path> {
    let mut tips = tips.to_vec();
    tips.sort();
    tips.dedup();
    let mut taken: BTreeSet<EditHash> = BTreeSet::new();
    let mut paths = Vec::new();
    for tip in &tips {
        let (mut back, mut now, mut before) = (Vec::new(), edits.get(&tip.hash), None);
        while let Some(edit) = now {
            if taken.contains(&edit.hash()) {
                before = Some((edit.seq(), edit.hash()));
                break;
            }
            back.push(edit.clone());
            taken.insert(edit.hash());
            let earlier = edit.seq().before();
            now = edit
                .after()
                .iter()
                .filter_map(|hash| edits.get(hash))
                .find(|other| other.chain() == edit.chain() && Some(other.seq()) == earlier);
        }
        back.reverse();
        // An edit a signature names may be missing: then the stretch is empty and refused as unsigned.
        paths.push(Path { before, edits: back, tips: vec![*tip] });
    }
    paths
}
