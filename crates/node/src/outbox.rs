//! What waits to be told to the owner. Bounded, because news of one kind grows together while the reader is slow.

use std::{collections::VecDeque, sync::mpsc};

use seal::{DocId, PlanId};

use crate::{
    limits,
    news::{News, NewsReceiver},
    settings::Wake,
};

/// News on its way out.
pub(crate) struct Outbox {
    out: mpsc::SyncSender<News>,
    waiting: VecDeque<News>,
    wake: Option<Wake>,
}

impl Outbox {
    pub(crate) fn new(wake: Option<Wake>) -> (Outbox, NewsReceiver) {
        let (out, news) = mpsc::sync_channel(limits::NEWS);
        (Outbox { out, waiting: VecDeque::new(), wake }, NewsReceiver::new(news))
    }

    /// Puts news behind what waits, or into it.
    pub(crate) fn put(&mut self, news: News) {
        let Some(news) = self.grow_together(news) else { return };
        self.waiting.push_back(news);
    }

    /// Hands over what the reader has room for; `false` while something still waits.
    pub(crate) fn flush(&mut self) -> bool {
        let before = self.waiting.len();
        while let Some(news) = self.waiting.pop_front() {
            match self.out.try_send(news) {
                Ok(()) => {}
                Err(mpsc::TrySendError::Full(news)) => {
                    self.waiting.push_front(news);
                    break;
                }
                // Nobody listens: then nothing waits either.
                Err(mpsc::TrySendError::Disconnected(_)) => self.waiting.clear(),
            }
        }
        if self.waiting.len() < before
            && let Some(wake) = &self.wake
        {
            wake();
        }
        self.waiting.is_empty()
    }

    /// Takes back what newer news makes stale, or lets the newer grow into it.
    fn grow_together(&mut self, news: News) -> Option<News> {
        match &news {
            News::Edits { plan, doc, edits } => self.add_edits((*plan, *doc), edits.len(), news),
            News::Opened { plan, doc, .. } | News::Rebuild { plan, doc, .. } | News::Behind { plan, doc } => {
                let whose = (*plan, *doc);
                self.waiting.retain(|old| content_of(old) != Some(whose));
                Some(news)
            }
            News::Saved { .. }
            | News::Marks { .. }
            | News::Circle { .. }
            | News::Held { .. }
            | News::Presence { .. }
            | News::Files { .. }
            | News::Links(_)
            | News::NotSaved { .. } => {
                self.waiting.retain(|old| !replaces(&news, old));
                Some(news)
            }
            News::Chapter { .. }
            | News::Knock(_)
            | News::KnockOver { .. }
            | News::CameIn { .. }
            | News::Code { .. }
            | News::Joined { .. }
            | News::JoinEnded { .. }
            | News::VisitEnded { .. } => Some(news),
        }
    }

    fn add_edits(&mut self, whose: (PlanId, DocId), more: usize, news: News) -> Option<News> {
        let last = self.waiting.iter_mut().rev().find(|old| content_of(old) == Some(whose));
        match last {
            Some(News::Edits { edits, .. } | News::Opened { edits, .. } | News::Rebuild { edits, .. })
                if edits.len() + more <= limits::NEWS_EDITS =>
            {
                let News::Edits { edits: mut new, .. } = news else { return Some(news) };
                edits.append(&mut new);
                None
            }
            Some(News::Behind { .. }) => None,
            Some(_) => {
                self.waiting.retain(|old| content_of(old) != Some(whose));
                Some(News::Behind { plan: whose.0, doc: whose.1 })
            }
            None => Some(news),
        }
    }
}

/// The document whose content this news is about.
fn content_of(news: &News) -> Option<(PlanId, DocId)> {
    match news {
        News::Opened { plan, doc, .. }
        | News::Edits { plan, doc, .. }
        | News::Rebuild { plan, doc, .. }
        | News::Behind { plan, doc } => Some((*plan, *doc)),
        News::Chapter { .. }
        | News::Saved { .. }
        | News::NotSaved { .. }
        | News::Marks { .. }
        | News::Circle { .. }
        | News::Held { .. }
        | News::Presence { .. }
        | News::Files { .. }
        | News::Knock(_)
        | News::KnockOver { .. }
        | News::CameIn { .. }
        | News::Code { .. }
        | News::Joined { .. }
        | News::JoinEnded { .. }
        | News::VisitEnded { .. }
        | News::Links(_) => None,
    }
}

fn replaces(new: &News, old: &News) -> bool {
    match (new, old) {
        (News::Saved { doc, upto, .. }, News::Saved { doc: before, upto: earlier, .. }) => {
            doc == before && upto.0 == earlier.0
        }
        (News::Marks { doc, .. }, News::Marks { doc: before, .. }) => doc == before,
        (News::Circle { plan, .. }, News::Circle { plan: before, .. })
        | (News::Held { plan, .. }, News::Held { plan: before, .. })
        | (News::Files { plan, .. }, News::Files { plan: before, .. })
        | (News::Presence { plan, .. }, News::Presence { plan: before, .. }) => plan == before,
        (News::Links(_), News::Links(_)) | (News::NotSaved { .. }, News::NotSaved { .. }) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_who_sleeps_costs_a_bounded_amount_and_then_hears_the_newest() {
        let (mut outbox, news) = Outbox::new(None);
        let plan = PlanId::new([1; 32]);
        for round in 0..10_000_u64 {
            let full = round % 2 == 0;
            outbox.put(News::NotSaved { full });
            outbox.put(News::Marks { plan, doc: DocId::new([2; 32]), having: Vec::new() });
            outbox.flush();
        }
        assert!(outbox.waiting.len() <= 2);
        let mut last = None;
        while let Some(next) = news.take() {
            if let News::NotSaved { full } = next {
                last = Some(full);
            }
            outbox.flush();
        }
        assert_eq!(last, Some(false));
    }

    #[test]
    fn edits_that_outgrow_the_bound_become_one_word_to_open_again() {
        let (mut outbox, news) = Outbox::new(None);
        let (plan, doc) = (PlanId::new([1; 32]), DocId::new([2; 32]));
        outbox.put(News::Edits { plan, doc, edits: Vec::new() });
        let more = News::Edits { plan, doc, edits: Vec::new() };
        let grown = outbox.add_edits((plan, doc), limits::NEWS_EDITS + 1, more).expect("something to tell");
        outbox.waiting.push_back(grown);
        assert!(outbox.flush());
        assert!(matches!(news.take(), Some(News::Behind { .. })));
        assert!(news.take().is_none());
    }
}
