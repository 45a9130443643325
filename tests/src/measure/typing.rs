//! A person typing: the recorded text, typed again as a line of small edits.
//!
//! `replay` uses the recording as it is. The other measures need one writer and a given number of edits, so here somebody
//! types the recorded text: mostly a letter at a time, sometimes a slip taken back, now and then at an earlier place.

use std::{fs, io::Read as _, path::Path};

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

use super::Stopped;

/// One edit: position and deletion in code points, and what is put there.
pub(super) type Step = (usize, usize, String);

/// The text everybody ends with in a recording.
pub(super) fn recorded_text(trace: &Path) -> Result<String, Stopped> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Recording {
        end_content: String,
    }
    let bytes = fs::read(trace)?;
    let mut text = Vec::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut text)?;
    } else {
        text = bytes;
    }
    let recording: Recording = serde_json::from_slice(&text).map_err(|_| Stopped::Wrong("not a recording".into()))?;
    Ok(recording.end_content)
}

/// So many edits by one writer, always the same for the same text.
pub(super) fn typed(text: &str, edits: usize) -> Vec<Step> {
    let mut dice = ChaCha8Rng::seed_from_u64(7);
    let mut letters = text.chars().cycle();
    let (mut length, mut caret) = (0, 0);
    let mut steps = Vec::with_capacity(edits);
    while steps.len() < edits {
        if dice.random_ratio(1, 60) {
            caret = dice.random_range(0..=length);
        }
        if caret > 0 && dice.random_ratio(1, 12) {
            caret -= 1;
            length -= 1;
            steps.push((caret, 1, String::new()));
            continue;
        }
        let count = if dice.random_ratio(1, 10) { dice.random_range(2..=6) } else { 1 };
        let insert: String = letters.by_ref().take(count).collect();
        steps.push((caret, 0, insert));
        caret += count;
        length += count;
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_fits_the_text_before_it() {
        let mut text: Vec<char> = Vec::new();
        let steps = typed("naïve 👩‍👩‍👧 한글", 2_000);
        assert_eq!(steps.len(), 2_000);
        for (at, delete, insert) in steps {
            assert!(at + delete <= text.len());
            text.splice(at..at + delete, insert.chars());
        }
        assert!(text.len() > 1_000);
    }
}
