//! Tests of the circle from outside: stories, laws over random circles, and the bytes of every signed kind.

mod forms;
mod golden;
mod help;
mod laws;
mod naive;
mod stories;
mod tickets;
