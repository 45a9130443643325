//! What a plan can notice about itself: gently, in plain words, and never in anybody's way.
//!
//! Every check is a pure function of what is written and of today, which is an argument. None changes anything, none
//! forbids anything, none sums people up: where persons differ, all of them are in the answer. Their thresholds and word
//! lists are data that a plan may have its own of.

pub mod chains;
pub mod complete;
pub mod deciding;
pub mod due;
pub mod evidence;
pub mod group;
pub mod happened;
pub mod money;
pub mod needs;
pub mod noticing;
pub mod promises;
pub mod specific;
pub mod voices;
pub mod wishes;

#[cfg(test)]
mod made_up;
