//! The edits' own columns: whose, which number, how far their operations reach, when, and what they build on.

use std::ops::Range;

use super::{Chunk, column, has_only};
use crate::{
    door::code::{self, Reader},
    limits::{COUNTER, EXACT_EDITS, OPERATIONS},
};

const CHAIN: u64 = 0x01;
const SEQ: u64 = 0x03;
const LAST: u64 = 0x13;
const TIME: u64 = 0x23;
const AFTER_COUNT: u64 = 0x40;
const AFTER: u64 = 0x43;
const EXTRA: u64 = 0x56;

/// What automerge writes for an edit without anything extra: no bytes of the kind "bytes".
const NOTHING_EXTRA: u64 = 7;

/// One edit, as far as its columns say.
pub(super) struct Change {
    pub(super) chain: u32,
    pub(super) seq: u64,
    /// Its first operation's counter, and how many follow on.
    pub(super) first: u32,
    pub(super) count: u32,
    pub(super) time: i64,
    after: Range<usize>,
    /// Where its operations begin among all of them.
    pub(super) start: usize,
}

pub(super) struct Changes {
    pub(super) all: Vec<Change>,
    after: Vec<usize>,
    by_chain: Vec<Vec<usize>>,
    /// How many operations all have.
    pub(super) operations: usize,
}

impl Changes {
    pub(super) fn read(chunk: &Chunk<'_>) -> Option<Changes> {
        let columns = &chunk.changes;
        if !has_only(columns, &[CHAIN, SEQ, LAST, TIME, AFTER_COUNT, AFTER, EXTRA]) {
            return None;
        }
        let numbers = |kind, most| code::runs(column(columns, kind), most, Reader::unsigned, code::write_unsigned);
        let chains = numbers(CHAIN, EXACT_EDITS)?;
        let count = chains.len();
        let (seqs, lasts) =
            (code::differences(column(columns, SEQ), count)?, code::differences(column(columns, LAST), count)?);
        let times = times(column(columns, TIME), count)?;
        let after_counts = numbers(AFTER_COUNT, count)?;
        let extra = numbers(EXTRA, count)?;
        let same_length = [seqs.len(), lasts.len(), times.len(), after_counts.len(), extra.len()] == [count; 5];
        if !same_length || extra.iter().any(|extra| *extra != Some(NOTHING_EXTRA)) {
            return None;
        }
        let after = code::differences(column(columns, AFTER), 2 * EXACT_EDITS)?;
        let after = after.into_iter().map(|at| usize::try_from(at?).ok()).collect::<Option<Vec<_>>>()?;
        let mut changes = Changes {
            all: Vec::with_capacity(count),
            after,
            by_chain: vec![Vec::new(); chunk.chains.len()],
            operations: 0,
        };
        let mut from = 0_usize;
        for at in 0..count {
            let upto = from.checked_add(usize::try_from(after_counts[at]?).ok()?)?;
            changes.add(chunk.chain(chains[at]?)?, seqs[at]?, lasts[at]?, times[at], from..upto)?;
            from = upto;
        }
        let all_used = from == changes.after.len() && changes.by_chain.iter().all(|edits| !edits.is_empty());
        all_used.then_some(changes)
    }

    fn add(&mut self, chain: u32, seq: u64, last: u64, time: i64, after: Range<usize>) -> Option<()> {
        let (at, start) = (self.all.len(), self.operations);
        // Each names what stands before it, and counts on from the highest of these.
        let named = self.after.get(after.clone())?;
        let ends = named.iter().map(|named| self.all.get(*named).map(Change::last));
        let first = 1 + ends.collect::<Option<Vec<_>>>()?.into_iter().max().unwrap_or(0);
        let count = (last + 1).checked_sub(u64::from(first)).filter(|count| (1..=OPERATIONS as u64).contains(count))?;
        if last >= COUNTER {
            return None;
        }
        let own = self.by_chain.get_mut(chain as usize)?;
        let before = own.last().map(|before| &self.all[*before]);
        let continues = before.map_or(seq == 1, |before| before.seq + 1 == seq && before.last() < first);
        if !continues {
            return None;
        }
        own.push(at);
        let count = u32::try_from(count).ok()?;
        self.operations += count as usize;
        self.all.push(Change { chain, seq, first, count, time, after, start });
        Some(())
    }

    /// Where what an edit builds on stands.
    pub(super) fn after(&self, change: &Change) -> impl Iterator<Item = usize> {
        self.after[change.after.clone()].iter().copied()
    }

    /// The edits that nothing builds on.
    pub(super) fn heads(&self) -> impl Iterator<Item = usize> {
        let mut named = vec![false; self.all.len()];
        self.after.iter().for_each(|at| named[*at] = true);
        named.into_iter().enumerate().filter(|(_, named)| !named).map(|(at, _)| at)
    }

    /// The place of an operation among all of them.
    pub(super) fn place(&self, chain: u32, counter: u32) -> Option<usize> {
        let own = &self.by_chain[chain as usize];
        let before = own.partition_point(|at| self.all[*at].first <= counter).checked_sub(1)?;
        let change = &self.all[own[before]];
        let offset = counter - change.first;
        (offset < change.count).then(|| change.start + offset as usize)
    }
}

impl Change {
    fn last(&self) -> u32 {
        self.first + self.count - 1
    }
}

// Differences like those of other columns, but a time may lie before 1970.
fn times(column: &[u8], count: usize) -> Option<Vec<i64>> {
    let steps = code::runs(column, count, Reader::signed, code::write_signed)?;
    let mut last = 0_i64;
    let next = |step: Option<i64>| {
        last = last.checked_add(step?)?;
        Some(last)
    };
    steps.into_iter().map(next).collect()
}
