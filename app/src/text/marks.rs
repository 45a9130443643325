//! The quiet mark in the margin: where others changed something since I last wrote here.

use eframe::egui::{Galley, Pos2, Rect, Ui, pos2, text::CCursor};

use super::splice::Splice;
use crate::{kit::Face, theme};

/// More places than this in one field say no more than "much".
const MOST: usize = 12;

/// A stretch somebody else changed, in code points of the text as shown.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    from: usize,
    to: usize,
    by: Option<Face>,
}

/// The marks of one field, moved along with every later change.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks(Vec<Mark>);

impl Marks {
    /// Somebody else made this change; the others move with it.
    pub(super) fn add(&mut self, splice: &Splice, by: Option<Face>) {
        self.carry(splice);
        let to = splice.at + splice.insert.chars().count();
        self.0.push(Mark { from: splice.at, to, by });
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }

    /// I made this change.
    pub(super) fn carry(&mut self, splice: &Splice) {
        for mark in &mut self.0 {
            mark.from = splice.carry(mark.from);
            mark.to = splice.carry(mark.to);
        }
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Draws them at the left of the lines they are about.
    pub(super) fn paint(&self, ui: &Ui, frame: Rect, galley: &Galley, galley_at: Pos2) {
        let palette = theme::of(ui.ctx());
        for mark in &self.0 {
            let top = galley.pos_from_cursor(CCursor::new(mark.from)).min.y + galley_at.y;
            let bottom = galley.pos_from_cursor(CCursor::new(mark.to)).max.y + galley_at.y;
            let x = frame.left() + 8.0;
            let bar = Rect::from_min_max(pos2(x, top + 4.0), pos2(x + 3.0, bottom - 2.0));
            let colour = mark.by.as_ref().map_or(palette.accent, |face| face.colour(palette));
            ui.painter().rect_filled(bar, 1.5, colour);
        }
    }
}
