//! The names of things: ids that commit to what they name, numbers that mean something.
//!
//! Every id is bytes; a person who must see one sees eight letters of base32 ([`DeviceId::short`]), a program sees all of
//! it (`Display`, `FromStr`). Logs only ever get the short form, which is what `Debug` gives.

use std::{cmp::Ordering, fmt, num::NonZeroU64, str::FromStr};

use data_encoding::BASE32_NOPAD;
use serde::{Deserialize, Serialize};

/// A text that should have been an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

/// The first eight bytes of an id as a number that orders as they do.
fn first(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub struct $name([u8; $len]);

        // In the order of their bytes. Nearly always the first few tell, and the maps of a large document are full of them.
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                first(&self.0).cmp(&first(&other.0)).then_with(|| self.0.cmp(&other.0))
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl $name {
            /// How many bytes it has.
            pub const LEN: usize = $len;

            /// The id with these bytes.
            pub const fn new(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }

            /// Its bytes.
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            /// Eight letters for a person's eyes; never enough to tell two ids apart for certain.
            pub fn short(&self) -> String {
                let mut text = self.to_string();
                text.truncate(8);
                text
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&BASE32_NOPAD.encode(&self.0).to_ascii_lowercase())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.short())
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let bytes = BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes()).map_err(|_| NotAnId)?;
                Ok(Self(bytes.try_into().map_err(|_| NotAnId)?))
            }
        }
    };
}

id!(/** A device: its Ed25519 public key. */ DeviceId, 32);
id!(/** What others wrap to so that only one device can open it: its X25519 public key. */ OpeningKey, 32);
id!(/** A statement: blake3 of its signed bytes, without the signature. */ StatementId, 32);
id!(/** A plan: the id of its Found. */ PlanId, 32);
id!(/** A person in a circle: the id of the Found or Join that brought them. */ PersonId, 32);
id!(/** A document: the id of its NewDocument. */ DocId, 32);
id!(/** A document's key for a while: blake3 of it under a context of its own. See [`crate::EpochKey`]. */ EpochId, 32);
id!(/** A chapter: the id of the Found, Confirm, LinkDevice or Renew that opened it. */ ChapterId, 32);
id!(/** An edit: automerge's change hash, SHA-256 over the chunk from its type byte on. */ EditHash, 32);
id!(/** A chain, which is also the automerge actor id of its edits. See [`crate::chain_id`]. */ ChainId, 16);
id!(/** An attached file: blake3 of its bytes. */ FileId, 32);
id!(/** An item in a list: sixteen random bytes, made by whoever adds it. */ ItemId, 16);

macro_rules! named_after_a_statement {
    ($($name:ident)*) => {$(
        impl From<StatementId> for $name {
            fn from(id: StatementId) -> Self {
                Self(id.0)
            }
        }
        impl From<$name> for StatementId {
            fn from(id: $name) -> Self {
                Self(id.0)
            }
        }
    )*};
}
named_after_a_statement!(PlanId PersonId DocId ChapterId);

/// A signature's 64 bytes. Never part of an id or of a digest of a set: a signature can be remade.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signature([u8; 64]);

impl Signature {
    /// How many bytes it has.
    pub const LEN: usize = 64;

    /// The signature with these bytes; whether it holds is for [`crate::verify`] to say.
    pub const fn new(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("signature")
    }
}

// serde stops at arrays of 32, so a signature travels as two halves.
impl Serialize for Signature {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (head, tail) = self.0.split_at(32);
        (<[u8; 32]>::try_from(head).expect("half of 64"), <[u8; 32]>::try_from(tail).expect("half of 64"))
            .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Signature {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (head, tail) = <([u8; 32], [u8; 32])>::deserialize(deserializer)?;
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(&head);
        bytes[32..].copy_from_slice(&tail);
        Ok(Self(bytes))
    }
}

/// The number of an edit in its chain, from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Seq(NonZeroU64);

impl Seq {
    /// The number of a chain's first edit.
    pub const FIRST: Seq = Seq(NonZeroU64::MIN);

    /// The number, unless it is zero.
    pub fn new(number: u64) -> Option<Seq> {
        NonZeroU64::new(number).map(Seq)
    }

    /// The number as it is.
    pub fn number(self) -> u64 {
        self.0.get()
    }

    /// The number after this one, while there is one.
    pub fn next(self) -> Option<Seq> {
        self.0.checked_add(1).map(Seq)
    }

    /// The number before this one; the first has none.
    pub fn before(self) -> Option<Seq> {
        Seq::new(self.number() - 1)
    }
}

/// Milliseconds since 1970, UTC. Shown as "about"; orders nothing and authorises nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Time(pub i64);

impl Time {
    /// This time and so many milliseconds.
    #[must_use]
    pub fn plus(self, milliseconds: i64) -> Time {
        Time(self.0.saturating_add(milliseconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_from_its_text_whatever_the_case() {
        let id = DeviceId::new([7; 32]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().to_uppercase().parse(), Ok(id));
        assert_eq!(id.short().len(), 8);
        assert_eq!("tulip".parse::<DeviceId>(), Err(NotAnId));
    }

    #[test]
    fn numbers_start_at_one_and_end() {
        assert_eq!(Seq::new(0), None);
        assert_eq!(Seq::FIRST.before(), None);
        assert_eq!(Seq::FIRST.next().map(Seq::number), Some(2));
        assert_eq!(Seq::new(u64::MAX).and_then(Seq::next), None);
    }
}
