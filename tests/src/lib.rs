//! The simulated world, real processes, the screens, the measures.

pub mod devices;
pub mod fuzz;
pub mod home;
pub mod measure;
pub mod pictures;
pub mod power;
pub mod recordings;
pub mod sim;
