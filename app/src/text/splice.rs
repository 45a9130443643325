//! What was typed, found by comparing what a field showed with what it shows now.
//!
//! Everything is counted in Unicode code points, as egui's carets and the document do.

/// One change inside a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// Where.
    pub at: usize,
    /// How many code points go.
    pub delete: usize,
    /// What comes.
    pub insert: String,
}

impl Splice {
    /// The one change from `old` to `new`, if there is any.
    ///
    /// Typed "a" into "aaa": where? What stands behind the caret afterwards was not typed, so the end they share reaches
    /// at most to the caret, and the beginning they share gets the rest.
    pub fn between(old: &str, new: &str, caret: usize) -> Option<Splice> {
        if old == new {
            return None;
        }
        let old: Vec<char> = old.chars().collect();
        let new: Vec<char> = new.chars().collect();
        let behind_caret = new.len().saturating_sub(caret);
        let most = old.len().min(new.len()).min(behind_caret);
        let suffix = (0..most).take_while(|i| old[old.len() - 1 - i] == new[new.len() - 1 - i]).count();
        let most = old.len().min(new.len()) - suffix;
        let prefix = (0..most).take_while(|i| old[*i] == new[*i]).count();
        Some(Splice {
            at: prefix,
            delete: old.len() - suffix - prefix,
            insert: new[prefix..new.len() - suffix].iter().collect(),
        })
    }

    /// The same where this much was selected: what is typed over it takes all of it away, also a letter that stands there again.
    /// Otherwise that letter would not be mine, and would go when somebody else writes over the old words at the same time.
    pub fn over(old: &str, new: &str, caret: usize, (anchor, head): (usize, usize)) -> Option<Splice> {
        let (from, to) = (anchor.min(head), anchor.max(head));
        let before: Vec<char> = old.chars().collect();
        let after: Vec<char> = new.chars().collect();
        let behind = before.len().saturating_sub(to);
        let fits = from < to
            && to <= before.len()
            && from + behind <= after.len()
            && before[..from] == after[..from]
            && before[to..] == after[after.len() - behind..];
        if !fits || old == new {
            return Splice::between(old, new, caret);
        }
        Some(Splice { at: from, delete: to - from, insert: after[from..after.len() - behind].iter().collect() })
    }

    /// Where a place in the old text is in the new one. A place inside what went is where it went.
    pub fn carry(&self, place: usize) -> usize {
        if place <= self.at {
            return place;
        }
        let came = self.insert.chars().count();
        if place >= self.at + self.delete { place - self.delete + came } else { self.at + came }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HARD: &str = "naïve 👩‍👩‍👧 한글 עברית";

    #[test]
    fn a_letter_typed_among_its_like_is_found_at_the_caret() {
        assert_eq!(Splice::between("aaa", "aaaa", 2), Some(splice(1, 0, "a")));
        assert_eq!(Splice::between("aaa", "aaaa", 4), Some(splice(3, 0, "a")));
    }

    #[test]
    fn deleting_forwards_and_backwards_is_found_at_the_caret() {
        assert_eq!(Splice::between("aaaa", "aaa", 1), Some(splice(1, 1, "")));
        assert_eq!(Splice::between("bus stop", "bus", 3), Some(splice(3, 5, "")));
    }

    #[test]
    fn a_selection_written_over_is_one_splice() {
        assert_eq!(Splice::between("I like tea", "I like coffee", 13), Some(splice(7, 3, "coffee")));
    }

    #[test]
    fn what_was_selected_goes_whole_also_where_a_letter_stands_there_again() {
        assert_eq!(Splice::over("Painting", "Paper", 5, (0, 8)), Some(splice(0, 8, "Paper")));
        assert_eq!(Splice::over("tea, please", "toast, please", 5, (3, 0)), Some(splice(0, 3, "toast")));
        // Something else than typing over it happened: as if nothing had been selected.
        assert_eq!(Splice::over("aaaa", "aaaaa", 5, (0, 0)), Some(splice(4, 0, "a")));
        assert_eq!(Splice::over("bus stop", "a bus stop", 2, (4, 8)), Some(splice(0, 0, "a ")));
    }

    #[test]
    fn nothing_typed_is_nothing_sent() {
        assert_eq!(Splice::between(HARD, HARD, 3), None);
    }

    #[test]
    fn whatever_changed_and_wherever_the_caret_is_the_splice_makes_the_new_text() {
        let texts = ["", "a", "aa", "aba", HARD, "naïve 👩‍👧 한글", "한한글글", "עברית naïve", "naive", "aab", "baa"];
        for old in texts {
            for new in texts {
                for caret in 0..=new.chars().count() + 2 {
                    let made = match Splice::between(old, new, caret) {
                        Some(splice) => apply(old, &splice),
                        None => old.to_owned(),
                    };
                    assert_eq!(made, new, "from {old:?}, caret {caret}");
                    for selected in [(0, caret), (caret, 1), (1, old.chars().count()), (0, old.chars().count() + 1)] {
                        let made = Splice::over(old, new, caret, selected);
                        let made = made.map_or_else(|| old.to_owned(), |splice| apply(old, &splice));
                        assert_eq!(made, new, "from {old:?}, caret {caret}, {selected:?} selected");
                    }
                }
            }
        }
    }

    #[test]
    fn a_place_moves_with_the_letter_behind_it() {
        let typed = splice(3, 2, "xyz");
        assert_eq!([0, 3, 4, 5, 6].map(|place| typed.carry(place)), [0, 3, 6, 6, 7]);
    }

    fn splice(at: usize, delete: usize, insert: &str) -> Splice {
        Splice { at, delete, insert: insert.to_owned() }
    }

    fn apply(text: &str, splice: &Splice) -> String {
        let chars: Vec<char> = text.chars().collect();
        let before = chars[..splice.at].iter();
        let after = chars[splice.at + splice.delete..].iter();
        before.copied().chain(splice.insert.chars()).chain(after.copied()).collect()
    }
}
