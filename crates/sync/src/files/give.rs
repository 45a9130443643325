//! Giving files to those who may have them, never ahead of words.

use std::collections::BTreeSet;

use seal::{Bytes, DocId, FileId, Outline, PlanId, Time};

use crate::{
    files::{Asked, FileOutput, Line},
    io::{Because, Link, Output},
    limits::{COST_WANT, FETCHES, FILE_WINDOW, IN_VAIN},
    machine::Sync,
    message::{Have, Lack, Message, Outlined, Part, Want, Which},
    planted::Planted,
};

impl Sync {
    pub(crate) fn hear_want(&mut self, link: Link, plan: PlanId, want: &Want, now: Time) -> Result<(), Because> {
        self.charge(link, COST_WANT, now)?;
        let Want { plan: _, doc, file, which } = *want;
        let Some(session) = self.links.get(&link) else { return Ok(()) };
        // Whoever is honest asks for the next pieces of a few files once the last are there. On a slow line they may have
        // given some up that still wait here: they are not to blame, and ask again.
        if session.files.reading + session.files.queue.len() > 2 * FETCHES * FILE_WINDOW {
            return Ok(());
        }
        if !self.may_have(link, plan, doc, file) {
            self.gives_not(link, plan, doc, file);
            return Ok(());
        }
        match which {
            Which::Outline => {
                let Some(come) = self.files.come.get(&(plan, file)) else { return Ok(()) };
                let outline = What::Outline(come.outline.clone());
                self.give(link, plan, doc, file, outline);
            }
            Which::Pieces { from, count } => {
                if let Some(session) = self.links.get_mut(&link) {
                    session.files.reading += count as usize;
                }
                self.out.push_back(Output::File(FileOutput::Read(Asked { link, plan, doc, file, from, count })));
            }
        }
        Ok(())
    }

    /// Pieces were read. Whether they may still have them is asked again: that may have changed meanwhile.
    pub(crate) fn file_read(&mut self, asked: Asked, pieces: Vec<Bytes>) {
        let Asked { link, plan, doc, file, from, count } = asked;
        let Some(session) = self.links.get_mut(&link) else { return };
        session.files.reading = session.files.reading.saturating_sub(count as usize);
        if pieces.is_empty() || !self.may_have(link, plan, doc, file) {
            return self.gives_not(link, plan, doc, file);
        }
        for (at, bytes) in (from..).zip(pieces) {
            self.give(link, plan, doc, file, What::Piece(at, bytes));
        }
    }

    /// Whether somebody may read the document now, and the document names this file, and it is here. How long the document
    /// says it is plays no part: whoever may write there could say anything, and the file is what its id says.
    fn may_have(&self, link: Link, plan: PlanId, doc: DocId, file: FileId) -> bool {
        self.files.is_named(plan, doc, file)
            && self.files.is_whole(plan, file)
            && (self.may_be_told(link, plan, doc) || Planted::FileToAnyone.is_on())
    }

    /// The same answer, whatever the reason.
    fn gives_not(&mut self, link: Link, plan: PlanId, doc: DocId, file: FileId) {
        self.asked_in_vain(link, plan, doc, file);
        self.give(link, plan, doc, file, What::Nothing);
    }

    /// Names that somebody makes up, and that everybody asks for, must not keep anyone from being told of a file that is one:
    /// beyond the bound nobody knows any more who asked for what, and everything that can be had is told of, once.
    fn asked_in_vain(&mut self, link: Link, plan: PlanId, doc: DocId, file: FileId) {
        let Some(Line { in_vain, told_of, .. }) = self.links.get_mut(&link).map(|session| &mut session.files) else {
            return;
        };
        if in_vain.len() < IN_VAIN {
            in_vain.insert((plan, doc, file));
        } else if !in_vain.contains(&(plan, doc, file)) {
            told_of.get_or_insert_default().remove(&(plan, doc, file));
        }
    }

    /// Something of this plan came or is named now: whoever asked in vain, and may have it, is told.
    pub(crate) fn tell_have(&mut self, plan: PlanId) {
        let asked = |line: &Line| line.in_vain.iter().filter(|(of, ..)| *of == plan).copied().collect::<BTreeSet<_>>();
        let mut asked: Vec<(Link, BTreeSet<_>)> =
            self.links.iter().map(|(link, session)| (*link, asked(&session.files))).collect();
        if self.links.values().any(|session| session.files.told_of.is_some()) {
            let had = self.files.can_be_had(plan);
            for (link, asked) in &mut asked {
                let told_of = self.links.get(link).and_then(|session| session.files.told_of.as_ref());
                asked.extend(told_of.into_iter().flat_map(|told_of| had.difference(told_of)));
            }
        }
        for (link, all) in asked {
            for (plan, doc, file) in all {
                if !self.may_have(link, plan, doc, file) {
                    continue;
                }
                if let Some(Line { in_vain, told_of, .. }) = self.links.get_mut(&link).map(|session| &mut session.files)
                {
                    in_vain.remove(&(plan, doc, file));
                    told_of.iter_mut().for_each(|told_of| _ = told_of.insert((plan, doc, file)));
                }
                self.give(link, plan, doc, file, What::Hint);
            }
        }
    }

    fn give(&mut self, link: Link, plan: PlanId, doc: DocId, file: FileId, what: What) {
        if let Some(session) = self.links.get_mut(&link) {
            session.files.queue.push_back(Gift { plan, doc, file, what });
        }
        self.give_next(link);
    }

    /// One more, if nothing waits to be written out: a word that comes now waits for one piece at the most.
    pub(crate) fn give_next(&mut self, link: Link) {
        while let Some(session) = self.links.get_mut(&link)
            && session.undrained == 0
            && session.meetings.values().all(|meeting| meeting.blocked.is_empty())
            && let Some(Gift { plan, doc, file, what }) = session.files.queue.pop_front()
        {
            let Some(nth) = self.nth(link, plan) else { continue };
            // What they may have can change while it waits, and back: then they are told so.
            let withdrawn = !matches!(what, What::Nothing) && !self.may_have(link, plan, doc, file);
            if withdrawn {
                self.asked_in_vain(link, plan, doc, file);
            }
            let what = match what {
                What::Hint if withdrawn => continue,
                What::Outline(_) | What::Piece(..) if withdrawn => What::Nothing,
                what => what,
            };
            let message = match what {
                What::Outline(outline) => {
                    let (bytes, hashes) = (outline.bytes(), outline.hashes().to_vec());
                    Message::Outlined(Outlined { plan: nth, doc, file, bytes, hashes })
                }
                What::Piece(at, bytes) => Message::Part(Part { plan: nth, doc, file, nth: at, bytes: bytes.to_vec() }),
                What::Hint => Message::Have(Have { plan: nth, doc, file }),
                What::Nothing => Message::Lack(Lack { plan: nth, doc, file }),
            };
            self.tell(link, &message);
        }
    }
}

/// Something that waits for its turn.
#[derive(Debug)]
pub(crate) struct Gift {
    plan: PlanId,
    doc: DocId,
    file: FileId,
    what: What,
}

#[derive(Debug)]
enum What {
    Outline(Outline),
    Piece(u32, Bytes),
    /// That it can be had by now.
    Hint,
    /// That it cannot.
    Nothing,
}
