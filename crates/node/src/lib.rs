//! The hands: one loop over sync, store, libp2p and the clock.
