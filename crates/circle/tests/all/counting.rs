//! Which edits count, a story for each sentence of the page, from signed statements and edits.

use std::collections::BTreeMap;

use circle::{Access, Edits, Ledger, Linked, Standing, Who, Why, draft, limits::HELD_BACK};
use seal::{ChainId, DeviceKey, DocId, Edit, EditHash, Head, NotAnEdit, PersonId, Seq};

use crate::{
    documents::{Five, bar, five, keep, person, remove, renew, set, unshare, who},
    help::{NOW, everything, open, part, place, share, sign, welcome},
};

/// Edits of one document, written as devices would write them.
#[derive(Clone)]
struct Pens {
    doc: DocId,
    edits: Edits,
    all: Vec<Edit>,
    tips: BTreeMap<ChainId, (u64, EditHash)>,
}

impl Pens {
    fn of(doc: DocId) -> Pens {
        Pens { doc, edits: Edits::default(), all: Vec::new(), tips: BTreeMap::new() }
    }

    /// The next edit of a device in the chapter it has now, on top of these.
    fn write(&mut self, plan: &Ledger, by: &DeviceKey, on: &[EditHash]) -> EditHash {
        let chapter = plan.chapter(self.doc, by.id()).expect("may write");
        self.write_on(seal::chain_id(self.doc, by.id(), chapter), on)
    }

    fn write_on(&mut self, chain: ChainId, on: &[EditHash]) -> EditHash {
        let before = self.tips.get(&chain).copied();
        self.fork(chain, before, on, 0)
    }

    /// An edit that continues whichever edit of its chain.
    fn fork(&mut self, chain: ChainId, before: Option<(u64, EditHash)>, on: &[EditHash], salt: u8) -> EditHash {
        let seq = before.map_or(1, |(seq, _)| seq + 1);
        let mut after: Vec<EditHash> = on.iter().copied().chain(before.map(|(_, hash)| hash)).collect();
        after.sort();
        after.dedup();
        let mut bytes = chain.as_bytes().to_vec();
        bytes.extend(seq.to_be_bytes());
        bytes.push(salt);
        after.iter().for_each(|hash| bytes.extend(hash.as_bytes()));
        let edit = Edit::read(self.doc, bytes.into(), head).expect("it is one");
        assert_eq!(self.edits.add(&edit), Linked::New);
        self.tips.insert(chain, (seq, edit.hash()));
        self.all.push(edit.clone());
        edit.hash()
    }

    fn count(&mut self, plan: &Ledger, edit: EditHash) -> bool {
        self.edits.counted(plan, self.doc).counts(&edit)
    }

    fn why(&mut self, plan: &Ledger, edit: EditHash) -> Option<Why> {
        self.edits.counted(plan, self.doc).why(&edit).map(|held| held.why)
    }

    fn held(&mut self, plan: &Ledger) -> BTreeMap<PersonId, usize> {
        self.edits.counted(plan, self.doc).by_person()
    }
}

fn head(bytes: &[u8]) -> Result<Head, NotAnEdit> {
    let chain: [u8; 16] = bytes[..16].try_into().map_err(|_| NotAnEdit)?;
    let seq: [u8; 8] = bytes[16..24].try_into().map_err(|_| NotAnEdit)?;
    let after = bytes[25..].chunks(32).map(|hash| EditHash::new(hash.try_into().expect("32"))).collect();
    let seq = Seq::new(u64::from_be_bytes(seq)).ok_or(NotAnEdit)?;
    Ok(Head { chain: ChainId::new(chain), seq, hash: EditHash::new(*blake3::hash(bytes).as_bytes()), after })
}

/// A part that everyone may edit.
fn open_to_all() -> (Five, Pens) {
    let mut five = five();
    share(&mut five.plan, &five.amina, five.doc, Who::Everyone, Access::Edit);
    let pens = Pens::of(five.doc);
    (five, pens)
}

fn chain(plan: &Ledger, doc: DocId, by: &DeviceKey) -> ChainId {
    seal::chain_id(doc, by.id(), plan.chapter(doc, by.id()).expect("may write"))
}

#[test]
fn what_dan_wrote_counts_if_it_was_seen_when_he_was_removed() {
    let (Five { mut plan, amina, dan, doc, .. }, mut pens) = open_to_all();
    let (dan_is, on) = (person(&plan, &dan), chain(&plan, doc, &dan));
    let seen = pens.write(&plan, &dan, &[]);
    assert!(pens.count(&plan, seen));
    let heads = pens.edits.heads();
    keep(&mut plan, &amina, doc, &heads);
    remove(&mut plan, &amina, &dan);
    let late = pens.write_on(on, &[]);
    assert!(pens.count(&plan, seen));
    assert_eq!(pens.why(&plan, late), Some(Why::Left));
    assert_eq!(pens.held(&plan), BTreeMap::from([(dan_is, 1)]));
}

#[test]
fn what_dan_wrote_counts_if_one_of_us_who_may_edit_had_built_on_it() {
    let (Five { mut plan, amina, dan, eve, doc, .. }, mut pens) = open_to_all();
    let on = chain(&plan, doc, &dan);
    let one = pens.write(&plan, &dan, &[]);
    let built = pens.write(&plan, &eve, &[one]);
    let two = pens.write_on(on, &[]);
    remove(&mut plan, &amina, &dan);
    assert!(pens.count(&plan, one) && pens.count(&plan, built), "without any Keep");
    assert!(!pens.count(&plan, two));
    let three = pens.write_on(on, &[built]);
    assert!(!pens.count(&plan, three), "that he saw what we wrote makes his words no younger");
    assert!(pens.count(&plan, built), "nor does it harm ours");
}

#[test]
fn a_removal_that_names_nothing_holds_back_nobody_elses_words() {
    let (Five { mut plan, cara, dan, eve, doc, .. }, mut pens) = open_to_all();
    let (on, mut last) = (chain(&plan, doc, &dan), pens.write(&plan, &eve, &[]));
    let mut ours = vec![last];
    for _ in 0..5 {
        let theirs = pens.write_on(on, &[last]);
        last = pens.write(&plan, &eve, &[theirs]);
        ours.push(last);
    }
    let before = plan.clone();
    remove(&mut plan, &cara, &dan);
    assert!(ours.iter().all(|edit| pens.count(&plan, *edit)));
    assert!(pens.edits.counted(&plan, doc).all(), "and his, on which ours rest, stay with them");
    assert!(pens.edits.counted(&before, doc).all());
}

#[test]
fn who_is_unshared_lowered_or_leaves_is_held_back_likewise() {
    let (Five { mut plan, amina, cara, dan, eve, doc, .. }, mut pens) = open_to_all();
    for by in [&dan, &eve] {
        let who = who(&plan, by);
        share(&mut plan, &amina, doc, who, Access::Edit);
    }
    let chains = [&cara, &dan, &eve].map(|by| chain(&plan, doc, by));
    let dan_is = who(&plan, &dan);
    unshare(&mut plan, &amina, doc, dan_is);
    set(&mut plan, &amina, &cara, Standing::Member);
    let leaving = sign(&eve, draft::leave(&plan, eve.id(), NOW).expect("may leave"));
    place(&mut plan, leaving);
    let late = chains.map(|chain| pens.write_on(chain, &[]));
    // Everyone may edit, so that Cara and Dan still may; but not by what they opened before.
    assert_eq!(late.map(|edit| pens.why(&plan, edit)), [Some(Why::OldChapter), Some(Why::OldChapter), Some(Why::Left)]);
    renew(&mut plan, &dan, doc, 1);
    let again = pens.write(&plan, &dan, &[]);
    assert!(pens.count(&plan, again) && !pens.count(&plan, late[1]));
    share(&mut plan, &amina, doc, Who::Everyone, Access::View);
    assert_eq!(pens.why(&plan, again), Some(Why::NotAllowed));
}

#[test]
fn held_back_words_are_put_back_whole_under_their_authors_name() {
    let (Five { mut plan, amina, ben, dan, doc, .. }, mut pens) = open_to_all();
    let (dan_is, on) = (person(&plan, &dan), chain(&plan, doc, &dan));
    remove(&mut plan, &amina, &dan);
    let late: Vec<EditHash> = (0..3).map(|_| pens.write_on(on, &[])).collect();
    assert_eq!(pens.held(&plan), BTreeMap::from([(dan_is, 3)]));
    let before = pens.edits.recount(&plan, doc);
    assert_eq!((before.more.len(), before.less.len()), (0, 0));
    keep(&mut plan, &ben, doc, &late[2..]);
    assert_eq!(pens.edits.recount(&plan, doc).more, late);
    assert_eq!(plan.keeps(doc).pop().map(|kept| kept.by), Some(person(&plan, &ben)));
    remove(&mut plan, &amina, &ben);
    assert_eq!(pens.edits.recount(&plan, doc).less, late, "and Amina's Keep did not cover Ben's");
    keep(&mut plan, &amina, doc, &[]);
    assert_eq!(pens.edits.recount(&plan, doc).more, late);
}

#[test]
fn a_keep_may_come_before_what_it_keeps() {
    let (Five { mut plan, amina, dan, doc, .. }, pens) = open_to_all();
    let on = chain(&plan, doc, &dan);
    let mut elsewhere = pens.clone();
    let edits = [elsewhere.write_on(on, &[]), elsewhere.write_on(on, &[])];
    keep(&mut plan, &amina, doc, &edits[1..]);
    remove(&mut plan, &amina, &dan);
    let mut here = pens;
    for edit in &elsewhere.all {
        here.edits.add(edit);
        here.edits.counted(&plan, doc);
    }
    assert!(edits.iter().all(|edit| here.count(&plan, *edit)));
}

#[test]
fn a_barred_edit_is_out_with_all_that_builds_on_it() {
    let (Five { mut plan, amina, dan, eve, doc, .. }, mut pens) = open_to_all();
    let [before, bad] = [pens.write(&plan, &dan, &[]), pens.write(&plan, &dan, &[])];
    let built = pens.write(&plan, &eve, &[bad]);
    let beside = pens.write(&plan, &amina, &[before]);
    keep(&mut plan, &amina, doc, &[built]);
    assert!(pens.edits.counted(&plan, doc).all());
    bar(&mut plan, &amina, doc, bad);
    assert_eq!([bad, built].map(|edit| pens.why(&plan, edit)), [Some(Why::Barred), Some(Why::BuildsOn)]);
    assert!(pens.count(&plan, before) && pens.count(&plan, beside));
}

#[test]
fn an_edit_whose_chapter_is_not_known_yet_waits_for_the_statement_that_opened_it() {
    let (Five { mut plan, dan, doc, .. }, mut pens) = open_to_all();
    let early = plan.clone();
    renew(&mut plan, &dan, doc, 1);
    let edit = pens.write(&plan, &dan, &[]);
    assert_eq!(pens.why(&early, edit), Some(Why::EarlyChapter));
    assert!(pens.count(&plan, edit));
}

#[test]
fn of_a_fork_the_side_counts_that_an_owner_keeps_then_that_more_others_built_on_then_the_lower_hash() {
    let (Five { mut plan, amina, ben, cara, dan, eve, doc }, mut pens) = open_to_all();
    let on = chain(&plan, doc, &dan);
    let first = pens.write_on(on, &[]);
    let before = Some((1, first));
    let mut sides = [pens.fork(on, before, &[], 1), pens.fork(on, before, &[], 2)];
    sides.sort();
    let counts = |pens: &mut Pens, plan: &Ledger| sides.map(|side| pens.count(plan, side));
    assert_eq!(counts(&mut pens, &plan), [true, false]);
    assert_eq!(pens.why(&plan, sides[1]), Some(Why::Fork));
    pens.write(&plan, &eve, &sides[1..]);
    assert_eq!(counts(&mut pens, &plan), [false, true]);
    pens.write(&plan, &cara, &sides[..1]);
    assert_eq!(counts(&mut pens, &plan), [true, false], "one each");
    pens.write(&plan, &ben, &sides[1..]);
    assert_eq!(counts(&mut pens, &plan), [false, true]);
    remove(&mut plan, &amina, &eve);
    assert_eq!(counts(&mut pens, &plan), [true, false], "who may not edit now is not counted");
    keep(&mut plan, &cara, doc, &sides[1..]);
    assert_eq!(counts(&mut pens, &plan), [true, false], "a coordinator's Keep decides no fork");
    keep(&mut plan, &amina, doc, &sides[1..]);
    assert_eq!(counts(&mut pens, &plan), [false, true]);
    assert!(pens.count(&plan, first));
}

#[test]
fn forks_come_out_the_same_however_the_edits_come() {
    let (Five { plan, ben, cara, dan, eve, doc, .. }, mut pens) = open_to_all();
    let on = chain(&plan, doc, &dan);
    let mut sides: Vec<EditHash> = (0..4).map(|salt| pens.fork(on, None, &[], salt)).collect();
    sides.sort();
    for (by, side) in [(&ben, 3), (&cara, 3), (&eve, 1)] {
        pens.write(&plan, by, &[sides[side]]);
    }
    let told = pens.edits.counted(&plan, doc).clone();
    assert!(told.counts(&sides[3]) && sides[..3].iter().all(|side| !told.counts(side)));
    for turn in 0..pens.all.len() {
        let mut here = Edits::default();
        for edit in pens.all[turn..].iter().chain(&pens.all).chain(&pens.all) {
            here.add(edit);
            here.counted(&plan, doc);
        }
        assert_eq!(*here.counted(&plan, doc), told);
    }
}

#[test]
fn of_each_person_who_may_not_edit_the_first_held_back_edits_are_passed_on_up_to_a_signature() {
    let (Five { mut plan, amina, dan, eve, doc, .. }, mut pens) = open_to_all();
    let chains = [&dan, &eve].map(|by| chain(&plan, doc, by));
    remove(&mut plan, &amina, &dan);
    remove(&mut plan, &amina, &eve);
    let flood: Vec<EditHash> = (0..HELD_BACK + 88).map(|_| pens.write_on(chains[0], &[])).collect();
    let few: Vec<EditHash> = (0..3).map(|_| pens.write_on(chains[1], &[])).collect();
    pens.count(&plan, few[0]);
    let kept = pens.edits.worth_keeping(|_| true);
    assert_eq!(kept.len(), HELD_BACK + 3, "nobody's room is used up by somebody else");
    assert!(flood[..HELD_BACK].iter().chain(&few).all(|edit| kept.contains(edit)));
    let signed = |edit: &EditHash| [flood[255], flood[599], few[2]].contains(edit);
    let kept = pens.edits.worth_keeping(signed);
    assert_eq!(kept.len(), 256 + 3);
    assert!(kept.contains(&flood[255]) && !kept.contains(&flood[256]));
}

#[test]
fn of_losing_sides_on_which_nobody_else_built_two_sides_are_proof_enough() {
    let (Five { plan, dan, eve, doc, .. }, mut pens) = open_to_all();
    let on = chain(&plan, doc, &dan);
    let mut sides: Vec<EditHash> = (0..20).map(|salt| pens.fork(on, None, &[], salt)).collect();
    sides.sort();
    pens.write(&plan, &eve, &sides[7..8]);
    assert!(pens.count(&plan, sides[7]));
    let kept = pens.edits.worth_keeping(|_| true);
    assert_eq!(kept, [sides[0]].into_iter().collect(), "the lowest hash of the rest");
}

#[test]
fn what_many_devices_hold_in_part_and_heal_later_comes_out_the_same() {
    let (Five { mut plan, amina, cara, dan, eve, doc, .. }, mut pens) = open_to_all();
    let mut last = pens.write(&plan, &amina, &[]);
    let mut plans = vec![plan.clone()];
    for step in 0..40 {
        let by = [&amina, &cara, &dan, &eve][step % 4];
        if let Some(chapter) = plan.chapter(doc, by.id()) {
            last = pens.write_on(seal::chain_id(doc, by.id(), chapter), &[last]);
        }
        match step {
            10 => drop(keep(&mut plan, &cara, doc, &[last])),
            20 => drop(remove(&mut plan, &cara, &dan)),
            30 => drop(unshare(&mut plan, &amina, doc, Who::Everyone)),
            _ => {}
        }
        plans.push(plan.clone());
    }
    let told = pens.edits.counted(&plan, doc).clone();
    for stale in &plans {
        // A device that has looked with every earlier state of the statements, and lacks some for long.
        let mut here = Edits::default();
        for edit in pens.all.iter().step_by(3).chain(&pens.all) {
            here.add(edit);
            here.counted(stale, doc);
        }
        let mut healed = stale.clone();
        for statement in everything(&plan).into_iter().rev() {
            healed.place(statement);
        }
        for statement in everything(&plan) {
            healed.place(statement);
        }
        assert_eq!(*here.counted(&healed, doc), told);
    }
}

#[test]
fn another_document_is_another_matter() {
    let (Five { mut plan, amina, ben, dan, doc, .. }, mut pens) = open_to_all();
    let other = open(&mut plan, &amina, part(2));
    share(&mut plan, &amina, other, Who::Everyone, Access::Edit);
    let dan_is = who(&plan, &dan);
    share(&mut plan, &ben, doc, dan_is, Access::View);
    let (mut elsewhere, on) = (Pens::of(other), chain(&plan, other, &dan));
    let allowed = elsewhere.write_on(on, &[]);
    let place_in_circle = plan.chapter(other, dan.id()).expect("may write");
    let not = pens.write_on(seal::chain_id(doc, dan.id(), place_in_circle), &[]);
    assert!(elsewhere.count(&plan, allowed));
    assert_eq!(pens.why(&plan, not), Some(Why::NotAllowed));
}

#[test]
fn who_comes_back_writes_on_in_a_new_chapter_and_the_old_words_stay_held_back() {
    let (Five { mut plan, amina, dan, doc, .. }, mut pens) = open_to_all();
    let on = chain(&plan, doc, &dan);
    remove(&mut plan, &amina, &dan);
    let late = pens.write_on(on, &[]);
    welcome(&mut plan, &amina, &dan, 77, Standing::Member);
    assert!(!pens.count(&plan, late));
    let again = pens.write(&plan, &dan, &[]);
    assert!(pens.count(&plan, again) && !pens.count(&plan, late));
}
