//! What the money part notices: more planned or spent than there is, lines that help nothing, payments of no line.

use plan::{
    Money,
    checks::money::{Pieces, Sums, line_total, pieces},
    views::Budget,
};
use words::Say;

use super::Noticed;
use crate::theme::Tone;

/// What there is to notice in a budget and its sums.
pub fn noticed(budget: &Budget, sums: &Sums, currency: &str) -> Vec<Noticed> {
    let said = |Money(minor): Money| words::money(minor, currency);
    let mut noticed = Vec::new();
    let Pieces { beyond, .. } = pieces(sums);
    // Without a word of where money comes from, nothing is too much.
    if beyond > Money(0) && sums.available > Money(0) {
        let key = if sums.spent > sums.available { "money-notice-overspent" } else { "money-notice-too-much" };
        noticed.push(Noticed::new(Tone::Attention, Say::new(key).with("amount", said(beyond))));
    }
    let untied: Vec<_> = budget.lines.iter().filter(|line| sums.without_outcome.contains(&line.id)).collect();
    match untied[..] {
        [] => {}
        [line] => {
            let say =
                Say::new("money-notice-untied-one").with("what", &line.what).with("amount", said(line_total(line)));
            noticed.push(Noticed::new(Tone::Attention, say));
        }
        _ => {
            let amount = said(plan::checks::money::by_outcome(budget).none);
            let say = Say::new("money-notice-untied").with("count", untied.len()).with("amount", amount);
            noticed.push(Noticed::new(Tone::Attention, say));
        }
    }
    if !sums.without_line.is_empty() {
        let say = Say::new("money-notice-no-line").with("count", sums.without_line.len());
        noticed.push(Noticed::new(Tone::NotYet, say));
    }
    noticed
}
