//! One chain as it is held here: its edits by number, its branches where it is forked, its signatures.
//!
//! Nearly every chain is one line and stays on the fast path: number n stands at place n-1. An old copy that was opened
//! again, or a liar, makes twins: edits that do not follow the last of the line.

use std::collections::{BTreeMap, BTreeSet};

use seal::{EditHash, MILESTONE, Seq, Signature};

use crate::{frontier::End, planted::Planted};

#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    main: Vec<EditHash>,
    /// Edits beside the line, each with the one it follows.
    twins: BTreeMap<End, Option<EditHash>>,
    /// Signatures that are flushed.
    signed: BTreeMap<End, Signature>,
    /// The signed edits that no other signed edit follows.
    ends: Vec<End>,
}

impl Line {
    /// Takes in an edit, after the one it follows.
    pub(crate) fn add(&mut self, end: End, before: Option<EditHash>) {
        if self.main.last().copied() == before && place(end.seq) == self.main.len() {
            self.main.push(end.hash);
        } else {
            self.twins.insert(end, before);
        }
    }

    pub(crate) fn has(&self, end: End) -> bool {
        self.is_on_main(end) || self.twins.contains_key(&end)
    }

    pub(crate) fn is_forked(&self) -> bool {
        !self.twins.is_empty()
    }

    /// Branches there would be if an edit followed `before`.
    pub(crate) fn branches_with(&self, end: End, before: Option<EditHash>) -> usize {
        let followed: BTreeSet<EditHash> = self.twins.values().filter_map(|before| *before).collect();
        let leaves = 1 + self.twins.keys().filter(|twin| !followed.contains(&twin.hash)).count();
        let goes_on = self.main.last().copied() == before && place(end.seq) == self.main.len()
            || before.is_some_and(|before| !followed.contains(&before) && self.twins.keys().any(|t| t.hash == before));
        if goes_on || self.has(end) { leaves } else { leaves + 1 }
    }

    /// The last edit of the longest branch; on the line if there are several.
    pub(crate) fn last(&self) -> Option<End> {
        let main = self.main.last().map(|hash| End { seq: number(self.main.len() - 1), hash: *hash });
        let twin = self.twins.keys().next_back().copied();
        match (main, twin) {
            (Some(main), Some(twin)) if twin.seq > main.seq => Some(twin),
            (None, twin) => twin,
            (main, _) => main,
        }
    }

    /// How many edits of the line are such ones, where those that are come first.
    pub(crate) fn first_such(&self, is_such: impl Fn(&EditHash) -> bool) -> u64 {
        self.main.partition_point(is_such) as u64
    }

    pub(crate) fn ends(&self) -> &[End] {
        &self.ends
    }

    pub(crate) fn signature(&self, end: End) -> Option<Signature> {
        self.signed.get(&end).copied()
    }

    pub(crate) fn signed(&self) -> impl Iterator<Item = (End, Signature)> {
        self.signed.iter().map(|(end, signature)| (*end, *signature))
    }

    /// Takes in a flushed signature on an edit that is here. Gives back the signatures it makes needless: all but the
    /// milestones are kept for their branch's last edit only.
    pub(crate) fn sign(&mut self, end: End, signature: Signature) -> Vec<End> {
        self.signed.insert(end, signature);
        if self.ends.iter().any(|other| self.lies_under(end, *other)) {
            return self.drop_spent();
        }
        let mut ends = std::mem::take(&mut self.ends);
        ends.retain(|other| !self.lies_under(*other, end));
        ends.push(end);
        ends.sort();
        self.ends = ends;
        self.drop_spent()
    }

    fn drop_spent(&mut self) -> Vec<End> {
        let spent: Vec<End> = self
            .signed
            .keys()
            .filter(|end| !end.seq.number().is_multiple_of(MILESTONE) && self.ends.binary_search(end).is_err())
            .copied()
            .collect();
        for end in &spent {
            self.signed.remove(end);
        }
        spent
    }

    /// Whether `low` is `high` or comes before it on its branch.
    pub(crate) fn lies_under(&self, low: End, high: End) -> bool {
        if self.is_on_main(high) {
            return low.seq <= high.seq && self.is_on_main(low);
        }
        let mut at = high;
        loop {
            if at == low {
                return true;
            }
            if at.seq <= low.seq {
                return false;
            }
            match self.before(at) {
                Some(before) if self.is_on_main(before) => return low.seq <= before.seq && self.is_on_main(low),
                Some(before) => at = before,
                None => return false,
            }
        }
    }

    /// What somebody lacks who holds up to `theirs`: paths up to this line's ends, each in order, each following what they
    /// hold, what an earlier path brings, or nothing.
    ///
    /// An end that is unknown here lies either ahead (then they hold all of this) or on a branch that was never seen here
    /// (then what they hold of this one is not known, and they are sent all of it).
    pub(crate) fn lacking(&self, theirs: &[End]) -> Vec<Vec<End>> {
        let longest = self.last().map_or(0, |end| end.seq.number());
        if !self.is_forked() && theirs.iter().any(|end| end.seq.number() > longest) {
            return Vec::new();
        }
        let mut main = 0;
        let mut twins = BTreeSet::new();
        for end in theirs.iter().filter(|end| self.has(**end)) {
            self.cover(*end, &mut main, &mut twins);
        }
        if Planted::FrontierOffByOne.is_on() && main > 0 {
            main += 1;
        }
        let mut paths = Vec::new();
        for end in &self.ends {
            let mut path = Vec::new();
            let mut at = Some(*end);
            while let Some(end) = at {
                if self.is_on_main(end) && place(end.seq) < main || twins.contains(&end) {
                    break;
                }
                path.push(end);
                at = self.before(end);
            }
            path.reverse();
            if !path.is_empty() {
                paths.push(path);
            }
            self.cover(*end, &mut main, &mut twins);
        }
        paths
    }

    /// Whether somebody who holds up to `theirs` lacks nothing.
    pub(crate) fn is_covered_by(&self, theirs: &[End]) -> bool {
        theirs == self.ends.as_slice() || self.lacking(theirs).is_empty()
    }

    fn cover(&self, end: End, main: &mut usize, twins: &mut BTreeSet<End>) {
        let mut at = Some(end);
        while let Some(end) = at {
            if self.is_on_main(end) {
                *main = (*main).max(place(end.seq) + 1);
                return;
            }
            if !twins.insert(end) {
                return;
            }
            at = self.before(end);
        }
    }

    fn before(&self, end: End) -> Option<End> {
        let seq = end.seq.before()?;
        let hash =
            if self.is_on_main(end) { self.main[place(seq)] } else { self.twins.get(&end).copied().flatten()? };
        Some(End { seq, hash })
    }

    fn is_on_main(&self, end: End) -> bool {
        self.main.get(place(end.seq)) == Some(&end.hash)
    }
}

fn place(seq: Seq) -> usize {
    usize::try_from(seq.number() - 1).unwrap_or(usize::MAX)
}

fn number(place: usize) -> Seq {
    Seq::new(place as u64 + 1).expect("one more than something")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(seq: u64, name: u8) -> End {
        End { seq: Seq::new(seq).unwrap(), hash: EditHash::new([name; 32]) }
    }

    fn signature() -> Signature {
        Signature::new([0; 64])
    }

    /// 1 - 2 - 3 - 4, and beside it 3' - 4'.
    fn forked() -> Line {
        let mut line = Line::default();
        line.add(end(1, 1), None);
        line.add(end(2, 2), Some(end(1, 1).hash));
        line.add(end(3, 3), Some(end(2, 2).hash));
        line.add(end(3, 13), Some(end(2, 2).hash));
        line.add(end(4, 14), Some(end(3, 13).hash));
        line.add(end(4, 4), Some(end(3, 3).hash));
        line.sign(end(2, 2), signature());
        line.sign(end(4, 4), signature());
        line.sign(end(4, 14), signature());
        line
    }

    #[test]
    fn a_fork_has_two_ends_and_each_side_lacks_the_other() {
        let line = forked();
        assert_eq!(line.ends(), [end(4, 4), end(4, 14)]);
        assert_eq!(line.lacking(&[end(4, 4)]), vec![vec![end(3, 13), end(4, 14)]]);
        assert_eq!(line.lacking(&[end(4, 14)]), vec![vec![end(3, 3), end(4, 4)]]);
        assert!(line.is_covered_by(&[end(4, 4), end(4, 14)]));
    }

    #[test]
    fn what_both_branches_share_is_sent_once() {
        let paths = forked().lacking(&[]);
        let all: Vec<End> = paths.concat();
        assert_eq!(all.len(), 6);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 6);
    }

    #[test]
    fn an_end_never_seen_here_is_ahead_or_a_branch() {
        let mut line = Line::default();
        line.add(end(1, 1), None);
        line.add(end(2, 2), Some(end(1, 1).hash));
        line.sign(end(2, 2), signature());
        assert!(line.lacking(&[end(9, 9)]).is_empty(), "they are ahead: they will send");
        assert_eq!(line.lacking(&[end(2, 7)]), vec![vec![end(1, 1), end(2, 2)]], "they hold a branch");
        assert_eq!(line.lacking(&[end(1, 1)]), vec![vec![end(2, 2)]]);
    }

    #[test]
    fn a_signature_goes_when_a_later_one_covers_it_but_milestones_stay() {
        let mut line = Line::default();
        let mut before = None;
        for n in 1..=300u64 {
            let mut hash = [0; 32];
            hash[..8].copy_from_slice(&n.to_le_bytes());
            line.add(End { seq: Seq::new(n).unwrap(), hash: EditHash::new(hash) }, before);
            before = Some(EditHash::new(hash));
        }
        let at = |n: u64| {
            let mut hash = [0; 32];
            hash[..8].copy_from_slice(&n.to_le_bytes());
            End { seq: Seq::new(n).unwrap(), hash: EditHash::new(hash) }
        };
        assert_eq!(line.sign(at(10), signature()), []);
        assert_eq!(line.sign(at(256), signature()), [at(10)]);
        assert_eq!(line.sign(at(300), signature()), []);
        assert_eq!(line.sign(at(20), signature()), [at(20)], "one that comes late is not needed");
        assert_eq!(line.ends(), [at(300)]);
    }
}
