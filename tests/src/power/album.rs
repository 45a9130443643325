//! Attached files that come whole, come piece by piece and are dropped again, and what there must be of them after each.

use std::{collections::BTreeMap, fmt};

use rand::{Rng as _, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use seal::{FILE_PIECE, FileId, Outline, PlanId};
use store::{Files, KeepError, RecallError};

use crate::power::{
    disk::{Disk, Image, Trouble},
    history::key,
    lived::History,
};

/// Of each file how many pieces are here, and the bytes of them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Album(BTreeMap<(PlanId, FileId), (usize, Vec<u8>)>);

impl fmt::Debug for Album {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |((plan, file), (here, _)): (&(PlanId, FileId), &(usize, Vec<u8>))| (*plan, *file, *here);
        f.debug_set().entries(self.0.iter().map(line)).finish()
    }
}

impl Album {
    /// Lists what is kept, and reads every piece of it.
    pub fn of(files: &Files) -> Result<Album, RecallError> {
        let mut album = Album::default();
        for (plan, file, kept) in files.list() {
            let mut bytes = Vec::new();
            for nth in 0..kept.here {
                bytes.extend(files.piece(plan, file, nth)?.unwrap_or_default());
            }
            if kept.is_whole() {
                assert_eq!(files.read(plan, file)?.map(|bytes| FileId::of(&bytes)), Some(file), "whole, and itself");
            }
            album.0.insert((plan, file), (kept.here, bytes));
        }
        Ok(album)
    }

    /// Whether there is nothing here that another does not have: no byte that is not that file's.
    pub fn is_part_of(&self, other: &Album) -> bool {
        self.0.iter().all(|(file, (_, bytes))| other.0.get(file).is_some_and(|(_, theirs)| theirs.starts_with(bytes)))
    }
}

/// Somebody to whom pictures come.
pub struct Collector {
    dice: ChaCha8Rng,
    /// What is on its way, with all of its bytes.
    coming: BTreeMap<(PlanId, FileId), Vec<u8>>,
    /// What must be held if everything so far was kept.
    pub album: Album,
}

impl Collector {
    /// One with these dice.
    pub fn new(seed: u64) -> Collector {
        Collector { dice: ChaCha8Rng::seed_from_u64(seed), coming: BTreeMap::new(), album: Album::default() }
    }

    /// The next thing that happens to the files.
    pub fn next(&mut self, files: &mut Files) -> Result<(), KeepError> {
        let plan = PlanId::new([self.dice.random_range(1..3); 32]);
        match self.dice.random_range(0..10) {
            0..2 => {
                let bytes = self.picture(3);
                let (file, outline) = (FileId::of(&bytes), Outline::of(&bytes));
                self.album.0.insert((plan, file), (outline.pieces(), bytes.clone()));
                files.keep(plan, &bytes).map(drop)
            }
            2..4 => {
                let bytes = self.picture(12);
                let file = FileId::of(&bytes);
                self.coming.insert((plan, file), bytes);
                self.go_on(files, plan, file)
            }
            4..8 => match self.pick(self.coming.keys().copied().collect()) {
                Some((plan, file)) => self.go_on(files, plan, file),
                None => Ok(()),
            },
            8 => match self.pick(self.album.0.keys().copied().collect()) {
                Some((plan, file)) => {
                    self.album.0.remove(&(plan, file));
                    self.coming.remove(&(plan, file));
                    files.forget(plan, &[file])
                }
                None => Ok(()),
            },
            _ if self.dice.random_bool(0.3) => {
                self.album.0.retain(|(of, _), _| *of != plan);
                self.coming.retain(|(of, _), _| *of != plan);
                files.forget_plan(plan)
            }
            _ => Ok(()),
        }
    }

    /// The next pieces of a file that is on its way.
    fn go_on(&mut self, files: &mut Files, plan: PlanId, file: FileId) -> Result<(), KeepError> {
        let bytes = self.coming[&(plan, file)].clone();
        let outline = Outline::of(&bytes);
        let here = files.kept(plan, file).map_or(0, |kept| kept.here);
        let more = self.dice.random_range(1..5).min(outline.pieces() - here);
        let end = ((here + more) * FILE_PIECE).min(bytes.len());
        self.album.0.insert((plan, file), (here + more, bytes[..end].to_vec()));
        if here + more == outline.pieces() {
            self.coming.remove(&(plan, file));
        }
        let pieces: Vec<&[u8]> = bytes.chunks(FILE_PIECE).skip(here).take(more).collect();
        files.add(plan, file, &outline, here, &pieces)
    }

    fn picture(&mut self, most: usize) -> Vec<u8> {
        let mut bytes = vec![0; self.dice.random_range(1..most * FILE_PIECE)];
        self.dice.fill_bytes(&mut bytes);
        bytes
    }

    fn pick(&mut self, all: Vec<(PlanId, FileId)>) -> Option<(PlanId, FileId)> {
        if all.is_empty() { None } else { Some(all[self.dice.random_range(0..all.len())]) }
    }
}

/// Lives: so many things happen to the files of a home, in the middle of them a restart, on a disk that may lie.
pub fn collect(seed: u64, turns: usize, trouble: Trouble) -> Result<History<Album>, KeepError> {
    let disk = Disk::with_trouble(Image::default(), trouble);
    let mut files = Files::on(disk.clone(), &key()).expect("an empty disk takes files");
    let (mut history, mut collector) = (History::begin(&disk), Collector::new(seed));
    for number in 0..turns {
        if number == turns / 2 {
            files.close()?;
            files = Files::on(disk.clone(), &key()).expect("closed files open");
        }
        let begun = disk.asked();
        collector.next(&mut files)?;
        history.saved(&disk, begun, collector.album.clone());
    }
    files.close()?;
    Ok(history.ended(&disk))
}
