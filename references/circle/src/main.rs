//! The same histories of a circle through our rules and through `p2panda-auth`'s "strong removal", as far as both have words
//! for them: adding, removing, promoting and demoting people.
//!
//! ```text
//! circle-reference [HISTORIES]     counts where the two agree, and by what they differ; 2,000 without a number
//! ```
//! The histories are those that the tests of `circle` generate, kept to what both accept at the moment it is said. Owner and
//! coordinator are their *manage*, member is their *write*.

#[allow(dead_code, reason = "a part of the tests' helpers is enough here")]
#[path = "../../../crates/circle/tests/all/dice.rs"]
mod dice;
#[allow(dead_code, reason = "a part of the tests' helpers is enough here")]
#[path = "../../../crates/circle/tests/all/help.rs"]
mod help;
#[allow(dead_code, reason = "a part of the tests' helpers is enough here")]
#[path = "../../../crates/circle/tests/all/histories.rs"]
mod histories;

mod theirs;

use std::{
    collections::{BTreeMap, BTreeSet},
    process::ExitCode,
};

use circle::{Act, Graph, Ledger, Placed, Standing, Statement, Whom};
use seal::{PersonId, StatementId};

use self::{
    histories::{History, Range},
    theirs::{Op, What},
};

/// Who belongs, and whether they manage.
type Circle = BTreeMap<u32, bool>;

fn main() -> ExitCode {
    let histories = std::env::args().nth(1).map_or(Ok(2_000), |word| word.parse::<u64>());
    let Ok(histories) = histories else {
        eprintln!("usage: circle-reference [HISTORIES]");
        return ExitCode::from(2);
    };
    for (range, called) in
        [(Range::Juniors, "only from juniors"), (Range::People, "from anyone but oneself and the founder")]
    {
        println!("who takes, takes {called}");
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        let mut verdicts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        for seed in 0..histories {
            let Outcome { acts, only_ours, only_theirs, verdict } = compare(seed, range);
            *counts.entry("acts both take in").or_default() += acts;
            *counts.entry("acts that they refuse and we would let stand").or_default() += only_ours;
            *counts.entry("acts that we refuse or void and they take in").or_default() += only_theirs;
            let (count, _) = verdicts.entry(verdict).or_insert((0, seed));
            *count += 1;
        }
        for (what, count) in counts {
            println!("{count:>8}  {what}");
        }
        for (what, (count, seed)) in verdicts {
            println!("{count:>8}  histories: {what} (first: seed {seed})");
        }
    }
    ExitCode::SUCCESS
}

struct Outcome {
    acts: u64,
    only_ours: u64,
    only_theirs: u64,
    verdict: String,
}

/// One history, filtered as it goes to what both sides accept.
fn compare(seed: u64, range: Range) -> Outcome {
    let history = History::new(seed, true, range);
    let mut ours = history.fresh();
    let mut theirs = theirs::Group::new();
    let mut names = Names::default();
    // For every statement that is kept, the operations of theirs that it says or stands for.
    let mut stands_for: BTreeMap<StatementId, BTreeSet<u32>> = BTreeMap::new();
    let mut ops: Vec<Op> = Vec::new();
    let mut outcome = Outcome { acts: 0, only_ours: 0, only_theirs: 0, verdict: String::new() };
    let mut authors: BTreeMap<seal::DeviceId, PersonId> = BTreeMap::new();
    for statement in &history.said {
        let body = statement.body();
        if let Act::Join(_) = &body.act {
            ours.place(statement.clone());
            authors.insert(statement.issuer(), statement.id().into());
            continue;
        }
        let joins = |id: &StatementId| authors.values().any(|person| *person == PersonId::from(*id));
        if !body.after.iter().all(|id| stands_for.contains_key(id) || joins(id)) {
            continue;
        }
        let after: BTreeSet<u32> = body.after.iter().filter_map(|id| stands_for.get(id)).flatten().copied().collect();
        let what = match &body.act {
            Act::Found(_) => {
                authors.insert(statement.issuer(), statement.id().into());
                Some(What::Create)
            }
            Act::Confirm(confirm) => Some(What::Add(names.of(confirm.join.into()), manages(confirm.standing))),
            Act::SetStanding(set) => Some(What::Set(names.of(set.person), manages(set.standing))),
            Act::Remove(remove) => match remove.whom {
                Whom::Person(person) => Some(What::Remove(names.of(person))),
                Whom::Device { .. } => None,
            },
            _ => None,
        };
        let Some(what) = what else {
            if matches!(ours.place(statement.clone()), Placed::New(_)) {
                stands_for.insert(statement.id(), after);
            }
            continue;
        };
        let author = names.of(authors[&statement.issuer()]);
        let op = Op::new(ops.len() as u32, author, what, theirs.least(&after));
        let they = theirs.accepts(&op);
        let founds = matches!(body.act, Act::Found(_));
        let we = founds || stands_at_once(&history, &ours, statement);
        match (we, they) {
            (true, true) => {
                if !founds {
                    ours.place(statement.clone());
                }
                theirs.take(op.clone());
                stands_for.insert(statement.id(), BTreeSet::from([op.id]));
                ops.push(op);
                outcome.acts += 1;
            }
            (true, false) => outcome.only_ours += 1,
            (false, true) => outcome.only_theirs += 1,
            (false, false) => {}
        }
    }
    let (mine, other) = (circle(&ours, &mut names), theirs.circle());
    outcome.verdict = verdict(&mine, &other, &ours, &theirs);
    outcome
}

/// Whether we would place a statement, and it would be in effect for somebody who had seen exactly what its issuer had.
fn stands_at_once(history: &History, ours: &Ledger, statement: &Statement) -> bool {
    let mut view = history.fresh();
    let under: BTreeSet<StatementId> = past(ours, statement);
    for said in &history.said {
        if under.contains(&said.id()) || matches!(said.act(), Act::Join(_)) {
            view.place(said.clone());
        }
    }
    matches!(view.place(statement.clone()), Placed::New(_)) && view.in_effect(statement.id())
}

fn past(ours: &Ledger, statement: &Statement) -> BTreeSet<StatementId> {
    let beside: BTreeSet<StatementId> =
        ours.since(Graph::Circle, &statement.body().after).iter().map(|one| one.id()).collect();
    ours.since(Graph::Circle, &[]).iter().map(|one| one.id()).filter(|id| !beside.contains(id)).collect()
}

fn manages(standing: Standing) -> bool {
    standing <= Standing::Coordinator
}

fn circle(ours: &Ledger, names: &mut Names) -> Circle {
    ours.people().map(|person| (names.of(person.id), manages(person.standing))).collect()
}

/// By what the two differ, in the plainest words that hold.
fn verdict(mine: &Circle, other: &Circle, ours: &Ledger, theirs: &theirs::Group) -> String {
    if mine == other {
        return "the same".into();
    }
    let fell = |statement: &&Statement| !ours.in_effect(statement.id());
    let all = ours.since(Graph::Circle, &[]);
    let taking = |statement: &&&Statement| matches!(statement.act(), Act::Remove(_) | Act::SetStanding(_));
    let voided = all.iter().filter(taking).any(|statement| fell(statement));
    let only_mine = mine.keys().any(|person| !other.contains_key(person));
    let only_theirs = other.keys().any(|person| !mine.contains_key(person));
    let rings = theirs.mutual();
    let why = match (only_mine, only_theirs) {
        (true, true) => "each has somebody the other has not",
        (true, false) => "ours has somebody more",
        (false, true) => "theirs has somebody more",
        (false, false) => "the same people, other standing",
    };
    let how = match (rings, voided) {
        (true, _) => "people took from each other",
        (false, true) => "one of our takings was made void by a senior",
        (false, false) => "nothing was made void here",
    };
    format!("{why}; {how}")
}

/// People as numbers, in the order they come.
#[derive(Default)]
struct Names(BTreeMap<PersonId, u32>);

impl Names {
    fn of(&mut self, person: PersonId) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(person).or_insert(next)
    }
}
