//! Who has what: a pure state machine.
