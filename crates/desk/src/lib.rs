//! The desk: a device's open documents, between the hands and whoever writes.
