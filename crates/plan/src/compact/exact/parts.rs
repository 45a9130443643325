//! Which operation belongs to which edit, and what each replaces: what stands in the document says what took its place, an edit says
//! what it takes the place of.

use super::{changes::Changes, rows::Rows};

/// Every operation of every edit, edit after edit.
pub(super) struct Parts {
    parts: Vec<Part>,
    /// What is replaced: rows, sorted by the place of what replaces them.
    replaced: Vec<(u32, u32)>,
}

/// One operation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Missing,
    /// It stands in the document, in this row.
    Row(u32),
    /// It deletes what is in this row, perhaps among others of the same group.
    Deletion(u32),
}

impl Parts {
    /// None if an operation is missing, or there twice, or belongs to no edit, or replaces what is not its to replace.
    pub(super) fn sort(changes: &Changes, rows: &Rows<'_>, groups: &[u32]) -> Option<Parts> {
        let mut parts = vec![Part::Missing; changes.operations];
        for (at, row) in rows.all.iter().enumerate() {
            let part = &mut parts[changes.place(row.id.chain, row.id.counter)?];
            if *part != Part::Missing {
                return None;
            }
            *part = Part::Row(u32::try_from(at).ok()?);
        }
        let mut replaced = Vec::new();
        for (at, row) in rows.all.iter().enumerate() {
            let heirs = rows.heirs(row);
            if !heirs.windows(2).all(|pair| pair[0] < pair[1]) || heirs.first().is_some_and(|heir| *heir <= row.id) {
                return None;
            }
            for heir in heirs {
                let place = changes.place(heir.chain, heir.counter)?;
                let part = &mut parts[place];
                let at = u32::try_from(at).ok()?;
                match *part {
                    Part::Missing => *part = Part::Deletion(at),
                    Part::Row(other) | Part::Deletion(other) if groups[other as usize] == groups[at as usize] => {}
                    Part::Row(_) | Part::Deletion(_) => return None,
                }
                replaced.push((u32::try_from(place).ok()?, at));
            }
        }
        // Stable: an edit names what it replaces in the order in which that stands.
        replaced.sort_by_key(|(place, _)| *place);
        parts.iter().all(|part| *part != Part::Missing).then_some(Parts { parts, replaced })
    }

    pub(super) fn part(&self, place: usize) -> Part {
        self.parts[place]
    }

    /// The rows that an operation replaces. Asked for in the order of places, from where the last answer ended.
    pub(super) fn replaced(&self, from: &mut usize, place: usize) -> &[(u32, u32)] {
        let rest = &self.replaced[*from..];
        let count = rest.iter().take_while(|(of, _)| *of as usize == place).count();
        *from += count;
        &rest[..count]
    }
}
