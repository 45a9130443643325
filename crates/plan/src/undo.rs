//! Taking back one's own last edit without touching anybody else's words.
