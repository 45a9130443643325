//! A document in its compact form, as a newcomer gets it: deflated by us, and inside one document of automerge's and
//! nothing after it.
//!
//! What comes from elsewhere is opened only if it is exactly what its edits make and all of these have passed the door
//! ([`Exact`]). Whatever we cannot say that of is unpacked by a *taster*, a process of its own with little memory and little time
//! (`node`): whatever happens there, the program goes on. What it gives back are edits like any others, and the compact form
//! that these make, once that was walked, saved and loaded again; the program never opens the one that came then.

mod exact;

use std::{
    io::{Read as _, Write as _},
    panic::catch_unwind,
};

use automerge::{
    AutoCommit, Change, LoadOptions, ROOT, ReadDoc as _, TextEncoding, VerificationMode, transaction::Transactable as _,
};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use seal::{Admitted, Bytes, EditHash};

pub use exact::Exact;

use crate::{door, limits::COMPACT_BYTES};

/// Deflates what [`crate::Document::save_tried`] made.
pub fn deflate(document: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(document.len() / 4), Compression::default());
    encoder.write_all(document).expect("a Vec takes everything");
    encoder.finish().expect("a Vec takes everything")
}

/// Undoes [`deflate`], up to an absolute cap; none if it is not one plain document and nothing else.
pub fn inflate(deflated: &[u8]) -> Option<Vec<u8>> {
    let mut decoder = DeflateDecoder::new(deflated);
    let mut document = Vec::new();
    let most = u64::try_from(COMPACT_BYTES).ok()? + 1;
    (&mut decoder).take(most).read_to_end(&mut document).ok()?;
    let all_used = usize::try_from(decoder.total_in()).is_ok_and(|used| used == deflated.len());
    (all_used && document.len() <= COMPACT_BYTES && door::is_one_document(&document)).then_some(document)
}

/// A compact form of exactly these edits, tried, and up to where it goes: from an older one that was tried and what lies beyond
/// it. None if that does not work out; then everything goes edit by edit.
pub fn make(older: Option<&[u8]>, beyond: &[Admitted]) -> Option<(Vec<u8>, Vec<EditHash>)> {
    let tried = catch_unwind(|| {
        let document = match older {
            Some(older) => AutoCommit::load_with_options(older, options(VerificationMode::DontCheck)).ok()?,
            None => empty(),
        };
        let changes = beyond.iter().map(|edit| Change::from_bytes(edit.edit().bytes().to_vec()));
        let Made { document, saved } = Made::of(document, changes.collect::<Result<Vec<_>, _>>().ok()?)?;
        let heads = heads(&document);
        is_sound(document, &saved).then_some((saved, heads))
    });
    tried.ok()?
}

/// Whether a compact form loads, can be walked and saves to the same bytes. For one that came and is [`Exact`], once all its edits
/// have passed the door: it costs about twice its loading.
pub fn stands(document: &[u8]) -> bool {
    let tried = catch_unwind(|| {
        let mut loaded = AutoCommit::load_with_options(document, options(VerificationMode::Check)).ok()?;
        loaded.hydrate(ROOT, None).ok()?;
        Some(loaded.save_nocompress() == document)
    });
    tried.ok().flatten().unwrap_or(false)
}

/// A compact form that was read. Made in the taster alone.
pub struct Unpacked {
    document: AutoCommit,
    changes: Vec<Change>,
    edits: Vec<Bytes>,
}

impl Unpacked {
    /// Reads one compact form. May panic, or take more memory than there is: that is what the taster is for.
    pub fn read(document: &[u8]) -> Option<Unpacked> {
        // Every edit's hash is computed from its bytes by whoever takes it, so nothing is gained by doing it here as well.
        let mut document = AutoCommit::load_with_options(document, options(VerificationMode::DontCheck)).ok()?;
        let changes = document.get_changes(&[]);
        let edits = changes.iter().map(|change| Bytes::from(change.raw_bytes())).collect();
        Some(Unpacked { document, changes, edits })
    }

    /// Its edits, each after what it builds on.
    pub fn edits(&self) -> &[Bytes] {
        &self.edits
    }

    /// The edits nothing else in it builds on, sorted.
    pub fn heads(&self) -> Vec<EditHash> {
        heads(&self.document)
    }

    /// What its edits alone make; none if they make nothing.
    ///
    /// What was read is thrown away. A compact form says in what order letters stand and which values replace which, and none
    /// of that is covered by the edits' hashes: one that was tampered with could show other words made of the same signed
    /// edits.
    pub fn made_again(self) -> Option<Made> {
        let Unpacked { document, changes, edits: _ } = self;
        drop(document);
        Made::of(empty(), changes)
    }
}

/// A document made of edits alone. Made in the taster, and where a newer compact form is made to be given away.
pub struct Made {
    document: AutoCommit,
    saved: Vec<u8>,
}

impl Made {
    fn of(mut document: AutoCommit, changes: Vec<Change>) -> Option<Made> {
        document.apply_changes(changes).ok()?;
        let saved = document.save_nocompress();
        Some(Made { document, saved })
    }

    /// Its compact form.
    pub fn saved(&self) -> &[u8] {
        &self.saved
    }

    /// The same once it was tried: it loads again, with the same heads and the same words. None if it does not.
    pub fn tried(self) -> Option<Vec<u8>> {
        is_sound(self.document, &self.saved).then_some(self.saved)
    }
}

fn empty() -> AutoCommit {
    AutoCommit::new_with_encoding(TextEncoding::UnicodeCodePoint)
}

/// Whether what was saved of a document loads again, with the same heads and the same words.
fn is_sound(document: AutoCommit, saved: &[u8]) -> bool {
    let heads = heads(&document);
    let Ok(seen) = document.hydrate(ROOT, None) else { return false };
    drop(document);
    let Ok(again) = AutoCommit::load_with_options(saved, options(VerificationMode::Check)) else { return false };
    self::heads(&again) == heads && again.hydrate(ROOT, None).is_ok_and(|again| again == seen)
}

fn heads(document: &AutoCommit) -> Vec<EditHash> {
    let mut heads: Vec<EditHash> = document.base_heads().into_iter().map(|head| EditHash::new(head.0)).collect();
    heads.sort_unstable();
    heads
}

fn options(mode: VerificationMode) -> LoadOptions<'static> {
    LoadOptions::new().text_encoding(TextEncoding::UnicodeCodePoint).verification_mode(mode)
}
