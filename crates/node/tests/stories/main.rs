//! Stories of real devices in one process, over real connections on 127.0.0.1.

mod common;
mod strangers;
mod together;
