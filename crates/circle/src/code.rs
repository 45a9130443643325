//! The short code that two people pass on in one breath: `7-tulip-river`.
//!
//! The number is no secret: it says which of the devices that show a code is meant. The two words are the secret, 22 bits,
//! good for one guess.

use std::fmt;

/// Numbers a code may begin with: two families in one building rarely draw the same, and a person says it in one breath.
const NUMBERS: u32 = 99;

/// How many words follow the number.
const WORDS: usize = 2;

/// A number and two words of the list that all our words come from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code {
    number: u8,
    words: [&'static str; WORDS],
}

/// Why a text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// It is not a number and two words.
    #[error("not a number and two words")]
    NotACode,
    /// One of the words is none of the list: it was misheard or mistyped.
    #[error("a word that is in no code")]
    NoSuchWord,
}

impl Code {
    /// A code from chance.
    pub fn draw(dice: [u8; 8]) -> Code {
        let [a, b, c, d, e, f, g, h] = dice;
        let number = 1 + u32::from_be_bytes([a, b, c, d]) % NUMBERS;
        let bits = u32::from_be_bytes([e, f, g, h]) as usize;
        let list = bip39::Language::English.word_list();
        let words = [list[bits & 0x7ff], list[(bits >> 11) & 0x7ff]];
        Code { number: u8::try_from(number).expect("at most ninety-nine"), words }
    }

    /// The number that says whose code is meant.
    pub fn number(&self) -> u8 {
        self.number
    }

    /// Reads what somebody typed: in either case, with spaces or any of the usual signs between.
    pub fn parse(text: &str) -> Result<Code, CodeError> {
        let lower = text.to_lowercase();
        let mut parts =
            lower.split(|char: char| char.is_whitespace() || "-–—._,".contains(char)).filter(|part| !part.is_empty());
        let number = parts.next().and_then(|part| part.parse::<u8>().ok()).ok_or(CodeError::NotACode)?;
        let (Some(first), Some(second), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(CodeError::NotACode);
        };
        if !(1..=NUMBERS).contains(&u32::from(number)) {
            return Err(CodeError::NotACode);
        }
        Ok(Code { number, words: [known(first)?, known(second)?] })
    }
}

/// A word as it stands in the list.
fn known(word: &str) -> Result<&'static str, CodeError> {
    let list = bip39::Language::English.word_list();
    list.binary_search(&word).map(|at| list[at]).map_err(|_| CodeError::NoSuchWord)
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.words;
        write!(f, "{}-{first}-{second}", self.number)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whoever reads it can come in with it, so it is never printed by accident.
        f.write_str("Code")
    }
}
