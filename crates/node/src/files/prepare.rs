//! A file on its way into a plan: its size and kind are looked at first, and a picture is made anew.
//!
//! A photograph carries more than is seen: where it was taken, when, with whose telephone. So every picture is decoded,
//! turned upright and written again from its dots alone, in the taster; nothing else of it is kept. Recordings and papers
//! are kept byte for byte: nobody here reads them.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use crate::{filer, files::unfit::Unfit, picture};

/// What a file is to a person, as far as its name and first bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// A picture.
    Picture,
    /// A recording of a voice or of sounds.
    Recording,
    /// A letter, a form, a scan.
    Paper,
}

/// Endings of recordings that are taken.
const RECORDINGS: [&str; 10] = ["mp3", "m4a", "aac", "ogg", "oga", "opus", "flac", "wav", "mp4", "webm"];

/// Endings of papers that are taken. None of them is a program to any system.
const PAPERS: [&str; 12] = ["pdf", "txt", "md", "rtf", "odt", "ods", "odp", "doc", "docx", "xlsx", "pptx", "csv"];

/// Endings of pictures, where a name is all there is.
const PICTURES: [&str; 4] = ["png", "jpg", "jpeg", "webp"];

/// Where a file to attach comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file of this computer.
    Path(PathBuf),
    /// Made here: a drawing.
    Made {
        /// What it is called.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// A file that may be kept.
pub(crate) struct Prepared {
    pub(crate) bytes: Vec<u8>,
    pub(crate) name: String,
    pub(crate) looks: Looks,
}

/// What a file looks like by its name.
pub fn looks_like(name: &str) -> Option<Looks> {
    let (_, ending) = name.rsplit_once('.')?;
    let is = |all: &[&str]| all.iter().any(|one| one.eq_ignore_ascii_case(ending));
    match () {
        () if is(&PICTURES) => Some(Looks::Picture),
        () if is(&RECORDINGS) => Some(Looks::Recording),
        () if is(&PAPERS) => Some(Looks::Paper),
        () => None,
    }
}

/// Whether the system may be asked to open a file of this name: only what could be attached here. Others may call a
/// program anything they like.
pub fn may_be_opened(name: &str) -> bool {
    looks_like(name).is_some()
}

/// Reads, measures and cleans a file.
pub(crate) fn prepare(source: Source, program: &Path) -> Result<Prepared, Unfit> {
    let (name, bytes) = match source {
        Source::Made { name, bytes } => (name, bytes),
        Source::Path(path) => read(&path)?,
    };
    if !filer::fits(bytes.len() as u64) {
        return Err(Unfit::TooLarge);
    }
    if bytes.is_empty() {
        return Err(Unfit::Empty);
    }
    if is_picture(&bytes) {
        let (bytes, ending) = picture::clean(program, &bytes)?;
        return Ok(Prepared { bytes, name: ending_with(&name, ending), looks: Looks::Picture });
    }
    match looks_like(&name) {
        Some(Looks::Picture) => Err(Unfit::NotAPicture),
        Some(looks) => Ok(Prepared { bytes, name, looks }),
        None => Err(Unfit::OtherKind),
    }
}

fn read(path: &Path) -> Result<(String, Vec<u8>), Unfit> {
    let file = File::open(path).map_err(|_| Unfit::NotRead)?;
    let about = file.metadata().map_err(|_| Unfit::NotRead)?;
    if !about.is_file() {
        return Err(Unfit::NotRead);
    }
    if !filer::fits(about.len()) {
        return Err(Unfit::TooLarge);
    }
    let mut bytes = Vec::new();
    // It may grow while it is read.
    file.take(seal::FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|_| Unfit::NotRead)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok((name.unwrap_or_default(), bytes))
}

fn is_picture(bytes: &[u8]) -> bool {
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.starts_with(b"\xff\xd8\xff") || webp
}

/// The name, with the ending its bytes have now.
fn ending_with(name: &str, ending: &str) -> String {
    let jpeg = |name: &str| ending == "jpg" && name.to_ascii_lowercase().ends_with(".jpeg");
    if name.to_ascii_lowercase().ends_with(&format!(".{ending}")) || jpeg(name) {
        return name.to_owned();
    }
    let stem = match looks_like(name) {
        Some(_) => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
        None => name,
    };
    format!("{stem}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_as_its_bytes_do() {
        assert_eq!(ending_with("tulips.webp", "jpg"), "tulips.jpg");
        assert_eq!(ending_with("Tulips.JPEG", "jpg"), "Tulips.JPEG");
        assert_eq!(ending_with("my week", "png"), "my week.png");
        assert_eq!(ending_with("no. 4", "png"), "no. 4.png");
    }

    #[test]
    fn only_kinds_that_could_be_attached_are_opened() {
        for (name, looks) in [("a.PDF", Looks::Paper), ("b.mp3", Looks::Recording), ("c.jpg", Looks::Picture)] {
            assert_eq!(looks_like(name), Some(looks));
        }
        for name in ["run.sh", "photo.jpg.exe", "x.desktop", "pdf", "page.html", ".bashrc", "letter.docm", "c.svg"] {
            assert!(!may_be_opened(name), "{name}");
        }
    }
}
