//! Which statements of a document are in effect.
//!
//! A statement stands while the grants it names are in effect in the circle and were not ended since. Once they are ended,
//! it stands as far as it lies under the statement heads of a Keep in effect by who owns the document or is senior to its
//! issuer. A Keep covers only what it had seen, so that whatever decides about a statement comes later in the graph: one pass
//! from the latest to the first decides everything, and there is no ring. The owner of a document that belongs to a person
//! keeps the say over it even after leaving.
//!
//! What somebody may only say because the document was shared with them (a Keep, a key) is void if that was taken away without
//! their having seen it: otherwise they could date it back. This is decided in a second pass, when it is known what is
//! shared. Nothing that decides about shares is of that kind.

use seal::PersonId;

use super::{By, Sheet};
use crate::{
    body::Act,
    circle::{Circle, Rests},
    dag::{Past, Place},
};

/// A Keep in effect, for what lies under it.
struct Cover {
    under: Past,
    owns: bool,
    rests: Rests,
}

impl Sheet {
    /// Decides everything anew. `edits_part`: of a voice, whether a person may edit the part it speaks of.
    pub(crate) fn evaluate(&mut self, circle: &Circle, edits_part: impl Fn(PersonId) -> bool) {
        for said in &mut self.said {
            said.in_effect = false;
        }
        let mut covers = Vec::new();
        let (by_sharing, by_standing): (Vec<Place>, Vec<Place>) =
            (0..self.said.len()).rev().partition(|place| self.is_by_sharing(*place));
        for place in by_standing {
            self.decide(place, circle, &mut covers, |_| false);
        }
        self.stand_opening();
        self.count_shares();
        for place in by_sharing {
            let about = self.about.voice_of;
            self.decide(place, circle, &mut covers, |sheet| {
                let Some(person) = sheet.said[place].rests.map(|rests| rests.device.person) else { return true };
                match about {
                    Some(_) => !edits_part(person),
                    None => sheet.is_lowered(person, Some(place)),
                }
            });
        }
    }

    fn decide(&mut self, place: Place, circle: &Circle, covers: &mut Vec<Cover>, is_void: impl Fn(&Sheet) -> bool) {
        let Some(rests) = self.said[place].rests else { return };
        let given = circle.in_effect(rests.device_at) && circle.in_effect(rests.standing_at);
        let owned = self.about.owner == Some(rests.device.person);
        let stands = owned || circle.holds(&rests) && !is_void(self);
        let covered = || {
            let helps = |cover: &Cover| cover.under.has(place) && (cover.owns || circle.senior(&cover.rests, &rests));
            covers.iter().any(helps)
        };
        self.said[place].in_effect = given && (stands || covered());
        if !self.said[place].in_effect {
            return;
        }
        let Act::Keep(keep) = self.dag.at(place).act() else { return };
        let mut under = self.dag.under(&keep.statements);
        under.meet(self.dag.past(place));
        covers.push(Cover { under, owns: self.by(&rests) == By::Owning, rests });
    }

    /// An opening stands also once an owner has said something about it: whom they let in is not put out with who opened it.
    fn stand_opening(&mut self) {
        let owners = |place: Place| {
            let said = &self.said[place];
            let owns = said.rests.is_some_and(|rests| self.by(&rests) == By::Owning);
            said.in_effect && owns && self.dag.saw(place, 0) && !self.opaque.has(place)
        };
        self.said[0].in_effect |= self.said[0].rests.is_some() && (1..self.said.len()).any(owners);
    }

    /// Whether the statement at a place was only allowed because the document was shared with its issuer. What is unknown here
    /// makes nothing read-only once its issuer was put out.
    fn is_by_sharing(&self, place: Place) -> bool {
        let kind = matches!(self.dag.at(place).act(), Act::Keep(_) | Act::NewKey(_) | Act::Unknown { .. });
        kind && self.said[place].rests.is_some_and(|rests| self.by(&rests) == By::Sharing)
    }
}
