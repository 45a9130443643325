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
    let (old, read) = (Box::new(document.clone()), Box::new(document));
    let mut open = OpenPart::new(PlanId::new([3; 32]), doc, part);
    open.chain = Some(chain);
    open.opened(old);
    open.reopen();
    assert!(open.stale);

    (open.stale, open.asked_at, open.loading) = (false, open.finished, 1);
    open.writable().unwrap().splice(field, 0, 0, "typed").unwrap();
    open.typed(Time(3));
    assert!(!open.loaded(Ok(read.clone())));
    assert_eq!((open.document().unwrap().text(field).as_str(), open.stale), ("typed", true));
    assert!(!open.is_still(), "it is asked for again once the node has what was typed");

    open.close(Time(4));
    open.outbox.clear();
    (open.stale, open.asked_at, open.loading) = (false, open.finished, 1);
    assert!(open.loaded(Ok(read)));
    assert!(!open.stale);
}

#[test]
fn a_large_part_is_not_written_on_words_that_do_not_count_any_more() {
    let (part, chain) = (plan::part("about-me").unwrap(), ChainId::new([1; 16]));
    let doc = DocId::new([2; 32]);
    let (document, _) = Document::create(part, doc, chain, Time(1));
    let (old, read) = (Box::new(document.clone()), Box::new(document));
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
