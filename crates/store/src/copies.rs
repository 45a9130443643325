//! Verified copies: no engine and no disk is trusted alone.
//!
//! A copy is made beside the work, from one moment's view of the data, and counts only after it was written, opened
//! again, checked page by page and record by record, renamed, and its folder flushed. Its wrapped key lies beside it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use redb::{Database, ReadTransaction, ReadableDatabase as _, ReadableTable as _, ReadableTableMetadata as _};
use seal::Time;

use crate::{
    data,
    error::{Fault, KeepError},
    fence::fenced,
    home::{self, Home},
    layout::TABLE,
    limits::{COPIES, COPY_EVERY},
    platform,
    sealed::Sealer,
    store::Store,
};

/// A copy that is there and was found whole when it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// When it was made.
    pub at: Time,
    /// Its data file. The wrapped key lies beside it, ending in `.key`.
    pub path: PathBuf,
}

impl Copied {
    /// Whether it is from a day that has not come yet.
    fn is_ahead_of(&self, now: Time) -> bool {
        self.at > now.plus(COPY_EVERY)
    }
}

/// A copy about to be made. It holds one moment's view, so [`Copying::finish`] may run on another thread while the store
/// is written to.
pub struct Copying {
    view: ReadTransaction,
    sealer: Sealer,
    home: Home,
    at: Time,
}

impl std::fmt::Debug for Copying {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Copying").field("at", &self.at).finish_non_exhaustive()
    }
}

/// The copies of a home, oldest first.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<Copied>> {
    let entries = match fs::read_dir(folder) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut copies = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let at = path.file_stem().and_then(|name| name.to_str()).and_then(|name| name.parse().ok());
        if let Some(at) = at
            && path.extension().is_some_and(|end| end == "redb")
        {
            copies.push(Copied { at: Time(at), path });
        }
    }
    copies.sort_by_key(|copy| copy.at);
    Ok(copies)
}

/// Puts a lock in the place of the ones that lie beside copies: an old passphrase opens none of them.
pub(crate) fn relock(folder: &Path, lock: &[u8]) -> io::Result<()> {
    for copy in list(folder)? {
        home::replace_if_other(&copy.path.with_extension("key"), lock)?;
    }
    Ok(())
}

impl Store {
    /// Whether the last copy is a day old, or, if there is none yet, the home itself. A clock that was set back does not
    /// put it off for long.
    pub fn copy_is_due(&self, now: Time) -> bool {
        let Some(held) = &self.held else { return false };
        let copies = list(&held.home.copies()).unwrap_or_default();
        let newest = copies.iter().rfind(|copy| !copy.is_ahead_of(now)).map(|copy| copy.at);
        let since = newest.or_else(|| held.home.made().filter(|_| copies.is_empty()));
        since.is_none_or(|since| now.0.abs_diff(since.0) >= COPY_EVERY.unsigned_abs())
    }

    /// Takes the view a copy is made from. A store without a home has no place for one.
    pub fn copy(&self, now: Time) -> Result<Option<Copying>, KeepError> {
        let Some(held) = &self.held else { return Ok(None) };
        let view = fenced(|| Ok(self.data.db().begin_read()?))?;
        Ok(Some(Copying { view, sealer: self.data.sealer.clone(), home: held.home.clone(), at: now }))
    }
}

impl Copying {
    /// Writes, opens, checks and names the copy, and drops the oldest beyond three. What fails leaves no copy behind and
    /// does not touch the store.
    pub fn finish(self) -> Result<Copied, KeepError> {
        let Copying { view, sealer, home, at } = self;
        let folder = home.copies();
        platform::make_folder(&folder)?;
        let path = folder.join(format!("{}.redb", at.0));
        let unnamed = folder.join("copy.new");
        remove(&unnamed)?;
        let written = write(&view, &unnamed).and_then(|records| verify(&unnamed, &sealer, records));
        if let Err(fault) = written {
            remove(&unnamed)?;
            return Err(fault.into());
        }
        let key = home.read_wrapped().map_err(|_| KeepError::Damaged)?;
        home::replace(&path.with_extension("key"), |_| Ok(key.bytes().to_vec()))?;
        fs::File::open(&unnamed)?.sync_all()?;
        fs::rename(&unnamed, &path)?;
        platform::flush_folder(&folder)?;
        let mut copies = list(&folder)?;
        while copies.len() > COPIES {
            // Copies from the time to come were made while the clock was wrong, and would outlive every other.
            let ahead = copies.last().is_some_and(|last| last.is_ahead_of(at));
            let oldest = copies.remove(if ahead { copies.len() - 1 } else { 0 });
            remove(&oldest.path)?;
            remove(&oldest.path.with_extension("key"))?;
        }
        Ok(Copied { at, path })
    }
}

pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}

/// Copies every record as it stands, sealed, and says how many there are.
fn write(view: &ReadTransaction, path: &Path) -> Result<u64, Fault> {
    fenced(|| {
        let from = view.open_table(TABLE)?;
        let file = platform::owner_only().read(true).write(true).create_new(true).open(path).map_err(Fault::Io)?;
        let copy: Database = data::builder(false).create_with_backend(redb::backends::FileBackend::new(file)?)?;
        let transaction = data::begin(&copy)?;
        {
            let mut to = transaction.open_table(TABLE)?;
            for entry in from.iter()? {
                let (place, value) = entry?;
                to.insert(place.value(), value.value())?;
            }
        }
        transaction.commit()?;
        copy.close()?;
        Ok(from.len()?)
    })
}

/// Opens the copy as if it were all that is left: every page and every record of it.
fn verify(path: &Path, sealer: &Sealer, records: u64) -> Result<(), Fault> {
    fenced(|| {
        let file = platform::owner_only().read(true).write(true).open(path).map_err(Fault::Io)?;
        let copy = data::builder(true).create_with_backend(redb::backends::FileBackend::new(file)?)?;
        let mut whole = 0;
        {
            let table = copy.begin_read()?.open_table(TABLE)?;
            for entry in table.iter()? {
                let (place, value) = entry?;
                if !sealer.holds(place.value(), value.value()) {
                    return Err(Fault::Damaged);
                }
                whole += 1;
            }
        }
        copy.close()?;
        if whole == records { Ok(()) } else { Err(Fault::Damaged) }
    })
}
