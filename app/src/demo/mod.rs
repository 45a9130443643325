//! The main job on one machine: three devices, three windows, one plan.
//!
//! The three devices are made and brought together without windows (by `cli`, with the words carried from one to the
//! other). Then each gets a window of its own, a process of its own, a third of the screen; two of them are written in by
//! a script that asks for exactly what the keyboard would ask for. The first is yours.

mod parent;
mod player;

use eframe::egui::{Pos2, Vec2, pos2, vec2};
use seal::PlanId;
use words::{Say, say};

pub use parent::{Demo, run};
pub use player::Player;

/// Windows of the demo.
const WINDOWS: f32 = 3.0;
/// Room a desktop takes for itself at the top and the bottom.
const DESKTOP: f32 = 64.0;
/// Room for a window's own frame.
const FRAME: Vec2 = vec2(4.0, 34.0);

/// Who plays in this window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which of the three.
    pub who: usize,
    /// The plan they share.
    pub plan: PlanId,
    /// Seconds until the window closes by itself.
    pub lasts: Option<u64>,
}

impl Part {
    /// The person's name.
    pub fn name(&self) -> &'static str {
        cli::people()[self.who].name
    }

    /// "Hodan's device".
    pub fn device(&self) -> String {
        say(Say::new("app-demo-device").with("name", self.name()))
    }

    /// Where this window stands on a screen of this size, and how large it is.
    pub fn stand(&self, screen: Vec2) -> (Pos2, Vec2) {
        let width = (screen.x / WINDOWS).floor();
        let height = (screen.y - DESKTOP).min(900.0);
        (pos2(width * self.who as f32, 0.0), vec2(width, height) - FRAME)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_windows_stand_side_by_side_and_fit_the_screen() {
        for screen in [vec2(1280.0, 800.0), vec2(1366.0, 768.0), vec2(3840.0, 2160.0)] {
            let stands = [0, 1, 2].map(|who| {
                let part = Part { who, plan: PlanId::new([0; 32]), lasts: None };
                part.stand(screen)
            });
            for (place, size) in stands {
                assert!(place.x + size.x + FRAME.x <= screen.x && place.y + size.y + FRAME.y <= screen.y);
            }
            assert!(stands.windows(2).all(|pair| pair[0].0.x + pair[0].1.x <= pair[1].0.x));
        }
    }
}
