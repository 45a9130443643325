//! Single edits, one story each.
