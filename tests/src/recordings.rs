//! Recordings of writing together that could have happened, made from a seed.
//!
//! Everybody inserts only in a stretch of the text of their own, between two marks that nobody deletes, so no two people
//! ever insert at the same place at the same time and every correct system ends with the same text. Everybody deletes
//! everywhere else.

use automerge::{AutoCommit, ObjId, ObjType, ROOT, ReadDoc as _, TextEncoding, transaction::Transactable as _};
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

/// Letters that are one, two, three and four bytes long, combine, join, turn the direction, or must be escaped.
const LETTERS: [&str; 16] = [
    "a",
    "Z",
    " ",
    "\n",
    "\"",
    "\\",
    "'",
    "é",
    "e\u{301}",
    "ж",
    "한",
    "ע",
    "\u{202e}",
    "\u{1}",
    "👩\u{200d}👩\u{200d}👧",
    "𝔸",
];

/// The marks around everybody's stretch.
const MARK: char = '¦';

/// A recording of so many agents with about so many transactions.
pub fn made(seed: u64, agents: usize, transactions: usize) -> Value {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let mut first = AutoCommit::new_with_encoding(TextEncoding::UnicodeCodePoint);
    let text = first.put_object(ROOT, "text", ObjType::Text).expect("the root is a map");
    let marks: String = std::iter::repeat_n(MARK, agents + 1).collect();
    first.splice_text(&text, 0, 0, &marks).expect("the text is empty");
    let mut txns = vec![json!({"parents": [], "agent": 0, "patches": [[0, 0, marks]]})];
    let mut writers: Vec<Writer> = (0..agents)
        .map(|agent| Writer { agent, document: first.fork(), text: text.clone(), seen: vec![None; agents] })
        .collect();
    for writer in &mut writers {
        writer.seen[0] = Some(0);
    }
    while txns.len() < transactions {
        let who = dice.random_range(0..agents);
        if dice.random_bool(0.3) {
            let whom = dice.random_range(0..agents);
            hear(&mut writers, who, whom);
        }
        let writer = &mut writers[who];
        let parents: Vec<usize> = writer.seen.iter().flatten().copied().collect();
        let patches: Vec<Value> = (0..dice.random_range(1..4)).map(|_| writer.write(&mut dice)).collect();
        writer.document.commit();
        writer.seen[who] = Some(txns.len());
        txns.push(json!({"parents": parents, "agent": who, "patches": patches}));
    }
    for other in 1..agents {
        hear(&mut writers, 0, other);
    }
    let end = writers[0].document.text(&text).expect("it is a text");
    json!({"kind": "concurrent", "endContent": end, "numAgents": agents, "txns": txns})
}

struct Writer {
    agent: usize,
    document: AutoCommit,
    text: ObjId,
    /// The last transaction of each agent in what this one holds.
    seen: Vec<Option<usize>>,
}

fn hear(writers: &mut [Writer], who: usize, whom: usize) {
    if who == whom {
        return;
    }
    let mut other = writers[whom].document.clone();
    let seen = writers[whom].seen.clone();
    writers[who].document.merge(&mut other).expect("they began as one");
    for (ours, theirs) in writers[who].seen.iter_mut().zip(seen) {
        *ours = (*ours).max(theirs);
    }
}

impl Writer {
    /// One patch: mostly a few letters, now and then a large paste or a large deletion.
    fn write(&mut self, dice: &mut ChaCha8Rng) -> Value {
        let shown: Vec<char> = self.document.text(&self.text).expect("it is a text").chars().collect();
        if dice.random_bool(0.3)
            && let Some((at, delete)) = deletion(&shown, dice)
        {
            self.document.splice_text(&self.text, at, delete as isize, "").expect("it is inside");
            return json!([at, delete, ""]);
        }
        let marks: Vec<usize> = shown.iter().enumerate().filter(|(_, c)| **c == MARK).map(|(at, _)| at).collect();
        let (from, to) = (marks[self.agent] + 1, marks[self.agent + 1]);
        let at = dice.random_range(from..=to);
        let many = if dice.random_bool(0.03) { dice.random_range(500..1_500) } else { dice.random_range(1..6) };
        let insert: String = (0..many).map(|_| LETTERS[dice.random_range(0..LETTERS.len())]).collect();
        self.document.splice_text(&self.text, at, 0, &insert).expect("it is inside");
        json!([at, 0, insert])
    }
}

/// A stretch without a mark.
fn deletion(shown: &[char], dice: &mut ChaCha8Rng) -> Option<(usize, usize)> {
    let at = (dice.next_u32() as usize) % shown.len();
    let free = shown[at..].iter().take_while(|letter| **letter != MARK).count();
    let most = if dice.random_bool(0.1) { free } else { free.min(5) };
    (most > 0).then(|| (at, dice.random_range(1..=most)))
}
