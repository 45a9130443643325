//! What counts, compared with the page and with the reference model, each spelled out naively.

mod attacks;
mod laws;
mod naive;
mod speed;
mod stories;
mod world;
