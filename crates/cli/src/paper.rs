//! Files that this program writes for a person: a plan, a ticket and its picture.

use std::{fs, io::Write as _, path::Path};

use words::Say;

use crate::failure::Failure;

/// Writes a file that only its owner may read, whole or not at all. A link in its place is replaced, not followed. Gives the
/// file's name back.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<String, Failure> {
    let name = path.display().to_string();
    let is_a_device =
        fs::symlink_metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir() && !there.is_symlink());
    let written = if is_a_device { fs::write(path, bytes) } else { replace(path, bytes) };
    written.map_err(|_| Failure::new(Say::new("cli-unwritable-file").with("path", name.as_str())))?;
    Ok(name)
}

fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Such a file is its owner's alone from its first moment on.
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    new.persist(path)?;
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn what_is_written_is_its_owners_alone_and_follows_no_link() {
        let folder = tempfile::tempdir().unwrap();
        let (page, other) = (folder.path().join("page.html"), folder.path().join("other"));
        fs::write(&other, "somebody's").unwrap();
        symlink(&other, &page).unwrap();
        for text in ["first", "second"] {
            write(&page, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&page).unwrap(), text);
            let there = fs::symlink_metadata(&page).unwrap();
            assert!(there.is_file() && there.permissions().mode() & 0o077 == 0);
        }
        assert_eq!(fs::read_to_string(&other).unwrap(), "somebody's");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        assert!(write(&folder.path().join("nowhere").join("page.html"), b"").is_err());
        assert!(write(folder.path(), b"").is_err());
    }

    #[test]
    fn a_device_is_written_to_as_it_is() {
        assert_eq!(write(Path::new("/dev/null"), b"gone").unwrap(), "/dev/null");
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
