//! A life on a disk that wrote down everything asked of it: what was held after each save, and what may be held after a cut.

use rand_chacha::ChaCha8Rng;

use crate::power::disk::{Disk, Image, Op};

/// One save: from when to when, counted in what had been asked of the disk.
#[derive(Debug, Clone, Copy)]
struct Save {
    begun: usize,
    acknowledged: usize,
}

/// A life, written down. `B` lists what is held.
pub struct History<B> {
    ops: Vec<Op>,
    made: usize,
    saves: Vec<Save>,
    /// What is held after so many saves.
    books: Vec<B>,
}

impl<B: Default> History<B> {
    /// A life that begins now, with nothing, on a disk that is ready for it.
    pub fn begin(disk: &Disk) -> History<B> {
        History { ops: Vec::new(), made: disk.asked(), saves: Vec::new(), books: vec![B::default()] }
    }
}

impl<B> History<B> {
    /// One thing was saved, begun when so much had been asked of the disk: from now on this is held.
    pub fn saved(&mut self, disk: &Disk, begun: usize, book: B) {
        // What asked nothing of the disk left everything as it was.
        if disk.asked() == begun {
            return;
        }
        self.saves.push(Save { begun, acknowledged: disk.asked() });
        self.books.push(book);
    }

    /// Nothing more is saved.
    #[must_use]
    pub fn ended(mut self, disk: &Disk) -> History<B> {
        self.ops = disk.ops();
        self
    }

    /// How many moments there are at which the power can fail.
    pub fn moments(&self) -> std::ops::RangeInclusive<usize> {
        self.made..=self.ops.len()
    }

    /// What is held at the end.
    pub fn last(&self) -> &B {
        self.books.last().expect("a history begins with an empty book")
    }

    /// What may be held after a cut at this moment: everything acknowledged, and all or nothing of the save that
    /// was under way.
    pub fn allowed(&self, moment: usize) -> impl Iterator<Item = &B> {
        let acknowledged = self.saves.iter().take_while(|save| save.acknowledged <= moment).count();
        let begun = self.saves.iter().take_while(|save| save.begun < moment).count();
        self.books[acknowledged..=begun].iter()
    }

    /// Walks through these moments, in order, with the image each leaves after a cut.
    pub fn cut_at(
        &self,
        mut moments: Vec<usize>,
        dice: &mut ChaCha8Rng,
        mut cut: impl FnMut(usize, Image, &mut ChaCha8Rng),
    ) {
        moments.sort_unstable();
        let (mut safe, mut until) = (Image::default(), 0);
        for moment in moments {
            let flushed = flushed(&self.ops[..moment]);
            self.ops[until..flushed.max(until)].iter().for_each(|op| safe.apply(op));
            until = flushed.max(until);
            let mut image = safe.clone();
            image.cut(&self.ops[until..moment], dice);
            cut(moment, image, dice);
        }
    }
}

/// How many of these are safe by the last flush among them.
pub fn flushed(ops: &[Op]) -> usize {
    let last = ops.iter().rev().find_map(|op| match op {
        Op::Flush(until) => Some(*until),
        Op::Write(..) | Op::SetLen(_) => None,
    });
    last.unwrap_or(0)
}
