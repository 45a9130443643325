//! Who belongs and what they may do: signed statements to a Circle, purely.
