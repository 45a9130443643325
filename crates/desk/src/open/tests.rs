//! What becomes of own words when the disk is full, or while a part is read anew.

use super::*;

#[test]
fn a_disk_that_was_full_for_a_while_ends_no_writing() {
    let (part, chain) = (plan::part("about-me").unwrap(), ChainId::new([1; 16]));
    let (doc, field) = (DocId::new([2; 32]), "about-me.communication".parse().unwrap());
    let (document, mut first) = Document::create(part, doc, chain, Time(1));
    let mut open = OpenPart::new(PlanId::new([3; 32]), doc, part);
    open.chain = Some(chain);
    open.opened(Box::new(document));
    let write = |open: &mut OpenPart, words: &str| {
        open.writable().unwrap().splice(field, 0, 0, words).unwrap();
        open.close(Time(2));
        open.outbox.drain(..).collect::<Vec<Bytes>>()
    };
    first.extend(write(&mut open, "before"));
    let handed = first.len() as u64;
    let why = Refused::Node(node::Refused::DiskFull);
    assert_eq!(open.answered(Err(node::Refused::DiskFull), first), Some(Err(why)));
    assert_eq!((open.is_saved(), open.trouble()), (false, Some(why)));

    let typed = write(&mut open, "after ");
    open.outbox.extend(typed);
    assert!(open.wants_publishing(), "what is typed later is handed over");
    let group: Vec<Bytes> = open.outbox.drain(..).collect();
    open.saved(chain, handed - 1);
    assert!(!open.is_saved(), "not all of it is on the disk yet");
    open.saved(chain, handed);
    assert_eq!(open.answered(Ok(()), group), Some(Ok(())));
    assert_eq!((open.is_saved(), open.trouble(), open.kept), (true, None, handed + 1));
}
#[test]
fn what_was_written_while_a_part_was_read_anew_is_not_lost_with_the_old_one() {
    let (part, chain) = (plan::part("about-me").unwrap(), ChainId::new([1; 16]));
    let (doc, field) = (DocId::new([2; 32]), "about-me.communication".parse().unwrap());
    let (document, _) = Document::create(part, doc, chain, Time(1));
    let old = Box::new(document.clone());
    let read = || Read { document: Box::new(document.clone()), fault: None };
    let mut open = OpenPart::new(PlanId::new([3; 32]), doc, part);
    open.chain = Some(chain);
    open.opened(old);
    open.reopen();
    assert!(open.stale);

    (open.stale, open.asked_at, open.loading) = (false, open.finished, 1);
    open.writable().unwrap().splice(field, 0, 0, "typed").unwrap();
    open.typed(Time(3));
    assert!(!open.loaded(Ok(read())));
    assert_eq!((open.document().unwrap().text(field).as_str(), open.stale), ("typed", true));
    assert!(!open.is_still(), "it is asked for again once the node has what was typed");

    open.close(Time(4));
    open.outbox.clear();
    (open.stale, open.asked_at, open.loading) = (false, open.finished, 1);
    assert!(open.loaded(Ok(read())));
    assert!(!open.stale);
}

#[test]
fn a_large_part_is_not_written_on_words_that_do_not_count_any_more() {
    let (part, chain) = (plan::part("about-me").unwrap(), ChainId::new([1; 16]));
    let doc = DocId::new([2; 32]);
    let (document, _) = Document::create(part, doc, chain, Time(1));
    let old = Box::new(document.clone());
    let read = Read { document: Box::new(document), fault: None };
    let mut open = OpenPart::new(PlanId::new([3; 32]), doc, part);
    open.chain = Some(chain);
    open.opened(old);
    open.edits = MERGED_AT_ONCE + 1;
    assert!(open.rebuild(&[], Time(2)).is_none(), "not on the window's thread");
    assert!(open.stale && open.writable().is_err());
    (open.stale, open.asked_at, open.loading) = (false, open.finished, 1);
    assert!(open.loaded(Ok(read)));
    assert!(open.writable().is_ok());
}

#[test]
fn a_part_that_cannot_be_shown_whole_is_shown_without_what_breaks_it_and_takes_no_writes() {
    let (part, mine, theirs) = (plan::part("about-me").unwrap(), ChainId::new([1; 16]), ChainId::new([2; 16]));
    let (doc, field) = (DocId::new([2; 32]), "about-me.communication".parse().unwrap());
    let (document, _) = Document::create(part, doc, mine, Time(1));
    let write = |document: &mut Document, words: &str| {
        document.splice(field, 0, 0, words).unwrap();
        admitted(doc, document.close(Time(2)))
    };
    let (mut other, mut apart) = (document.clone(), document.clone());
    other.write_as(theirs);
    let culprit = write(&mut other, "it breaks ");
    let upon = write(&mut other, "upon it ");
    apart.write_as(ChainId::new([3; 16]));
    let apart = write(&mut apart, "apart ");

    let mut open = OpenPart::new(PlanId::new([3; 32]), doc, part);
    open.chain = Some(mine);
    open.opened(Box::new(document.clone()));
    // Merging failed: nothing is written in what may be ruined, and the part is asked for again.
    open.doubt();
    assert!(open.stale && open.trust == Trust::None);
    let hash = culprit[0].edit().hash();
    let faults = plan::Faults { culprits: vec![hash], left_out: [hash].into() };
    let fault = Some(Fault { faults, edits: culprit.clone() });
    (open.stale, open.loading) = (false, 1);
    assert!(open.loaded(Ok(Read { document: Box::new(document.clone()), fault })));
    assert!(open.document().is_some(), "it can be read");
    assert!(matches!(open.writable(), Err(Refused::Stopped)));

    // What builds on it waits with it; what others write apart is merged as ever.
    open.arrive([upon, apart].concat());
    assert_eq!(open.arrived.len(), 1);
    assert_eq!(open.fault.as_ref().unwrap().edits.len(), 2);
    let worker = Worker::start(std::sync::Arc::new(|| {})).unwrap();
    assert!(open.merge(&worker, Time(3)).is_some());
    assert_eq!(open.document().unwrap().text(field), "apart ");
    open.unkept = crate::limits::SNAPSHOT_EVERY;
    open.compact(&worker);
    assert_eq!(open.unkept, crate::limits::SNAPSHOT_EVERY, "the last good snapshot stays");

    // An owner has barred it: it does not count any more, and the part is read anew.
    (open.stale, open.loading) = (false, 1);
    assert!(open.loaded(Ok(Read { document: Box::new(document), fault: None })));
    assert!(open.writable().is_ok() && open.trust == Trust::Full);
}

#[test]
fn what_was_refused_is_tried_once_more_in_a_new_chapter_and_ends_no_writing() {
    let (part, old, new) = (plan::part("about-me").unwrap(), ChainId::new([1; 16]), ChainId::new([4; 16]));
    let (doc, field) = (DocId::new([2; 32]), "about-me.communication".parse().unwrap());
    let (document, _) = Document::create(part, doc, old, Time(1));
    let mut open = OpenPart::new(PlanId::new([3; 32]), doc, part);
    open.chain = Some(old);
    open.opened(Box::new(document));
    let write = |open: &mut OpenPart, words: &str| {
        open.writable().unwrap().splice(field, 0, 0, words).unwrap();
        open.close(Time(2));
    };
    write(&mut open, "before ");
    let group = open.next_group();
    let why = Refused::Node(node::Refused::NotAllowed);
    open.rename(None, Time(3));
    assert_eq!(open.answered(Err(node::Refused::NotAllowed), group), Some(Err(why)));
    assert!(!open.wants_publishing() && open.trouble() == Some(why));

    // Shared again: what was refused goes first, and what is written now never with it.
    open.rename(Some(new), Time(4));
    write(&mut open, "after ");
    assert!(open.wants_publishing());
    let (first, second) = (open.next_group(), open.next_group());
    let chain = |edit: &Bytes| plan::door::head(edit).unwrap().chain;
    assert!(first.len() == 1 && chain(&first[0]) == old && second.len() == 1 && chain(&second[0]) == new);
    assert_eq!(open.answered(Ok(()), first), Some(Ok(())));
    assert_eq!(open.answered(Ok(()), second), Some(Ok(())));
    assert_eq!((open.is_saved(), open.trouble()), (true, None));
}

#[test]
fn what_is_refused_for_good_goes_from_the_part_and_not_what_is_written_next() {
    let (part, old, new) = (plan::part("about-me").unwrap(), ChainId::new([1; 16]), ChainId::new([4; 16]));
    let (doc, field) = (DocId::new([2; 32]), "about-me.communication".parse().unwrap());
    let (document, _) = Document::create(part, doc, old, Time(1));
    let kept = Box::new(document.clone());
    let mut open = OpenPart::new(PlanId::new([3; 32]), doc, part);
    open.chain = Some(old);
    open.opened(Box::new(document));
    open.writable().unwrap().splice(field, 0, 0, "lost").unwrap();
    open.close(Time(2));
    open.rename(Some(new), Time(3));
    let group = open.next_group();
    assert!(matches!(open.answered(Err(node::Refused::NotAllowed), group), Some(Err(_))));
    assert!(open.writable().is_err() && open.stale && open.is_still(), "it is read anew first");
    (open.stale, open.asked_at, open.loading) = (false, open.finished, 1);
    assert!(open.loaded(Ok(Read { document: kept, fault: None })));
    assert!(open.writable().is_ok() && open.is_saved());
}

#[test]
fn a_small_part_that_was_stopped_is_read_anew_when_something_was_barred() {
    let (part, mine) = (plan::part("about-me").unwrap(), ChainId::new([1; 16]));
    let doc = DocId::new([2; 32]);
    let (document, first) = Document::create(part, doc, mine, Time(1));
    let first = admitted(doc, first);
    let mut open = OpenPart::new(PlanId::new([3; 32]), doc, part);
    open.chain = Some(mine);
    open.opened(Box::new(document.clone()));
    open.fault = Some(Fault { faults: plan::Faults { culprits: Vec::new(), left_out: [].into() }, edits: Vec::new() });
    assert!(open.rebuild(&first, Time(2)).is_none(), "what stops it may still be among these");
    assert!(open.document().is_some() && open.stale);
    (open.stale, open.asked_at, open.loading) = (false, open.finished, 1);
    assert!(open.loaded(Ok(Read { document: Box::new(document), fault: None })));
    assert!(open.writable().is_ok());
}

#[expect(clippy::disallowed_methods, reason = "what a document makes the door lets in; that is tested elsewhere")]
fn admitted(doc: DocId, edits: Vec<Bytes>) -> Vec<Admitted> {
    let read = |bytes| Admitted::recall(seal::Edit::read(doc, bytes, plan::door::head).unwrap());
    edits.into_iter().map(read).collect()
}
