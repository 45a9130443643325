//! Where people stand on rings, so that no face and no name touches another. Pure: sizes in, places out.

use std::f32::consts::TAU;

use eframe::egui::{Rect, Vec2, vec2};

/// Angles that are tried for each person.
const TURNS: u16 = 120;
/// How far from the ring's line somebody may stand where it is crowded, the nearest first.
const OFF: [f32; 7] = [0.0, 8.0, -8.0, 16.0, -16.0, 24.0, -24.0];

/// A ring: half as wide, half as high.
#[derive(Debug, Clone, Copy)]
pub(super) struct Oval {
    pub(super) wide: f32,
    pub(super) high: f32,
}

impl Oval {
    /// The point at an angle; 0 is to the right, a quarter turn is down.
    pub(super) fn at(self, angle: f32) -> Vec2 {
        vec2(self.wide * angle.cos(), self.high * angle.sin())
    }

    fn wider(self, by: f32) -> Oval {
        Oval { wide: self.wide + by, high: self.high + by }
    }
}

/// Where the face of everybody stands, ring by ring, and how many found no place of their own. `boxes` are the sizes of faces
/// with their names, `drop` how far the middle of each lies below the face's; `taken` is where nobody may stand.
///
/// The rings are filled from the inside, where there is least room. Everybody has a wish, evenly around and turned a little from
/// ring to ring, and gets the nearest free place to it.
pub(super) fn places(
    ovals: &[Oval],
    boxes: &[Vec<Vec2>],
    drop: &[Vec<f32>],
    mut taken: Vec<Rect>,
) -> (Vec<Vec<Vec2>>, usize) {
    let mut touching = 0;
    let mut all = Vec::new();
    for (ring, ((oval, boxes), drop)) in ovals.iter().zip(boxes).zip(drop).enumerate() {
        let mut here = Vec::new();
        for (place, (size, drop)) in boxes.iter().zip(drop).enumerate() {
            // Half a step past the top, where the ring's own name stands; the next ring begins elsewhere.
            let turn = (place as f32 + 0.5) / boxes.len() as f32 + 0.13 * ring as f32;
            let wish = TAU * (turn - 0.25);
            let covers = |at: Vec2| Rect::from_center_size((at + vec2(0.0, *drop)).to_pos2(), *size);
            let free = |at: &Vec2| !taken.iter().any(|other| other.intersects(covers(*at)));
            let near = tries(*oval, wish).find(free);
            touching += usize::from(near.is_none());
            let at = near.unwrap_or_else(|| oval.at(wish));
            taken.push(covers(at));
            here.push(at);
        }
        all.push(here);
    }
    (all, touching)
}

/// Places to try, the nearest to the wish first: a little to this side, a little to the other, on the line and beside it.
fn tries(oval: Oval, wish: f32) -> impl Iterator<Item = Vec2> {
    let sides = (0..=TURNS / 2).flat_map(|step| [f32::from(step), -f32::from(step)]);
    sides.flat_map(move |step| OFF.map(|off| oval.wider(off).at(wish + TAU * step / f32::from(TURNS))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::Pos2;

    /// Rings of a drawing this wide and high, as the screen draws them.
    fn ovals(width: f32, height: f32) -> Vec<Oval> {
        (0..4).map(|ring| super::super::oval(width, height, ring, 4)).collect()
    }

    fn drawn(width: f32, height: f32, counts: [usize; 4]) -> (Vec<Rect>, usize) {
        let size = vec2(84.0, 66.0);
        let boxes: Vec<Vec<Vec2>> = counts.iter().map(|count| vec![size; *count]).collect();
        let drop: Vec<Vec<f32>> = counts.iter().map(|count| vec![10.0; *count]).collect();
        let middle = Rect::from_center_size(Pos2::ZERO, Vec2::splat(62.0));
        let (places, touching) = places(&ovals(width, height), &boxes, &drop, vec![middle]);
        let rects =
            places.into_iter().flatten().map(|at| Rect::from_center_size((at + vec2(0.0, 10.0)).to_pos2(), size));
        (rects.collect(), touching)
    }

    #[test]
    fn thirty_people_stand_around_somebody_and_nobody_touches_anybody() {
        let (rects, touching) = drawn(900.0, 820.0, [4, 6, 8, 12]);
        assert_eq!((rects.len(), touching), (30, 0));
        for (at, one) in rects.iter().enumerate() {
            assert!(rects[..at].iter().all(|other| !other.intersects(*one)), "{at} touches somebody");
        }
    }

    #[test]
    fn two_people_on_neighbouring_rings_do_not_stand_behind_each_other() {
        let (rects, touching) = drawn(520.0, 447.0, [1, 1, 2, 3]);
        assert_eq!((rects.len(), touching), (7, 0));
    }

    #[test]
    fn too_many_for_the_drawing_is_said_so_that_it_can_grow() {
        assert!(drawn(300.0, 300.0, [10, 10, 10, 10]).1 > 0);
    }
}
