//! Who belongs and what they may do: signed statements to a circle, purely.
//!
//! A plan has two kinds of graph: the circle's, and one for each document. A statement names what its issuer had seen and by
//! what right it speaks; [`Ledger`] takes them in any order and gives the same answers on every device that holds the same
//! ones. [`Edits`] then says which edits of a document count. The order of evaluation is the circle alone, then each
//! document's statements, then its edits; there is no arrow back. No I/O, no clock, no dice.

mod body;
mod circle;
mod code;
mod counted;
mod dag;
mod document;
pub mod draft;
mod edits;
mod keys;
mod ledger;
pub mod limits;
mod room;
mod statement;
mod ticket;
mod waiting;
mod wire;
mod words;

pub use {
    body::{
        Access, Act, Bar, Body, Confirm, Found, Grants, Graph, HandOver, Introduction, Invite, Join, Keep, LinkDevice,
        NewDocument, NewKey, NewRecoveryKey, RULES, Refuse, Remove, Renew, SetStanding, Share, Standing, Unshare, Who,
        Whom, Whose, Wrap,
    },
    code::{Code, CodeError},
    counted::{Counted, Held, Recount, Why},
    document::Kept,
    edits::{Edits, Linked},
    keys::{NoKey, begin_epoch, live_key, open_key, pass_on},
    ledger::{Denied, Document, Former, Invited, Knock, Ledger, Person, Placed},
    statement::{Consent, Refused, Statement},
    ticket::{Ticket, TicketError},
    wire::Fault,
    words::{SAFETY_WORDS, safety_words},
};
