//! One program has a home open; the next one is told who.

use std::{
    fs::{File, TryLockError},
    io::{Read as _, Seek as _, Write as _},
    path::Path,
};

use crate::{error::OpenError, platform};

/// A home taken by this program, until dropped or until the program ends in whatever way.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the home. The lock is the system's; what is written in the file is only there to be shown.
    pub(crate) fn take(path: &Path, program: &str) -> Result<Lock, OpenError> {
        let mut file = platform::owner_only().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(holder(&mut file)),
            Err(TryLockError::Error(cause)) => return Err(cause.into()),
        }
        file.set_len(0)?;
        file.rewind()?;
        write!(file, "{} {program}", std::process::id())?;
        Ok(Lock { _file: file })
    }
}

fn holder(file: &mut File) -> OpenError {
    let mut text = String::new();
    // Where the system does not let us read a locked file, we only know that it is.
    let _ = file.take(128).read_to_string(&mut text);
    let (pid, program) = text.split_once(' ').unwrap_or(("0", "?"));
    OpenError::InUse { program: program.to_owned(), pid: pid.parse().unwrap_or(0) }
}
