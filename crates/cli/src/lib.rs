//! along: the same device without a window.
