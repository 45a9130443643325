//! The simulated world, real processes, the screens, the measures.
