//! Pages this program writes for a person, to be printed: a plan or a part of it, and a recovery sheet, which is taken away again.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

/// Writes a page into a new file that only its owner may read, where people look for their own papers. The name is ours or
/// has nothing in it that leads elsewhere.
pub(crate) fn write(name: &str, page: &str) -> io::Result<PathBuf> {
    let home = directories::UserDirs::new().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
    let folder = home.document_dir().unwrap_or(home.home_dir()).to_owned();
    let numbered = |number: u32| match number {
        0 => format!("{name}.html"),
        number => format!("{name}-{number}.html"),
    };
    for number in 0..100 {
        let path = folder.join(numbered(number));
        match node::owner_only().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                file.write_all(page.as_bytes())?;
                return Ok(path);
            }
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
            Err(cause) => return Err(cause),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Takes the file away again. One that is gone already is no trouble.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}
