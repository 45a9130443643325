//! Tests of the circle from outside: stories, laws over random circles, and the form of what is signed. The golden bytes are in `tests`.

mod borrowed;
mod counting;
mod dice;
mod documents;
mod endings;
mod forms;
mod generated;
mod help;
mod histories;
mod keys;
mod laws;
mod modelled;
mod naive;
mod newer;
mod oracle;
mod records;
mod rooms;
mod sheets;
mod stories;
mod tickets;
mod together;
