//! Amounts of money as people read them: "£16,640.00".

use crate::{book::say, say::Say};

/// An amount in minor units (pence) in a currency by its code, `gbp`. Of a currency that is not known the amount alone.
pub fn money(minor: i64, currency: &str) -> String {
    let positive = minor.unsigned_abs();
    let amount = format!("{}.{:02}", in_thousands(positive / 100), positive % 100);
    let said = match currency {
        "gbp" | "" => say(Say::new("money-in-gbp").with("amount", amount)),
        "eur" => say(Say::new("money-in-eur").with("amount", amount)),
        "aud" => say(Say::new("money-in-aud").with("amount", amount)),
        "nzd" => say(Say::new("money-in-nzd").with("amount", amount)),
        "usd" => say(Say::new("money-in-usd").with("amount", amount)),
        "cad" => say(Say::new("money-in-cad").with("amount", amount)),
        _ => amount,
    };
    if minor < 0 { say(Say::new("money-less-than-nothing").with("amount", said)) } else { said }
}

fn in_thousands(whole: u64) -> String {
    let digits = whole.to_string();
    let first = digits.len() % 3;
    let (head, rest) = digits.split_at(first);
    let threes = rest.as_bytes().chunks(3).map(|three| std::str::from_utf8(three).unwrap_or_default());
    let groups: Vec<&str> = Some(head).filter(|head| !head.is_empty()).into_iter().chain(threes).collect();
    groups.join(&crate::text("money-thousands"))
}

#[cfg(test)]
mod tests {
    use super::money;

    #[test]
    fn an_amount_is_read_in_thousands_and_to_the_penny() {
        for (minor, said) in [
            (0, "£0.00"),
            (5, "£0.05"),
            (99_999, "£999.99"),
            (1_664_000, "£16,640.00"),
            (-131_200, "−£1,312.00"),
            (12_345_678_901, "£123,456,789.01"),
            (i64::MIN, "−£92,233,720,368,547,758.08"),
        ] {
            assert_eq!(money(minor, "gbp"), said);
        }
        assert_eq!(money(100, "eur"), "€1.00");
        assert_eq!(money(100, "doubloons"), "1.00");
    }
}
