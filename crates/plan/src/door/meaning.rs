//! Whether an edit fits what it builds on: its chain, its counter, and everything its operations name.

use seal::{ChainId, Refusal, Seq};

use super::{
    chunk::Chunk,
    index::{Entry, Index, Object, Place, Run, Sense, find_run},
    operation::{Act, Name, Operation},
};
use crate::limits::{CHAIN_BYTES, CHAIN_EDITS, COUNTER, DEPTH};

/// What an edit adds to the index, once all of it is known to fit.
pub(super) struct Fitting {
    before: Option<Entry>,
    past: Vec<Place>,
    count: u16,
    runs: Vec<NewRun>,
    objects: Vec<Object>,
    bytes: u32,
}

// A run whose key, if it has one, is not numbered yet.
struct NewRun {
    run: Run,
    key: Option<String>,
}

/// Weighs an edit's meaning. Nothing is remembered yet.
pub(super) fn weigh(
    index: &Index,
    chunk: &Chunk<'_>,
    operations: &[Operation<'_>],
    length: usize,
) -> Result<Fitting, Refusal> {
    let (before, past, highest) = look_back(index, chunk)?;
    let count = u16::try_from(operations.len()).map_err(|_| Refusal::Size)?;
    if chunk.first != highest + 1 || chunk.first + u64::from(count) > COUNTER {
        return Err(Refusal::Meaning);
    }
    let bytes = before.map_or(0, |before| u64::from(before.bytes)) + length as u64;
    if chunk.head.seq.number() > CHAIN_EDITS || bytes > CHAIN_BYTES {
        return Err(Refusal::Bounds);
    }
    let mut fit = Fit {
        index,
        chunk,
        own: before.map(|before| before.place),
        past: &past,
        runs: Vec::new(),
        objects: Vec::new(),
    };
    for (at, operation) in operations.iter().enumerate() {
        fit.operation(at as u16, operation)?;
    }
    let Fit { runs, objects, .. } = fit;
    Ok(Fitting { before, past, count, runs, objects, bytes: bytes as u32 })
}

/// Remembers an edit that fits.
pub(super) fn remember(index: &mut Index, chunk: &Chunk<'_>, fitting: Fitting) {
    let Fitting { before, past, count, runs, objects, bytes } = fitting;
    let place = index.next_place(chunk.head.chain, before.map(|before| before.place));
    let past = index.number_past(past, before.map(|before| before.past));
    for NewRun { mut run, key } in runs {
        if let Some(key) = key {
            run.sense = Sense::Value(index.number_key(&key));
        }
        index.runs.push(run);
    }
    index.objects.extend(objects);
    let runs = u32::try_from(index.runs.len()).expect("the operations of one document fit in memory");
    let first = u32::try_from(chunk.first).expect("counters are bounded");
    index.add(Entry { hash: chunk.head.hash, place, first, count, bytes, past, runs });
}

// The predecessor, the rest of the past, and the highest counter directly built on.
fn look_back(index: &Index, chunk: &Chunk<'_>) -> Result<(Option<Entry>, Vec<Place>, u64), Refusal> {
    let mut before = None;
    let mut others = Vec::new();
    let mut highest = 0;
    for hash in &chunk.head.after {
        let entry = index.find(hash).ok_or(Refusal::Early)?;
        highest = highest.max(u64::from(entry.first) + u64::from(entry.count) - 1);
        if index.chain(entry.place.line) != chunk.head.chain {
            others.push(entry);
        } else if before.replace(*entry).is_some() {
            return Err(Refusal::Meaning);
        }
    }
    let number = before.map_or(Some(Seq::FIRST), |before| Seq::new(u64::from(before.place.seq) + 1));
    if number != Some(chunk.head.seq) {
        return Err(Refusal::Meaning);
    }
    let mut past = before.map_or(Vec::new(), |before| index.pasts[before.past as usize].clone());
    let forked = |_| Refusal::Meaning;
    for other in others {
        index.join(&mut past, other.place).map_err(forked)?;
        for place in &index.pasts[other.past as usize] {
            index.join(&mut past, *place).map_err(forked)?;
        }
    }
    // What others have seen of this chain must lie on the way to its predecessor, which stands for it.
    if let Ok(own) = past.binary_search_by(|place| index.chain(place.line).cmp(&chunk.head.chain)) {
        let seen = past.remove(own);
        let mut alone = vec![seen];
        let before = before.ok_or(Refusal::Meaning)?.place;
        index.join(&mut alone, before).map_err(forked)?;
        if alone != [before] {
            return Err(Refusal::Meaning);
        }
    }
    Ok((before, past, highest))
}

struct Fit<'a> {
    index: &'a Index,
    chunk: &'a Chunk<'a>,
    own: Option<Place>,
    past: &'a [Place],
    runs: Vec<NewRun>,
    objects: Vec<Object>,
}

impl Fit<'_> {
    fn operation(&mut self, at: u16, operation: &Operation<'_>) -> Result<(), Refusal> {
        let home = match operation.object {
            None => 0,
            Some(name) => match self.named(at, name)?.0.sense {
                Sense::Made(object) => object + 1,
                Sense::Letters | Sense::Value(_) => return Err(Refusal::Meaning),
            },
        };
        let Object { text, depth } = self.object(home);
        match &operation.act {
            Act::Letter { behind } if text => {
                if let Some(behind) = behind {
                    self.letter(at, home, *behind)?;
                }
                self.note(at, home, Sense::Letters, None);
            }
            Act::Erase { letter } if text => self.letter(at, home, *letter)?,
            Act::Put { key, replaced } if !text => {
                self.replaces(at, home, key, replaced)?;
                self.note(at, home, Sense::Value(0), Some(key));
            }
            Act::Clear { key, replaced } if !text => self.replaces(at, home, key, replaced)?,
            Act::Make { text, .. } if !self.object(home).text => {
                if depth >= DEPTH {
                    return Err(Refusal::Size);
                }
                let number = u32::try_from(self.index.objects.len() + self.objects.len()).map_err(|_| Refusal::Size)?;
                self.objects.push(Object { text: *text, depth: depth + 1 });
                self.note(at, home, Sense::Made(number), None);
            }
            Act::Letter { .. } | Act::Erase { .. } | Act::Put { .. } | Act::Clear { .. } | Act::Make { .. } => {
                return Err(Refusal::Meaning);
            }
        }
        Ok(())
    }

    fn object(&self, home: u32) -> Object {
        let Some(number) = home.checked_sub(1) else { return Object { text: false, depth: 0 } };
        let number = number as usize;
        match number.checked_sub(self.index.objects.len()) {
            None => self.index.objects[number],
            Some(new) => self.objects[new],
        }
    }

    /// The run of what an operation names: in this edit before it, or in the edit's past.
    fn named(&self, at: u16, name: Name) -> Result<(Run, Option<&str>), Refusal> {
        if name.chain == 0 && name.counter >= self.chunk.first {
            let offset = u16::try_from(name.counter - self.chunk.first).ok().filter(|offset| *offset < at);
            let offset = offset.ok_or(Refusal::Meaning)?;
            let found = self.runs.partition_point(|new| new.run.offset <= offset).checked_sub(1);
            let new = &self.runs[found.ok_or(Refusal::Meaning)?];
            let run = find_run(&[new.run], offset).ok_or(Refusal::Meaning)?;
            return Ok((run, new.key.as_deref()));
        }
        let place = match name.chain.checked_sub(1) {
            None => self.own,
            Some(other) => {
                let chain = self.chunk.others[other];
                let found = self.past.binary_search_by(|place| self.index.chain(place.line).cmp(&chain));
                found.ok().map(|found| self.past[found])
            }
        };
        let run = place.and_then(|place| self.index.run_at(place, name.counter));
        Ok((run.ok_or(Refusal::Meaning)?, None))
    }

    fn letter(&self, at: u16, home: u32, letter: Name) -> Result<(), Refusal> {
        let run = self.named(at, letter)?.0;
        if run.object == home && run.sense == Sense::Letters { Ok(()) } else { Err(Refusal::Meaning) }
    }

    // What is replaced was put at this very key, and is named once each, in automerge's order.
    fn replaces(&self, at: u16, home: u32, key: &str, replaced: &[Name]) -> Result<(), Refusal> {
        let known = self.index.key(key);
        let order = |name: &Name| (name.counter, self.chain(name.chain));
        if !replaced.windows(2).all(|pair| order(&pair[0]) < order(&pair[1])) {
            return Err(Refusal::Shape);
        }
        for name in replaced {
            let (run, new_key) = self.named(at, *name)?;
            let same_key = match (new_key, run.sense) {
                (Some(new), Sense::Value(_)) => new == key,
                (None, Sense::Value(number)) => Some(number) == known,
                (_, Sense::Letters | Sense::Made(_)) => false,
            };
            if run.object != home || !same_key {
                return Err(Refusal::Meaning);
            }
        }
        Ok(())
    }

    fn chain(&self, number: usize) -> ChainId {
        number.checked_sub(1).map_or(self.chunk.head.chain, |other| self.chunk.others[other])
    }

    fn note(&mut self, at: u16, object: u32, sense: Sense, key: Option<&str>) {
        if let Some(NewRun { run, .. }) = self.runs.last_mut()
            && sense == Sense::Letters
            && run.sense == Sense::Letters
            && run.object == object
            && run.offset + run.count == at
        {
            run.count += 1;
            return;
        }
        self.runs.push(NewRun { run: Run { offset: at, count: 1, object, sense }, key: key.map(str::to_owned) });
    }
}
