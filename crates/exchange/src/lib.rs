//! In and out: a plan on paper, and a plan for other programs.
//!
//! [`PlanView`] is a plan as one device sees it, ready to be read. [`html`] makes one plain page of it that prints well and
//! needs nothing else, [`html_of`] of one part; [`easy`] makes rows of one sentence each of it; [`json`] makes what `along show --json` prints and `along export` writes. [`sheet_html`] and
//! [`sheet_text`] write somebody's recovery words down.

mod easy;
mod html;
mod json;
mod picture;
mod said;
mod sheet;
mod view;

pub use {
    easy::{Length, Row, Slot, easy, easy_html},
    html::{html, html_of},
    json::json,
    picture::{Picture, picture, png},
    sheet::{Sheet, not_words, sheet_html, sheet_text, words_on},
    view::{Also, Field, FileRef, Item, List, PartView, PersonRef, PersonView, PlanView, Value},
};
