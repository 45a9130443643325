//! A home on this computer: the folder, its files, and how it is made, opened and healed.
//!
//! `alongside.redb` all data · `files.redb` attached files · `key.1`, `key.2` the wrapped data key, twice the same · `key.open` the wrapping key where
//! there is no passphrase · `lock` held while open · `mark` tells a copied store · `copies/` verified copies. Making a home
//! builds the data under another name and renames it last, so a home is there whole or not at all.

use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use redb::{
    StorageBackend as _,
    backends::{FileBackend, InMemoryBackend},
};
use seal::Time;
use zeroize::Zeroizing;

use crate::{
    copies::{self, Copied},
    data::{Data, MARK},
    error::{KeepError, OpenError},
    files::Files,
    limits::KEY_FILE_BYTES,
    lock::Lock,
    mark::{self, Origin},
    platform,
    sealed::{DataKey, random},
    store::Store,
    wrap::{self, Unlock, Way, Wrapped},
};

/// A folder that is or may become a home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    folder: PathBuf,
}

/// What a home asks of whoever opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Custody {
    /// A passphrase.
    Passphrase,
    /// Nothing: its key lies open, readable by its owner only.
    KeyFile,
}

/// What an open store holds of its home.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) home: Home,
    pub(crate) origin: Origin,
    key: DataKey,
    _lock: Lock,
}

impl Home {
    /// The home in this folder, whether there is one yet or not.
    pub fn at(folder: impl Into<PathBuf>) -> Home {
        Home { folder: folder.into() }
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether anything of a home is here. It may still be damaged.
    pub fn is_there(&self) -> bool {
        self.data().exists() || [self.key(1), self.key(2)].iter().any(|key| key.exists()) && !self.unfinished().exists()
    }

    /// What is needed to open it. Reads the key files only, and heals nothing.
    pub fn custody(&self) -> Result<Custody, OpenError> {
        if !self.is_there() {
            return Err(OpenError::Nothing);
        }
        Ok(match self.read_wrapped()?.way {
            Way::Open => Custody::KeyFile,
            Way::Passphrase { .. } => Custody::Passphrase,
        })
    }

    /// Whether this spare key would open it. Reads the key files only, and heals nothing.
    pub fn is_opened_by(&self, spare: &Zeroizing<[u8; 32]>) -> bool {
        self.read_wrapped().is_ok_and(|wrapped| wrapped.unwrap_spare(spare).is_some())
    }

    /// The verified copies of it, oldest first.
    pub fn list_copies(&self) -> io::Result<Vec<Copied>> {
        copies::list(&self.copies())
    }

    /// Puts a verified copy in the place of the data, which is kept as `alongside.redb.old`, or as `.old.2` and so on where that is there already; says where. The store then comes up as
    /// one that was copied, so that this device begins a new chapter instead of contradicting what it wrote since.
    pub fn put_back(&self, copy: &Copied, program: &str) -> Result<Option<PathBuf>, OpenError> {
        let _lock = self.lock(program)?;
        let new = self.folder.join("alongside.redb.back");
        fs::copy(&copy.path, &new)?;
        File::open(&new)?.sync_all()?;
        if self.read_wrapped().is_err() {
            let key = read_small(&copy.path.with_extension("key"))?.and_then(Wrapped::read);
            self.write_wrapped(&key.ok_or(OpenError::KeyDamaged)?)?;
        }
        // Without its mark a store counts as copied, whatever becomes of the next steps.
        if self.mark().exists() {
            fs::remove_file(self.mark())?;
        }
        // What lay there may hold words that nobody else has, and so may what was kept when a copy was put back before.
        let kept = (1u32..).map(|number| self.old(number)).find(|path| !path.exists()).filter(|_| self.data().exists());
        if let Some(kept) = &kept {
            fs::rename(self.data(), kept)?;
        }
        fs::rename(&new, self.data())?;
        platform::flush_folder(&self.folder)?;
        Ok(kept)
    }

    /// Drops what was kept when copies were put back, and attached files that were put aside as damaged.
    pub(crate) fn forget_old(&self) -> io::Result<()> {
        for number in 1u32.. {
            let path = self.old(number);
            if !path.exists() {
                break;
            }
            fs::remove_file(path)?;
        }
        copies::remove(&self.files().with_extension("damaged"))
    }

    fn old(&self, number: u32) -> PathBuf {
        match number {
            1 => self.folder.join("alongside.redb.old"),
            number => self.folder.join(format!("alongside.redb.old.{number}")),
        }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("alongside.redb")
    }

    fn files(&self) -> PathBuf {
        self.folder.join("files.redb")
    }

    /// When the home was made, or last began a new chapter.
    pub(crate) fn made(&self) -> Option<Time> {
        let written = fs::metadata(self.mark()).and_then(|mark| mark.modified()).ok()?;
        let since = written.duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_millis()).ok().map(Time)
    }

    pub(crate) fn copies(&self) -> PathBuf {
        self.folder.join("copies")
    }

    fn unfinished(&self) -> PathBuf {
        self.folder.join("alongside.redb.new")
    }

    fn key(&self, number: u8) -> PathBuf {
        self.folder.join(format!("key.{number}"))
    }

    fn open_key(&self) -> PathBuf {
        self.folder.join("key.open")
    }

    fn mark(&self) -> PathBuf {
        self.folder.join("mark")
    }

    fn lock(&self, program: &str) -> Result<Lock, OpenError> {
        Lock::take(&self.folder.join("lock"), program)
    }

    /// The wrapped key from whichever of the two files is whole, the newer if both are.
    pub(crate) fn read_wrapped(&self) -> Result<Wrapped, OpenError> {
        let files = [read_small(&self.key(1))?, read_small(&self.key(2))?];
        if files.iter().all(Option::is_none) {
            return Err(OpenError::KeyMissing);
        }
        let whole = files.into_iter().flatten().filter_map(Wrapped::read);
        whole.max_by_key(|wrapped| wrapped.turn).ok_or(OpenError::KeyDamaged)
    }

    /// Makes all key files what they should be: after a change, or after one was lost, damaged, or left behind by a change
    /// cut in the middle.
    fn write_wrapped(&self, wrapped: &Wrapped) -> io::Result<()> {
        for number in [1, 2] {
            replace_if_other(&self.key(number), wrapped.bytes())?;
        }
        copies::relock(&self.copies(), wrapped.bytes())?;
        // Last, when nothing that is read needs it any more.
        if matches!(wrapped.way, Way::Passphrase { .. }) && self.open_key().exists() {
            fs::remove_file(self.open_key())?;
            platform::flush_folder(&self.folder)?;
        }
        Ok(())
    }

    /// Takes the home and unwraps its key.
    fn enter(&self, unlock: &Unlock, program: &str) -> Result<(Lock, Wrapped, DataKey), OpenError> {
        if !self.is_there() {
            return Err(OpenError::Nothing);
        }
        let lock = self.lock(program)?;
        let wrapped = self.read_wrapped()?;
        if !self.data().exists() {
            return Err(OpenError::DataMissing);
        }
        let key = self.unwrap(&wrapped, unlock)?;
        Ok((lock, wrapped, key))
    }

    fn unwrap(&self, wrapped: &Wrapped, unlock: &Unlock) -> Result<DataKey, OpenError> {
        match (wrapped.way, unlock) {
            (_, Unlock::Spare(spare)) => wrapped.unwrap_spare(spare).ok_or(OpenError::WrongWords),
            (Way::Passphrase { .. }, Unlock::KeyFile) => Err(OpenError::PassphraseNeeded),
            (Way::Passphrase { .. }, Unlock::Passphrase(passphrase)) => wrapped.unwrap_passphrase(passphrase),
            // A passphrase offered to a home that has none does no harm.
            (Way::Open, Unlock::KeyFile | Unlock::Passphrase(_)) => {
                let bytes = Zeroizing::new(read_small(&self.open_key())?.ok_or(OpenError::OpenKeyMissing)?);
                platform::close_to_others(&self.open_key())?;
                let open = wrap::read_open_key(&bytes).ok_or(OpenError::OpenKeyDamaged)?;
                wrapped.unwrap_open(&open).ok_or(OpenError::OpenKeyDamaged)
            }
        }
    }

    fn wrap(&self, key: &DataKey, turn: u64, unlock: &Unlock) -> Result<Wrapped, OpenError> {
        match unlock {
            Unlock::Passphrase(passphrase) => Wrapped::with_passphrase(key, turn, passphrase),
            Unlock::KeyFile => {
                let open = random::<32>();
                replace(&self.open_key(), |_| Ok(wrap::write_open_key(&open).to_vec()))?;
                Ok(Wrapped::with_open_key(key, turn, &open))
            }
            Unlock::Spare(_) => Err(OpenError::PassphraseNeeded),
        }
    }
}

impl Store {
    /// Makes a new home: a new device with a key of its own. `program` is the name a second program is told.
    pub fn create(home: &Home, unlock: &Unlock, program: &str) -> Result<Store, OpenError> {
        platform::make_folder(&home.folder)?;
        let lock = home.lock(program)?;
        if home.is_there() {
            return Err(OpenError::AlreadyThere);
        }
        // What an attempt that was cut in the middle left behind was never anybody's device.
        if home.unfinished().exists() {
            fs::remove_file(home.unfinished())?;
        }
        let file = platform::owner_only().read(true).write(true).create_new(true).open(home.unfinished())?;
        let key = DataKey::draw();
        Data::create(file_backend(file)?, &key, &random())?.close()?;
        home.write_wrapped(&home.wrap(&key, 0, unlock)?)?;
        let file = File::options().read(true).write(true).open(home.unfinished())?;
        let data = Data::open(file_backend(file)?, &key)?;
        mark::write(&home.mark(), &*number(&data)?)?;
        data.close()?;
        fs::rename(home.unfinished(), home.data())?;
        platform::flush_folder(&home.folder)?;
        open_held(home.clone(), lock, key)
    }

    /// Opens the home in this folder. A file that was altered in any place is refused.
    pub fn open(home: &Home, unlock: &Unlock, program: &str) -> Result<Store, OpenError> {
        let (lock, wrapped, key) = home.enter(unlock, program)?;
        let store = open_held(home.clone(), lock, key)?;
        home.write_wrapped(&wrapped)?;
        Ok(store)
    }

    /// Opens a home that [`Store::open`] refuses as damaged, for reading only, so that a verifier can say which documents
    /// are touched. What it gives back may be less than was saved: nothing is to be made of it but a report.
    pub fn examine(home: &Home, unlock: &Unlock, program: &str) -> Result<Store, OpenError> {
        let (lock, _, key) = home.enter(unlock, program)?;
        // On a copy in memory, because redb notes in the file that it is open.
        let memory = InMemoryBackend::new();
        memory.set_len(fs::metadata(home.data())?.len())?;
        memory.write(0, &fs::read(home.data())?)?;
        let data = Data::examine(memory, &key)?;
        Ok(Store { data, held: Some(Held { home: home.clone(), origin: Origin::Same, key, _lock: lock }) })
    }

    /// Writes a new mark, once a new chapter is begun and saved: from here on this is the store that was last open here.
    pub fn mark_anew(&mut self) -> Result<(), KeepError> {
        let Some(held) = &mut self.held else { return Ok(()) };
        let new = random::<16>();
        let place = self.data.sealer.own(MARK);
        let sealed = self.data.sealer.seal(&place, new.as_slice());
        self.data.write(|table| {
            table.insert(place.as_slice(), sealed.as_slice())?;
            Ok(())
        })?;
        mark::write(&held.home.mark(), &new)?;
        held.origin = Origin::Same;
        Ok(())
    }

    /// Locks the home another way from now on: sets, changes or takes away its passphrase. The spare keys stay.
    pub fn lock_by(&mut self, unlock: &Unlock) -> Result<(), OpenError> {
        let Some(held) = &self.held else { return Ok(()) };
        let before = held.home.read_wrapped()?;
        // A home without a passphrase keeps its open key: to draw another one is to have two files that must change at once.
        if matches!((before.way, unlock), (Way::Open, Unlock::KeyFile)) {
            return Ok(());
        }
        let wrapped = held.home.wrap(&held.key, before.turn + 1, unlock)?;
        Ok(held.home.write_wrapped(&wrapped.with_spares_of(&before))?)
    }

    /// What locks the home now.
    pub fn custody(&self) -> Result<Custody, OpenError> {
        self.held.as_ref().map_or(Ok(Custody::KeyFile), |held| held.home.custody())
    }

    /// Whether this would open the home, now that it is open: asked before its lock is changed.
    pub fn check(&self, unlock: &Unlock) -> Result<(), OpenError> {
        let Some(held) = &self.held else { return Ok(()) };
        held.home.unwrap(&held.home.read_wrapped()?, unlock).map(drop)
    }

    /// Lets one more key open this home, whatever becomes of its passphrase: that of the words of a plan made here.
    pub fn add_spare(&mut self, spare: &Zeroizing<[u8; 32]>) -> Result<(), OpenError> {
        let Some(held) = &self.held else { return Ok(()) };
        let before = held.home.read_wrapped()?;
        Ok(held.home.write_wrapped(&before.with_spare(&held.key, spare))?)
    }

    /// Lets a key that was replaced open this home no longer.
    pub fn drop_spare(&mut self, spare: &Zeroizing<[u8; 32]>) -> Result<(), OpenError> {
        let Some(held) = &self.held else { return Ok(()) };
        Ok(held.home.write_wrapped(&held.home.read_wrapped()?.without_spare(spare))?)
    }

    /// The way back into this home for the program that has it open, after an error stopped the store: without asking for
    /// the passphrase again, and without anybody keeping it for that.
    pub fn again(&self) -> Option<Again> {
        self.held.as_ref().map(|held| Again { home: held.home.clone(), key: held.key.again() })
    }
}

impl Again {
    /// The attached files of the home. Whoever opens them holds the home, and closes them first.
    pub fn files(&self) -> Result<Files, OpenError> {
        Files::open(&self.home.files(), &self.key)
    }
}

/// The way back into a home that was open: see [`Store::again`].
pub struct Again {
    home: Home,
    key: DataKey,
}

impl std::fmt::Debug for Again {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Again")
    }
}

impl Again {
    /// Opens the home again.
    pub fn open(&self, program: &str) -> Result<Store, OpenError> {
        open_held(self.home.clone(), self.home.lock(program)?, self.key.again())
    }
}

fn open_held(home: Home, lock: Lock, key: DataKey) -> Result<Store, OpenError> {
    let file = File::options().read(true).write(true).open(home.data())?;
    let data = Data::open(file_backend(file)?, &key)?;
    let origin = mark::read(&home.mark(), &*number(&data)?)?;
    Ok(Store { data, held: Some(Held { home, origin, key, _lock: lock }) })
}

/// The mark's number as the store holds it.
fn number(data: &Data) -> Result<Zeroizing<[u8; 16]>, OpenError> {
    let number = data.open_at(&data.sealer.own(MARK))?.ok_or(OpenError::DataDamaged)?;
    Ok(Zeroizing::new(number.as_slice().try_into().map_err(|_| OpenError::DataDamaged)?))
}

fn file_backend(file: File) -> Result<FileBackend, OpenError> {
    FileBackend::new(file).map_err(|error| match error {
        redb::DatabaseError::DatabaseAlreadyOpen => OpenError::InUse { program: "?".to_owned(), pid: 0 },
        other => crate::error::Fault::from(other).into(),
    })
}

/// A small file's bytes; `None` if it is not there. A file far longer than any of ours is cut short, and then not whole.
fn read_small(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = match File::open(path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let mut bytes = Vec::new();
    file.take(KEY_FILE_BYTES as u64).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Replaces a small file unless it holds this already.
pub(crate) fn replace_if_other(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if read_small(path)?.is_some_and(|there| there == bytes) { Ok(()) } else { replace(path, |_| Ok(bytes.to_vec())) }
}

/// Replaces a small file so that either the old or the new one is there after a cut: write new, flush, rename, flush the
/// folder. `write` is shown the new file, for what it says about itself.
pub(crate) fn replace(path: &Path, write: impl FnOnce(&File) -> io::Result<Vec<u8>>) -> io::Result<()> {
    let mut name = path.file_name().expect("a file of the home has a name").to_owned();
    name.push(".new");
    let new = path.with_file_name(name);
    if new.exists() {
        fs::remove_file(&new)?;
    }
    let mut file = platform::owner_only().write(true).create_new(true).open(&new)?;
    let bytes = Zeroizing::new(write(&file)?);
    file.write_all(&bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&new, path)?;
    platform::flush_folder(path.parent().expect("a file of the home lies in its folder"))
}
