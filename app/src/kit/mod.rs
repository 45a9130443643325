//! What screens are made of: buttons, cards, chips, people as discs, fields, charts of five steps.
//!
//! Everything here has a name, a role and a state for screen readers, takes the keyboard, and shows that it has it.

mod answer;
mod bar;
mod button;
mod card;
mod cell;
mod choice;
mod columns;
mod counts;
mod disc;
mod entry;
mod field;
mod figure;
mod hit;
mod hours;
mod icon;
mod lanes;
mod levels;
mod numbers;
mod pad;
mod panel;
mod pattern;
mod rings;
mod smile;
mod stages;
mod strip;
mod table;
mod week;

pub use answer::{answer, before_chips, question};
pub use bar::{Filling, Piece, bar};
pub use button::{Weight, follow_focus, foot_button, icon_button, row_button, said_button, wide_button};
pub use card::{card, chip, empty_card, heading, is_heading, is_status, rule, toned_card};
pub use cell::{capital, cell, suggestion};
pub use choice::{Choice, check, choose, switch, toggle};
pub use columns::{columns, named};
pub use counts::{Bar, counts};
pub use disc::{Face, disc, paint_disc};
pub use entry::entry;
pub use field::{line_field, secret_field};
pub use figure::figure;
pub use hit::{Hit, hit};
pub use hours::hours;
pub use icon::{Icon, at_end, icon_line, paint_icon, paint_icon_beside};
pub use lanes::{Lane, Mark, lanes};
pub use levels::{Level, levels};
pub use numbers::numbers;
pub use pad::{Drawing, pad};
pub use panel::panel;
pub use pattern::pattern;
pub use rings::{Around, MANY, Ring, rings};
pub use smile::{FACES, smile, smiles};
pub use stages::stages;
pub use strip::strip;
pub use table::{Cell, Column, heads, row};
pub use week::week;
