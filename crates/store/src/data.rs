//! The data file while it is open: redb below, sealed records above, and a stop after the first error.

use std::{collections::BTreeMap, fmt};

use redb::{Database, ReadableDatabase as _, StorageBackend, Table, WriteTransaction};
use seal::{DocId, PlanId};
use zeroize::Zeroizing;

use crate::{
    error::{Fault, KeepError, OpenError},
    fence::fenced,
    header::{self, Shut},
    layout::{self, Key, TABLE},
    limits::{CACHE_BYTES, SCHEMA},
    sealed::{DataKey, Sealer, random},
};

/// The word sealed in the head record: whoever can open it has the right key.
const KEY_FITS: &[u8] = b"alongside";

/// The generation of a new file. A file that is written anew with other keys gets the next.
const FIRST_GENERATION: u64 = 1;

pub(crate) const SEED: &str = "seed";
pub(crate) const MARK: &str = "mark";

/// An open data file.
pub(crate) struct Data {
    /// Taken out only when the file is closed.
    db: Option<Database>,
    /// Whether anything was written since it was opened.
    written: bool,
    pub(crate) sealer: Sealer,
    /// Every plan that has anything in here, with the number its next record of statements gets.
    pub(crate) plans: BTreeMap<PlanId, Shelf>,
    pub(crate) stopped: bool,
    pub(crate) shut: Shut,
}

/// One plan's place in the file.
#[derive(Debug, Default, Clone)]
pub(crate) struct Shelf {
    /// The number the next record of statements gets.
    pub(crate) next: u64,
    /// Each document with the number its next record of edits gets.
    pub(crate) docs: BTreeMap<DocId, u64>,
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Data").field("stopped", &self.stopped).finish_non_exhaustive()
    }
}

impl Data {
    /// Makes a new data file, with a seed for a new device in it, on storage that must be empty.
    pub(crate) fn create(
        backend: impl StorageBackend,
        key: &DataKey,
        seed: &Zeroizing<[u8; 32]>,
    ) -> Result<Data, OpenError> {
        Data::create_with(backend, key, &[(SEED, seed.as_slice()), (MARK, random::<16>().as_slice())])
    }

    /// Makes a new data file with these records of its own, on storage that must be empty.
    pub(crate) fn create_with(
        backend: impl StorageBackend,
        key: &DataKey,
        own: &[(&str, &[u8])],
    ) -> Result<Data, OpenError> {
        if !matches!(header::look(&backend), Ok(Shut::Never)) {
            return Err(OpenError::AlreadyThere);
        }
        let db = fenced(|| Ok(builder(false).create_with_backend(backend)?))?;
        let sealer = Sealer::new(key, FIRST_GENERATION);
        let mut data = Data::around(db, sealer, Shut::Never);
        let head = data.head();
        let seal = |(name, value): &(&str, &[u8])| {
            let place = data.sealer.own(name);
            let value = data.sealer.seal(&place, value);
            (place, value)
        };
        let own: Vec<(Key, Vec<u8>)> = own.iter().map(seal).collect();
        data.write(|table| {
            table.insert(layout::head().as_slice(), head.as_slice())?;
            for (place, value) in &own {
                table.insert(place.as_slice(), value.as_slice())?;
            }
            Ok(())
        })?;
        Ok(data)
    }

    /// Opens a data file, once every page that belongs to it is found as it was written. Sealing alone does not tell that:
    /// a bit that turns in a record's key takes the record out of its group, where nobody would miss it.
    pub(crate) fn open(backend: impl StorageBackend, key: &DataKey) -> Result<Data, OpenError> {
        Data::open_with(backend, key, true)
    }

    /// Opens a data file as it is, to see what is wrong with it. It is not written to.
    pub(crate) fn examine(backend: impl StorageBackend, key: &DataKey) -> Result<Data, OpenError> {
        let mut data = Data::open_with(backend, key, false)?;
        data.stopped = true;
        Ok(data)
    }

    pub(crate) fn open_with(backend: impl StorageBackend, key: &DataKey, check: bool) -> Result<Data, OpenError> {
        let shut = header::look(&backend)?;
        if shut == Shut::Never {
            // An empty file is one that was cut to nothing. redb would take it for a new one.
            return Err(OpenError::DataDamaged);
        }
        let db = fenced(|| Ok(builder(check).create_with_backend(backend)?))?;
        let head = fenced(|| {
            let table = db.begin_read()?.open_table(TABLE)?;
            Ok(table.get(layout::head().as_slice())?.map(|value| value.value().to_vec()))
        })?;
        let head = head.ok_or(OpenError::DataDamaged)?;
        let (schema, rest) = head.split_first_chunk::<4>().ok_or(OpenError::DataDamaged)?;
        if u32::from_be_bytes(*schema) > SCHEMA {
            return Err(OpenError::Newer);
        }
        let (generation, sealed) = rest.split_first_chunk::<8>().ok_or(OpenError::DataDamaged)?;
        let sealer = Sealer::new(key, u64::from_be_bytes(*generation));
        if !sealer.open(&layout::head(), sealed).is_ok_and(|word| word.as_slice() == KEY_FITS) {
            return Err(OpenError::OtherKey);
        }
        let mut data = Data::around(db, sealer, shut);
        data.plans = data.shelves()?;
        Ok(data)
    }

    fn around(db: Database, sealer: Sealer, shut: Shut) -> Data {
        Data { db: Some(db), written: false, sealer, plans: BTreeMap::new(), stopped: false, shut }
    }

    pub(crate) fn db(&self) -> &Database {
        self.db.as_ref().expect("the database is taken out only when the file is closed")
    }

    pub(crate) fn db_mut(&mut self) -> &mut Database {
        self.db.as_mut().expect("the database is taken out only when the file is closed")
    }

    fn head(&self) -> Vec<u8> {
        let mut head = SCHEMA.to_be_bytes().to_vec();
        head.extend_from_slice(&FIRST_GENERATION.to_be_bytes());
        head.extend_from_slice(&self.sealer.seal(&layout::head(), KEY_FITS));
        head
    }

    /// One transaction, flushed when this returns. After any error nothing is written any more: what a failed flush has
    /// left behind is known only after the file is opened again, and a second flush that succeeds would say nothing about
    /// the first.
    pub(crate) fn write(&mut self, act: impl FnOnce(&mut Records<'_>) -> Result<(), Fault>) -> Result<(), KeepError> {
        if self.stopped {
            return Err(KeepError::Stopped);
        }
        (self.stopped, self.written) = (true, true);
        let db = self.db();
        fenced(|| {
            let transaction = begin(db)?;
            act(&mut transaction.open_table(TABLE)?)?;
            Ok(transaction.commit()?)
        })?;
        self.stopped = false;
        Ok(())
    }

    /// Looks at one record as it stands in the file.
    pub(crate) fn get(&self, place: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        fenced(|| {
            let table = self.db().begin_read()?.open_table(TABLE)?;
            Ok(table.get(place)?.map(|value| value.value().to_vec()))
        })
    }

    /// Opens one record.
    pub(crate) fn open_at(&self, place: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        let Some(value) = self.get(place)? else { return Ok(None) };
        self.sealer.open(place, &value).map(Some).map_err(|_| Fault::Damaged)
    }

    /// Walks the records whose keys begin with `prefix`, in order, opening each. A record that does not open is handed on
    /// as damaged, and the walk goes on.
    pub(crate) fn each(
        &self,
        prefix: &[u8],
        mut found: impl FnMut(&[u8], Result<&[u8], Fault>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        fenced(|| {
            let table = self.db().begin_read()?.open_table(TABLE)?;
            for entry in table.range(prefix..layout::after(prefix).as_slice())? {
                let (place, value) = entry?;
                match self.sealer.open(place.value(), value.value()) {
                    Ok(record) => found(place.value(), Ok(&record))?,
                    Err(_) => found(place.value(), Err(Fault::Damaged))?,
                }
            }
            Ok(())
        })
    }

    fn shelves(&self) -> Result<BTreeMap<PlanId, Shelf>, Fault> {
        let mut plans = BTreeMap::new();
        self.each(&self.sealer.plans(), |place, record| {
            let plan = PlanId::new(record?.try_into().map_err(|_| Fault::Damaged)?);
            if self.sealer.plan(plan) != place {
                return Err(Fault::Damaged);
            }
            plans.insert(plan, Shelf::default());
            Ok(())
        })?;
        for (plan, shelf) in &mut plans {
            shelf.next = self.next(&self.sealer.statements(*plan))?;
            self.each(&self.sealer.docs(*plan), |place, record| {
                let doc = DocId::new(record?.try_into().map_err(|_| Fault::Damaged)?);
                if self.sealer.doc(*plan, doc) != place {
                    return Err(Fault::Damaged);
                }
                shelf.docs.insert(doc, 0);
                Ok(())
            })?;
            for (doc, next) in &mut shelf.docs {
                *next = self.next(&self.sealer.edits(*plan, *doc))?;
            }
        }
        Ok(plans)
    }

    /// The number after the last in a counted group.
    pub(crate) fn next(&self, group: &[u8]) -> Result<u64, Fault> {
        fenced(|| {
            let table = self.db().begin_read()?.open_table(TABLE)?;
            let Some(last) = table.range(group..layout::after(group).as_slice())?.next_back() else { return Ok(0) };
            let number = layout::number(last?.0.value()).ok_or(Fault::Damaged)?;
            number.checked_add(1).ok_or(Fault::Damaged)
        })
    }

    /// Closes the file, so that the next start finds it shut properly. What was acknowledged is safe without it.
    pub(crate) fn close(mut self) -> Result<(), KeepError> {
        self.shut_down()
    }

    fn shut_down(&mut self) -> Result<(), KeepError> {
        let Some(db) = self.db.take() else { return Ok(()) };
        let (written, stopped) = (self.written, self.stopped);
        let closed = fenced(|| {
            // The commit before this one then holds everything too (see `header`).
            if written && !stopped {
                begin(&db)?.commit()?;
            }
            Ok(db.close()?)
        });
        if stopped { Err(KeepError::Stopped) } else { Ok(closed?) }
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        // Whoever wants to know how closing went calls `close`.
        let _ = self.shut_down();
    }
}

/// A transaction as every one of ours is: in two phases, with what a quick repair needs.
pub(crate) fn begin(db: &Database) -> Result<WriteTransaction, Fault> {
    let mut transaction = db.begin_write()?;
    transaction.set_two_phase_commit(true);
    transaction.set_quick_repair(true);
    Ok(transaction)
}

/// The table while it is written.
pub(crate) type Records<'a> = Table<'a, &'static [u8], &'static [u8]>;

/// How every database of ours is opened.
pub(crate) fn builder(check: bool) -> redb::Builder {
    let mut builder = Database::builder();
    builder.set_cache_size(CACHE_BYTES).set_check_integrity_on_open(check);
    builder
}
