//! A circle that is being told to a device which has nothing of it yet: nothing in it is believed, and it is bounded.

use seal::{STATEMENT_BYTES, Signature};

use crate::limits::CIRCLE_BYTES;

/// Statements with their signatures, unread.
type Unread = Vec<(Vec<u8>, Signature)>;

/// A circle as far as it has come.
#[derive(Debug, Default)]
pub(crate) struct Told {
    statements: Unread,
    bytes: usize,
}

/// More than any circle has, or no end of nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Endless;

impl Told {
    /// Takes some more in; gives all of them once no more are to come.
    pub(crate) fn take(&mut self, statements: Unread, more: bool) -> Result<Option<Unread>, Endless> {
        if statements.is_empty() && more || statements.iter().any(|(bytes, _)| bytes.len() > STATEMENT_BYTES) {
            return Err(Endless);
        }
        self.bytes += statements.iter().map(|(bytes, _)| bytes.len()).sum::<usize>();
        self.statements.extend(statements);
        if self.statements.len() > circle::limits::GRAPH_MOST || self.bytes > CIRCLE_BYTES {
            return Err(Endless);
        }
        Ok((!more).then(|| std::mem::take(&mut self.statements)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(count: usize, bytes: usize) -> Unread {
        vec![(vec![7; bytes], Signature::new([0; 64])); count]
    }

    #[test]
    fn a_circle_comes_in_several_frames() {
        let mut told = Told::default();
        assert_eq!(told.take(some(2, 9), true), Ok(None));
        assert_eq!(told.take(some(1, STATEMENT_BYTES), false).unwrap().unwrap().len(), 3);
        assert_eq!(
            Told::default().take(some(0, 0), false),
            Ok(Some(vec![])),
            "nothing is an answer, that holds no plan"
        );
    }

    #[test]
    fn a_circle_without_end_is_none() {
        assert_eq!(Told::default().take(some(0, 0), true), Err(Endless));
        assert_eq!(Told::default().take(some(1, STATEMENT_BYTES + 1), true), Err(Endless));
        assert_eq!(Told::default().take(some(circle::limits::GRAPH_MOST + 1, 1), true), Err(Endless));
        let mut told = Told::default();
        let frames = (0..).take_while(|_| told.take(some(8, STATEMENT_BYTES), true).is_ok()).count();
        assert_eq!(frames, CIRCLE_BYTES / STATEMENT_BYTES / 8);
    }
}
