//! The four words that two people compare before one lets the other in.
//!
//! The joiner promises its Join, and a secret behind it, before it learns the confirmer's nonce, so that words cannot be
//! ground out.

use seal::{DeviceId, PlanId};

/// How many words are compared: 44 bits, far more than anyone can try while two people are on the phone.
pub const SAFETY_WORDS: usize = 4;

/// The words for one joining: the first 44 bits of
/// blake3("alongside/words/1" ‖ plan ‖ confirmer's device ‖ the Join's bytes and secret ‖ confirmer's nonce), eleven a word.
pub fn safety_words(plan: PlanId, confirmer: DeviceId, join: &[u8], nonce: &[u8; 32]) -> [&'static str; SAFETY_WORDS] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"alongside/words/1");
    hasher.update(plan.as_bytes());
    hasher.update(confirmer.as_bytes());
    hasher.update(join);
    hasher.update(nonce);
    let mut bits = [0; 8];
    bits.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    let bits = u64::from_be_bytes(bits);
    let list = bip39::Language::English.word_list();
    std::array::from_fn(|place| list[(bits >> (53 - 11 * place)) as usize & 0x7ff])
}
