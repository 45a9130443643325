//! The window: a person's support plan, written together.
mod kit;
mod theme;
