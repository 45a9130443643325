//! A place in a text that stays with its letters whatever others write around it.
//!
//! | text's counter 8 | text's actor 16 | at the start 0, or 1 and: letter's counter 8 | letter's actor 16 |

use automerge::{ObjId, ReadDoc as _};
use seal::ChainId;

use crate::document::Document;

/// Bytes that are no cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor")]
pub struct BadCursor;

/// One letter of a text, or any other operation: its counter and the chain that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    pub(crate) counter: u64,
    pub(crate) chain: ChainId,
}

impl Mark {
    pub(crate) const LEN: usize = 24;

    /// The mark of an object or value that automerge gave out; none for the root.
    pub(crate) fn of(id: &ObjId) -> Option<Mark> {
        let ObjId::Id(counter, actor, _) = id else { return None };
        Some(Mark { counter: *counter, chain: ChainId::new(actor.to_bytes().try_into().ok()?) })
    }

    // automerge's own bytes of a cursor: version 1, "operation", actor, counter, "move to the next letter".
    fn cursor(self) -> Option<automerge::Cursor> {
        let mut bytes = vec![1, 3, 16];
        bytes.extend_from_slice(self.chain.as_bytes());
        let mut rest = self.counter;
        while rest > 0x7f {
            bytes.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        bytes.extend([rest as u8, 2]);
        automerge::Cursor::try_from(bytes).ok()
    }

    fn to_bytes(self) -> [u8; Mark::LEN] {
        let mut bytes = [0; Mark::LEN];
        bytes[..8].copy_from_slice(&self.counter.to_be_bytes());
        bytes[8..].copy_from_slice(self.chain.as_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8; Mark::LEN]) -> Mark {
        let (counter, chain) = bytes.split_at(8);
        Mark {
            counter: u64::from_be_bytes(counter.try_into().expect("eight of 24")),
            chain: ChainId::new(chain.try_into().expect("sixteen of 24")),
        }
    }
}

/// A caret's place: behind one letter of one text, or at its start. Others' words at the very same place come after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    text: Mark,
    behind: Option<Mark>,
    // A cursor from elsewhere may name anything, and automerge panics when asked the fast way for a letter that is not
    // in the text asked about.
    ours: bool,
}

impl Cursor {
    /// The most bytes a cursor has.
    pub const MOST_BYTES: usize = 2 * Mark::LEN + 1;

    /// Its bytes, for presence.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.text.to_bytes().to_vec();
        bytes.push(u8::from(self.behind.is_some()));
        bytes.extend(self.behind.iter().flat_map(|letter| letter.to_bytes()));
        bytes
    }

    /// Reads what [`Cursor::to_bytes`] made, perhaps elsewhere. Whether its letter exists is for the document to say.
    pub fn from_bytes(bytes: &[u8]) -> Result<Cursor, BadCursor> {
        let (text, rest) = bytes.split_first_chunk().ok_or(BadCursor)?;
        let behind = match rest {
            [0] => None,
            [1, letter @ ..] => Some(Mark::from_bytes(letter.try_into().map_err(|_| BadCursor)?)),
            _ => return Err(BadCursor),
        };
        Ok(Cursor { text: Mark::from_bytes(text), behind, ours: false })
    }
}

impl Document {
    /// A cursor at a position of a text (at its end, if beyond). None if there is no such text.
    pub fn cursor(&self, field: crate::FieldPath, at: usize) -> Option<Cursor> {
        let mut rest = at;
        let mut found = None;
        for text in self.texts(field) {
            let length = self.automerge.length(&text);
            found = Some((text, rest.min(length)));
            if rest <= length {
                break;
            }
            // The line between two texts belongs to neither: a caret there stands at the start of the second.
            rest = rest.saturating_sub(length + 1);
        }
        let (text, at) = found?;
        let behind = match at.checked_sub(1) {
            Some(letter) => Some(self.letter(&text, letter)?),
            None => None,
        };
        Some(Cursor { text: Mark::of(&text)?, behind, ours: true })
    }

    /// Where a cursor is now; none if it is not in this field. A cursor from another device costs the length of the text.
    pub fn position(&self, field: crate::FieldPath, cursor: &Cursor) -> Option<usize> {
        let mut before = 0;
        for text in self.texts(field) {
            if Mark::of(&text) != Some(cursor.text) {
                before += self.automerge.length(&text) + 1;
                continue;
            }
            let Some(letter) = cursor.behind else { return Some(before) };
            let (at, visible) = self.find(&text, letter, cursor.ours)?;
            return Some(before + at + usize::from(visible));
        }
        None
    }

    /// The letter at a position of one text.
    pub(crate) fn letter(&self, text: &ObjId, at: usize) -> Option<Mark> {
        self.automerge.get(text, at).ok()?.and_then(|(_, id)| Mark::of(&id))
    }

    /// Where a letter is or, if it was taken away, was; and whether it is there.
    pub(crate) fn find(&self, text: &ObjId, letter: Mark, ours: bool) -> Option<(usize, bool)> {
        let cursor = letter.cursor()?;
        if !ours {
            // With heads automerge walks the text and says no to what is not in it. (And to a deleted letter behind the
            // last one that is left; its caret is then not shown.)
            self.automerge.get_cursor_position(text, &cursor, Some(&self.automerge_heads())).ok()?;
        }
        let at = self.automerge.get_cursor_position(text, &cursor, None).ok()?;
        Some((at, self.letter(text, at) == Some(letter)))
    }
}

#[cfg(test)]
mod tests {
    use seal::{DocId, Time};

    use super::*;
    use crate::{FieldPath, parts::part};

    #[test]
    fn a_place_beyond_the_end_of_a_text_is_its_end() {
        let about_me = part("about-me").unwrap();
        let mut document = Document::create(about_me, DocId::new([1; 32]), ChainId::new([1; 16]), Time(0)).0;
        let field: FieldPath = "about-me.important".parse().unwrap();
        document.splice(field, 0, 0, "Painting.").unwrap();
        for beyond in [9, 10, 14, 100] {
            let cursor = document.cursor(field, beyond).unwrap();
            assert_eq!(document.position(field, &cursor), Some(9), "{beyond}");
        }
    }
}
