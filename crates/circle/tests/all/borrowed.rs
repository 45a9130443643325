//! Recovery words name whoever holds them, and nobody can name those of somebody else.

use circle::{Act, Consent, Denied, Graph, Ledger, NewRecoveryKey, Placed, Remove, Standing, Whom, Whose, draft};
use seal::PersonId;

use crate::help::{
    NOW, answers, by_hand, everything, heirs_words, invitation, joining, key, newcomer, place, plan_of, sign, welcome,
    words,
};

fn again(ledger: &Ledger) -> Ledger {
    let mut again = Ledger::new(ledger.found().clone()).expect("it is a Found");
    again.place_all(everything(ledger).into_iter().skip(1));
    again
}

#[test]
fn the_words_of_another_do_not_become_ones_own_by_a_new_recovery_key() {
    let (amina, mel, vic) = (key(1), key(2), key(3));
    for for_self in [true, false] {
        let mut plan = plan_of(&amina, for_self);
        welcome(&mut plan, &amina, &mel, 9, Standing::Member);
        let before = plan.heads(Graph::Circle);
        let vic_is = welcome(&mut plan, &amina, &vic, 10, Standing::Owner);
        let grants = plan.grants(words(&mel).id()).expect("Mel's words hold");
        for theirs in [words(&vic), words(&amina), heirs_words()] {
            let agreed = Consent::Words { plan: plan.plan(), by: words(&mel).id() }.sign(&words(&mel));
            let act = Act::NewRecoveryKey(NewRecoveryKey { key: theirs.id(), agreed });
            let stolen = sign(&words(&mel), by_hand(&plan, &words(&mel), &before, grants, act));
            assert_eq!(plan.place(stolen), Placed::Refused(Denied::NoConsent));
        }
        assert_eq!(plan.whose_words(words(&vic).id()), Some(vic_is));
    }
}

#[test]
fn nobody_comes_in_with_the_words_of_another() {
    let (amina, mel) = (key(1), key(2));
    let mut plan = plan_of(&amina, true);
    let (invite, ticket) = invitation(&amina, &plan, 9, Standing::Member);
    place(&mut plan, invite);
    let mut body = joining(&mel, &ticket, "Mel").body().clone();
    let Act::Join(join) = &mut body.act else { panic!("a Join") };
    join.recovery = words(&amina).id();
    let consent = Consent::Join {
        plan: ticket.plan,
        device: mel.id(),
        person: &join.person,
        recovery: join.recovery,
        opens: join.opens,
    };
    join.proof = consent.sign(&ticket.key());
    assert_eq!(plan.place(sign(&mel, body)), Placed::Refused(Denied::NoConsent));
}

#[test]
fn nobody_founds_a_plan_with_the_words_of_another() {
    let (amina, sam) = (key(1), key(2));
    let honest = draft::found(newcomer(&sam, "Amina"), Some(&heirs_words()), NOW, [1; 16]);
    assert!(Ledger::new(sign(&sam, honest.clone())).is_some());
    let forged = |forge: &dyn Fn(&mut circle::Found)| {
        let mut body = honest.clone();
        let Act::Found(found) = &mut body.act else { panic!("a Found") };
        forge(found);
        Ledger::new(sign(&sam, body))
    };
    assert!(forged(&|found| found.recovery = words(&amina).id()).is_none());
    assert!(
        forged(&|found| found.whose = Whose::Another { words: words(&amina).id(), agreed: found.agreed }).is_none()
    );
    assert!(forged(&|found| found.nonce = [2; 16]).is_none());
    // Nor with what was agreed to in another plan, of another founder.
    let other = plan_of(&amina, true);
    let Act::Found(theirs) = other.found().act() else { panic!("a Found") };
    assert!(forged(&|found| (found.recovery, found.agreed) = (theirs.recovery, theirs.agreed)).is_none());
}

#[test]
fn the_words_written_down_for_somebody_are_nobodys_before_they_come() {
    let (worker, mel) = (key(1), key(2));
    let mut plan = plan_of(&worker, false);
    welcome(&mut plan, &worker, &mel, 9, Standing::Member);
    // Even who holds them cannot make them their own: who wrote them down is not whom they bring back.
    let mine = draft::new_recovery_key(&plan, words(&mel).id(), NOW, &heirs_words());
    assert_eq!(mine, Err(Denied::HereAlready.into()));
    assert_eq!(plan.awaited_words(), Some(heirs_words().id()));
}

#[test]
fn who_is_here_twice_with_one_sheet_is_found_by_it_the_same_everywhere() {
    let (amina, mel, other) = (key(1), key(2), key(3));
    let mut plan = plan_of(&amina, true);
    let mel_is = welcome(&mut plan, &amina, &mel, 9, Standing::Member);
    let (invite, ticket) = invitation(&amina, &plan, 10, Standing::Member);
    place(&mut plan, invite);
    let same = draft::Newcomer { words: words(&mel), ..newcomer(&other, "Mel") };
    let join = sign(&other, draft::join(&ticket, same, NOW));
    plan.place(join.clone());
    let confirm = draft::confirm(&plan, amina.id(), NOW, join.id()).expect("may confirm");
    place(&mut plan, sign(&amina, confirm));
    assert_eq!(plan.whose_words(words(&mel).id()), Some(mel_is));
    let remove = Remove { whom: Whom::Person(join.id().into()), upto: None };
    let mut without_second = plan.clone();
    let body = draft::remove(&plan, amina.id(), NOW, remove).expect("may remove");
    place(&mut without_second, sign(&amina, body));
    assert_eq!(without_second.whose_words(words(&mel).id()), Some(mel_is));
    let remove = Remove { whom: Whom::Person(mel_is), upto: None };
    let body = draft::remove(&plan, amina.id(), NOW, remove).expect("may remove");
    place(&mut plan, sign(&amina, body));
    assert_eq!(plan.whose_words(words(&mel).id()), Some(PersonId::from(join.id())));
    for ledger in [&plan, &without_second] {
        assert_eq!(answers(ledger), answers(&again(ledger)));
    }
}
