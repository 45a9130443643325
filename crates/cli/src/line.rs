//! A command line written as one line of text, for `serve --commands`: words parted by spaces, quoted as in a shell.
//!
//! `'…'` takes everything as it is; in `"…"` a backslash makes `\n`, `\t`, `\"` and `\\`; outside quotes a backslash takes the
//! next letter as it is. There are no variables, globs or comments.

/// A line that cannot be parted into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a quotation mark or backslash is left open")]
pub(crate) struct LeftOpen;

/// The words of a line.
pub(crate) fn part(line: &str) -> Result<Vec<String>, LeftOpen> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ' ' | '\t' => words.extend(word.take()),
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match letters.next().ok_or(LeftOpen)? {
                        '\'' => break,
                        letter => word.push(letter),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match letters.next().ok_or(LeftOpen)? {
                        '"' => break,
                        '\\' => word.push(match letters.next().ok_or(LeftOpen)? {
                            'n' => '\n',
                            't' => '\t',
                            letter => letter,
                        }),
                        letter => word.push(letter),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(letters.next().ok_or(LeftOpen)?),
            letter => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    Ok(words)
}

/// A word as it must stand in a line to be read back as it is.
pub(crate) fn quote(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:=,@+".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    let mut quoted = String::with_capacity(word.len() + 2);
    quoted.push('"');
    for letter in word.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_parted_as_a_shell_would() {
        let words = part(r#"set  plan about-me.important "say \"hello\"\n" 'it\s' a\ b "" x'y'"z""#);
        assert_eq!(words.unwrap(), ["set", "plan", "about-me.important", "say \"hello\"\n", "it\\s", "a b", "", "xyz"]);
        assert_eq!(part("   "), Ok(Vec::new()));
        for open in ["'", "a \"b", "a\\", "\"\\"] {
            assert_eq!(part(open), Err(LeftOpen), "{open}");
        }
    }

    #[test]
    fn a_quoted_word_reads_back_whatever_it_holds() {
        for word in ["", "plain", "two words", "\"", "'", "\\", "a\nb\tc", "naïve 👩‍👩‍👧 한글 עברית", "$HOME `x`"]
        {
            let line = format!("add {} end", quote(word));
            assert!(!line.contains('\n'), "one line stays one line");
            assert_eq!(part(&line).unwrap(), ["add", word, "end"]);
        }
    }
}
