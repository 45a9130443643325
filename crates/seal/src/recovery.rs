//! The 24 words on the recovery sheet: 32 bytes of chance that a person can read aloud, write down and type in again.
//!
//! | chance 256 bits | first 8 bits of SHA-256 of it |, eleven bits a word, from the English list of BIP 39. Two keys grow
//! from them, each with a context of its own: one signs for their holder in the circle, one unwraps the store's data key.

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::key::DeviceKey;

/// How many words there are: 256 bits of chance and 8 that tell a slip of the pen.
pub const RECOVERY_WORDS: usize = 24;

const BITS: usize = 11;
const SIGNS: &str = "alongside/recovery/signs/1";
const UNWRAPS: &str = "alongside/recovery/unwraps/1";

/// What stands behind a person's 24 words. Zeroed on drop; made or typed in, used, and kept nowhere.
pub struct RecoveryWords(Zeroizing<[u8; 32]>);

/// Why a text is not somebody's 24 words.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotWords {
    /// There are too few or too many.
    #[error("not as many words as on a sheet")]
    Count {
        /// How many there are.
        found: usize,
    },
    /// A word is not one of the list.
    #[error("word {place} is not in the list")]
    Unknown {
        /// Which one, counted from one.
        place: usize,
        /// The word as it was typed.
        word: String,
    },
    /// Each word is in the list, but together they are nobody's: two are swapped, or one is another's.
    #[error("the words do not belong together")]
    Checksum,
}

// By hand: the word as it was typed is for its holder's eyes.
impl std::fmt::Debug for NotWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NotWords({self})")
    }
}

impl RecoveryWords {
    /// The words behind 32 random bytes. The dice are the caller's.
    pub fn from_dice(dice: Zeroizing<[u8; 32]>) -> RecoveryWords {
        RecoveryWords(dice)
    }

    /// Reads words as people write them: in any case, with any spacing, line breaks, numbers and full stops between.
    pub fn read(text: &str) -> Result<RecoveryWords, NotWords> {
        let list = bip39::Language::English.word_list();
        let typed = || text.split(|char: char| !char.is_alphabetic()).filter(|word| !word.is_empty());
        let mut bits = Zeroizing::new([0; 33]);
        for (number, word) in typed().take(RECOVERY_WORDS).enumerate() {
            let lower = Zeroizing::new(word.to_lowercase());
            let index = list.binary_search(&lower.as_str()).map_err(|_| NotWords::Unknown {
                place: number + 1,
                word: word.chars().take(LONGEST_SHOWN).collect(),
            })?;
            for bit in (0..BITS).filter(|bit| index >> (BITS - 1 - bit) & 1 == 1) {
                set(&mut bits, number * BITS + bit);
            }
        }
        match typed().count() {
            RECOVERY_WORDS => {}
            found => return Err(NotWords::Count { found }),
        }
        let mut dice = Zeroizing::new([0; 32]);
        dice.copy_from_slice(&bits[..32]);
        if check(&dice) == bits[32] { Ok(RecoveryWords(dice)) } else { Err(NotWords::Checksum) }
    }

    /// The words, in order.
    pub fn words(&self) -> [&'static str; RECOVERY_WORDS] {
        let list = bip39::Language::English.word_list();
        let mut bits = Zeroizing::new([0; 33]);
        bits[..32].copy_from_slice(&*self.0);
        bits[32] = check(&self.0);
        std::array::from_fn(|number| {
            let index = (0..BITS).fold(0, |index, bit| index << 1 | usize::from(get(&bits, number * BITS + bit)));
            list[index]
        })
    }

    /// The words as one line, to be handed on and wiped.
    pub fn text(&self) -> Zeroizing<String> {
        // Room for the longest words from the start, so that no half-written copy is left behind by growing.
        let mut text = Zeroizing::new(String::with_capacity(RECOVERY_WORDS * 9));
        for word in self.words() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        text
    }

    /// The key that signs for their holder: it outranks every device of theirs.
    pub fn key(&self) -> DeviceKey {
        DeviceKey::from_seed(&Zeroizing::new(blake3::derive_key(SIGNS, &*self.0)))
    }

    /// The key that unwraps a store's data key where its passphrase is forgotten.
    pub fn wrapping_key(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(blake3::derive_key(UNWRAPS, &*self.0))
    }
}

/// Letters of a mistyped word that are shown again: every word of the list has at most eight.
const LONGEST_SHOWN: usize = 24;

fn check(dice: &[u8; 32]) -> u8 {
    Sha256::digest(dice)[0]
}

fn get(bits: &[u8; 33], bit: usize) -> bool {
    bits[bit / 8] >> (7 - bit % 8) & 1 == 1
}

fn set(bits: &mut [u8; 33], bit: usize) {
    bits[bit / 8] |= 1 << (7 - bit % 8);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(dice: [u8; 32]) -> RecoveryWords {
        RecoveryWords::from_dice(Zeroizing::new(dice))
    }

    #[test]
    fn words_read_back_however_they_were_written_down() {
        let made = words([7; 32]);
        let sheet: String = made
            .words()
            .iter()
            .enumerate()
            .map(|(at, word)| format!("{}. {}\r\n", at + 1, word.to_uppercase()))
            .collect();
        let read = RecoveryWords::read(&sheet).expect("the words of the sheet");
        assert_eq!(read.key().id(), made.key().id());
        assert_eq!(read.wrapping_key(), made.wrapping_key());
    }

    #[test]
    fn the_two_keys_have_nothing_in_common() {
        let made = words([7; 32]);
        assert_ne!(*made.key().seed(), *made.wrapping_key());
        assert_ne!(*made.key().seed(), [7; 32]);
    }

    #[test]
    fn a_slip_is_named_by_its_place_or_told_by_the_check() {
        let made = words([9; 32]);
        let mut list = made.words().map(str::to_owned);
        list[6] = "tulipp".to_owned();
        let slip = NotWords::Unknown { place: 7, word: "tulipp".to_owned() };
        assert_eq!(RecoveryWords::read(&list.join(" ")).err(), Some(slip.clone()));
        assert!(!format!("{slip:?}").contains("tulipp"), "logs do not hold what was typed");
        let swapped = made.words().iter().rev().copied().collect::<Vec<_>>().join(" ");
        assert_eq!(RecoveryWords::read(&swapped).err(), Some(NotWords::Checksum));
        assert_eq!(RecoveryWords::read("wonder lake").err(), Some(NotWords::Count { found: 2 }));
        let twice = format!("{} {}", *made.text(), *made.text());
        assert_eq!(RecoveryWords::read(&twice).err(), Some(NotWords::Count { found: 48 }));
    }

    proptest! {
        #[test]
        fn the_words_are_those_of_bip_39(dice: [u8; 32]) {
            let made = words(dice);
            let theirs = bip39::Mnemonic::from_entropy(&dice).expect("32 bytes are 24 words");
            prop_assert_eq!(made.words().to_vec(), theirs.words().collect::<Vec<_>>());
            let read = RecoveryWords::read(&made.text()).expect("our own words");
            prop_assert_eq!(*read.0, dice);
        }
    }
}
