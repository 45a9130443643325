//! Reading a recorded editing session, and refusing one that cannot have happened.
//!
//! The parent of a replay reads the recording and nothing else: it holds no document. A transaction names the
//! transactions it builds on, so what its device must have merged is a count per agent ([`Reach`]); an agent's own
//! transactions are one line, so a count names them exactly.

use std::{fs::File, io::Read as _, path::Path};

use serde::Deserialize;

/// The largest recording that is read, unpacked. The longest public ones are a tenth of it.
const LARGEST: u64 = 512 << 20;

/// Code points that one edit may add and take away together. The door allows 2,000 operations; `plan` cuts at 1,000.
const STEP: usize = 400;

/// Edits one device may make in one document (`trust.md`), less the few that its parts begin with.
const EDITS: usize = 50_000 - 500;

/// Bytes one device may make in one document (`trust.md`), and what one edit costs beside the text it adds.
const BYTES: usize = 8 << 20;
const EDIT_COST: usize = 150;

/// People one recording may have. Each gets a process of its own.
const AGENTS: usize = 64;

/// A place in a text, how many code points go, and what comes.
pub(crate) type Patch = (usize, usize, String);

/// How many steps of each agent lie in somebody's past.
pub(crate) type Reach = Vec<usize>;

/// One edit of one agent: a transaction, or a part of a large one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// What the device must have merged before, exactly: steps per agent, its own among them.
    pub(crate) reach: Reach,
    /// What is typed.
    pub(crate) patches: Vec<Patch>,
    /// Which transaction of the recording this is (a part of), for the sentence when it cannot be typed.
    pub(crate) transaction: usize,
}

/// A session that can be replayed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Recording {
    /// Each agent's edits, in order.
    pub(crate) agents: Vec<Vec<Step>>,
    /// What each transaction's device holds after it: one entry per transaction, by count of steps per agent.
    pub(crate) all: Reach,
    /// The text everybody must end with.
    pub(crate) end: String,
    /// How many transactions there are.
    pub(crate) transactions: usize,
    /// How many transactions build on another agent's latest.
    pub(crate) merges: usize,
}

/// Why a file is no recording that can be replayed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Bad {
    #[error("cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    #[error("larger than {} MiB unpacked", LARGEST >> 20)]
    TooLarge,
    #[error("cut short or damaged")]
    Damaged,
    #[error("not a recording")]
    NotOne,
    #[error("transaction {0} names a parent that does not exist or comes later")]
    Parent(usize),
    #[error("transaction {0} does not follow its own agent's last one")]
    NotOneLine(usize),
    #[error("transaction {0} names an agent beyond the {1} there are")]
    Agent(usize, usize),
    #[error("transaction {0} changes a place beyond the end of the text")]
    Beyond(usize),
    #[error("agent {0} makes more edits than one device may make in one document")]
    TooMany(usize),
    #[error("it has more than {AGENTS} agents")]
    Crowd,
}

impl Bad {
    /// The key of the sentence that says this, and its values.
    pub(crate) fn say(&self) -> (&'static str, Vec<(&'static str, String)>) {
        let number = |n: &usize| vec![("number", n.to_string())];
        match self {
            Bad::Unreadable(cause) => ("cli-replay-unreadable", vec![("cause", cause.kind().to_string())]),
            Bad::TooLarge => ("cli-replay-too-large", Vec::new()),
            Bad::Damaged => ("cli-replay-damaged", Vec::new()),
            Bad::NotOne => ("cli-replay-not-one", Vec::new()),
            Bad::Parent(n) => ("cli-replay-parent", number(n)),
            Bad::NotOneLine(n) => ("cli-replay-not-one-line", number(n)),
            Bad::Agent(n, _) => ("cli-replay-agent", number(n)),
            Bad::Beyond(n) => ("cli-replay-beyond", number(n)),
            Bad::TooMany(n) => ("cli-replay-too-many", number(n)),
            Bad::Crowd => ("cli-replay-crowd", Vec::new()),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    #[serde(default)]
    start_content: String,
    end_content: String,
    #[serde(default)]
    num_agents: Option<usize>,
    txns: Vec<Transaction>,
}

#[derive(Deserialize)]
struct Transaction {
    // Recordings of one person alone leave out who and after what.
    #[serde(default)]
    parents: Option<Vec<usize>>,
    #[serde(default)]
    agent: usize,
    patches: Vec<Patch>,
}

impl Recording {
    /// Reads a recording from a file, packed with gzip or plain.
    pub(crate) fn open(path: &Path) -> Result<Recording, Bad> {
        let mut bytes = Vec::new();
        File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
        Recording::read(&bytes)
    }

    /// Reads a recording from its bytes.
    pub(crate) fn read(bytes: &[u8]) -> Result<Recording, Bad> {
        let mut unpacked = Vec::new();
        let json = if bytes.starts_with(&[0x1f, 0x8b]) {
            let unpack = flate2::read::MultiGzDecoder::new(bytes);
            unpack.take(LARGEST + 1).read_to_end(&mut unpacked).map_err(|_| Bad::Damaged)?;
            &unpacked[..]
        } else {
            bytes
        };
        if json.len() as u64 > LARGEST {
            return Err(Bad::TooLarge);
        }
        let raw: Raw = serde_json::from_slice(json).map_err(|cause| match cause.classify() {
            serde_json::error::Category::Eof => Bad::Damaged,
            _ => Bad::NotOne,
        })?;
        weave(raw)
    }
}

fn weave(raw: Raw) -> Result<Recording, Bad> {
    let named = raw.txns.iter().map(|txn| txn.agent + 1).max().unwrap_or(1);
    let count = raw.num_agents.unwrap_or(named);
    if named > count {
        let culprit = raw.txns.iter().position(|txn| txn.agent >= count).expect("some agent is beyond the count");
        return Err(Bad::Agent(culprit, count));
    }
    if count > AGENTS {
        return Err(Bad::Crowd);
    }
    let mut agents: Vec<Vec<Step>> = vec![Vec::new(); count];
    let mut begun: Option<usize> = None;
    if !raw.start_content.is_empty() {
        push(&mut agents[0], vec![0; count], vec![(0, 0, raw.start_content)], 0, 0);
        begun = Some(agents[0].len());
    }
    let transactions = raw.txns.len();
    let mut typed = vec![0; count];
    let mut written = vec![0; count];
    let mut ever = agents[0].iter().flat_map(|step| &step.patches).map(|patch| patch.2.chars().count()).sum::<usize>();
    let mut merges = 0;
    // After each transaction: how many steps, and how many transactions, of each agent are in its past or itself.
    let mut after: Vec<(Reach, Reach)> = Vec::with_capacity(transactions);
    for (number, txn) in raw.txns.into_iter().enumerate() {
        let agent = txn.agent;
        let parents = txn.parents.unwrap_or_else(|| number.checked_sub(1).into_iter().collect());
        let mut reach = vec![0; count];
        let mut past = vec![0; count];
        if let Some(steps) = begun {
            reach[0] = steps;
        }
        for &parent in &parents {
            let (steps, transactions) = after.get(parent).ok_or(Bad::Parent(number))?;
            join(&mut reach, steps);
            join(&mut past, transactions);
        }
        if past[agent] != typed[agent] {
            return Err(Bad::NotOneLine(number));
        }
        if agents[agent]
            .last()
            .is_none_or(|last| (0..count).any(|other| other != agent && reach[other] > last.reach[other]))
        {
            merges += usize::from((0..count).any(|other| other != agent && reach[other] > 0));
        }
        for (at, delete, insert) in &txn.patches {
            let grown = insert.chars().count();
            if at.checked_add(*delete).is_none_or(|end| end > ever) {
                return Err(Bad::Beyond(number));
            }
            ever += grown;
            written[agent] += insert.len();
        }
        // Nobody builds on a step of this agent that is not in its past, so its own count is the line so far.
        reach[agent] = agents[agent].len().max(reach[agent]);
        push(&mut agents[agent], reach.clone(), txn.patches, agent, number);
        reach[agent] = agents[agent].len();
        if reach[agent] > EDITS || written[agent] + reach[agent] * EDIT_COST > BYTES {
            return Err(Bad::TooMany(agent));
        }
        typed[agent] += 1;
        past[agent] = typed[agent];
        after.push((reach, past));
    }
    let all = agents.iter().map(Vec::len).collect();
    Ok(Recording { agents, all, end: raw.end_content, transactions, merges })
}

fn join(reach: &mut Reach, other: &Reach) {
    for (ours, theirs) in reach.iter_mut().zip(other) {
        *ours = (*ours).max(*theirs);
    }
}

/// Cuts a transaction into steps small enough to be one edit each. What changes nothing makes none.
fn push(line: &mut Vec<Step>, mut reach: Reach, patches: Vec<Patch>, agent: usize, transaction: usize) {
    let mut open: Vec<Patch> = Vec::new();
    let mut size = 0;
    let mut close = |open: &mut Vec<Patch>, size: &mut usize| {
        if !open.is_empty() {
            reach[agent] = line.len();
            line.push(Step { reach: reach.clone(), patches: std::mem::take(open), transaction });
            *size = 0;
        }
    };
    for patch in patches.into_iter().flat_map(pieces) {
        let cost = patch.1 + patch.2.chars().count();
        if size + cost > STEP {
            close(&mut open, &mut size);
        }
        size += cost;
        open.push(patch);
    }
    close(&mut open, &mut size);
}

/// One patch as several of at most [`STEP`] code points: first what goes, then what comes, left to right.
fn pieces((at, mut delete, insert): Patch) -> Vec<Patch> {
    if delete + insert.chars().count() <= STEP {
        return if delete == 0 && insert.is_empty() { Vec::new() } else { vec![(at, delete, insert)] };
    }
    let mut pieces = Vec::new();
    while delete > 0 {
        let now = delete.min(STEP);
        pieces.push((at, now, String::new()));
        delete -= now;
    }
    let mut place = at;
    let mut piece = String::new();
    let mut length = 0;
    for letter in insert.chars() {
        piece.push(letter);
        length += 1;
        if length == STEP {
            pieces.push((place, 0, std::mem::take(&mut piece)));
            place += STEP;
            length = 0;
        }
    }
    if !piece.is_empty() {
        pieces.push((place, 0, piece));
    }
    pieces
}
