//! An offer that is made into another while somebody reads it.

use desk::Wanted;
use plan::offers::{Offer, Reply};

use super::*;

#[test]
fn nobody_takes_what_an_offer_was_made_into_since_it_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut amina = Seat::new(&folder.path().join("amina"), "Amina");
    let mut hodan = Seat::new(&folder.path().join("hodan"), "Hodan");
    amina.found("Amina's plan");
    amina.invite(&mut hodan, Role::Carer, None);
    let (plan, also): (PlanId, FieldPath) = (amina.plan, "about-me.also".parse().unwrap());
    amina.act(Ask::Set { plan, field: also, fill: Fill::Text("I like tea.".into()) }).unwrap();
    amina.settle();
    hodan.until(|desk, _| desk.document(plan, "about-me").is_some_and(|about| about.text(also) == "I like tea."));
    let doc = amina.desk.doc(plan, "about-me").unwrap();
    let offered = |desk: &Desk| desk.offers(plan, doc).into_iter().next();
    let offer = |words: &str| Ask::Offer {
        plan,
        wanted: Wanted::Change { field: also, fill: Fill::Text(words.into()) },
        why: String::new(),
    };
    let take = |read: &Offer| Ask::AnswerOffer {
        plan,
        part: "about-me".into(),
        offer: Box::new(read.clone()),
        reply: Reply::Take,
        words: String::new(),
    };
    hodan.ask(offer("I like coffee.")).unwrap();
    hodan.act(Ask::Blur).unwrap();
    hodan.settle();
    amina.until(|desk, _| offered(desk).is_some());
    let read = offered(&amina.desk).unwrap();
    hodan.ask(offer("I like coffee at midnight.")).unwrap();
    hodan.act(Ask::Blur).unwrap();
    hodan.settle();
    amina.until(|desk, _| offered(desk).is_some_and(|now| now.change != read.change));
    assert_eq!(amina.act(take(&read)).err(), Some(Refused::OfferRewritten));
    assert_eq!(amina.desk.document(plan, "about-me").unwrap().text(also), "I like tea.");
    let read = offered(&amina.desk).unwrap();
    amina.act(take(&read)).unwrap();
    assert_eq!(amina.desk.document(plan, "about-me").unwrap().text(also), "I like coffee at midnight.");
}
