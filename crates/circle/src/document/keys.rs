//! A document's keys: with which one to seal now, which devices hold one, and who lacks it.
//!
//! An epoch is everything that was said about one key. A statement with nothing about the same key in its past begins the
//! epoch; the others carry the key to readers who came later, and give it no other rank than it had. Whoever ever signed for a
//! key or had it wrapped to them holds it, by statements in effect or not: what opens, opens.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use seal::{DeviceId, EpochId};

use super::Sheet;
use crate::{
    body::{Act, NewKey},
    circle::Circle,
    dag::Place,
};

/// What was said about each key, in the order of the graph.
type Epochs<'a> = BTreeMap<EpochId, Vec<(Place, &'a NewKey)>>;

impl Sheet {
    /// With which key to seal: of those begun by a statement in effect that nobody holds who may not read, the one whose maker
    /// had seen the most removals; then one that had seen the others; then the lowest hash.
    pub(crate) fn live_key(&self, circle: &Circle, may_read: impl Fn(DeviceId) -> bool) -> Option<EpochId> {
        let (takers, closings) = (circle.takers(), self.closings().collect::<Vec<Place>>());
        let removals = |place: Place| {
            let seen = circle.dag().under(&self.dag.at(place).body().circle_after);
            let here = closings.iter().filter(|closing| self.dag.saw(place, **closing)).count();
            here + takers.iter().filter(|taker| seen.has(**taker)).count()
        };
        let epochs = self.epochs();
        let clean = epochs.iter().filter(|(_, said)| self.holders(said).into_iter().all(&may_read));
        let begun = clean.flat_map(|(epoch, said)| self.beginnings(said).map(|place| (*epoch, place)));
        let ranked: Vec<(usize, EpochId, Place)> =
            begun.map(|(epoch, place)| (removals(place), epoch, place)).collect();
        let most = ranked.iter().map(|(removals, ..)| *removals).max()?;
        let tied: Vec<(EpochId, Place)> = ranked
            .into_iter()
            .filter(|(removals, ..)| *removals == most)
            .map(|(_, epoch, place)| (epoch, place))
            .collect();
        let unseen = |place: Place| !tied.iter().any(|(_, other)| self.dag.saw(*other, place));
        let latest = tied.iter().filter(|(_, place)| unseen(*place));
        latest.min_by_key(|(_, place)| self.dag.at(*place).id()).map(|(epoch, _)| *epoch)
    }

    /// Which of these readers have not been given the key of an epoch that stands, by a statement in effect. The latest epoch
    /// comes first: it is needed most.
    pub(crate) fn lacking(&self, readers: &BTreeSet<DeviceId>) -> Vec<(EpochId, BTreeSet<DeviceId>)> {
        let epochs = self.epochs();
        let mut lacking = Vec::new();
        for (epoch, said) in &epochs {
            let Some(begun) = self.beginnings(said).map(|place| self.dag.generation(place)).max() else { continue };
            let in_effect = said.iter().filter(|(place, _)| self.said[*place].in_effect);
            let given: BTreeSet<DeviceId> =
                in_effect.flat_map(|(_, key)| key.wraps.iter().map(|wrap| wrap.device)).collect();
            let without: BTreeSet<DeviceId> = readers.difference(&given).copied().collect();
            if !without.is_empty() {
                lacking.push((begun, *epoch, without));
            }
        }
        lacking.sort_by_key(|(begun, epoch, _)| (Reverse(*begun), *epoch));
        lacking.into_iter().map(|(_, epoch, without)| (epoch, without)).collect()
    }

    /// What was ever wrapped to a device of the key of one epoch, in effect or not.
    pub(crate) fn wrapped(&self, epoch: EpochId, device: DeviceId) -> impl Iterator<Item = &[u8]> {
        let of_epoch = self.new_keys().filter(move |(_, key)| key.epoch == epoch);
        let wraps = of_epoch.flat_map(|(_, key)| &key.wraps);
        wraps.filter(move |wrap| wrap.device == device).map(|wrap| wrap.sealed.as_slice())
    }

    /// The epochs there ever were, in effect or not.
    pub(crate) fn epochs_named(&self) -> BTreeSet<EpochId> {
        self.new_keys().map(|(_, key)| key.epoch).collect()
    }

    fn epochs(&self) -> Epochs<'_> {
        let mut epochs = Epochs::new();
        for (place, key) in self.new_keys() {
            epochs.entry(key.epoch).or_default().push((place, key));
        }
        epochs
    }

    fn new_keys(&self) -> impl Iterator<Item = (Place, &NewKey)> {
        (0..self.dag.len()).filter_map(|place| match self.dag.at(place).act() {
            Act::NewKey(key) => Some((place, key)),
            _ => None,
        })
    }

    /// The statements in effect that begin an epoch: somebody who copies what a key commits to may make a second one.
    fn beginnings(&self, said: &[(Place, &NewKey)]) -> impl Iterator<Item = Place> {
        let first = |place: Place| !said.iter().any(|(other, _)| self.dag.saw(place, *other));
        said.iter().map(|(place, _)| *place).filter(move |place| self.said[*place].in_effect && first(*place))
    }

    fn holders(&self, said: &[(Place, &NewKey)]) -> BTreeSet<DeviceId> {
        let signers = said.iter().map(|(place, _)| self.dag.at(*place).issuer());
        signers.chain(said.iter().flat_map(|(_, key)| key.wraps.iter().map(|wrap| wrap.device))).collect()
    }
}
