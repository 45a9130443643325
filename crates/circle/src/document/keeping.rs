//! The Keeps of a document, and who owes one.

use seal::{EditHash, PersonId, StatementId, Time};

use super::{By, Sheet};
use crate::{
    body::Act,
    circle::Circle,
    dag::{Past, Place},
};

/// A Keep in effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The Keep.
    pub id: StatementId,
    /// Who signed it.
    pub by: PersonId,
    /// Signed by an owner of the document: of a fork the side under it counts.
    pub by_owner: bool,
    /// The heads of what it keeps.
    pub edits: Vec<EditHash>,
    /// When, by its signer's clock.
    pub at: Time,
}

impl Sheet {
    /// The Keeps in effect.
    pub(crate) fn keeps(&self) -> impl Iterator<Item = Kept> {
        self.acts_in_effect().filter_map(|(place, act)| {
            let Act::Keep(keep) = act else { return None };
            let rests = self.said[place].rests?;
            let statement = self.dag.at(place);
            Some(Kept {
                id: statement.id(),
                by: rests.device.person,
                by_owner: self.by(&rests) == By::Owning,
                edits: keep.edits.clone(),
                at: statement.body().at,
            })
        })
    }

    /// Whether something in effect took from somebody what they had, and no Keep of an owner covers it yet. What was over when
    /// the document began took nothing here.
    pub(crate) fn owes_keep(&self, circle: &Circle) -> bool {
        let seen = |place: Place| circle.dag().under(&self.dag.at(place).body().circle_after);
        let keeps = self.acts_in_effect().filter(|(_, act)| matches!(act, Act::Keep(_))).map(|(place, _)| place);
        let of_owners =
            keeps.filter(|place| self.said[*place].rests.is_some_and(|rests| self.by(&rests) == By::Owning));
        let keeps: Vec<(Place, Past)> = of_owners.map(|place| (place, seen(place))).collect();
        let before = seen(0);
        let circles = circle.takers().into_iter().filter(|taker| !before.has(*taker));
        let covered = |taker: Place| keeps.iter().any(|(keep, seen)| self.covers(*keep, seen, taker, circle));
        let covered_here = |taker: Place| keeps.iter().any(|(keep, _)| self.covers_here(*keep, taker));
        self.lowerings().any(|taker| !covered_here(taker)) || circles.into_iter().any(|taker| !covered(taker))
    }

    /// Whether a Keep was signed by who had seen a removal, or in one breath with it: first the Keep, by the same device, and
    /// with all of the circle that the removal had seen. A removal names no document, so neither says it of the other.
    fn covers(&self, keep: Place, seen: &Past, taker: Place, circle: &Circle) -> bool {
        let same_device = self.dag.at(keep).issuer() == circle.dag().at(taker).issuer();
        seen.has(taker) || same_device && seen.holds(circle.dag().past(taker))
    }

    /// The same of what takes away in this graph: it comes right after the Keep, or after others of the same breath.
    fn covers_here(&self, keep: Place, taker: Place) -> bool {
        let only_keeps = || {
            let between = |place: &Place| self.dag.saw(taker, *place) && *place != keep && !self.dag.saw(keep, *place);
            (0..self.dag.len()).filter(between).all(|place| matches!(self.dag.at(place).act(), Act::Keep(_)))
        };
        let same_device = self.dag.at(keep).issuer() == self.dag.at(taker).issuer();
        self.dag.saw(keep, taker) || same_device && self.dag.saw(taker, keep) && only_keeps()
    }
}
