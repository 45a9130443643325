//! Whatever the written rules let in, automerge must be able to hold: in every order of arrival, saved, loaded again, and
//! written in afterwards. Many liars make edits from wild dice; each that the door lets in goes to several documents.

use std::{collections::BTreeMap, num::NonZeroU64};

use automerge::{
    ActorId, AutoCommit, Change, ChangeHash, ExpandedChange, ObjType, ROOT, ReadDoc, TextEncoding, Value,
    legacy::{ElementId, Key, ObjectId, Op, OpId, OpType},
    transaction::Transactable as _,
};
use proptest::prelude::*;
use seal::{Bytes, DocId, Door as _, Edit};

use super::{House, head};

const DOC: DocId = DocId::new([9; 32]);
const KEYS: [&str; 3] = ["a", "b", "c"];

/// Dice thrown beforehand, so that a failure shrinks.
struct Dice(std::vec::IntoIter<u16>);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        if most == 0 { 0 } else { usize::from(self.0.next().unwrap_or(0)) % most }
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.below(of.len())).cloned()
    }
}

#[derive(Clone)]
struct Made {
    edit: Edit,
    chain: u8,
    seq: u64,
    last: u64,
    past: Vec<usize>,
    operations: Vec<Op>,
    first: u64,
}

fn wild_edit(dice: &mut Dice, all: &[Made]) -> Option<Made> {
    let chain = dice.below(4) as u8 + 1;
    let own = all.iter().rposition(|made| made.chain == chain);
    // Sometimes the chain is told anew from an earlier place: a fork.
    let own = match own {
        Some(own) if dice.below(12) == 0 => all[own].past.iter().copied().rev().find(|at| all[*at].chain == chain),
        own => own,
    };
    let mut after: Vec<usize> = own.into_iter().collect();
    for _ in 0..dice.below(3) {
        after.extend((!all.is_empty()).then(|| dice.below(all.len())).filter(|at| all[*at].chain != chain));
    }
    after.sort_unstable();
    after.dedup();
    let mut past: Vec<usize> = after.iter().flat_map(|at| all[*at].past.iter().copied().chain([*at])).collect();
    past.sort_unstable();
    past.dedup();
    let first = after.iter().map(|at| all[*at].last).max().unwrap_or(0) + 1;
    let mut known: Vec<(OpId, Op)> = Vec::new();
    for at in &past {
        known.extend(named(&all[*at].operations, all[*at].first, all[*at].chain));
    }
    let mut operations: Vec<Op> = Vec::new();
    for _ in 0..=dice.below(6) {
        let mut within = known.clone();
        within.extend(named(&operations, first, chain));
        operations.push(wild_operation(dice, &within));
    }
    let mut deps: Vec<_> = after.iter().map(|at| ChangeHash(*all[*at].edit.hash().as_bytes())).collect();
    deps.sort();
    let seq = own.map_or(1, |own| all[own].seq + 1);
    let change = Change::from(ExpandedChange {
        operations: operations.clone(),
        actor_id: ActorId::from([chain; 16]),
        hash: None,
        seq,
        start_op: NonZeroU64::new(first)?,
        time: 0,
        message: None,
        deps,
        extra_bytes: Vec::new(),
        author: None,
    });
    let edit = Edit::read(DOC, Bytes::from(change.raw_bytes()), head).ok()?;
    let last = first + operations.len() as u64 - 1;
    Some(Made { edit, chain, seq, last, past, operations, first })
}

fn named(operations: &[Op], first: u64, chain: u8) -> Vec<(OpId, Op)> {
    let id = |at: usize| OpId(first + at as u64, ActorId::from([chain; 16]));
    operations.iter().enumerate().map(|(at, operation)| (id(at), operation.clone())).collect()
}

// Any operation about anything, most of it sensible, some of it not.
fn wild_operation(dice: &mut Dice, known: &[(OpId, Op)]) -> Op {
    let of = |kind: fn(&Op) -> bool| -> Vec<(OpId, Op)> {
        known.iter().filter(|(_, operation)| kind(operation)).cloned().collect()
    };
    let texts = of(|operation| operation.action == OpType::Make(ObjType::Text));
    let maps = of(|operation| operation.action == OpType::Make(ObjType::Map));
    let letters = of(|operation| operation.insert);
    let values = of(|operation| matches!(operation.action, OpType::Put(_)) && !operation.insert);
    let home = match dice.one(&maps) {
        Some((id, _)) if dice.below(2) == 0 => ObjectId::Id(id),
        _ => ObjectId::Root,
    };
    let key = KEYS[dice.below(KEYS.len())];
    let plain = |action, obj, key: &str, replaced: Vec<OpId>| Op {
        action,
        obj,
        key: Key::Map(key.into()),
        pred: replaced.into(),
        insert: false,
    };
    let letter = |text: OpId, key| Op {
        action: OpType::Put(char::from(b'a' + (known.len() % 26) as u8).to_string().as_str().into()),
        obj: ObjectId::Id(text),
        key: Key::Seq(key),
        pred: Vec::new().into(),
        insert: true,
    };
    match dice.below(10) {
        0 => plain(OpType::Make(ObjType::Text), home, key, Vec::new()),
        1 => plain(OpType::Make(ObjType::Map), home, key, Vec::new()),
        2..=3 => {
            let Some((text, _)) = dice.one(&texts) else {
                return plain(OpType::Make(ObjType::Text), home, key, Vec::new());
            };
            letter(text, ElementId::Head)
        }
        4..=5 => match dice.one(&letters) {
            Some((id, Op { obj: ObjectId::Id(text), .. })) => letter(text, ElementId::Id(id)),
            _ => plain(OpType::Make(ObjType::Text), home, key, Vec::new()),
        },
        6..=7 => match dice.one(&letters) {
            Some((id, Op { obj, .. })) => Op {
                action: OpType::Delete,
                obj,
                key: Key::Seq(ElementId::Id(id.clone())),
                pred: vec![id].into(),
                insert: false,
            },
            None => plain(OpType::Put(1.into()), home, key, Vec::new()),
        },
        more => {
            // A value or a clearing, in place of any of those at the key, overwritten ones too.
            let (obj, key) = match dice.one(&values) {
                Some((_, Op { obj, key: Key::Map(key), .. })) => (obj, key.to_string()),
                _ => (home, key.to_owned()),
            };
            let mut replaced: Vec<OpId> = Vec::new();
            for (id, value) in &values {
                if value.obj == obj && value.key == Key::Map(key.as_str().into()) && dice.below(2) == 0 {
                    replaced.push(id.clone());
                }
            }
            let clear = more == 9 && !replaced.is_empty();
            let action = if clear { OpType::Delete } else { OpType::Put("value".into()) };
            plain(action, obj, &key, replaced)
        }
    }
}

fn hold(edits: &[Edit], one_by_one: bool) -> AutoCommit {
    let mut document = AutoCommit::new_with_encoding(TextEncoding::UnicodeCodePoint);
    let changes = edits.iter().map(|edit| Change::from_bytes(edit.bytes().to_vec()).expect("the door read it"));
    if one_by_one {
        for change in changes {
            document.apply_changes([change]).expect("taken in alone");
        }
    } else {
        document.apply_changes(changes.collect::<Vec<_>>()).expect("taken in together");
    }
    document
}

// Everything a reader sees, values of conflicts too.
fn walk(document: &AutoCommit, object: &automerge::ObjId, seen: &mut Vec<String>) {
    for key in document.keys(object).collect::<Vec<_>>() {
        for (value, id) in document.get_all(object, key.as_str()).expect("a key of a map") {
            seen.push(format!("{id} {key} {value:?}"));
            match value {
                Value::Object(ObjType::Text) => seen.push(document.text(&id).expect("a text")),
                Value::Object(_) => walk(document, &id, seen),
                Value::Scalar(_) => {}
            }
        }
    }
}

fn seen(document: &AutoCommit) -> Vec<String> {
    let mut all = Vec::new();
    walk(document, &ROOT, &mut all);
    all
}

// Any order in which every edit comes behind what it builds on.
fn shuffled(all: &[Made], dice: &mut Dice) -> Vec<Edit> {
    let mut waiting: BTreeMap<usize, &Made> = all.iter().enumerate().collect();
    let mut order = Vec::new();
    while !waiting.is_empty() {
        let ready: Vec<usize> = waiting
            .iter()
            .filter(|(_, made)| made.past.iter().all(|at| !waiting.contains_key(at)))
            .map(|(at, _)| *at)
            .collect();
        let next = dice.one(&ready).expect("what builds on nothing that waits is ready");
        order.push(waiting.remove(&next).expect("it waits").edit.clone());
    }
    order
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_the_door_lets_in_can_be_held_in_every_order(
        dice in prop::collection::vec(any::<u16>(), 50..600),
        other_dice in prop::collection::vec(any::<u16>(), 200),
    ) {
        let mut dice = Dice(dice.into_iter());
        let mut house = House::new();
        let mut all: Vec<Made> = Vec::new();
        while dice.0.len() > 0 {
            let Some(made) = wild_edit(&mut dice, &all) else { continue };
            // The forked halves are both let in; documents hold one of them, the first here.
            let forked = all.iter().any(|other| other.chain == made.chain && other.seq == made.seq);
            if house.weigh(&made.edit).is_ok() && !forked {
                all.push(made);
            }
        }
        let mut dice = Dice(other_dice.into_iter());
        let edits: Vec<Edit> = all.iter().map(|made| made.edit.clone()).collect();
        let mut together = hold(&edits, false);
        let expected = seen(&together);
        for one_by_one in [true, true, false] {
            let order = shuffled(&all, &mut dice);
            let mut other = hold(&order, one_by_one);
            prop_assert_eq!(other.get_heads(), together.get_heads());
            prop_assert_eq!(seen(&other), expected.clone());
        }
        let saved = together.save();
        let mut loaded = AutoCommit::load(&saved).expect("what was saved can be loaded");
        prop_assert_eq!(loaded.get_heads(), together.get_heads());
        prop_assert_eq!(seen(&loaded), expected);
        let text = loaded.put_object(ROOT, "after", ObjType::Text).expect("and written in");
        loaded.splice_text(&text, 0, 0, "afterwards").expect("a text");
        loaded.commit();
        prop_assert_eq!(together.get_changes(&[]).len(), all.len());
    }
}
