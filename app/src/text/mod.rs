//! Text that others change too: one widget for all of it.

mod carets;
mod marks;
mod shared;
mod splice;

pub use shared::{SharedText, anchor, focus, is_wanted, page_begins, place_caret, touched};
