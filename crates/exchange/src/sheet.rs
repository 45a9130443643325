//! The recovery sheet: 24 words that somebody prints or copies by hand, with what they are for.
//!
//! The same on paper from the window (a page) and from the command line (plain text). It is made once, when the words are,
//! and nothing of it is kept.

use maud::{DOCTYPE, html as page};
use seal::{NotWords, RECOVERY_WORDS, RecoveryWords};
use words::{Say, say, text};
use zeroize::Zeroizing;

use crate::html::head;

/// Words in one row of the sheet.
const COLUMNS: usize = 4;

/// Only what the words need beyond the style of every page of ours.
const STYLE: &str = "
table { width: 100%; border-collapse: collapse; margin: 1.5rem 0; background: #fff; }
td { border: 1px solid #585e66; padding: .5rem .75rem; font: 1.2rem/1.4 ui-monospace, monospace; }
td span { color: #585e66; font-size: .9rem; }
";

/// What stands on a sheet besides the words.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// Whose words these are.
    pub whose: &'a str,
    /// The plan they belong to.
    pub title: &'a str,
    /// The day they were made, in words.
    pub day: &'a str,
}

impl Sheet<'_> {
    /// What stands above the words.
    fn above(&self) -> [String; 2] {
        [
            say(Say::new("common-sheet-whose").with("name", self.whose).with("title", self.title)),
            say(Say::new("common-sheet-day").with("day", self.day)),
        ]
    }
}

/// What stands below the words: what they are for, how to keep them, and what happens if they are lost.
fn below() -> [String; 3] {
    [text("common-sheet-for"), text("common-sheet-keep"), text("common-sheet-lost")]
}

/// The sheet as a page to print.
pub fn sheet_html(sheet: &Sheet<'_>, words: &RecoveryWords) -> Zeroizing<String> {
    let rows = words.words();
    let heading = text("common-sheet");
    let markup = page! {
        (DOCTYPE)
        html lang="en-GB" {
            (head(&heading, STYLE))
            body {
                h1 { (heading) }
                @for line in sheet.above() { p { (line) } }
                table {
                    @for row in 0..RECOVERY_WORDS / COLUMNS {
                        tr {
                            @for number in row * COLUMNS..(row + 1) * COLUMNS {
                                td { span { (number + 1) "." } " " (rows[number]) }
                            }
                        }
                    }
                }
                @for line in below() { p { (line) } }
            }
        }
    };
    Zeroizing::new(markup.into_string())
}

/// The sheet as plain text. [`words_on`] finds the words on it again.
pub fn sheet_text(sheet: &Sheet<'_>, words: &RecoveryWords) -> Zeroizing<String> {
    let rows = words.words();
    // Room for all of it from the start, so that no half-written copy is left behind by growing.
    let mut page = Zeroizing::new(String::with_capacity(8 * 1024));
    let mut put = |line: &str| {
        page.push_str(line);
        page.push('\n');
    };
    put(&text("common-sheet"));
    sheet.above().iter().for_each(|line| put(line));
    put("");
    for row in 0..RECOVERY_WORDS / COLUMNS {
        let numbers = row * COLUMNS..(row + 1) * COLUMNS;
        let cells = numbers.map(|number| format!("{:>2}. {:<10}", number + 1, rows[number]));
        put(Zeroizing::new(cells.collect::<String>()).trim_end());
    }
    put("");
    below().iter().for_each(|line| put(line));
    page
}

/// The words on a sheet of ours: those behind the numbers 1 to 24. A text without these is given back as it is: then
/// somebody typed the words alone.
pub fn words_on(typed: &str) -> Zeroizing<String> {
    let mut found = Zeroizing::new(String::with_capacity(typed.len()));
    let mut wanted = 1;
    let mut pieces = typed.split_whitespace();
    while let Some(piece) = pieces.next() {
        let number = piece.strip_suffix('.').and_then(|number| number.parse::<usize>().ok());
        if number == Some(wanted)
            && let Some(word) = pieces.next()
        {
            found.push_str(word);
            found.push(' ');
            wanted += 1;
        }
    }
    if wanted == RECOVERY_WORDS + 1 { found } else { Zeroizing::new(typed.to_owned()) }
}

/// What is wrong with words that somebody typed.
pub fn not_words(not: NotWords) -> Say {
    match not {
        NotWords::Count { found } => Say::new("errors-words-count").with("found", found).with("wanted", RECOVERY_WORDS),
        NotWords::Unknown { place, word } => Say::new("errors-words-unknown").with("place", place).with("word", word),
        NotWords::Checksum => Say::new("errors-words-checksum"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> RecoveryWords {
        RecoveryWords::from_dice(Zeroizing::new([7; 32]))
    }

    fn sheet() -> Sheet<'static> {
        Sheet { whose: "Amina <b>", title: "Plan 2. of 24", day: "3 May 2026" }
    }

    #[test]
    fn the_words_on_a_sheet_are_found_again_among_all_else_that_stands_there() {
        let page = sheet_text(&sheet(), &words());
        assert!(page.contains("Amina <b>") && page.contains("3 May 2026"));
        let read = RecoveryWords::read(&words_on(&page)).expect("our own sheet");
        assert_eq!(read.key().id(), words().key().id());
        assert_eq!(*words_on(&words().text()), *words().text(), "words alone stay as they are");
    }

    #[test]
    fn a_page_has_every_word_at_its_number_and_nothing_that_runs_or_loads() {
        let page = sheet_html(&sheet(), &words());
        for (number, word) in words().words().iter().enumerate() {
            assert!(page.contains(&format!("<span>{}.</span> {word}<", number + 1)), "{number}");
        }
        assert!(page.contains("Amina &lt;b&gt;"));
        assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
    }
}
