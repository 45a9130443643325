//! What became of a text, in words: what went, what came, and whether a change to an older text still fits a newer one.
//!
//! Compared word by word, because that is how people read a change; positions are Unicode code points, as everywhere.

use std::ops::Range;

use crate::limits::WORDING_STEPS;

/// One stretch of a text beside an older one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Kept(String),
    /// Only in the older one.
    Gone(String),
    /// Only in the newer one.
    Come(String),
}

/// One change to a text: at a code point, so many taken away, these words put there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// Where.
    pub at: usize,
    /// Code points that go.
    pub delete: usize,
    /// What comes.
    pub insert: String,
}

/// What was changed to make `new` of `old`, in order. What stayed is in it, too.
pub fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let letters: Vec<char> = old.chars().collect();
    let mut pieces = Vec::new();
    let mut put = |make: fn(String) -> Piece, words: String| {
        if !words.is_empty() {
            pieces.push(make(words));
        }
    };
    let mut read = 0;
    for Hunk { old, come } in hunks(old, new) {
        put(Piece::Kept, letters[read..old.start].iter().collect());
        read = old.end;
        put(Piece::Gone, letters[old].iter().collect());
        put(Piece::Come, come);
    }
    put(Piece::Kept, letters[read..].iter().collect());
    pieces
}

/// The older text, read out of the pieces.
pub fn before(pieces: &[Piece]) -> String {
    let old = |piece: &Piece| match piece {
        Piece::Kept(words) | Piece::Gone(words) => words.clone(),
        Piece::Come(_) => String::new(),
    };
    pieces.iter().map(old).collect()
}

/// The newer text, read out of the pieces.
pub fn after(pieces: &[Piece]) -> String {
    let new = |piece: &Piece| match piece {
        Piece::Kept(words) | Piece::Come(words) => words.clone(),
        Piece::Gone(_) => String::new(),
    };
    pieces.iter().map(new).collect()
}

/// What makes of `now` what `offered` makes of `base`: the same words taken away and put in, where they stand today. The last
/// comes first, so that each can be made without moving the next. None where somebody has changed the very same words since, and
/// not in the same way.
pub fn rebase(base: &str, offered: &str, now: &str) -> Option<Vec<Splice>> {
    let theirs = hunks(base, now);
    let mut splices = Vec::new();
    for ours in hunks(base, offered) {
        if theirs.contains(&ours) {
            continue;
        }
        let clash = |other: &&Hunk| ours.old.start < other.old.end && other.old.start < ours.old.end;
        if theirs.iter().any(|other| clash(&other)) {
            return None;
        }
        let before = theirs.iter().filter(|other| other.old.end <= ours.old.start);
        let (come, gone) =
            before.fold((0, 0), |(come, gone), other| (come + other.come.chars().count(), gone + other.old.len()));
        splices.push(Splice { at: ours.old.start + come - gone, delete: ours.old.len(), insert: ours.come });
    }
    splices.reverse();
    Some(splices)
}

/// A text with splices made in it, one after the other.
pub fn spliced(text: &str, splices: &[Splice]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for Splice { at, delete, insert } in splices {
        let end = (at + delete).min(letters.len());
        letters.splice((*at).min(end)..end, insert.chars());
    }
    letters.into_iter().collect()
}

/// A run of the older text, in code points, and what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hunk {
    old: Range<usize>,
    come: String,
}

fn hunks(old: &str, new: &str) -> Vec<Hunk> {
    let (old, new) = (tokens(old), tokens(new));
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same;
    let ends = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (middle, other) = (&old[same..old.len() - ends], &new[same..new.len() - ends]);
    let mut changes = changes(middle, other);
    join(&mut changes, middle);
    let lengths = |tokens: &[&str]| tokens.iter().map(|token| token.chars().count()).sum::<usize>();
    let (mut place, mut read, mut found) = (lengths(&old[..same]), 0, Vec::new());
    for (from, to) in changes {
        place += lengths(&middle[read..from.start]);
        let end = place + lengths(&middle[from.clone()]);
        found.push(Hunk { old: place..end, come: other[to].concat() });
        (place, read) = (end, from.end);
    }
    found
}

/// What went and what came, by tokens: runs of the one and of the other.
type Changes = Vec<(Range<usize>, Range<usize>)>;

/// Two changes with no whole word between them are read as one.
fn join(changes: &mut Changes, old: &[&str]) {
    let is_word = |token: &&str| token.chars().any(char::is_alphanumeric);
    let mut joined: Changes = Vec::with_capacity(changes.len());
    for (from, to) in changes.drain(..) {
        match joined.last_mut() {
            Some((before, others)) if !old[before.end..from.start].iter().any(is_word) => {
                (before.end, others.end) = (from.end, to.end);
            }
            Some(_) | None => joined.push((from, to)),
        }
    }
    *changes = joined;
}

/// Words, blanks between them, and every other sign for itself with what belongs to it.
fn tokens(text: &str) -> Vec<&str> {
    #[derive(PartialEq, Eq, Clone, Copy)]
    enum Kind {
        Word,
        Blank,
        Sign,
    }
    let kind = |letter: char| match letter {
        _ if letter.is_alphanumeric() || matches!(letter, '\'' | '’') => Kind::Word,
        _ if letter.is_whitespace() => Kind::Blank,
        _ => Kind::Sign,
    };
    // What a joiner or a mark stands beside is one sign with it.
    let clings = |letter: char| matches!(letter, '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{300}'..='\u{36f}' | '\u{1f3fb}'..='\u{1f3ff}');
    let (mut tokens, mut from) = (Vec::new(), 0);
    let mut last: Option<(Kind, char)> = None;
    for (at, letter) in text.char_indices() {
        let goes_on = last.is_some_and(|(before, sign)| {
            clings(letter) || sign == '\u{200d}' || before != Kind::Sign && before == kind(letter)
        });
        if !goes_on && at > from {
            tokens.push(&text[from..at]);
            from = at;
        }
        last = Some((if clings(letter) { last.map_or(Kind::Sign, |(kind, _)| kind) } else { kind(letter) }, letter));
    }
    if from < text.len() {
        tokens.push(&text[from..]);
    }
    tokens
}

/// Myers: the fewest tokens that go and come. Texts that have next to nothing in common are one change.
fn changes(old: &[&str], new: &[&str]) -> Changes {
    if old.is_empty() && new.is_empty() {
        return Vec::new();
    }
    let whole = || vec![(0..old.len(), 0..new.len())];
    if old.is_empty() || new.is_empty() {
        return whole();
    }
    let most = (old.len() + new.len()).min(WORDING_STEPS);
    // How far each diagonal reaches in `old` after so many steps; diagonals are counted from `most` on.
    let (mut reach, mut trace) = (vec![0_usize; 2 * most + 2], Vec::new());
    for steps in 0..=most {
        trace.push(reach.clone());
        for diagonal in (most - steps..=most + steps).step_by(2) {
            let down =
                diagonal == most - steps || diagonal != most + steps && reach[diagonal - 1] < reach[diagonal + 1];
            let mut x = if down { reach.get(diagonal + 1).copied().unwrap_or(0) } else { reach[diagonal - 1] + 1 };
            let Some(mut y) = (x + most).checked_sub(diagonal) else { continue };
            while x < old.len() && y < new.len() && old[x] == new[y] {
                (x, y) = (x + 1, y + 1);
            }
            reach[diagonal] = x;
            if x >= old.len() && y >= new.len() {
                return walk_back(&trace, most, old.len(), new.len());
            }
        }
    }
    whole()
}

fn walk_back(trace: &[Vec<usize>], most: usize, old: usize, new: usize) -> Changes {
    let (mut x, mut y, mut found): (usize, usize, Changes) = (old, new, Vec::new());
    for (steps, reach) in trace.iter().enumerate().skip(1).rev() {
        let diagonal = x + most - y;
        let down = diagonal == most - steps || diagonal != most + steps && reach[diagonal - 1] < reach[diagonal + 1];
        let (from, start) = if down {
            let start = reach[diagonal + 1];
            (start, start + most - (diagonal + 1))
        } else {
            let start = reach[diagonal - 1];
            (start, start + most - (diagonal - 1))
        };
        let (went, came) = if down { (from..from, start..start + 1) } else { (from..from + 1, start..start) };
        match found.last_mut() {
            Some((gone, come)) if went.end == gone.start && came.end == come.start => {
                (gone.start, come.start) = (went.start, came.start);
            }
            Some(_) | None => found.push((went, came)),
        }
        (x, y) = (from, start);
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_change_is_read_in_words_and_not_in_letters() {
        let (old, new) = ("Wait. Poor road awareness. Ask.", "Wait. I know the numbers. Ask.");
        let kept = |words: &str| Piece::Kept(words.to_owned());
        let (gone, come) = (Piece::Gone("Poor road awareness".into()), Piece::Come("I know the numbers".into()));
        assert_eq!(pieces(old, new), [kept("Wait. "), gone, come, kept(". Ask.")]);
        assert_eq!(pieces("the same", "the same"), [kept("the same")]);
        assert_eq!(pieces("", ""), []);
        assert_eq!(tokens("👩\u{200d}👩\u{200d}👧 don’t!"), ["👩\u{200d}👩\u{200d}👧", " ", "don’t", "!"]);
    }

    #[test]
    fn an_offer_follows_its_words_to_where_they_stand_today() {
        let base = "I speak English. When it is loud I stop talking.";
        let offered = "I speak English. When it is loud or busy I stop talking.";
        let now = "I speak English and Somali. When it is loud I stop talking. That does not mean no.";
        let splices = rebase(base, offered, now).unwrap();
        let then = "I speak English and Somali. When it is loud or busy I stop talking. That does not mean no.";
        assert_eq!(spliced(now, &splices), then);
        let other = "I speak English. When it is crowded I stop talking.";
        assert_eq!(rebase(base, "I speak English. When it is noisy I stop talking.", other), None);
        assert_eq!(rebase(base, offered, offered), Some(Vec::new()), "it is there already");
    }

    #[test]
    fn what_both_put_at_the_same_place_both_stays() {
        let splices = rebase("Tea", "Tea and milk", "Tea with sugar").unwrap();
        assert_eq!(spliced("Tea with sugar", &splices), "Tea with sugar and milk");
    }

    fn text() -> impl Strategy<Value = String> {
        let word = prop_oneof![Just("one"), Just("two"), Just("naïve"), Just("👩\u{200d}👧"), Just("."), Just("\n")];
        prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn the_pieces_read_back_as_both_texts(old in text(), new in text()) {
            let pieces = pieces(&old, &new);
            prop_assert_eq!(before(&pieces), old);
            prop_assert_eq!(after(&pieces), new);
        }

        #[test]
        fn nothing_done_meanwhile_and_nothing_offered_change_nothing(base in text(), other in text()) {
            prop_assert_eq!(spliced(&base, &rebase(&base, &other, &base).unwrap()), other.clone());
            prop_assert_eq!(rebase(&base, &base, &other), Some(Vec::new()));
            prop_assert_eq!(rebase(&base, &other, &other), Some(Vec::new()));
        }

        #[test]
        fn whoever_goes_first_the_same_letters_come_of_it(base in text(), one in text(), other in text()) {
            let both = rebase(&base, &one, &other).map(|splices| spliced(&other, &splices));
            let too = rebase(&base, &other, &one).map(|splices| spliced(&one, &splices));
            let sorted = |text: String| {
                let mut letters: Vec<char> = text.chars().collect();
                letters.sort_unstable();
                letters
            };
            prop_assert_eq!(both.map(sorted), too.map(sorted));
        }

        #[test]
        fn what_is_offered_at_another_end_of_the_text_always_fits(start in text(), middle in text(), end in text()) {
            let base = format!("first {start} here {middle} there {end} last");
            let offered = format!("FIRST {start} here {middle} there {end} last");
            let now = format!("first {start} here {middle} there {end} LAST");
            let splices = rebase(&base, &offered, &now).unwrap();
            prop_assert_eq!(spliced(&now, &splices), format!("FIRST {start} here {middle} there {end} LAST"));
        }
    }
}
