//! One encoding for everything we sign or send: postcard of fixed structs, and only one way to write each value.
//!
//! postcard alone accepts more than one spelling of some values (over-long varints, trailing bytes), so decoding encodes
//! again and compares. Bounds come first: nothing longer than the caller's limit is looked at.

use serde::{Serialize, de::DeserializeOwned};

/// Bytes that are not the one encoding of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Longer than its kind may be.
    #[error("longer than allowed")]
    TooLong,
    /// No value has these bytes.
    #[error("not readable")]
    Unreadable,
    /// A value has these bytes, but not as its only spelling.
    #[error("not in canonical form")]
    NotCanonical,
}

/// The bytes of a value. Types that are encoded hold no maps, floats or `usize`.
pub fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_stdvec(value).expect("our own types always have an encoding")
}

/// The value of some bytes, if they are its only spelling and no longer than `limit`.
pub fn decode<T: Serialize + DeserializeOwned>(bytes: &[u8], limit: usize) -> Result<T, Malformed> {
    if bytes.len() > limit {
        return Err(Malformed::TooLong);
    }
    let value: T = postcard::from_bytes(bytes).map_err(|_| Malformed::Unreadable)?;
    if encode(&value) != bytes {
        return Err(Malformed::NotCanonical);
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_over_long_number_and_a_trailing_byte_are_refused() {
        assert_eq!(decode::<u32>(&[1], 8), Ok(1));
        assert_eq!(decode::<u32>(&[0x81, 0x00], 8), Err(Malformed::NotCanonical));
        assert!(decode::<u32>(&[1, 0], 8).is_err());
        assert_eq!(decode::<u32>(&[1, 0, 0], 2), Err(Malformed::TooLong));
    }

    #[test]
    fn a_list_that_claims_to_be_endless_costs_nothing() {
        assert_eq!(decode::<Vec<[u8; 32]>>(&[0xff, 0xff, 0xff, 0xff, 0x0f], 64), Err(Malformed::Unreadable));
    }

    proptest! {
        #[test]
        fn decode_undoes_encode(value: (u64, Vec<String>, Option<[u8; 16]>)) {
            let bytes = encode(&value);
            prop_assert_eq!(decode(&bytes, bytes.len()), Ok(value));
        }
    }
}
