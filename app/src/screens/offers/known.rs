//! All offers of a plan, read once and again only when something in it has changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use circle::Access;
use desk::{Desk, Read};
use eframe::egui::{Context, Id};
use plan::offers::{Change, Fit, Offer, Stands};
use seal::{DocId, ItemId, PlanId};

use crate::screens::fields::Record;

/// The offers of one plan, by the document they are about.
#[derive(Debug)]
pub(super) struct Known {
    /// What they were read from. Who may do what is in it, too.
    read: Read,
    offers: BTreeMap<DocId, Vec<Offer>>,
}

/// What is offered in this plan.
pub(super) fn of(ctx: &Context, desk: &Desk, plan: PlanId) -> Arc<Known> {
    let id = Id::new("the offers of a plan");
    let stands = |known: &Arc<Known>| known.read.plan() == plan && desk.is_as_read(&known.read);
    if let Some(known) = ctx.data(|data| data.get_temp::<Arc<Known>>(id)).filter(stands) {
        return known;
    }
    let (offers, read) = desk.reckon(plan, || {
        let parts = plan::parts().iter().filter(|part| part.voice.is_some());
        let docs = parts.flat_map(|part| desk.copies(plan, part.code));
        docs.map(|copy| (copy.doc, desk.offers(plan, copy.doc))).filter(|(_, offers)| !offers.is_empty()).collect()
    });
    let known = Arc::new(Known { read, offers });
    ctx.data_mut(|data| data.insert_temp(id, Arc::clone(&known)));
    known
}

impl Known {
    /// The offers about a document, the oldest first.
    pub(super) fn about(&self, doc: DocId) -> &[Offer] {
        self.offers.get(&doc).map_or(&[], Vec::as_slice)
    }

    /// All that wait for whoever sits here, because they may write there, with the document they are about. What is so already,
    /// or is about what was taken out, waits for nobody.
    pub(super) fn waiting(&self, desk: &Desk, plan: PlanId) -> impl Iterator<Item = (DocId, &Offer)> {
        let all = self.offers.iter().flat_map(|(doc, offers)| offers.iter().map(|offer| (*doc, offer)));
        let open = all.filter(|(_, offer)| matches!(offer.stands, Stands::Open(Fit::Fits | Fit::Changed)));
        open.filter(move |(doc, _)| desk.access_in(plan, *doc) == Access::Edit)
    }
}

/// The records about which something is offered that waits.
pub fn open_about(ctx: &Context, desk: &Desk, plan: PlanId) -> BTreeSet<ItemId> {
    let known = of(ctx, desk, plan);
    known.offers.values().flatten().filter(|offer| offer.is_open()).filter_map(Offer::about).collect()
}

/// Whether one more is offered for this list of a part.
pub fn any_more(ctx: &Context, part: Record<'_>, list: &str) -> bool {
    let Some((path, doc)) = part.list(list).zip(part.doc()) else { return false };
    let is_here = |offer: &Offer| matches!(&offer.change, Change::Add { list, .. } if *list == path);
    of(ctx, part.desk, part.plan).about(doc).iter().any(|offer| offer.is_open() && is_here(offer))
}

/// How many offers about a part wait for whoever sits here: for who may write.
pub fn waiting(ctx: &Context, desk: &Desk, plan: PlanId, part: &str) -> usize {
    let known = of(ctx, desk, plan);
    let is_here = |doc: DocId| desk.describe(plan, doc).is_some_and(|known| known.code == part);
    known.waiting(desk, plan).filter(|(doc, _)| is_here(*doc)).count()
}
