//! A file that a field names: which, of what kind, how large, and what it is called. The bytes are kept elsewhere, under
//! their hash; the document holds only this.

use std::{fmt, str::FromStr};

use seal::FileId;

use crate::{
    limits::{FILE_BYTES, FILE_NAME_CHARS},
    names::clean,
    value::BadValue,
};

/// What a file is for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// A photograph or picture.
    Picture,
    /// A drawing made here.
    Drawing,
    /// A recording of a voice or of sounds.
    Recording,
    /// A letter, a form, a scan.
    Paper,
}

impl FileKind {
    /// Every kind, in the order a list shows them.
    pub const ALL: [FileKind; 4] = [FileKind::Picture, FileKind::Drawing, FileKind::Recording, FileKind::Paper];

    /// Its name in a document and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            FileKind::Picture => "picture",
            FileKind::Drawing => "drawing",
            FileKind::Recording => "recording",
            FileKind::Paper => "paper",
        }
    }

    /// The kind with this name.
    pub fn from_code(code: &str) -> Option<FileKind> {
        FileKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// An attached file, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attachment {
    /// Which: the hash of its bytes.
    pub id: FileId,
    /// What it is.
    pub kind: FileKind,
    /// How many bytes it has.
    pub bytes: u64,
    /// What it is called; one clean line without a comma.
    pub name: String,
}

impl Attachment {
    /// What stands in the document under the file's id: `KIND:BYTES:NAME`.
    pub(crate) fn entry(&self) -> String {
        format!("{}:{}:{}", self.kind.code(), self.bytes, self.name)
    }

    /// Reads what stands in the document under a file's id.
    pub(crate) fn read(id: &str, entry: &str) -> Option<Attachment> {
        let mut pieces = entry.splitn(3, ':');
        let (kind, bytes, name) = (pieces.next()?, pieces.next()?, pieces.next()?);
        let (id, kind, bytes) = (id.parse().ok()?, FileKind::from_code(kind)?, bytes.parse().ok()?);
        Attachment { id, kind, bytes, name: name.to_owned() }.fit().ok()
    }

    /// The same, with a name that can be shown; or why it cannot be attached.
    pub(crate) fn fit(self) -> Result<Attachment, BadValue> {
        if self.bytes > FILE_BYTES {
            return Err(BadValue::TooLarge);
        }
        // A comma parts files in a list.
        let name: String = clean(&self.name.replace(',', " ")).chars().take(FILE_NAME_CHARS).collect();
        Ok(Attachment { name: name.trim_end().to_owned(), ..self })
    }
}

impl fmt::Display for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.id, self.entry())
    }
}

impl FromStr for Attachment {
    type Err = BadValue;

    /// Reads `ID:KIND:BYTES:NAME`.
    fn from_str(text: &str) -> Result<Attachment, BadValue> {
        let (id, entry) = text.split_once(':').ok_or(BadValue::File)?;
        let bytes = entry.split(':').nth(1).and_then(|bytes| bytes.parse::<u64>().ok());
        if bytes.is_some_and(|bytes| bytes > FILE_BYTES) {
            return Err(BadValue::TooLarge);
        }
        Attachment::read(id, entry).ok_or(BadValue::File)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_in_one_clean_line_and_reads_back() {
        let file = Attachment {
            id: FileId::new([7; 32]),
            kind: FileKind::Recording,
            bytes: 48_000,
            name: "My week,\n in\u{202e} sound: part 1".into(),
        };
        let file = file.fit().unwrap();
        assert_eq!(file.name, "My week   in sound: part 1");
        assert_eq!(file.to_string().parse(), Ok(file));
    }

    #[test]
    fn what_names_no_file_is_refused_with_its_reason() {
        let id = FileId::new([7; 32]);
        let bad = |text: String| text.parse::<Attachment>().unwrap_err();
        assert_eq!(bad("tulip".into()), BadValue::File);
        assert_eq!(bad(format!("{id}:song:12:My week")), BadValue::File);
        assert_eq!(bad(format!("{id}:picture:-1:My week")), BadValue::File);
        assert_eq!(bad(format!("{id}:picture:{}:My week", FILE_BYTES + 1)), BadValue::TooLarge);
    }
}
