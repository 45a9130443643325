//! Amounts that are never floats: money in minor units (pence), and quantities in hundredths (hours, miles, times).

use std::{fmt, str::FromStr};

use crate::value::BadValue;

/// An amount in minor units (pence); never a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(pub i64);

/// How many, in hundredths: 13 hours are 1,300.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Quantity(pub i64);

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let minor = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", minor / 100, minor % 100)
    }
}

/// As short as it is exact: `13`, `13.5`, `13.25`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exact = Money(self.0).to_string();
        f.write_str(exact.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl FromStr for Money {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Money, BadValue> {
        hundredths(text).map(Money).ok_or(BadValue::Money)
    }
}

impl FromStr for Quantity {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Quantity, BadValue> {
        hundredths(text).map(Quantity).ok_or(BadValue::Quantity)
    }
}

// Twelve digits and two decimals are more than any plan holds, and far from where sums overflow.
fn hundredths(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "00"));
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(whole) || !plain(part) || part.len() > 2 || whole.len() > 12 {
        return None;
    }
    let tens = if part.len() == 1 { 10 } else { 1 };
    let minor = whole.parse::<i64>().ok()? * 100 + part.parse::<i64>().ok()? * tens;
    Some(if negative { -minor } else { minor })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn money_has_at_most_two_decimals_and_never_a_float() {
        assert_eq!("16640.00".parse(), Ok(Money(1_664_000)));
        assert_eq!("-3.5".parse(), Ok(Money(-350)));
        assert_eq!(Money(-5).to_string(), "-0.05");
        for no in ["1.234", "1,5", "", "-", ".5", "1.", "1e3", "99999999999999", "١٢"] {
            assert_eq!(no.parse::<Money>(), Err(BadValue::Money), "{no}");
            assert_eq!(no.parse::<Quantity>(), Err(BadValue::Quantity), "{no}");
        }
    }

    #[test]
    fn a_quantity_is_written_as_short_as_it_is_exact() {
        for text in ["13", "13.5", "13.25", "0", "100", "-0.5"] {
            assert_eq!(text.parse::<Quantity>().unwrap().to_string(), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(minor in -99_999_999_999_999_i64..99_999_999_999_999) {
            prop_assert_eq!(Money(minor).to_string().parse(), Ok(Money(minor)));
            prop_assert_eq!(Quantity(minor).to_string().parse(), Ok(Quantity(minor)));
        }
    }
}
