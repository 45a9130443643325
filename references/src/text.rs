//! The text of a document: found and written into. Positions are Unicode code points, as everywhere in Alongside.

use automerge::{
    AutoCommit, Automerge, LoadOptions, ObjId, ObjType, ROOT, ReadDoc, TextEncoding, ValueRef,
    transaction::Transactable as _,
};

use crate::Outcome;

/// The encoding given to every document.
pub const ENCODING: TextEncoding = TextEncoding::UnicodeCodePoint;

/// A saved document, read as Alongside reads it.
pub fn load(bytes: &[u8]) -> Result<Automerge, automerge::AutomergeError> {
    Automerge::load_with_options(bytes, LoadOptions::new().text_encoding(ENCODING))
}

/// The longest text of a document, wherever it stands: the one that was written in.
pub fn longest(doc: &impl ReadDoc) -> Option<ObjId> {
    let (mut best, mut longest) = (None, 0);
    let mut open = vec![ROOT];
    while let Some(object) = open.pop() {
        for item in doc.map_range(&object, ..) {
            let ValueRef::Object(kind) = item.value else { continue };
            match kind {
                ObjType::Text if best.is_none() || doc.length(item.id()) > longest => {
                    longest = doc.length(item.id());
                    best = Some(item.id());
                }
                ObjType::Map => open.push(item.id()),
                ObjType::Text | ObjType::List | ObjType::Table => {}
            }
        }
    }
    best
}

/// Writes so many single letters into the longest text, each an edit of its own.
pub fn type_letters(doc: &mut AutoCommit, edits: usize) -> Outcome {
    let text = longest(doc).ok_or("the document holds no text")?;
    let end = doc.length(&text);
    for at in 0..edits {
        doc.splice_text(&text, end / 2 + at, 0, "x")?;
        doc.commit();
    }
    Ok(())
}
