//! What two devices do with a code: SPAKE2, and what the key that comes of it is used for.
//!
//! Whoever does not know the code learns nothing of it from an exchange but whether one guess was right. Both network keys
//! are in it, and the connection proves those, so somebody in the middle ends up with another key than either side. The
//! newcomer shows first that its key is the same: until then the other side has said nothing that a guess could be
//! tried on.

use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use circle::Code;
use spake2::{Ed25519Group, Identity, Password, Spake2};
use zeroize::Zeroizing;

/// What each side tells the other: a point of the curve, hidden under the code.
pub(crate) type Element = [u8; 32];

/// What spake2 writes before an element: who it is from.
const FROM: (u8, u8) = (b'A', b'B');

/// Which side of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Who typed the code.
    Newcomer,
    /// Who shows it.
    Host,
}

/// The network keys of both ends of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ends {
    pub(crate) newcomer: [u8; 32],
    pub(crate) host: [u8; 32],
}

/// An exchange of which one half is done.
pub(crate) struct Begun {
    side: Side,
    spake: Spake2<Ed25519Group>,
    pub(crate) element: Element,
}

/// The key that both have if both knew the code. It lives as long as one conversation.
#[derive(Clone)]
pub(crate) struct Key(Zeroizing<[u8; 32]>);

/// Begins an exchange, with chance numbers of its own.
pub(crate) fn begin(side: Side, code: &Code, ends: &Ends) -> Begun {
    let password = Password::new(code.to_string());
    let (a, b) = (Identity::new(&ends.newcomer), Identity::new(&ends.host));
    let (spake, told) = match side {
        Side::Newcomer => Spake2::start_a(&password, &a, &b),
        Side::Host => Spake2::start_b(&password, &a, &b),
    };
    let element = told.split_first().and_then(|(_, element)| element.try_into().ok());
    Begun { side, spake, element: element.expect("spake2 tells a letter and a compressed point") }
}

impl Begun {
    /// The key, if what the other side told is a point at all. Whether it is the same key shows only later.
    pub(crate) fn finish(self, theirs: &Element) -> Option<Key> {
        let from = match self.side {
            Side::Newcomer => FROM.1,
            Side::Host => FROM.0,
        };
        let told = [&[from], &theirs[..]].concat();
        let key = Zeroizing::new(self.spake.finish(&told).ok()?);
        Some(Key(Zeroizing::new(key.as_slice().try_into().ok()?)))
    }
}

impl Key {
    /// What shows the other side that this one has the same key.
    pub(crate) fn sure(&self, side: Side) -> [u8; 32] {
        let purpose: &[u8] = match side {
            Side::Newcomer => b"alongside/code/newcomer/1",
            Side::Host => b"alongside/code/host/1",
        };
        *blake3::keyed_hash(&self.0, purpose).as_bytes()
    }

    /// Whether the other side has the same key. Takes as long whatever it said.
    pub(crate) fn is_sure(&self, side: Side, said: [u8; 32]) -> bool {
        blake3::Hash::from_bytes(self.sure(side)) == blake3::Hash::from_bytes(said)
    }

    /// What binds something said later to this conversation.
    pub(crate) fn bind(&self, said: &[u8]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(b"alongside/code/bound/1");
        hasher.update(said);
        *hasher.finalize().as_bytes()
    }

    /// Whether this was said by who has the key.
    pub(crate) fn is_bound(&self, said: &[u8], by: [u8; 32]) -> bool {
        blake3::Hash::from_bytes(self.bind(said)) == blake3::Hash::from_bytes(by)
    }

    /// Closes the one thing the host hands over. A key closes one thing in its life, so the nonce may be always the same.
    pub(crate) fn close(&self, what: &[u8]) -> Vec<u8> {
        let cipher = ChaCha20Poly1305::new(&self.closing().into());
        let payload = Payload { msg: what, aad: CLOSING };
        cipher.encrypt(&Nonce::default(), payload).expect("a ticket is far below what the cipher can take")
    }

    /// Opens it.
    pub(crate) fn open(&self, closed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let cipher = ChaCha20Poly1305::new(&self.closing().into());
        cipher.decrypt(&Nonce::default(), Payload { msg: closed, aad: CLOSING }).ok().map(Zeroizing::new)
    }

    fn closing(&self) -> [u8; 32] {
        *blake3::keyed_hash(&self.0, CLOSING).as_bytes()
    }
}

const CLOSING: &[u8] = b"alongside/code/closed/1";

#[cfg(test)]
mod tests {
    use super::*;

    const ENDS: Ends = Ends { newcomer: [1; 32], host: [2; 32] };

    fn exchange(typed: &str, shown: &str, of_newcomer: Ends, of_host: Ends) -> (Key, Key) {
        let (typed, shown) = (Code::parse(typed).unwrap(), Code::parse(shown).unwrap());
        let newcomer = begin(Side::Newcomer, &typed, &of_newcomer);
        let host = begin(Side::Host, &shown, &of_host);
        let (one, other) = (newcomer.element, host.element);
        (newcomer.finish(&other).unwrap(), host.finish(&one).unwrap())
    }

    #[test]
    fn two_who_know_the_code_have_one_key_and_what_one_closes_the_other_opens() {
        let (newcomer, host) = exchange("7-apple-river", "7 Apple River", ENDS, ENDS);
        assert!(host.is_sure(Side::Newcomer, newcomer.sure(Side::Newcomer)));
        assert!(newcomer.is_sure(Side::Host, host.sure(Side::Host)));
        assert!(host.is_bound(b"join", newcomer.bind(b"join")) && !host.is_bound(b"joim", newcomer.bind(b"join")));
        let closed = host.close(b"ticket");
        assert_eq!(newcomer.open(&closed).unwrap().as_slice(), b"ticket");
        for bit in 0..closed.len() * 8 {
            let mut flipped = closed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(newcomer.open(&flipped).is_none());
        }
    }

    #[test]
    fn another_word_another_number_or_somebody_in_the_middle_gives_another_key() {
        let middle = Ends { host: [9; 32], ..ENDS };
        for (typed, shown, of_newcomer) in [
            ("7-apple-river", "7-apple-stone", ENDS),
            ("7-apple-river", "7-river-apple", ENDS),
            ("7-apple-river", "8-apple-river", ENDS),
            ("7-apple-river", "7-apple-river", middle),
        ] {
            let (newcomer, host) = exchange(typed, shown, of_newcomer, ENDS);
            assert!(!host.is_sure(Side::Newcomer, newcomer.sure(Side::Newcomer)), "{typed} {shown}");
            assert!(!newcomer.is_sure(Side::Host, host.sure(Side::Host)));
            assert!(newcomer.open(&host.close(b"ticket")).is_none());
            assert!(!host.is_bound(b"join", newcomer.bind(b"join")));
        }
    }

    #[test]
    fn nobody_shows_their_key_by_saying_back_what_they_heard() {
        let (newcomer, host) = exchange("7-apple-river", "7-apple-river", ENDS, ENDS);
        assert!(!newcomer.is_sure(Side::Host, newcomer.sure(Side::Newcomer)));
        assert!(!host.is_sure(Side::Newcomer, host.sure(Side::Host)));
        let begun = begin(Side::Newcomer, &Code::parse("7-apple-river").unwrap(), &ENDS);
        let mut two = [0; 32];
        two[0] = 2;
        assert!(begun.finish(&two).is_none(), "no point of the curve has two for its y");
    }
}
