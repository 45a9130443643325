//! Generated histories through the ledger: whatever the order, the doubling or the healing, one circle, and the one that the
//! rules told a second time give.
//!
//! `ALONGSIDE_CASES` says how many; 2,000 without it. `ALONGSIDE_SEED` asks for one alone. A failure names its seed.

use circle::{Graph, Ledger, Placed, Statement};

use crate::{
    dice::Dice,
    help::answers,
    histories::{History, Range},
};

/// How many, and which first.
pub fn seeds(name: &str) -> std::ops::Range<u64> {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number"));
    match number("ALONGSIDE_SEED") {
        Some(seed) => {
            println!("{name}: seed {seed}");
            seed..seed + 1
        }
        None => 0..number("ALONGSIDE_CASES").unwrap_or(2_000),
    }
}

/// Places these in this order, and again what was pushed out of the rooms for waiting, as peers and newcomers do.
pub fn deliver(ledger: &mut Ledger, statements: &[Statement]) {
    let mut place = |statement: &Statement| matches!(ledger.place(statement.clone()), Placed::New(_));
    while statements.iter().filter(|statement| place(statement)).count() > 0 {}
}

#[test]
fn any_order_of_a_generated_history_gives_one_circle() {
    for seed in seeds("circle") {
        let history = History::new(seed, Range::Whole);
        let mut dice = Dice::new(!seed);
        let mut plain = history.fresh();
        deliver(&mut plain, &history.said);

        let mut other = history.fresh();
        deliver(&mut other, &dice.shuffled(&history.said));
        deliver(&mut other, &dice.shuffled(&history.said));
        assert_eq!(answers(&plain), answers(&other), "seed {seed}: another order");

        let (early, late): (Vec<_>, Vec<_>) = history.said.iter().cloned().partition(|_| dice.chance(50));
        let mut healed = history.fresh();
        deliver(&mut healed, &early);
        deliver(&mut healed, &late);
        deliver(&mut healed, &early);
        assert_eq!(answers(&plain), answers(&healed), "seed {seed}: healed later");
        assert!(plain.since(Graph::Circle, &[]).len() <= history.said.len());
    }
}
