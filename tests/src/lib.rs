//! The simulated world, real processes, the screens, the measures.

pub mod measure;
pub mod power;
