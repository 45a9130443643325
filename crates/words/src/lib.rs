//! Every word a person reads, in files that translators can read too.
//!
//! The sentences stand in `en-GB/*.ftl` (Fluent) and are compiled in. A key begins with the name of its file: `app-save`
//! stands in `app.ftl`. Everything else in the program holds keys and values, never sentences:
//! ```
//! use words::Say;
//! assert_eq!(words::text("common-cancel"), "Cancel");
//! assert_eq!(words::say(Say::new("common-people-count").with("count", 6)), "6 people");
//! ```
//! A key that is used but missing, or there but unused, fails this crate's test `keys`, which reads the sources.

mod book;
mod coins;
mod day;
mod gloss;
mod say;
mod sentences;
mod terms;
mod together;
mod week;

pub use book::{has, keys, say, text};
pub use coins::money;
pub use day::{
    about, ago, date, date_and_time, day, end_of_day, end_of_today, moment, months_later, on_day, read_day,
    read_moment, short_day, start_of_day, time_of_day, time_to_come, written_day,
};
pub use gloss::{Term, explained, glossary};
pub use say::{Say, Value};
pub use sentences::{is_long, sentences};
pub use terms::{hint, label, ours, role, short};
pub use together::together;
pub use week::{read_weekdays, weekdays};
