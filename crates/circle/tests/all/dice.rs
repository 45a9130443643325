//! Dice from a seed: the same throws on every computer, so that a number names a case.

use seal::DeviceKey;
use zeroize::Zeroizing;

/// SplitMix64.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than `bound`, which is not zero.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.throw() % bound as u64) as usize
    }

    /// In so many of a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        if from.is_empty() { None } else { from.get(self.below(from.len())) }
    }

    /// A few of these, in their order.
    pub fn some<T: Clone>(&mut self, from: &[T], at_most: usize) -> Vec<T> {
        let mut rest: Vec<usize> = (0..from.len()).collect();
        let mut few: Vec<usize> =
            (0..at_most.min(from.len())).map(|_| rest.swap_remove(self.below(rest.len()))).collect();
        few.sort();
        few.into_iter().map(|place| from[place].clone()).collect()
    }

    pub fn shuffled<T: Clone>(&mut self, from: &[T]) -> Vec<T> {
        let mut rest = from.to_vec();
        for place in (1..rest.len()).rev() {
            rest.swap(place, self.below(place + 1));
        }
        rest
    }

    pub fn key(&mut self) -> DeviceKey {
        let mut seed = [0x17; 32];
        seed[..8].copy_from_slice(&self.throw().to_be_bytes());
        DeviceKey::from_seed(&Zeroizing::new(seed))
    }
}
