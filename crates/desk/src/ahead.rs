//! Documents that were read ahead while the node was still taking back what it knew: a window shows all of its plans.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use plan::ReadAhead;
use seal::{Bytes, DocId, PlanId};

/// What was read of each, and from what.
type Read = BTreeMap<(PlanId, DocId), (Bytes, Box<ReadAhead>)>;

/// What was read ahead and not asked for yet. Behind a lock because the threads that read are the node's, all of which have ended
/// when a desk begins to take things out: nobody ever waits for it.
#[derive(Default, Clone)]
pub(crate) struct Ahead(Arc<Mutex<Read>>);

impl Ahead {
    /// What the node calls with the compact form of each document.
    pub(crate) fn reader(&self) -> node::Early {
        let ahead = self.clone();
        Arc::new(move |plan, doc, snapshot: Bytes| {
            // What cannot be read is made of its edits later.
            let Ok(read) = ReadAhead::read(&snapshot) else { return };
            if let Ok(mut all) = ahead.0.lock() {
                all.insert((plan, doc), (snapshot, Box::new(read)));
            }
        })
    }

    /// What was read of a document, if it was read from just this.
    pub(crate) fn take(&self, plan: PlanId, doc: DocId, snapshot: Option<&Bytes>) -> Option<Box<ReadAhead>> {
        let (from, read) = self.0.lock().ok()?.remove(&(plan, doc))?;
        (Some(&from) == snapshot).then_some(read)
    }

    /// Lets go of what nobody is going to open.
    pub(crate) fn forget(&self) {
        if let Ok(mut all) = self.0.lock() {
            all.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use plan::Document;
    use seal::{ChainId, Time};

    use super::*;

    #[test]
    fn what_was_read_ahead_is_shown_only_where_it_was_read_from_what_is_to_be_shown() {
        let (plan, doc) = (PlanId::new([1; 32]), DocId::new([2; 32]));
        let part = plan::part("about-me").unwrap();
        let (mut document, _) = Document::create(part, doc, ChainId::new([3; 16]), Time(1));
        let field = "about-me.also".parse().unwrap();
        let before: Bytes = document.save().into();
        document.splice(field, 0, 0, "And tea").unwrap();
        let after: Bytes = document.save().into();

        let (ahead, rubbish) = (Ahead::default(), Bytes::from(&b"no document"[..]));
        let read = ahead.reader();
        let keep = |bytes: &Bytes| read(plan, doc, Arc::clone(bytes));
        keep(&rubbish);
        assert!(ahead.take(plan, doc, Some(&rubbish)).is_none());
        keep(&before);
        assert!(ahead.take(plan, doc, Some(&after)).is_none(), "something else was kept since");
        assert!(ahead.take(plan, doc, Some(&before)).is_none(), "it is not asked for twice");
        keep(&after);
        let read = ahead.take(plan, doc, Some(&after)).unwrap();
        assert_eq!(Document::load_read(part, doc, *read, &[]).unwrap().text(field), "And tea");
        keep(&after);
        ahead.forget();
        assert!(ahead.take(plan, doc, Some(&after)).is_none());
    }
}
