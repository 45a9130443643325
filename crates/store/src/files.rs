//! Attached files: their bytes in pieces, each sealed, in a redb file of its own beside the data.
//!
//! They lie apart from the words for three reasons. The data file is read whole before it is opened, and copied every day;
//! pictures would make both slow. And a damaged picture must keep nobody from their words: a file that cannot be opened is
//! put aside, a new one begun, and what others hold is fetched again.
//!
//! The pieces of a file come one after the other, so how many there are says how far it has come.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io,
    path::Path,
};

use redb::{StorageBackend, backends::FileBackend};
use seal::{FILE_PIECE, FileId, Outline, PieceHash, PlanId};

use crate::{
    data::Data,
    error::{Fault, KeepError, OpenError, Place, RecallError},
    layout,
    limits::COMPACT_FROM,
    platform,
    sealed::DataKey,
};

/// The attached files of one home.
#[derive(Debug)]
pub struct Files {
    data: Data,
    known: BTreeMap<(PlanId, FileId), KeptFile>,
    /// Bytes dropped since freed pages were given back.
    dropped: u64,
}

/// How far a file has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// How long it is, and what its pieces hash to.
    pub outline: Outline,
    /// How many of its pieces are here, from the first on.
    pub here: usize,
}

impl KeptFile {
    /// Whether all of it is here.
    pub fn is_whole(&self) -> bool {
        self.here == self.outline.pieces()
    }
}

impl Files {
    /// Opens the files of a home, or makes a place for them. What cannot be opened is put aside under another name.
    pub(crate) fn open(path: &Path, key: &DataKey) -> Result<Files, OpenError> {
        if path.exists() {
            let file = File::options().read(true).write(true).open(path)?;
            let opened = backend(file).and_then(|backend| Files::on(backend, key));
            match opened {
                Err(OpenError::DataDamaged | OpenError::OtherKey) => fs::rename(path, path.with_extension("damaged"))?,
                opened => return opened,
            }
        }
        let file = platform::owner_only().read(true).write(true).create_new(true).open(path)?;
        let files = Files::on(backend(file)?, key)?;
        platform::flush_folder(path.parent().expect("a file of the home lies in its folder"))?;
        Ok(files)
    }

    /// Files on any storage, for tests that cut the power. Made anew where it is empty, opened otherwise.
    pub fn on(backend: impl StorageBackend, key: &DataKey) -> Result<Files, OpenError> {
        let data = match backend.len()? {
            0 => Data::create_with(backend, key, &[])?,
            _ => Data::open_with(backend, key, false)?,
        };
        let mut files = Files { data, known: BTreeMap::new(), dropped: 0 };
        files.known = files.look().map_err(|_| OpenError::DataDamaged)?;
        Ok(files)
    }

    /// Every file of which anything is here.
    pub fn list(&self) -> impl Iterator<Item = (PlanId, FileId, &KeptFile)> {
        self.known.iter().map(|((plan, file), kept)| (*plan, *file, kept))
    }

    /// How far a file has come.
    pub fn kept(&self, plan: PlanId, file: FileId) -> Option<&KeptFile> {
        self.known.get(&(plan, file))
    }

    /// Whether an earlier error has ended writing. Only opening again changes that.
    pub fn is_stopped(&self) -> bool {
        self.data.stopped
    }

    /// Keeps a whole file. It is on the disk, flushed, when this returns.
    pub fn keep(&mut self, plan: PlanId, bytes: &[u8]) -> Result<FileId, KeepError> {
        let (file, outline) = (FileId::of(bytes), Outline::of(bytes));
        if self.kept(plan, file).is_some_and(KeptFile::is_whole) {
            return Ok(file);
        }
        let pieces: Vec<&[u8]> = if bytes.is_empty() { vec![&[]] } else { bytes.chunks(FILE_PIECE).collect() };
        self.write(plan, file, &outline, 0, &pieces)?;
        Ok(file)
    }

    /// Keeps the next pieces of a file, the first of them at `from`. Pieces that are not this file's, or not the next, are
    /// a broken promise: whoever brings them has checked.
    pub fn add<B: AsRef<[u8]>>(
        &mut self,
        plan: PlanId,
        file: FileId,
        outline: &Outline,
        from: usize,
        pieces: &[B],
    ) -> Result<(), KeepError> {
        let pieces: Vec<&[u8]> = pieces.iter().map(AsRef::as_ref).collect();
        let here = self.kept(plan, file).map_or(0, |kept| kept.here);
        let fit = pieces.iter().enumerate().all(|(nth, piece)| outline.holds(from + nth, piece));
        assert!(here == from && fit, "the next pieces of a file are kept, and no others");
        self.write(plan, file, outline, from, &pieces)
    }

    fn write(
        &mut self,
        plan: PlanId,
        file: FileId,
        outline: &Outline,
        from: usize,
        pieces: &[&[u8]],
    ) -> Result<(), KeepError> {
        let sealer = self.data.sealer.clone();
        let (head, group) = (sealer.file(plan, file), sealer.pieces(plan, file));
        self.data.write(|table| {
            if from == 0 {
                let record = seal::encode(&(plan, file, outline.bytes(), outline.hashes()));
                table.insert(head.as_slice(), sealer.seal(&head, &record).as_slice())?;
            }
            for (nth, piece) in pieces.iter().enumerate() {
                let place = layout::counted(&group, (from + nth) as u64);
                table.insert(place.as_slice(), sealer.seal(&place, piece).as_slice())?;
            }
            Ok(())
        })?;
        let here = from + pieces.len();
        self.known.insert((plan, file), KeptFile { outline: outline.clone(), here });
        Ok(())
    }

    /// One piece of a file, if it is here.
    pub fn piece(&self, plan: PlanId, file: FileId, nth: usize) -> Result<Option<Vec<u8>>, RecallError> {
        let Some(kept) = self.kept(plan, file).filter(|kept| nth < kept.here) else { return Ok(None) };
        let place = layout::counted(&self.data.sealer.pieces(plan, file), nth as u64);
        let piece = self.data.open_at(&place).map_err(|fault| fault.at(Place::Plan(plan)))?;
        match piece.filter(|piece| kept.outline.holds(nth, piece)) {
            None => Err(RecallError::Damaged(Place::Plan(plan))),
            piece => Ok(piece),
        }
    }

    /// All of a file, if all of it is here. Every piece of it is checked.
    pub fn read(&self, plan: PlanId, file: FileId) -> Result<Option<Vec<u8>>, RecallError> {
        let Some(kept) = self.kept(plan, file).filter(|kept| kept.is_whole()) else { return Ok(None) };
        let mut bytes = Vec::with_capacity(usize::try_from(kept.outline.bytes()).unwrap_or(0));
        for nth in 0..kept.here {
            let Some(piece) = self.piece(plan, file, nth)? else { return Ok(None) };
            bytes.extend_from_slice(&piece);
        }
        Ok(Some(bytes))
    }

    /// Drops files of a plan, as far as they are here.
    pub fn forget(&mut self, plan: PlanId, files: &[FileId]) -> Result<(), KeepError> {
        let sealer = self.data.sealer.clone();
        let known = files.iter().filter(|file| self.known.contains_key(&(plan, **file)));
        let groups: Vec<_> = known.flat_map(|file| [sealer.file(plan, *file), sealer.pieces(plan, *file)]).collect();
        if groups.is_empty() {
            return Ok(());
        }
        self.data.write(|table| {
            for group in &groups {
                table.retain_in(group.as_slice()..layout::after(group).as_slice(), |_, _| false)?;
            }
            Ok(())
        })?;
        for file in files {
            self.dropped += self.known.remove(&(plan, *file)).map_or(0, |kept| kept.outline.bytes());
        }
        if self.dropped >= COMPACT_FROM { self.compact() } else { Ok(()) }
    }

    /// Drops everything of a plan, and gives the room back at once.
    pub fn forget_plan(&mut self, plan: PlanId) -> Result<(), KeepError> {
        let files: Vec<FileId> = self.list().filter(|(of, ..)| *of == plan).map(|(_, file, _)| file).collect();
        if files.is_empty() {
            return Ok(());
        }
        self.forget(plan, &files)?;
        self.compact()
    }

    fn compact(&mut self) -> Result<(), KeepError> {
        self.dropped = 0;
        self.data.compact()
    }

    /// How many files of a plan are whole, and of how many something was altered since it was written. Reads them all.
    pub fn check(&self, plan: PlanId) -> (usize, usize) {
        let of: Vec<(FileId, &KeptFile)> =
            self.list().filter(|(of, ..)| *of == plan).map(|(_, file, kept)| (file, kept)).collect();
        let is_damaged = |file: FileId, here: usize| (0..here).any(|nth| self.piece(plan, file, nth).is_err());
        let (damaged, sound): (Vec<_>, Vec<_>) = of.into_iter().partition(|(file, kept)| is_damaged(*file, kept.here));
        let mut unreadable = 0;
        let walked = self.data.each(&self.data.sealer.files(plan), |_, record| {
            unreadable += usize::from(record.is_err());
            Ok(())
        });
        let whole = sound.iter().filter(|(_, kept)| kept.is_whole()).count();
        (whole, damaged.len() + unreadable + usize::from(walked.is_err()))
    }

    /// Closes the file, so that the next start finds it shut properly.
    pub fn close(self) -> Result<(), KeepError> {
        self.data.close()
    }

    fn look(&self) -> Result<BTreeMap<(PlanId, FileId), KeptFile>, Fault> {
        let mut known = BTreeMap::new();
        self.data.each(&self.data.sealer.all_files(), |_, record| {
            // What cannot be read is fetched again as if it had never been here; a check says so.
            let Ok(record) = record else { return Ok(()) };
            let read: (PlanId, FileId, u64, Vec<PieceHash>) =
                seal::decode(record, record.len()).map_err(|_| Fault::Damaged)?;
            let (plan, file, bytes, hashes) = read;
            let outline = Outline::read(file, bytes, hashes).ok_or(Fault::Damaged)?;
            known.insert((plan, file), KeptFile { outline, here: 0 });
            Ok(())
        })?;
        for ((plan, file), kept) in &mut known {
            let here = self.data.next(&self.data.sealer.pieces(*plan, *file))?;
            kept.here = usize::try_from(here).unwrap_or(usize::MAX).min(kept.outline.pieces());
        }
        Ok(known)
    }
}

fn backend(file: File) -> Result<FileBackend, OpenError> {
    FileBackend::new(file).map_err(|error| match error {
        redb::DatabaseError::DatabaseAlreadyOpen => OpenError::Failed(io::ErrorKind::ResourceBusy.into()),
        other => Fault::from(other).into(),
    })
}
