//! Keys between keys: where a record stands in its list, without numbers that would have to be renumbered.
//!
//! A key is a fraction written in base 62 without its leading `0.`; keys compare as bytes. Two people who add at the
//! same place at the same time get the same key, and the records' ids decide.

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Letters of the longest key that is given out. Lists that people write stay far below; a longer one somebody else made, and
/// one that had to be longer still would fit no record.
const LONGEST: usize = 256;

/// Somewhere behind `low` and, if there is one, before `high`. Keys that are no keys of ours, or longer than any of ours, count as
/// the very front; where no room is left the place is the neighbour's, and the ids of the two decide.
pub(crate) fn between(low: &str, high: Option<&str>) -> String {
    let low = digits(low);
    let Some(high) = high.map(digits).filter(|high| *high > low) else { return after(&low) };
    let key = behind(&low, &high);
    if key.len() > LONGEST { text(&low) } else { key }
}

fn behind(low: &[u8], high: &[u8]) -> String {
    let mut key = Vec::new();
    let mut bounded = true;
    for at in 0.. {
        let from = low.get(at).copied().unwrap_or(0);
        let to = if bounded { high.get(at).copied().unwrap_or(0) } else { 62 };
        if to > from + 1 {
            key.push(from + (to - from) / 2);
            break;
        }
        // A neighbour that ends here leaves no room: what follows it is as close as it gets.
        if bounded && at >= high.len() {
            break;
        }
        key.push(from);
        bounded = bounded && to == from;
    }
    text(&key)
}

// The next key by the smallest step, so that a list that grows at its end keeps short keys.
fn after(low: &[u8]) -> String {
    let mut key = Vec::new();
    for digit in low {
        if *digit < 61 {
            key.push(digit + 1);
            return text(&key);
        }
        key.push(*digit);
    }
    key.push(1);
    if key.len() > LONGEST { text(low) } else { text(&key) }
}

fn digits(key: &str) -> Vec<u8> {
    if key.len() > LONGEST {
        return Vec::new();
    }
    let digit = |byte| DIGITS.iter().position(|digit| *digit == byte).and_then(|at| u8::try_from(at).ok());
    key.bytes().map(digit).collect::<Option<_>>().unwrap_or_default()
}

fn text(key: &[u8]) -> String {
    key.iter().map(|digit| char::from(DIGITS[usize::from(*digit)])).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_list_that_grows_at_its_end_keeps_short_keys() {
        let mut last = String::new();
        for _ in 0..1_000 {
            let next = between(&last, None);
            assert!(next > last);
            last = next;
        }
        assert!(last.len() < 20, "{last}");
    }

    #[test]
    fn keys_that_somebody_made_as_long_as_they_can_be_leave_others_room() {
        for length in [LONGEST - 1, LONGEST, LONGEST + 1, 4_096] {
            let (longest, front) = ("z".repeat(length), "0".repeat(length));
            for key in [between(&longest, None), between("", Some(&front)), between(&front, Some(&longest))] {
                assert!(key.len() <= LONGEST, "{length}: {}", key.len());
            }
        }
    }

    proptest! {
        #[test]
        fn there_is_always_room_between_two_keys(places: Vec<prop::sample::Index>) {
            let mut keys: Vec<String> = Vec::new();
            for place in places {
                let at = place.index(keys.len() + 1);
                let low = at.checked_sub(1).map_or("", |before| keys[before].as_str());
                let key = between(low, keys.get(at).map(String::as_str));
                prop_assert!(key.as_str() > low);
                prop_assert!(keys.get(at).is_none_or(|high| key < *high));
                keys.insert(at, key);
            }
        }

        #[test]
        fn keys_from_a_liar_do_no_harm(low: String, high: Option<String>) {
            between(&low, high.as_deref());
        }
    }
}
