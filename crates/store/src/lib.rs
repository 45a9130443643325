//! What is kept: encrypted, crash-safe, one file.
