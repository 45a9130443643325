//! Lies told to the door: about letters, objects, keys, predecessors, counters, chains, shape and size.

use std::{num::NonZeroU64, sync::LazyLock};

use automerge::{
    ActorId, Change, ChangeHash, ExpandedChange, ObjType, ScalarValue,
    legacy::{ElementId, Key, MarkData, ObjectId, Op, OpId, OpType},
};
use seal::{Bytes, ChainId, DocId, Door as _, Edit, Refusal, Time};

use super::*;
use crate::{Document, Part, limits, part};

mod rubbish;

const DOC: DocId = DocId::new([9; 32]);
const MAKER: ChainId = ChainId::new([1; 16]);
const LIAR: ChainId = ChainId::new([2; 16]);

// What the maker's first edit does: `v`, seven texts, a set.
const IMPORTANT: u64 = 2;
const PEOPLE: u64 = 3;
const HELPED_BY: u64 = 9;

/// A door that knows the making of a part, "hello" and a date by its maker, and nothing of the liar.
struct World {
    house: House,
    made: Vec<Edit>,
    hello: Vec<Edit>,
}

/// About me with its first nine fields. These lies count the operations of its making, which new fields must not change.
fn about_me() -> &'static Part {
    static FIRST: LazyLock<Part> = LazyLock::new(|| {
        let now = part("about-me").unwrap();
        Part { fields: &now.fields[..9], ..*now }
    });
    &FIRST
}

fn world() -> World {
    let (mut document, made) = Document::create(about_me(), DOC, MAKER, Time(1));
    document.splice("about-me.important".parse().unwrap(), 0, 0, "hello").unwrap();
    let date = crate::Value::Date("2026-11-20".parse().unwrap());
    document.set("about-me.updated".parse().unwrap(), Some(date)).unwrap();
    let hello = document.close(Time(2));
    let mut house = House::new();
    let edits = |bytes: Vec<Bytes>| bytes.into_iter().map(|bytes| read(&bytes)).collect::<Vec<_>>();
    let (made, hello) = (edits(made), edits(hello));
    for edit in made.iter().chain(&hello) {
        house.weigh(edit).unwrap();
    }
    World { house, made, hello }
}

fn read(bytes: &[u8]) -> Edit {
    Edit::read(DOC, Bytes::from(bytes), head).expect("an edit's head")
}

fn id(counter: u64, chain: ChainId) -> OpId {
    OpId(counter, ActorId::from(chain.as_bytes()))
}

fn hash(edit: &Edit) -> ChangeHash {
    ChangeHash(*edit.hash().as_bytes())
}

fn object(counter: u64) -> ObjectId {
    ObjectId::Id(id(counter, MAKER))
}

fn letter_behind(text: u64, behind: Option<OpId>) -> Op {
    let key = Key::Seq(behind.map_or(ElementId::Head, ElementId::Id));
    Op { action: OpType::Put("x".into()), obj: object(text), key, pred: Vec::new().into(), insert: true }
}

fn erase(text: u64, letter: OpId) -> Op {
    let key = Key::Seq(ElementId::Id(letter.clone()));
    Op { action: OpType::Delete, obj: object(text), key, pred: vec![letter].into(), insert: false }
}

fn at_key(obj: ObjectId, key: &str, action: OpType, replaced: Vec<OpId>) -> Op {
    Op { action, obj, key: Key::Map(key.into()), pred: replaced.into(), insert: false }
}

fn put(key: &str, replaced: Vec<OpId>) -> Op {
    at_key(ObjectId::Root, key, OpType::Put("2026-11-21".into()), replaced)
}

/// The liar's first edit, upon what `seen` ends with.
fn edit(operations: Vec<Op>, seen: &[Edit], start: u64) -> ExpandedChange {
    ExpandedChange {
        operations,
        actor_id: ActorId::from(LIAR.as_bytes()),
        hash: None,
        seq: 1,
        start_op: NonZeroU64::new(start).unwrap(),
        time: 0,
        message: None,
        deps: seen.last().map(hash).into_iter().collect(),
        extra_bytes: Vec::new(),
        author: None,
    }
}

fn bytes(edit: ExpandedChange) -> Vec<u8> {
    Change::from(edit).raw_bytes().to_vec()
}

impl World {
    fn weigh(&mut self, edit: ExpandedChange) -> Result<(), Refusal> {
        let edit = Edit::read(DOC, Bytes::from(bytes(edit)), head).map_err(|_| Refusal::Shape)?;
        self.house.weigh(&edit)
    }

    // Upon the making alone: "hello" is known to the door, but lies not in this edit's past.
    fn upon_the_making(&mut self, operations: Vec<Op>) -> Result<(), Refusal> {
        let edit = edit(operations, &self.made.clone(), 10);
        self.weigh(edit)
    }

    fn upon_all(&mut self, operations: Vec<Op>) -> Result<(), Refusal> {
        let edit = edit(operations, &self.hello.clone(), 16);
        self.weigh(edit)
    }
}

#[test]
fn what_these_tests_make_is_let_in_when_it_is_true() {
    let mut world = world();
    let o = id(14, MAKER);
    let mine = |counter| id(counter, LIAR);
    let operations = vec![
        letter_behind(IMPORTANT, Some(o.clone())),
        letter_behind(IMPORTANT, Some(mine(16))),
        erase(IMPORTANT, o),
        erase(IMPORTANT, mine(17)),
        letter_behind(PEOPLE, None),
        put("updated", vec![id(15, MAKER)]),
        put("updated", vec![mine(21)]),
        at_key(ObjectId::Root, "updated", OpType::Delete, vec![mine(22)]),
        at_key(object(HELPED_BY), "Hodan", OpType::Put(true.into()), Vec::new()),
        at_key(ObjectId::Root, "later", OpType::Make(ObjType::Map), Vec::new()),
    ];
    assert_eq!(world.upon_all(operations), Ok(()));
    let mut world = self::world();
    assert_eq!(world.upon_the_making(vec![letter_behind(IMPORTANT, None)]), Ok(()));
}

#[test]
fn a_letter_that_is_not_in_its_past_is_no_letter() {
    let mut world = world();
    let hello = id(10, MAKER);
    for lie in [
        letter_behind(IMPORTANT, Some(hello.clone())),
        erase(IMPORTANT, hello),
        letter_behind(IMPORTANT, Some(id(10, LIAR))),
        letter_behind(IMPORTANT, Some(id(11, LIAR))),
        letter_behind(IMPORTANT, Some(id(99, MAKER))),
        letter_behind(IMPORTANT, Some(id(1, ChainId::new([7; 16])))),
    ] {
        assert_eq!(world.upon_the_making(vec![lie]), Err(Refusal::Meaning));
    }
}

#[test]
fn a_letter_of_another_text_or_no_letter_at_all_is_refused() {
    let mut world = world();
    for lie in [
        letter_behind(PEOPLE, Some(id(10, MAKER))),
        erase(PEOPLE, id(10, MAKER)),
        letter_behind(IMPORTANT, Some(id(IMPORTANT, MAKER))),
        letter_behind(IMPORTANT, Some(id(15, MAKER))),
        letter_behind(HELPED_BY, None),
        letter_behind(1, None),
        letter_behind(10, None),
        letter_behind(400, None),
        at_key(object(IMPORTANT), "key", OpType::Put("x".into()), Vec::new()),
        at_key(object(IMPORTANT), "key", OpType::Make(ObjType::Text), Vec::new()),
        erase(IMPORTANT, id(15, MAKER)),
    ] {
        assert_eq!(world.upon_all(vec![lie]), Err(Refusal::Meaning));
    }
    // A letter behind an act of deleting, and one behind a letter still to come.
    let deleting = vec![erase(IMPORTANT, id(10, MAKER)), letter_behind(IMPORTANT, Some(id(16, LIAR)))];
    assert_eq!(world.upon_all(deleting), Err(Refusal::Meaning));
    let to_come = vec![letter_behind(IMPORTANT, Some(id(17, LIAR))), letter_behind(IMPORTANT, None)];
    assert_eq!(world.upon_all(to_come), Err(Refusal::Meaning));
}

#[test]
fn a_value_replaces_only_values_of_its_own_key_in_its_past() {
    let mut world = world();
    assert_eq!(world.upon_the_making(vec![put("updated", vec![id(15, MAKER)])]), Err(Refusal::Meaning));
    for lie in [
        put("v", vec![id(15, MAKER)]),
        put("updated", vec![id(1, MAKER)]),
        put("updated", vec![id(16, LIAR)]),
        put("updated", vec![id(10, MAKER)]),
        put("important", vec![id(IMPORTANT, MAKER)]),
        put("unheard-of", vec![id(15, MAKER)]),
        at_key(ObjectId::Root, "important", OpType::Delete, vec![id(IMPORTANT, MAKER)]),
        at_key(object(HELPED_BY), "updated", OpType::Put(true.into()), vec![id(15, MAKER)]),
    ] {
        assert_eq!(world.upon_all(vec![lie]), Err(Refusal::Meaning));
    }
    let twice = put("updated", vec![id(15, MAKER), id(15, MAKER)]);
    assert_eq!(world.upon_all(vec![twice]), Err(Refusal::Shape));
}

#[test]
fn what_our_schema_does_not_know_is_refused() {
    let mut world = world();
    let text = |action, insert| Op {
        action,
        obj: object(IMPORTANT),
        key: Key::Seq(ElementId::Id(id(10, MAKER))),
        pred: Vec::new().into(),
        insert,
    };
    let root = |action| at_key(ObjectId::Root, "odd", action, Vec::new());
    let mark = MarkData { name: "bold".into(), value: true.into(), expand: true };
    for odd in [
        text(OpType::Put("two".into()), true),
        text(OpType::Put("".into()), true),
        text(OpType::Put(7.into()), true),
        text(OpType::Put("x".into()), false),
        text(OpType::Make(ObjType::Map), true),
        text(OpType::MarkBegin(mark), true),
        text(OpType::Delete, false),
        root(OpType::Make(ObjType::List)),
        root(OpType::Make(ObjType::Table)),
        root(OpType::Put(ScalarValue::Null)),
        root(OpType::Put(ScalarValue::F64(0.5))),
        root(OpType::Put(ScalarValue::Uint(5))),
        root(OpType::Put(ScalarValue::Bytes(vec![1]))),
        root(OpType::Put(ScalarValue::counter(1))),
        root(OpType::Increment(1)),
        root(OpType::Delete),
        at_key(ObjectId::Root, "updated", OpType::Make(ObjType::Text), vec![id(15, MAKER)]),
        at_key(ObjectId::Root, "", OpType::Put(true.into()), Vec::new()),
        at_key(ObjectId::Root, &"k".repeat(65), OpType::Put(true.into()), Vec::new()),
    ] {
        assert_eq!(world.upon_all(vec![odd.clone()]), Err(Refusal::Shape), "{odd:?}");
    }
    assert_eq!(world.upon_all(Vec::new()), Err(Refusal::Shape));
}

#[test]
fn a_counter_goes_on_exactly_where_the_past_ends() {
    let mut world = world();
    let hello = world.hello.clone();
    for start in [1, 10, 15, 17, limits::COUNTER - 1, limits::COUNTER, u64::from(u32::MAX), u64::MAX] {
        let edit = edit(vec![letter_behind(PEOPLE, None)], &hello, start);
        if let Ok(read) = Edit::read(DOC, Bytes::from(bytes(edit)), head) {
            assert_eq!(world.house.weigh(&read), Err(Refusal::Meaning), "{start}");
        }
    }
    let index = world.house.documents.get_mut(&DOC).unwrap();
    index.entries.last_mut().unwrap().first = (limits::COUNTER - 8) as u32;
    let last = edit(vec![letter_behind(PEOPLE, None)], &hello, limits::COUNTER - 2);
    assert_eq!(world.weigh(last), Ok(()));
    let beyond = edit(vec![put("a", vec![]), put("b", vec![]), put("c", vec![])], &hello, limits::COUNTER - 2);
    assert_eq!(world.weigh(beyond), Err(Refusal::Meaning));
}

#[test]
fn a_time_orders_nothing_but_must_be_one_that_can_be_reckoned_with() {
    let most = i64::try_from(limits::TIME).unwrap();
    let at = |time| {
        let mut world = world();
        let edit = ExpandedChange { time, ..edit(vec![put("x", vec![])], &world.hello.clone(), 16) };
        world.weigh(edit)
    };
    assert_eq!([at(most), at(-most), at(0)], [Ok(()); 3]);
    assert_eq!([at(most + 1), at(-most - 1), at(i64::MIN), at(i64::MAX)], [Err(Refusal::Shape); 4]);
    // A clock that is far off costs nobody their words.
    let (_, edits) = Document::create(about_me(), DOC, MAKER, Time(i64::MAX));
    let mut house = House::new();
    assert!(edits.iter().all(|edit| house.weigh(&read(edit)).is_ok()));
}

#[test]
fn a_chain_is_a_line() {
    let mut world = world();
    let hello = world.hello.clone();
    let first = edit(vec![letter_behind(PEOPLE, None)], &hello, 16);
    let one = read(&bytes(first.clone()));
    world.house.weigh(&one).unwrap();
    let next = |seq, deps: &[&Edit], start| ExpandedChange {
        seq,
        deps: {
            let mut deps: Vec<_> = deps.iter().map(|edit| hash(edit)).collect();
            deps.sort();
            deps
        },
        ..edit(vec![letter_behind(PEOPLE, None)], &[], start)
    };
    // The predecessor left out; a number left out, told twice, or out of nowhere; the first edit told once more.
    assert_eq!(world.weigh(next(2, &[&hello[0]], 16)), Err(Refusal::Meaning));
    assert_eq!(world.weigh(next(3, &[&one], 17)), Err(Refusal::Meaning));
    assert_eq!(world.weigh(next(1, &[&one], 17)), Err(Refusal::Meaning));
    assert_eq!(world.weigh(next(2, &[], 1)), Err(Refusal::Meaning));
    let two = read(&bytes(next(2, &[&one], 17)));
    world.house.weigh(&two).unwrap();
    assert_eq!(world.weigh(next(3, &[&one, &two], 18)), Err(Refusal::Meaning));
    // What is not here may come later.
    let three = read(&bytes(next(3, &[&two], 18)));
    assert_eq!(world.weigh(next(4, &[&three], 19)), Err(Refusal::Early));
}

#[test]
fn both_sides_of_a_fork_are_let_in_and_nobody_may_build_on_both() {
    let mut world = world();
    let hello = world.hello.clone();
    let left = read(&bytes(edit(vec![letter_behind(PEOPLE, None)], &hello, 16)));
    let right = read(&bytes(edit(vec![letter_behind(IMPORTANT, None)], &hello, 16)));
    world.house.weigh(&left).unwrap();
    world.house.weigh(&right).unwrap();
    let by = |chain: u8, seq, seen: &[&Edit], start, operation| {
        let mut deps: Vec<_> = seen.iter().map(|edit| hash(edit)).collect();
        deps.sort();
        let actor_id = ActorId::from([chain; 16]);
        ExpandedChange { actor_id, seq, deps, ..edit(vec![operation], &[], start) }
    };
    let person = |world: &mut World, chain, seen: &Edit, letter_in| {
        let edit = read(&bytes(by(chain, 1, &[seen], 17, letter_behind(letter_in, Some(id(16, LIAR))))));
        world.house.weigh(&edit).map(|()| edit)
    };
    let on_left = person(&mut world, 5, &left, PEOPLE).unwrap();
    let on_right = person(&mut world, 6, &right, IMPORTANT).unwrap();
    // The same counter means another letter on each side.
    assert_eq!(person(&mut world, 7, &left, IMPORTANT), Err(Refusal::Meaning));
    let top = letter_behind(IMPORTANT, None);
    assert_eq!(world.weigh(by(7, 1, &[&left, &right], 17, top.clone())), Err(Refusal::Meaning));
    assert_eq!(world.weigh(by(7, 1, &[&on_left, &on_right], 18, top.clone())), Err(Refusal::Meaning));
    assert_eq!(world.weigh(by(7, 1, &[&on_left, &right], 18, top.clone())), Err(Refusal::Meaning));
    // Nor may the forked chain itself go on upon its other side.
    assert_eq!(world.weigh(by(2, 2, &[&left, &on_right], 18, top.clone())), Err(Refusal::Meaning));
    assert_eq!(world.weigh(by(2, 2, &[&right, &on_right], 18, top.clone())), Ok(()));
    assert_eq!(world.weigh(by(2, 2, &[&left, &on_left], 18, top)), Ok(()));
    let stored = world.house.export(DOC).unwrap();
    let mut again = House::new();
    again.import(DOC, &stored).unwrap();
    assert_eq!(again.export(DOC), Some(stored));
}

#[test]
fn an_edit_has_bounds_and_so_has_its_author() {
    let mut world = world();
    let hello = world.hello.clone();
    let letters = |count| (0..count).map(|_| letter_behind(PEOPLE, None)).collect::<Vec<_>>();
    assert_eq!(world.upon_all(letters(limits::OPERATIONS + 1)), Err(Refusal::Size));
    assert_eq!(world.upon_all(letters(limits::OPERATIONS)), Ok(()));
    let long = at_key(ObjectId::Root, "long", OpType::Put("x".repeat(limits::VALUE_BYTES + 1).into()), Vec::new());
    assert_eq!(world.upon_all(vec![long]), Err(Refusal::Size));
    let nested = (0..=u64::from(limits::DEPTH)).map(|level| {
        let home = if level == 0 { ObjectId::Root } else { ObjectId::Id(id(15 + level, LIAR)) };
        at_key(home, "deeper", OpType::Make(ObjType::Map), Vec::new())
    });
    assert_eq!(world.upon_all(nested.collect()), Err(Refusal::Size));
    let mut world = self::world();
    let first = read(&bytes(edit(letters(1), &hello, 16)));
    world.house.weigh(&first).unwrap();
    let next = |deps: &Edit| ExpandedChange { seq: 2, deps: vec![hash(deps)], ..edit(letters(1), &[], 17) };
    let index = world.house.documents.get_mut(&DOC).unwrap();
    index.entries.last_mut().unwrap().bytes = limits::CHAIN_BYTES as u32;
    assert_eq!(world.weigh(next(&first)), Err(Refusal::Bounds));
    let index = world.house.documents.get_mut(&DOC).unwrap();
    let last = index.entries.last_mut().unwrap();
    (last.bytes, last.place.seq) = (0, limits::CHAIN_EDITS as u32);
    let beyond = ExpandedChange { seq: limits::CHAIN_EDITS + 1, ..next(&first) };
    assert_eq!(world.weigh(beyond), Err(Refusal::Bounds));
}
