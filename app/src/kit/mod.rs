//! What screens are made of: buttons, cards, chips, people as discs, fields, charts of five steps.
//!
//! Everything here has a name, a role and a state for screen readers, takes the keyboard, and shows that it has it.

mod button;
mod card;
mod cell;
mod choice;
mod disc;
mod field;
mod icon;
mod levels;
mod pattern;

pub use button::{Weight, icon_button, row_button, said_button, wide_button};
pub use card::{card, chip, empty_card, heading, is_heading, rule, toned_card};
pub use cell::{capital, cell, suggestion};
pub use choice::{Choice, check, choose, toggle};
pub use disc::{Face, disc, paint_disc};
pub use field::{line_field, secret_field};
pub use icon::{Icon, icon_line, paint_icon};
pub use levels::{Level, levels};
pub use pattern::pattern;
