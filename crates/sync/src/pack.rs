//! Giving somebody who lacks much of a document its compact form, in pieces, instead of edit by edit.
//!
//! Whoever runs the machine hands over a compact form that was tried and goes up to given heads; what lies beyond it, and
//! what of it no signature here covers, follows edit by edit once the other says so. Anything in doubt goes edit by edit.

use std::collections::BTreeMap;

use seal::{Bytes, ChainId, DocId, Edit, PlanId, Seq, Signature, Time};

use crate::{
    frontier::End,
    io::{Because, Link, Output, Packed},
    limits::{COST_ASKING, PARCEL_BYTES, PIECE_BYTES, UNDRAINED},
    machine::Sync,
    message::{Fetch, Message, Offer, Parcel, ParcelHash, Piece, Way},
    shelf::{Segment, Shelf},
};

/// How far the compact form of a document has come with one peer.
#[derive(Debug)]
pub(crate) enum Giving {
    /// It is being fetched from wherever it is kept.
    Packing,
    /// The other was told of it and has not said how they want it.
    Offered(Parcelled),
    /// They want it: so many pieces are told.
    Under { parcel: Parcelled, told: u32 },
    /// From here on edit by edit.
    Done,
}

impl Giving {
    /// Whether nothing is brought edit by edit meanwhile.
    pub(crate) fn is_under_way(&self) -> bool {
        match self {
            Giving::Packing | Giving::Offered(_) | Giving::Under { .. } => true,
            Giving::Done => false,
        }
    }
}

/// A parcel ready to be told.
#[derive(Debug)]
pub(crate) struct Parcelled {
    hash: ParcelHash,
    bytes: Bytes,
}

impl Sync {
    /// Whether these edits should wait for a compact form that holds most of them.
    pub(crate) fn waits_for_compact(&mut self, link: Link, plan: PlanId, doc: DocId, lacking: &[Segment]) -> bool {
        let many = lacking.iter().map(|segment| segment.edits.len()).sum::<usize>() >= self.compact_from;
        let Some(meeting) = self.meeting(link, plan) else { return false };
        match meeting.giving.get(&doc) {
            Some(giving) => giving.is_under_way(),
            None if many => {
                meeting.giving.insert(doc, Giving::Packing);
                self.out.push_back(Output::Pack(plan, doc));
                true
            }
            None => false,
        }
    }

    /// The compact form is here, or there is none: it is offered to those who wait for it and lack most of it.
    pub(crate) fn packed(&mut self, plan: PlanId, doc: DocId, packed: Option<Packed>, now: Time) {
        let waiting = |session: &crate::machine::Session| {
            let meeting = session.meetings.get(&plan);
            meeting.is_some_and(|meeting| matches!(meeting.giving.get(&doc), Some(Giving::Packing)))
        };
        let links: Vec<Link> =
            self.links.iter().filter(|(_, session)| waiting(session)).map(|(link, _)| *link).collect();
        let shelf = self.plans.get(&plan).and_then(|held| held.shelves.get(&doc));
        let parcel = packed.zip(shelf).and_then(|(packed, shelf)| Contents::of(shelf, packed));
        for link in links {
            let may_read = self.may_be_told(link, plan, doc);
            let worth_it = |parcel: &&Contents| may_read && self.is_worth_it(link, plan, doc, parcel);
            let offered = parcel.as_ref().filter(worth_it).map(Contents::seal);
            let giving = match offered {
                Some(parcel) if self.offer_whole(link, plan, doc, &parcel) => Giving::Offered(parcel),
                Some(_) | None => Giving::Done,
            };
            let is_done = matches!(giving, Giving::Done);
            if let Some(meeting) = self.meeting(link, plan) {
                meeting.giving.insert(doc, giving);
            }
            if is_done {
                self.bring_edits(link, plan, doc, now);
            }
        }
    }

    /// Whether they lack enough of what a parcel's signatures cover.
    fn is_worth_it(&self, link: Link, plan: PlanId, doc: DocId, parcel: &Contents) -> bool {
        let ends = self.links.get(&link).and_then(|session| session.meetings.get(&plan)?.docs.get(&doc)?.ends());
        let (Some(shelf), Some(ends)) = (self.plans.get(&plan).and_then(|held| held.shelves.get(&doc)), ends) else {
            return false;
        };
        let covered = |chain: ChainId, end: End| {
            let upto = parcel.signed.get(&chain).and_then(|signed| signed.last());
            upto.is_some_and(|(seq, _)| *seq >= end.seq)
        };
        shelf.lacking_many(ends, covered) >= self.compact_from
    }

    /// Whether the other may read a document by now: that may change while its pieces are on their way.
    pub(crate) fn may_be_told(&self, link: Link, plan: PlanId, doc: DocId) -> bool {
        let meeting = self.links.get(&link).and_then(|session| session.meetings.get(&plan));
        let told = meeting.zip(self.plans.get(&plan));
        told.is_some_and(|(meeting, held)| meeting.is_known() && held.may_read(doc, meeting.device, self.now))
    }

    fn offer_whole(&mut self, link: Link, plan: PlanId, doc: DocId, parcel: &Parcelled) -> bool {
        let (Some(nth), Ok(size)) = (self.nth(link, plan), u32::try_from(parcel.bytes.len())) else { return false };
        self.tell(link, &Message::Offer(Offer { plan: nth, doc, hash: parcel.hash, size }))
    }

    /// They say how they want a document that was offered whole, or that they have taken in what they got.
    pub(crate) fn hear_fetch(&mut self, link: Link, plan: PlanId, fetch: &Fetch, now: Time) -> Result<(), Because> {
        self.charge(link, COST_ASKING, now)?;
        let Some(meeting) = self.meeting(link, plan) else { return Ok(()) };
        let Some(giving) = meeting.giving.remove(&fetch.doc) else { return Ok(()) };
        let giving = match (fetch.way, giving) {
            (Way::Whole, Giving::Offered(parcel)) if parcel.hash == fetch.hash => Giving::Under { parcel, told: 0 },
            // Asked for twice, or for something else.
            (Way::Whole, other) => other,
            (Way::EditByEdit, _) => Giving::Done,
        };
        meeting.giving.insert(fetch.doc, giving);
        match fetch.way {
            Way::Whole => self.tell_pieces(link, plan, fetch.doc),
            Way::EditByEdit => self.bring_edits(link, plan, fetch.doc, now),
        }
        Ok(())
    }

    /// The next pieces, until as much is on its way as may be.
    pub(crate) fn tell_pieces(&mut self, link: Link, plan: PlanId, doc: DocId) {
        let Some(nth) = self.nth(link, plan) else { return };
        if !self.may_be_told(link, plan, doc) {
            return;
        }
        while let Some(session) = self.links.get_mut(&link)
            && session.undrained <= UNDRAINED
            && let Some(meeting) = session.meetings.get_mut(&plan)
            && let Some(Giving::Under { parcel, told }) = meeting.giving.get_mut(&doc)
            && let Some(bytes) = parcel.bytes.chunks(PIECE_BYTES).nth(*told as usize)
        {
            let piece = Piece { plan: nth, doc, nth: *told, bytes: bytes.to_vec() };
            *told += 1;
            self.tell(link, &Message::Piece(piece));
        }
    }

    /// What was told is written out: the pieces go on.
    pub(crate) fn tell_more_pieces(&mut self, link: Link) {
        let Some(session) = self.links.get(&link) else { return };
        let under: Vec<(PlanId, DocId)> = (session.meetings.iter())
            .flat_map(|(plan, meeting)| meeting.giving.iter().map(|(doc, giving)| (*plan, *doc, giving)))
            .filter(|(_, _, giving)| matches!(giving, Giving::Under { .. }))
            .map(|(plan, doc, _)| (plan, doc))
            .collect();
        for (plan, doc) in under {
            self.tell_pieces(link, plan, doc);
        }
    }
}

/// A compact form, and the signatures that cover its chains.
struct Contents {
    document: Bytes,
    signed: BTreeMap<ChainId, Vec<(Seq, Signature)>>,
}

impl Contents {
    /// Nothing if it holds anything that is not flushed here, or two sides of a fork: nobody could use it then.
    fn of(shelf: &Shelf, packed: Packed) -> Option<Contents> {
        let Packed { document, heads } = packed;
        let under = shelf.under(&heads)?;
        for chain in shelf.forked() {
            let mut numbers: Vec<Seq> = under.edits().filter(|edit| edit.chain() == chain).map(Edit::seq).collect();
            numbers.sort_unstable();
            if numbers.windows(2).any(|pair| pair[0] == pair[1]) {
                return None;
            }
        }
        let mut signed: BTreeMap<ChainId, Vec<(Seq, Signature)>> = BTreeMap::new();
        for (chain, tip) in shelf.tips().filter(|(_, tip)| under.has(&tip.hash)) {
            signed.entry(chain).or_default().push((tip.seq, tip.signature));
        }
        (document.len() <= PARCEL_BYTES).then_some(Contents { document, signed })
    }

    fn seal(&self) -> Parcelled {
        let signed = self.signed.iter().map(|(chain, signed)| (*chain, signed.clone())).collect();
        let bytes = seal::encode(&Parcel { signed, document: self.document.to_vec() });
        Parcelled { hash: *blake3::hash(&bytes).as_bytes(), bytes: bytes.into() }
    }
}
