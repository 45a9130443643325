//! What can be asked about attached files.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use seal::{DocId, FileId, PlanId};

pub use crate::files::{Looks, Source};
pub use sync::{Fetching, FileState};

/// Say what a document names, as it counts here: which files, and how many bytes each is said to have. Said before the edit
/// that names a new one is published, so that others find it when they ask.
#[derive(Debug, Clone)]
pub struct NameFiles {
    /// Which plan.
    pub plan: PlanId,
    /// Which document.
    pub doc: DocId,
    /// The files it names.
    pub files: BTreeMap<FileId, u64>,
}

/// Keep a file for a plan: looked at, cleaned if it is a picture, and flushed. What it is then stands in the answer, to be
/// named by a document.
#[derive(Debug, Clone)]
pub struct AttachFile {
    /// Which plan.
    pub plan: PlanId,
    /// Where it comes from.
    pub source: Source,
}

/// A file that is kept and may be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedFile {
    /// Its id.
    pub file: FileId,
    /// How many bytes it has.
    pub bytes: u64,
    /// What it is called, as it came.
    pub name: String,
    /// What it is.
    pub looks: Looks,
}

/// The bytes of a file that is here.
#[derive(Debug, Clone, Copy)]
pub struct ReadFile {
    /// Which plan.
    pub plan: PlanId,
    /// Which file.
    pub file: FileId,
}

/// Write a copy of a file to a place where there is none yet.
#[derive(Debug, Clone)]
pub struct SaveFile {
    /// Which plan.
    pub plan: PlanId,
    /// Which file.
    pub file: FileId,
    /// Where to.
    pub to: PathBuf,
}

/// See a picture that is here.
#[derive(Debug, Clone, Copy)]
pub struct SeePicture {
    /// Which plan.
    pub plan: PlanId,
    /// Which file.
    pub file: FileId,
    /// The longest side it is to have.
    pub side: u32,
}

/// A picture as it may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Dots from left to right.
    pub width: u32,
    /// Dots from top to bottom.
    pub height: u32,
    /// Red, green, blue and how much can be seen through, row after row.
    pub dots: Arc<[u8]>,
}

/// Fetch a file that is not fetched by itself.
#[derive(Debug, Clone, Copy)]
pub struct FetchFile {
    /// Which plan.
    pub plan: PlanId,
    /// Which file.
    pub file: FileId,
}

/// Which files are fetched by themselves from now on, and after every start.
#[derive(Debug, Clone, Copy)]
pub struct FetchWhich(pub Fetching);

impl FetchWhich {
    /// What [`Recall`](super::Recall) answers with something for, while only small files are fetched by themselves.
    pub const ON_ASKING: &str = "files-on-asking";
}

/// Where every file stands that a plan's documents name.
#[derive(Debug, Clone, Copy)]
pub struct FilesOf {
    /// Which plan.
    pub plan: PlanId,
}
