//! Statements of documents: what is shared and not, what of it outlives who said it, Keeps, chapters and keys.

use circle::{
    Access, Act, Bar, Body, Denied, Ledger, NewDocument, NewKey, Placed, Refuse, Remove, SetStanding, Standing,
    Statement, Unshare, Who, Whom, draft,
    limits::{DOCUMENTS, DOCUMENTS_OF_ONE},
};
use seal::{DeviceKey, DocId, EditHash, EpochId, PersonId, StatementId};

use crate::help::{NOW, key, open, part, place, plan_of, share, sharing, sign, welcome};

/// Amina, whose plan it is; Ben, who owns it too; Cara, who coordinates; Dan and Eve, members. One part, opened by Amina.
pub struct Five {
    pub plan: Ledger,
    pub amina: DeviceKey,
    pub ben: DeviceKey,
    pub cara: DeviceKey,
    pub dan: DeviceKey,
    pub eve: DeviceKey,
    pub doc: DocId,
}

pub fn five() -> Five {
    let [amina, ben, cara, dan, eve] = [1, 2, 3, 4, 5].map(key);
    let mut plan = plan_of(&amina, true);
    welcome(&mut plan, &amina, &ben, 12, Standing::Owner);
    welcome(&mut plan, &amina, &cara, 13, Standing::Coordinator);
    welcome(&mut plan, &amina, &dan, 14, Standing::Member);
    welcome(&mut plan, &amina, &eve, 15, Standing::Member);
    let doc = open(&mut plan, &amina, part(1));
    Five { plan, amina, ben, cara, dan, eve, doc }
}

pub fn person(ledger: &Ledger, device: &DeviceKey) -> PersonId {
    ledger.person_of(device.id()).expect("belongs")
}

pub fn who(ledger: &Ledger, device: &DeviceKey) -> Who {
    Who::Person(person(ledger, device))
}

pub fn remove(ledger: &mut Ledger, by: &DeviceKey, whom: &DeviceKey) -> StatementId {
    let remove = Remove { whom: Whom::Person(person(ledger, whom)), upto: None };
    place(ledger, sign(by, draft::remove(ledger, by.id(), NOW, remove).expect("may remove")))
}

pub fn set(ledger: &mut Ledger, by: &DeviceKey, whom: &DeviceKey, standing: Standing) {
    let set = SetStanding { person: person(ledger, whom), standing, upto: None };
    place(ledger, sign(by, draft::set_standing(ledger, by.id(), NOW, set).expect("may set standing")));
}

pub fn unshare(ledger: &mut Ledger, by: &DeviceKey, doc: DocId, who: Who) -> StatementId {
    let unshare = Unshare { who, why: "she asked me to".into() };
    place(ledger, sign(by, draft::unshare(ledger, by.id(), NOW, doc, unshare).expect("may unshare")))
}

pub fn keep(ledger: &mut Ledger, by: &DeviceKey, doc: DocId, edits: &[EditHash]) -> StatementId {
    place(ledger, keeping(ledger, by, doc, edits).expect("may keep"))
}

pub fn keeping(ledger: &Ledger, by: &DeviceKey, doc: DocId, edits: &[EditHash]) -> Result<Statement, draft::Hindrance> {
    draft::keep(ledger, by.id(), NOW, doc, edits.to_vec()).map(|keep| sign(by, keep))
}

pub fn renew(ledger: &mut Ledger, by: &DeviceKey, doc: DocId, dice: u8) -> StatementId {
    place(ledger, sign(by, draft::renew(ledger, by.id(), NOW, doc, [dice; 16]).expect("may renew")))
}

pub fn bar(ledger: &mut Ledger, by: &DeviceKey, doc: DocId, edit: EditHash) {
    let bar = Bar { edit, why: "it breaks the part".into() };
    place(ledger, sign(by, draft::bar(ledger, by.id(), NOW, doc, bar).expect("may bar")));
}

pub fn access(ledger: &Ledger, doc: DocId, device: &DeviceKey) -> Access {
    ledger.person_of(device.id()).map_or(Access::Nothing, |person| ledger.access(doc, person))
}

fn refuse(ledger: &mut Ledger, by: &DeviceKey, doc: DocId, who: Who) {
    let refuse = Refuse { who, why: "not now".into(), basis: "her wish".into() };
    place(ledger, sign(by, draft::refuse(ledger, by.id(), NOW, doc, refuse).expect("may refuse")));
}

fn voice(ledger: &mut Ledger, of: &DeviceKey, part: DocId) -> DocId {
    let own = person(ledger, of);
    let new = NewDocument { owner: Some(own), voice_of: Some((own, part)), ..self::part(9) };
    open(ledger, of, new)
}

fn page(ledger: &mut Ledger, of: &DeviceKey) -> DocId {
    let own = person(ledger, of);
    open(ledger, of, NewDocument { owner: Some(own), ..part(8) })
}

fn refused(ledger: &Ledger, by: &DeviceKey, doc: DocId, act: Act) -> bool {
    // As the draft of a Keep has it: this device's grants and heads, with another act.
    let Ok(body) = draft::keep(ledger, by.id(), NOW, doc, Vec::new()) else { return true };
    ledger.weigh(&Body { act, ..body }) == Err(Denied::Standing)
}

fn tell(from: &Ledger, to: &mut Ledger) {
    for statement in crate::help::everything(from) {
        assert!(!matches!(to.place(statement), Placed::Refused(_) | Placed::Early { .. }));
    }
}

#[test]
fn somebody_who_begins_very_many_documents_keeps_nobody_else_from_beginning_one() {
    let Five { mut plan, amina, dan, .. } = five();
    let dans = |plan: &Ledger, nonce: usize| {
        let mut new = part(0);
        new.nonce[..8].copy_from_slice(&nonce.to_be_bytes());
        new.owner = Some(person(plan, &dan));
        new
    };
    let own = draft::new_document(&plan, dan.id(), NOW, dans(&plan, 0)).expect("may begin a document of their own");
    let many = (0..DOCUMENTS).map(|nonce| {
        let act = Act::NewDocument(dans(&plan, nonce));
        sign(&dan, Body { act, ..own.clone() })
    });
    let many: Vec<Statement> = many.collect();
    let placed = plan.place_all(many);
    let refused = placed.iter().filter(|placed| **placed == Placed::Refused(Denied::Full)).count();
    assert_eq!(refused, DOCUMENTS - DOCUMENTS_OF_ONE);
    let more = draft::new_document(&plan, dan.id(), NOW, dans(&plan, DOCUMENTS));
    assert_eq!(more, Err(draft::Hindrance::Denied(Denied::Full)), "not even drafted");
    open(&mut plan, &amina, part(2));
}

#[test]
fn an_unshare_leaves_somebody_with_what_everyone_has() {
    let Five { mut plan, amina, dan, doc, .. } = five();
    let dan_is = who(&plan, &dan);
    share(&mut plan, &amina, doc, Who::Everyone, Access::View);
    share(&mut plan, &amina, doc, dan_is, Access::Edit);
    assert_eq!(access(&plan, doc, &dan), Access::Edit);
    unshare(&mut plan, &amina, doc, dan_is);
    assert_eq!(access(&plan, doc, &dan), Access::View);
    unshare(&mut plan, &amina, doc, Who::Everyone);
    assert_eq!(access(&plan, doc, &dan), Access::Nothing);
}

#[test]
fn a_refusal_stands_against_what_everyone_has() {
    let Five { mut plan, amina, dan, eve, doc, .. } = five();
    let dan_is = who(&plan, &dan);
    refuse(&mut plan, &amina, doc, dan_is);
    share(&mut plan, &amina, doc, Who::Everyone, Access::Edit);
    assert_eq!([&dan, &eve].map(|device| access(&plan, doc, device)), [Access::Nothing, Access::Edit]);
    share(&mut plan, &amina, doc, dan_is, Access::View);
    assert_eq!(access(&plan, doc, &dan), Access::View, "who refused may think again");
}

#[test]
fn an_unshare_and_a_share_that_have_not_seen_each_other_give_the_less() {
    let Five { mut plan, amina, ben, dan, doc, .. } = five();
    let dan_is = who(&plan, &dan);
    share(&mut plan, &amina, doc, dan_is, Access::View);
    let mut apart = plan.clone();
    share(&mut apart, &ben, doc, dan_is, Access::Edit);
    unshare(&mut plan, &amina, doc, dan_is);
    tell(&apart, &mut plan);
    assert_eq!(access(&plan, doc, &dan), Access::Nothing);
}

#[test]
fn only_an_owner_shares_bars_and_refuses_and_only_who_may_edit_makes_keys() {
    let Five { mut plan, amina, ben, cara, dan, eve, doc } = five();
    let (dan_is, eve_is) = (who(&plan, &dan), who(&plan, &eve));
    share(&mut plan, &amina, doc, dan_is, Access::Edit);
    share(&mut plan, &amina, doc, eve_is, Access::Suggest);
    let edit = EditHash::new([7; 32]);
    let bar = Act::Bar(Bar { edit, why: String::new() });
    let refuse = Act::Refuse(Refuse { who: Who::Everyone, why: "no".into(), basis: String::new() });
    let unshare = Act::Unshare(Unshare { who: Who::Everyone, why: "no".into() });
    let key = Act::NewKey(NewKey { epoch: EpochId::new([1; 32]), wraps: Vec::new() });
    for act in [bar, refuse, unshare, Act::Share(sharing(dan_is, Access::View))] {
        let may = [&amina, &ben, &cara, &dan].map(|by| !refused(&plan, by, doc, act.clone()));
        assert_eq!(may, [true, true, false, false], "{act:?}");
    }
    let may = [&amina, &cara, &dan].map(|by| !refused(&plan, by, doc, key.clone()));
    assert_eq!(may, [true, false, true]);
    let may_keep = [&amina, &cara, &dan, &eve].map(|by| keeping(&plan, by, doc, &[edit]).is_ok());
    assert_eq!(may_keep, [true, true, true, false]);
    let says = [&amina, &cara, &dan, &eve].map(|by| plan.may_keep(doc, by.id()));
    assert_eq!(says, may_keep);
}

#[test]
fn what_a_removed_owner_shared_stands_as_far_as_a_keep_covers_it() {
    let Five { plan: before, amina, ben, dan, eve, doc, .. } = five();
    let mut seen = before.clone();
    share(&mut seen, &ben, doc, who(&before, &dan), Access::Edit);
    let mut back_dated = seen.clone();
    share(&mut back_dated, &ben, doc, who(&before, &eve), Access::Edit);

    let mut without = seen.clone();
    remove(&mut without, &amina, &ben);
    assert_eq!(access(&without, doc, &dan), Access::Nothing);
    let mut with = seen.clone();
    keep(&mut with, &amina, doc, &[]);
    remove(&mut with, &amina, &ben);
    assert_eq!(access(&with, doc, &dan), Access::Edit);
    tell(&back_dated, &mut with);
    assert_eq!([&dan, &eve].map(|device| access(&with, doc, device)), [Access::Edit, Access::Nothing]);
    keep(&mut with, &amina, doc, &[]);
    assert_eq!(access(&with, doc, &eve), Access::Edit, "she may put it back by hand");
}

#[test]
fn nobody_puts_back_what_their_senior_said() {
    let Five { mut plan, amina, ben, cara, dan, doc, .. } = five();
    let dan_is = who(&plan, &dan);
    let mut apart = plan.clone();
    share(&mut apart, &ben, doc, dan_is, Access::Edit);
    remove(&mut plan, &amina, &ben);
    tell(&apart, &mut plan);
    keep(&mut plan, &cara, doc, &[]);
    assert_eq!(access(&plan, doc, &dan), Access::Nothing);
}

#[test]
fn a_keep_of_somebody_removed_stands_under_the_keep_of_a_senior_and_then_helps_others() {
    let Five { mut plan, amina, ben, cara, dan, doc, .. } = five();
    let dan_is = who(&plan, &dan);
    share(&mut plan, &amina, doc, dan_is, Access::Edit);
    let chapter = renew(&mut plan, &dan, doc, 1);
    keep(&mut plan, &cara, doc, &[]);
    let mut later = plan.clone();
    remove(&mut plan, &amina, &dan);
    assert!(plan.in_effect(chapter), "Cara, who is senior to Dan, had seen it");
    remove(&mut plan, &amina, &cara);
    assert!(!plan.in_effect(chapter), "and she is removed too");
    keep(&mut later, &ben, doc, &[]);
    tell(&later, &mut plan);
    assert!(plan.in_effect(chapter), "but an owner had seen all of it");
}

#[test]
fn whose_page_it_is_keeps_the_say_after_leaving() {
    let Five { mut plan, amina, dan, eve, .. } = five();
    let own = page(&mut plan, &dan);
    let eve_is = who(&plan, &eve);
    share(&mut plan, &dan, own, eve_is, Access::Edit);
    let mut left = plan.clone();
    place(&mut left, sign(&dan, draft::leave(&plan, dan.id(), NOW).expect("may leave")));
    remove(&mut plan, &amina, &dan);
    for plan in [left, plan] {
        assert_eq!(access(&plan, own, &eve), Access::Edit);
        assert_eq!(access(&plan, own, &amina), Access::Nothing, "the plan's owner has no say in it");
    }
}

#[test]
fn owners_see_every_part_of_the_plan_whoever_opened_it_and_whom_they_let_in_stays_in() {
    let Five { mut plan, amina, ben, cara, dan, .. } = five();
    let (first, second) = (open(&mut plan, &cara, part(2)), open(&mut plan, &cara, part(3)));
    let dan_is = who(&plan, &dan);
    share(&mut plan, &ben, first, dan_is, Access::Edit);
    remove(&mut plan, &amina, &cara);
    assert!(plan.in_effect(first.into()), "an owner said something about it");
    assert_eq!(access(&plan, first, &dan), Access::Edit);
    assert!(!plan.in_effect(second.into()), "nobody did about this one");
    assert_eq!([&amina, &ben, &dan].map(|by| access(&plan, second, by)), [Access::Edit, Access::Edit, Access::Nothing]);
    keep(&mut plan, &ben, second, &[]);
    assert!(plan.in_effect(second.into()));
}

#[test]
fn who_may_not_edit_any_more_cannot_date_a_keep_back() {
    let Five { mut plan, amina, dan, doc, .. } = five();
    let dan_is = who(&plan, &dan);
    share(&mut plan, &amina, doc, dan_is, Access::Edit);
    let (honest, late) = (EditHash::new([1; 32]), EditHash::new([2; 32]));
    keep(&mut plan, &dan, doc, &[honest]);
    let mut apart = plan.clone();
    keep(&mut plan, &amina, doc, &[]);
    unshare(&mut plan, &amina, doc, dan_is);
    keep(&mut apart, &dan, doc, &[late]);
    tell(&apart, &mut plan);
    let edits: Vec<EditHash> = plan.keeps(doc).into_iter().flat_map(|kept| kept.edits).collect();
    assert_eq!(edits, [honest], "what she had seen of his stands");
}

#[test]
fn a_voice_is_kept_by_who_may_edit_its_part() {
    let Five { mut plan, amina, ben, cara, dan, eve, doc } = five();
    let (dan_is, eve_is) = (who(&plan, &dan), who(&plan, &eve));
    share(&mut plan, &amina, doc, dan_is, Access::Edit);
    share(&mut plan, &amina, doc, eve_is, Access::View);
    let benedicts = voice(&mut plan, &ben, doc);
    let may = [&ben, &cara, &dan, &eve].map(|by| plan.may_keep(benedicts, by.id()));
    assert_eq!(may, [true, true, true, false]);
    let by_dan = keep(&mut plan, &dan, benedicts, &[]);
    let by_eve = keep(&mut plan, &eve, benedicts, &[]);
    assert_eq!([by_dan, by_eve].map(|keep| plan.in_effect(keep)), [true, false]);
    unshare(&mut plan, &amina, doc, dan_is);
    assert!(!plan.in_effect(by_dan), "as long as they may");
    assert_eq!(access(&plan, benedicts, &dan), Access::Nothing);
    assert_eq!(access(&plan, benedicts, &eve), Access::View);
    refuse(&mut plan, &ben, benedicts, eve_is);
    assert_eq!(access(&plan, benedicts, &eve), Access::Nothing, "whose voice it is may say who does not hear it");
    unshare(&mut plan, &ben, benedicts, eve_is);
    assert_eq!(access(&plan, benedicts, &eve), Access::View);
}

#[test]
fn a_voice_about_a_voice_is_drafted_by_nobody_and_read_by_nobody() {
    let Five { mut plan, amina, ben, dan, doc, .. } = five();
    share(&mut plan, &amina, doc, Who::Everyone, Access::Edit);
    let first = voice(&mut plan, &ben, doc);
    let own = person(&plan, &dan);
    let new = NewDocument { owner: Some(own), voice_of: Some((own, first)), ..part(7) };
    assert!(draft::new_document(&plan, dan.id(), NOW, new.clone()).is_err());
    let like = draft::new_document(&plan, dan.id(), NOW, NewDocument { owner: Some(own), ..part(8) }).expect("may");
    let by_hand = place(&mut plan, sign(&dan, Body { act: Act::NewDocument(new), ..like }));
    assert_eq!([&amina, &ben].map(|by| access(&plan, by_hand.into(), by)), [Access::Nothing, Access::Nothing]);
}

#[test]
fn a_chapter_is_hit_by_what_its_opening_has_not_seen() {
    let Five { mut plan, amina, cara, dan, doc, .. } = five();
    share(&mut plan, &amina, doc, Who::Everyone, Access::Edit);
    let chain = |plan: &Ledger, by: &DeviceKey| {
        let chapter = plan.chapter(doc, by.id()).expect("may write");
        seal::chain_id(doc, by.id(), chapter)
    };
    let (cara_wrote, dan_wrote) = (chain(&plan, &cara), chain(&plan, &dan));
    set(&mut plan, &amina, &cara, Standing::Member);
    assert!(plan.needs_chapter(doc, cara.id()), "a lowering of standing hits it too");
    assert!(!plan.own_right(doc, cara_wrote) && plan.own_right(doc, dan_wrote));
    renew(&mut plan, &cara, doc, 1);
    assert!(!plan.needs_chapter(doc, cara.id()));
    assert!(plan.own_right(doc, chain(&plan, &cara)) && !plan.own_right(doc, cara_wrote));
    let elsewhere = open(&mut plan, &amina, part(5));
    share(&mut plan, &amina, elsewhere, Who::Everyone, Access::Edit);
    assert!(plan.needs_chapter(elsewhere, cara.id()), "in every document");
    set(&mut plan, &amina, &cara, Standing::Coordinator);
    assert!(!plan.needs_chapter(doc, cara.id()), "what gives more hits nothing");
}

#[test]
fn who_is_taken_out_of_everyones_share_and_given_their_own_renews_first() {
    let Five { mut plan, amina, dan, eve, doc, .. } = five();
    let (dan_is, eve_is) = (who(&plan, &dan), who(&plan, &eve));
    share(&mut plan, &amina, doc, Who::Everyone, Access::Edit);
    share(&mut plan, &amina, doc, eve_is, Access::Edit);
    share(&mut plan, &amina, doc, Who::Everyone, Access::View);
    assert!(!plan.needs_chapter(doc, eve.id()), "who had a Share of her own lost nothing");
    share(&mut plan, &amina, doc, dan_is, Access::Edit);
    assert!(plan.needs_chapter(doc, dan.id()), "who lived on everyone's did");
}

#[test]
fn a_keep_is_owed_until_an_owner_says_what_they_had_seen() {
    let Five { mut plan, amina, ben, cara, dan, eve, doc } = five();
    share(&mut plan, &amina, doc, Who::Everyone, Access::Edit);
    let owed = |plan: &Ledger| [&amina, &ben, &cara].map(|by| plan.keep_owed(doc, by.id()));
    assert_eq!(owed(&plan), [false; 3]);
    keep(&mut plan, &cara, doc, &[]);
    remove(&mut plan, &cara, &dan);
    assert_eq!(owed(&plan), [true, true, false], "a coordinator removed him: the owners owe it");
    keep(&mut plan, &ben, doc, &[]);
    assert_eq!(owed(&plan), [false; 3]);
    keep(&mut plan, &amina, doc, &[]);
    let mut unshared = plan.clone();
    remove(&mut plan, &amina, &eve);
    assert_eq!(owed(&plan), [false; 3], "signed in the same breath, before the removal");
    unshare(&mut unshared, &amina, doc, Who::Everyone);
    assert_eq!(owed(&unshared), [false; 3]);
    share(&mut unshared, &amina, doc, Who::Everyone, Access::Edit);
    unshare(&mut unshared, &ben, doc, Who::Everyone);
    assert_eq!(owed(&unshared), [true, true, false], "this time without a Keep");
}

#[test]
fn no_keep_is_owed_for_what_was_over_before_a_document_began() {
    let Five { mut plan, amina, cara, dan, .. } = five();
    remove(&mut plan, &cara, &dan);
    let later = open(&mut plan, &amina, part(2));
    assert!(!plan.keep_owed(later, amina.id()));
}

#[test]
fn who_ever_might_edit_is_remembered_since_their_words_may_count_however_many_they_are() {
    let Five { mut plan, amina, ben, cara, dan, eve, doc } = five();
    let [ben_is, cara_is, dan_is, eve_is] = [&ben, &cara, &dan, &eve].map(|by| person(&plan, by));
    share(&mut plan, &ben, doc, Who::Person(dan_is), Access::Edit);
    share(&mut plan, &ben, doc, Who::Person(eve_is), Access::View);
    remove(&mut plan, &amina, &ben);
    assert_eq!(plan.access(doc, dan_is), Access::Nothing, "the Share fell with Ben");
    let ever = [ben_is, cara_is, dan_is, eve_is].map(|person| plan.was_given_edit(doc, person));
    assert_eq!(ever, [true, false, true, false]);
}
