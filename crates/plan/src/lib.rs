//! What is edited: the support plan, typed, on automerge.
