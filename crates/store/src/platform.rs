//! What differs between operating systems: who may read a file, which computer this is, which file a file is.
//!
//! Nothing else in this crate may stop Windows or macOS from compiling.

use std::{
    fs::{File, Metadata, OpenOptions},
    io,
    path::Path,
    time::UNIX_EPOCH,
};

/// Options for a new file that only its owner may read. On Windows the user's own folder sees to that.
pub fn owner_only() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes sure that a file which was copied carelessly is again readable by its owner only.
pub(crate) fn close_to_others(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(path)?.permissions().mode();
        if mode & 0o077 != 0 {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode & !0o077))?;
        }
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Makes a folder that only its owner may look into, with those above it.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Flushes a folder, so that a rename in it outlasts a power cut. Windows has no such call and needs none.
pub(crate) fn flush_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(path)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = (path, File::open);
    Ok(())
}

/// A name of this computer that lasts, as bytes nobody outside learns (they are hashed); empty where there is none.
pub(crate) fn machine() -> Vec<u8> {
    let known = ["/etc/machine-id", "/var/lib/dbus/machine-id"];
    let found = known.iter().find_map(|path| std::fs::read(path).ok().filter(|id| !id.is_empty()));
    found.or_else(|| std::env::var("COMPUTERNAME").ok().map(String::into_bytes)).unwrap_or_default()
}

/// Which file this is on its disk, where the system says.
pub(crate) fn inode(metadata: &Metadata) -> u64 {
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::ino(metadata);
    #[cfg(not(unix))]
    {
        let _ = metadata;
        0
    }
}

/// When this file was made, in milliseconds since 1970, where the system says; 0 otherwise.
pub(crate) fn born(metadata: &Metadata) -> i64 {
    let since = metadata.created().ok().and_then(|born| born.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| i64::try_from(since.as_millis()).ok()).unwrap_or(0)
}
