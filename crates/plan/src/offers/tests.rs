use proptest::prelude::*;
use seal::{ChainId, DocId, ItemId, PersonId, Time};

use super::*;

const AMINA: PersonId = PersonId::new([1; 32]);
const PRIYA: PersonId = PersonId::new([2; 32]);
const GUEST: PersonId = PersonId::new([3; 32]);

fn holds(person: PersonId) -> Holding {
    match person {
        AMINA => Holding::Edit,
        PRIYA => Holding::Suggest,
        _ => Holding::View,
    }
}

fn document(code: &str, number: u8) -> Document {
    let part = crate::part(code).unwrap();
    Document::create(part, DocId::new([number; 32]), ChainId::new([number; 16]), Time(0)).0
}

/// Priya's offer of this number, as a step remembers that it took it.
fn what_it_took(number: u8) -> (DocId, ItemId) {
    (DocId::new([2; 32]), item(number))
}

fn item(number: u8) -> ItemId {
    ItemId::new([number; 16])
}

/// A part with one goal, and a voice of Amina, of Priya and of a guest about it.
struct Table {
    goals: Document,
    amina: Document,
    priya: Document,
    guest: Document,
}

impl Table {
    fn new(words: &str) -> Table {
        let voice = |number| document("goals-voice", number);
        let mut table = Table { goals: document("goals", 9), amina: voice(1), priya: voice(2), guest: voice(3) };
        table.goals.add("goals".parse().unwrap(), item(7), Time(1)).unwrap();
        table.goals.splice(field("words"), 0, 0, words).unwrap();
        table.goals.close(Time(1));
        table
    }

    fn offer(&mut self, number: u8, new: Result<New, NotAnOffer>) {
        let new = new.unwrap();
        let inner: Vec<ItemId> = (0..new.inner()).map(|at| item(100 + number + at as u8)).collect();
        new.write(&mut self.priya, item(number), &inner, Time(i64::from(number))).unwrap();
    }

    fn answer(&mut self, offer: u8, reply: Reply) {
        self.answer_as(offer, offer + 50, reply);
    }

    /// Amina answers Priya's offer.
    fn answer_as(&mut self, offer: u8, answer: u8, reply: Reply) {
        let list = "goals-voice.answers".parse().unwrap();
        self.amina.add(list, item(answer), Time(99)).unwrap();
        let part = self.amina.part();
        let of = |code| FieldPath::new(part, Some(item(answer)), code).unwrap();
        let (to, said, within) = (of("to"), of("answer"), of(WITHIN));
        self.amina.set(to, Some(Value::Ref(item(offer)))).unwrap();
        self.amina.set(said, Some(Value::Choice(reply.code().into()))).unwrap();
        self.amina.set(within, Some(Value::Line(self.priya.doc().to_string()))).unwrap();
    }

    fn offers(&self) -> Vec<Offer> {
        offers(&self.goals, &[(AMINA, &self.amina), (PRIYA, &self.priya), (GUEST, &self.guest)], holds)
    }

    fn words(&self) -> String {
        self.goals.text(field("words"))
    }

    fn write(&mut self, words: &str) {
        let length = self.goals.text_len(field("words"));
        self.goals.splice(field("words"), 0, length, words).unwrap();
        self.goals.close(Time(5));
    }
}

fn field(code: &str) -> FieldPath {
    FieldPath::new(crate::part("goals").unwrap(), Some(item(7)), code).unwrap()
}

#[test]
fn other_words_are_offered_taken_and_taken_back() {
    let mut table = Table::new("I want to swim.");
    table.offer(
        1,
        New::words(&table.goals, field("words"), "I want to swim once a week.".into())
            .map(|new| new.because("You said so")),
    );
    let offer = table.offers().remove(0);
    assert_eq!((offer.by, offer.why.as_str(), offer.stands), (PRIYA, "You said so", Stands::Open(Fit::Fits)));
    table.goals.take(&offer, item(8), Time(2)).unwrap();
    table.goals.close(Time(2));
    table.answer(1, Reply::Take);
    assert_eq!(table.words(), "I want to swim once a week.");
    assert_eq!(table.offers()[0].stands, Stands::Taken);
    assert_eq!(table.goals.undoes_taking(), Some(what_it_took(1)), "the step knows what it took");
    table.goals.undo();
    assert_eq!((table.words().as_str(), table.goals.redoes_taking()), ("I want to swim.", Some(what_it_took(1))));
    table.goals.close(Time(3));
    table.goals.redo();
    assert_eq!(
        (table.words().as_str(), table.goals.undoes_taking()),
        ("I want to swim once a week.", Some(what_it_took(1)))
    );
}

#[test]
fn two_offers_made_apart_to_the_same_words_both_stay() {
    let mut table = Table::new("I want to swim.");
    table.offer(1, New::words(&table.goals, field("words"), "I want to swim often.".into()));
    // Who may write may offer, too.
    let hers = New::words(&table.goals, field("words"), "I want to swim alone.".into()).unwrap();
    hers.write(&mut table.amina, item(2), &[], Time(2)).unwrap();
    let offers = table.offers();
    assert!(offers.len() == 2 && offers.iter().all(Offer::is_open));
    assert_eq!((offers[0].by, offers[1].by), (PRIYA, AMINA));
    table.goals.take(&offers[0], item(8), Time(2)).unwrap();
    assert_eq!(table.words(), "I want to swim often.");
    // Both put a word at the same place: taken after the other, it stands beside it.
    assert_eq!(table.offers()[1].stands, Stands::Open(Fit::Fits));
}

#[test]
fn an_offer_whose_ground_changed_says_so_and_changes_nothing() {
    let mut table = Table::new("I want to swim once a week.");
    table.offer(1, New::words(&table.goals, field("words"), "I want to swim twice a week.".into()));
    table.write("I want to swim every day.");
    let offer = table.offers().remove(0);
    assert_eq!(offer.stands, Stands::Open(Fit::Changed));
    assert_eq!(table.goals.take(&offer, item(8), Time(2)), Err(take::NotTaken::Changed));
    assert_eq!(table.words(), "I want to swim every day.");
    table.goals.remove(item(7)).unwrap();
    assert_eq!(table.offers()[0].stands, Stands::Open(Fit::Gone));
}

#[test]
fn what_a_reader_offers_is_no_offer_and_what_a_proposer_answers_is_no_answer() {
    let mut table = Table::new("I want to swim.");
    let new = New::words(&table.goals, field("words"), "Something else".into()).unwrap();
    new.write(&mut table.guest, item(1), &[], Time(1)).unwrap();
    assert_eq!(table.offers(), []);
    table.offer(2, New::value(&table.goals, field("status"), Some(Value::Choice("not-yet".into()))));
    std::mem::swap(&mut table.amina, &mut table.guest);
    table.answer(2, Reply::NotNow);
    std::mem::swap(&mut table.amina, &mut table.guest);
    assert_eq!(table.offers()[0].stands, Stands::Open(Fit::Fits));
}

#[test]
fn a_record_more_and_a_record_less() {
    let mut table = Table::new("I want to swim.");
    let with = vec![("words".to_owned(), "Paint".to_owned()), ("importance".to_owned(), "8".to_owned())];
    table.offer(1, New::add(&table.goals, "goals".parse().unwrap(), with));
    table.offer(3, New::take_out(&table.goals, item(7)));
    let offers = table.offers();
    table.goals.take(&offers[0], item(8), Time(2)).unwrap();
    table.goals.close(Time(2));
    let of = |code| FieldPath::new(table.goals.part(), Some(item(8)), code).unwrap();
    assert_eq!(
        (table.goals.text(of("words")).as_str(), table.goals.value(of("importance")).value()),
        ("Paint", Some(&Value::Scale(8)))
    );
    table.goals.take(&offers[1], item(9), Time(2)).unwrap();
    table.goals.close(Time(2));
    assert_eq!(table.goals.items("goals".parse().unwrap()), [item(8)]);
    assert_eq!(table.offers()[1].stands, Stands::Open(Fit::Already));
    assert_eq!(New::take_out(&table.goals, item(7)), Err(NotAnOffer::Same));
}

#[test]
fn another_place_in_the_list_fits_until_it_is_so_or_what_it_names_is_gone() {
    let mut table = Table::new("I want to swim.");
    let list = "goals".parse().unwrap();
    for number in [8, 9] {
        table.goals.add(list, item(number), Time(1)).unwrap();
    }
    table.goals.close(Time(1));
    assert_eq!(New::place(&table.goals, item(9), Some(item(8))), Err(NotAnOffer::Same));
    assert!(
        New::place(&table.goals, item(9), Some(item(9))).is_err() && New::place(&table.goals, item(4), None).is_err()
    );
    table.offer(1, New::place(&table.goals, item(9), None));
    table.offer(3, New::place(&table.goals, item(7), Some(item(8))));
    let offers = table.offers();
    assert!(offers.iter().all(|offer| offer.stands == Stands::Open(Fit::Fits)));
    table.goals.take(&offers[0], item(60), Time(2)).unwrap();
    table.goals.close(Time(2));
    assert_eq!(table.goals.items(list), [item(9), item(7), item(8)]);
    assert_eq!(table.offers()[0].stands, Stands::Open(Fit::Already));
    assert!(table.goals.undo().is_some());
    table.goals.close(Time(3));
    assert_eq!(table.goals.items(list), [item(7), item(8), item(9)]);
    table.goals.remove(item(8)).unwrap();
    table.goals.close(Time(4));
    assert_eq!(table.offers()[1].stands, Stands::Open(Fit::Gone));
    assert_eq!(table.goals.take(&offers[1], item(61), Time(5)), Err(NotTaken::Gone));
}

#[test]
fn a_set_keeps_what_others_put_in_meanwhile() {
    let mut table = Table::new("I want to swim.");
    let refs = |items: &[u8]| Some(Value::Refs(items.iter().map(|number| item(*number)).collect()));
    table.goals.set(field("needs"), refs(&[20, 21])).unwrap();
    table.offer(1, New::value(&table.goals, field("needs"), refs(&[21, 22])));
    table.goals.set(field("needs"), refs(&[20, 21, 23])).unwrap();
    let offer = table.offers().remove(0);
    table.goals.take(&offer, item(8), Time(2)).unwrap();
    assert_eq!(table.goals.value(field("needs")).value(), refs(&[21, 22, 23]).as_ref());
    assert_eq!(table.offers()[0].stands, Stands::Open(Fit::Already));
}

#[test]
fn what_is_taken_back_or_not_written_yet_waits_for_nobody() {
    let mut table = Table::new("I want to swim.");
    table.offer(1, New::words(&table.goals, field("words"), "I want to swim.".into()));
    assert_eq!(table.offers()[0].stands, Stands::Empty);
    let back = FieldPath::new(table.priya.part(), Some(item(1)), "taken-back").unwrap();
    table.priya.set(back, Some(Value::YesNo(true))).unwrap();
    assert_eq!(table.offers()[0].stands, Stands::TakenBack);
}

/// The same offer of a status, under this id, in any voice.
fn offered(voice: &mut Document, table: &Document, number: u8, at: i64) {
    let new = New::words(table, field("words"), format!("I want to swim {number} times.")).unwrap();
    new.write(voice, item(number), &[], Time(at)).unwrap();
}

#[test]
fn offers_that_bear_the_same_id_never_share_an_answer() {
    let mut table = Table::new("I want to swim.");
    offered(&mut table.priya, &table.goals, 1, 1);
    offered(&mut table.amina, &table.goals, 1, 2);
    table.answer(1, Reply::NotNow);
    let stands: Vec<(PersonId, Stands)> = table.offers().iter().map(|offer| (offer.by, offer.stands)).collect();
    assert_eq!(stands, [(PRIYA, Stands::NotTaken), (AMINA, Stands::Open(Fit::Fits))]);
}

#[test]
fn an_answer_that_names_no_voice_counts_where_only_one_offer_bears_the_id() {
    let mut table = Table::new("I want to swim.");
    offered(&mut table.priya, &table.goals, 1, 1);
    table.answer(1, Reply::NotNow);
    let within = FieldPath::new(table.amina.part(), Some(item(51)), WITHIN).unwrap();
    table.amina.set(within, None).unwrap();
    assert_eq!(table.offers()[0].stands, Stands::NotTaken);
    // Somebody borrows the id: nobody knows which was meant, so both wait.
    offered(&mut table.amina, &table.goals, 1, 2);
    assert!(table.offers().iter().all(Offer::is_open));
    // What names a voice that cannot be read answers nothing.
    table.amina.set(within, Some(Value::Line("the other one".into()))).unwrap();
    assert!(table.offers().iter().all(Offer::is_open));
}

#[test]
fn of_what_one_person_offers_only_so_many_count_and_nobody_else_is_touched() {
    let mut table = Table::new("I want to swim.");
    offered(&mut table.amina, &table.goals, 250, 500);
    for number in 0..100 {
        offered(&mut table.priya, &table.goals, number, i64::from(number));
    }
    let of =
        |table: &Table, by| table.offers().iter().filter(|offer| offer.by == by).map(|it| it.id).collect::<Vec<_>>();
    let first: Vec<ItemId> = (0..64).map(item).collect();
    assert_eq!((of(&table, PRIYA), of(&table, AMINA)), (first, vec![item(250)]));
    let voices = [(PRIYA, &table.priya)];
    assert_eq!(waiting(&voices, holds, PRIYA), 100);
    // An answer makes room for the next, and stays.
    table.answer(3, Reply::NotNow);
    assert_eq!(of(&table, PRIYA), (0..65).map(item).collect::<Vec<_>>());
    // So does taking back.
    for number in 10..20 {
        let back = FieldPath::new(table.priya.part(), Some(item(number)), "taken-back").unwrap();
        table.priya.set(back, Some(Value::YesNo(true))).unwrap();
    }
    assert_eq!(of(&table, PRIYA), (0..75).map(item).collect::<Vec<_>>());
}

fn words() -> impl Strategy<Value = String> {
    let word =
        prop_oneof![Just("swim"), Just("often"), Just("naïve"), Just("👩\u{200d}👧"), Just("with Ben"), Just(".\n")];
    prop::collection::vec(word, 0..10).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn in_whatever_order_voices_come_the_same_offers_count_with_the_same_answers(
        made in prop::collection::vec((0..3u8, 0..90u8, 0..5i64), 0..120),
        answered in prop::collection::vec((0..90u8, any::<bool>()), 0..20),
        turn in 0..3usize,
    ) {
        let mut table = Table::new("I want to swim.");
        for (whose, number, at) in made {
            let voice = match whose {
                0 => &mut table.amina,
                1 => &mut table.priya,
                _ => &mut table.guest,
            };
            if voice.made(item(number)).is_none() {
                offered(voice, &table.goals, number, at);
            }
        }
        for (number, take) in answered {
            if table.amina.made(item(number + 100)).is_none() {
                table.answer_as(number, number + 100, if take { Reply::Take } else { Reply::NotNow });
            }
        }
        let mut voices = vec![(AMINA, &table.amina), (PRIYA, &table.priya), (GUEST, &table.guest)];
        let offers_of = |voices: &[(PersonId, &Document)]| offers(&table.goals, voices, holds);
        let first = offers_of(&voices);
        voices.rotate_left(turn);
        prop_assert_eq!(&offers_of(&voices), &first);
        voices.reverse();
        prop_assert_eq!(&offers_of(&voices), &first);
        for by in [AMINA, PRIYA, GUEST] {
            prop_assert!(first.iter().filter(|offer| offer.by == by && offer.is_open()).count() <= OPEN_OFFERS);
        }
        // Only Priya's are answered, however many bear the same id.
        prop_assert!(first.iter().all(|offer| offer.by == PRIYA || offer.answers.is_empty()));
    }

    #[test]
    fn what_fits_can_be_taken_and_taking_it_back_leaves_everything_as_it_was(
        base in words(), offered in words(), now in words(), both in any::<bool>(),
    ) {
        let mut table = Table::new(&base);
        table.offer(1, New::words(&table.goals, field("words"), offered.clone()));
        if both {
            table.write(&now);
        }
        let before = table.words();
        let offer = table.offers().remove(0);
        let taken = table.goals.take(&offer, item(8), Time(2));
        table.goals.close(Time(2));
        match offer.stands {
            Stands::Open(Fit::Changed) => {
                prop_assert_eq!(taken, Err(take::NotTaken::Changed));
                prop_assert_eq!(table.words(), before);
            }
            Stands::Open(Fit::Already) | Stands::Empty => prop_assert_eq!(table.words(), before),
            _ => {
                prop_assert_eq!(taken, Ok(()));
                if before == base {
                    prop_assert_eq!(table.words(), offered);
                }
                prop_assert_eq!(table.goals.undoes_taking(), Some(what_it_took(1)));
                table.goals.undo();
                prop_assert_eq!(table.words(), before);
            }
        }
    }
}
