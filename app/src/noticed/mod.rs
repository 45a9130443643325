//! What a plan notices about itself, as sentences: gently, in plain words, and never in anybody's way.
//!
//! The checks are arithmetic (`plan::checks`); what they find becomes words here, once, for every page that shows it.

pub mod due;
pub mod group;
pub mod money;
pub mod voices;

use crate::theme::Tone;

/// One thing that was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noticed {
    /// How much somebody should look.
    pub tone: Tone,
    /// In one sentence.
    pub words: String,
}

impl Noticed {
    fn new(tone: Tone, say: words::Say) -> Noticed {
        Noticed { tone, words: words::say(say) }
    }
}
