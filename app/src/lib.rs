//! The window: a person's support plan, written together.
//!
//! [`Room`] holds what one window knows: the desk, the screens, where the person is. A screen borrows the desk and pushes
//! wishes; the room carries them out when the last widget is drawn. `theme` says how everything looks, `kit` what screens
//! are made of, `text` is the one widget for text that others change too. Nothing here knows a peer or a file.

mod asks;
mod desktop;
mod kit;
mod people;
mod rail;
mod room;
mod screens;
mod settings;
mod status;
mod terms;
mod text;
mod theme;

pub use {
    asks::{Asks, Errand, Page, Place, Wish},
    desktop::Desktop,
    room::{Room, Told},
    settings::{Choice, Settings, Wanted},
    theme::{Look, install_fonts},
};
