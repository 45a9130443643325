//! Why a file is not attached, shown or saved: each is one sentence for a person.

/// Why nothing came of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// More bytes than a file may have.
    #[error("larger than 16 MiB")]
    TooLarge,
    /// There is nothing in it.
    #[error("empty")]
    Empty,
    /// It cannot be read: it is not there, a folder, or somebody else's.
    #[error("cannot be read")]
    NotRead,
    /// Neither a picture nor a recording nor a paper of the kinds that are taken.
    #[error("not a kind of file that is taken")]
    OtherKind,
    /// It calls itself a picture and cannot be read as one.
    #[error("not a picture")]
    NotAPicture,
    /// A picture of more dots than is decoded.
    #[error("a picture of too many dots")]
    TooManyDots,
    /// Pictures cannot be looked at safely on this computer.
    #[error("pictures cannot be tried here")]
    NoTaster,
    /// There is no room left for files on this device.
    #[error("no room for more files")]
    NoRoom,
    /// It is not on this device, or not whole.
    #[error("not here")]
    NotHere,
    /// There is a file of that name already.
    #[error("there already")]
    IsThere,
    /// It could not be written there.
    #[error("cannot be written there")]
    NotWritten,
}

impl Unfit {
    /// The key of the sentence that says this.
    pub fn say(self) -> &'static str {
        match self {
            Unfit::TooLarge => "files-too-large",
            Unfit::Empty => "files-empty",
            Unfit::NotRead => "files-not-read",
            Unfit::OtherKind => "files-other-kind",
            Unfit::NotAPicture => "files-not-a-picture",
            Unfit::TooManyDots => "files-too-many-dots",
            Unfit::NoTaster => "files-no-taster",
            Unfit::NoRoom => "files-no-room",
            Unfit::NotHere => "files-not-here",
            Unfit::IsThere => "files-is-there",
            Unfit::NotWritten => "files-not-written",
        }
    }
}
