//! Laws over random circles with liars: whatever the order, doubling or healing, the same statements give the same answers.

use std::collections::BTreeMap;

use circle::{
    Access, Act, Confirm, Grants, Graph, Invite, Ledger, LinkDevice, NewDocument, Placed, Standing, Statement, Ticket,
    Who, draft,
};
use proptest::{prelude::*, sample::Index};
use seal::{DeviceKey, PersonId, StatementId};

use crate::{
    help::{LATE, NOW, answers, by_hand, everything, joining, key, part, plan_of, sharing, sign, ticket},
    naive,
};

/// One turn of a random history: who, what, and three dice.
type Turn = (Index, u8, Index, Index, u8);

/// Devices that each hold what they heard of one plan.
struct World {
    devices: Vec<(DeviceKey, Ledger)>,
    outside: Vec<DeviceKey>,
    tickets: Vec<Ticket>,
    joins: Vec<Statement>,
}

impl World {
    fn new(for_self: bool) -> World {
        let founder = key(1);
        let plan = plan_of(&founder, for_self);
        let outside = (2..12).map(key).collect();
        World { devices: vec![(founder, plan)], outside, tickets: Vec::new(), joins: Vec::new() }
    }

    fn play(&mut self, turns: &[Turn]) {
        for (number, turn) in turns.iter().enumerate() {
            self.turn(number as u16, turn);
            let (_, newest) = self.devices.last().expect("the founder stays");
            let newest = newest.clone();
            // Whoever is let in hears of it from whoever let them in.
            let let_in = |key: &DeviceKey| self.devices.iter().any(|(_, ledger)| ledger.person_of(key.id()).is_some());
            let (inside, outside) = std::mem::take(&mut self.outside).into_iter().partition(let_in);
            self.outside = outside;
            let come: Vec<DeviceKey> = inside;
            for key in come {
                let ledger = self.devices.iter().find(|(_, ledger)| ledger.person_of(key.id()).is_some());
                let ledger = ledger.map_or(newest.clone(), |(_, ledger)| ledger.clone());
                self.devices.push((key, ledger));
            }
        }
    }

    fn turn(&mut self, number: u16, (who, what, one, two, dice): &Turn) {
        let who = who.index(self.devices.len());
        let (key, ledger) = &mut self.devices[who];
        let id = key.id();
        let documents: Vec<_> = ledger.documents().map(|document| document.id).collect();
        let people: Vec<PersonId> = ledger.people().map(|person| person.id).collect();
        let standing = [Standing::Owner, Standing::Coordinator, Standing::Coordinator, Standing::Member];
        let access = [Access::Nothing, Access::View, Access::Suggest, Access::Edit, Access::Edit, Access::Edit];
        let body = match what % 12 {
            0 | 1 => {
                let ticket = ticket(ledger, key, number);
                let standing = standing[usize::from(*dice) % standing.len()];
                let invite =
                    Invite { key: ticket.key().id(), standing, role: "family".into(), expires: LATE, until: None };
                self.tickets.push(ticket);
                draft::invite(ledger, id, NOW, invite).ok()
            }
            2 | 3 => {
                if let (Some(newcomer), false) = (pick(&self.outside, one), self.tickets.is_empty()) {
                    let join = joining(newcomer, &self.tickets[two.index(self.tickets.len())], "Newcomer");
                    for (_, ledger) in &mut self.devices {
                        ledger.place(join.clone());
                    }
                    self.joins.push(join);
                }
                None
            }
            4 | 5 => {
                let knocks = ledger.knocks();
                pick(&knocks, one).and_then(|knock| draft::confirm(ledger, id, NOW, knock.join.id()).ok())
            }
            6 => pick(&self.outside, one).zip(ledger.person_of(id)).and_then(|(new, me)| {
                let proof = draft::agree_to_link(new, ledger.plan(), me, id);
                let link = LinkDevice { device: new.id(), name: "tablet".into(), opens: new.opening(), proof };
                draft::link_device(ledger, id, NOW, link).ok()
            }),
            7 => {
                let me = ledger.person_of(id);
                let about = pick(&documents, one).copied();
                let new = match dice % 3 {
                    0 => Some(part(number as u8)),
                    1 => me.map(|me| NewDocument { owner: Some(me), ..part(number as u8) }),
                    _ => me.zip(about).map(|(me, doc)| NewDocument {
                        owner: Some(me),
                        voice_of: Some((me, doc)),
                        ..part(number as u8)
                    }),
                };
                new.and_then(|new| draft::new_document(ledger, id, NOW, new).ok())
            }
            8 => pick(&documents, one).and_then(|doc| {
                let who = pick(&people, two).filter(|_| dice % 5 > 0).map_or(Who::Everyone, |who| Who::Person(*who));
                let share = sharing(who, access[usize::from(*dice) % access.len()]);
                draft::share(ledger, id, NOW, *doc, share).ok()
            }),
            9 => pick(&documents, one).and_then(|doc| draft::renew(ledger, id, NOW, *doc, [*dice; 16]).ok()),
            10 => {
                let other = one.index(self.devices.len());
                let heard = everything(&self.devices[other].1);
                heard.into_iter().for_each(|statement| drop(self.devices[who].1.place(statement)));
                None
            }
            _ => {
                self.lie(who, one, two, *dice);
                None
            }
        };
        if let Some(body) = body {
            let (key, ledger) = &mut self.devices[who];
            let placed = ledger.place(sign(key, body));
            assert!(matches!(placed, Placed::New(_) | Placed::Known), "a draft was refused: {placed:?}");
        }
    }

    /// A statement from stale heads, resting on whatever its device may ever have been given.
    fn lie(&mut self, who: usize, one: &Index, two: &Index, dice: u8) {
        let (key, ledger) = &mut self.devices[who];
        let all: Vec<StatementId> = ledger.since(Graph::Circle, &[]).iter().map(|one| one.id()).collect();
        let rests = ledger.grants(key.id()).unwrap_or(Grants { device: all[0], standing: all[0] });
        let grants =
            if dice.is_multiple_of(4) { Grants { standing: all[one.index(all.len())], ..rests } } else { rests };
        let mut after = vec![all[one.index(all.len())], grants.device, grants.standing];
        let act = match (pick(&self.joins, two), pick(&self.tickets, one)) {
            (Some(join), _) if !dice.is_multiple_of(3) => {
                after.push(join.id());
                after.extend(all.iter().filter(|_| dice.is_multiple_of(2)).take(40));
                let standing = if dice.is_multiple_of(5) { Standing::Owner } else { Standing::Member };
                Act::Confirm(Confirm { join: join.id(), standing, until: None })
            }
            (_, Some(ticket)) => {
                let key = ticket.key().id();
                Act::Invite(Invite {
                    key,
                    standing: Standing::Member,
                    role: "other".into(),
                    expires: LATE,
                    until: None,
                })
            }
            (_, None) => return,
        };
        let body = by_hand(ledger, key, &after, grants, act);
        ledger.place(sign(key, body));
    }

    /// Every statement that any device placed, with the Joins, in no order anyone would choose.
    fn statements(&self) -> Vec<Statement> {
        let mut all: BTreeMap<StatementId, Statement> = BTreeMap::new();
        for (_, ledger) in &self.devices {
            all.extend(everything(ledger).into_iter().map(|statement| (statement.id(), statement)));
        }
        all.extend(self.joins.iter().map(|join| (join.id(), join.clone())));
        all.into_values().collect()
    }

    fn fresh(&self) -> Ledger {
        Ledger::new(self.devices[0].1.found().clone()).expect("it is a Found")
    }
}

fn pick<'a, T>(from: &'a [T], index: &Index) -> Option<&'a T> {
    (!from.is_empty()).then(|| &from[index.index(from.len())])
}

/// Places these in this order, and again what was pushed out of the rooms for waiting, as peers and newcomers do.
fn deliver(ledger: &mut Ledger, statements: &[Statement]) {
    let mut place = |statement: &Statement| matches!(ledger.place(statement.clone()), Placed::New(_));
    while statements.iter().filter(|statement| place(statement)).count() > 0 {}
}

fn shuffled(statements: &[Statement], dice: &[Index]) -> Vec<Statement> {
    let mut rest = statements.to_vec();
    let mut order = Vec::new();
    for dice in dice.iter().cycle() {
        if rest.is_empty() {
            return order;
        }
        order.push(rest.swap_remove(dice.index(rest.len())));
    }
    rest
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    proptest::collection::vec(any::<Turn>(), 20..100)
}

fn dice() -> impl Strategy<Value = Vec<Index>> {
    proptest::collection::vec(any::<Index>(), 64)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_order_doubling_and_later_healing_give_the_same_answers(
        turns in turns(), for_self: bool, first in dice(), second in dice(), held_back in any::<u64>(),
    ) {
        let mut world = World::new(for_self);
        world.play(&turns);
        let all = world.statements();
        let mut one = world.fresh();
        deliver(&mut one, &shuffled(&all, &first));

        let mut doubled = shuffled(&all, &second);
        doubled.extend(shuffled(&all, &first));
        let mut two = world.fresh();
        deliver(&mut two, &doubled);
        prop_assert_eq!(answers(&one), answers(&two));

        let circle = one.since(Graph::Circle, &[]);
        let naive = naive::Circle::new(circle.iter().copied());
        for statement in &circle {
            prop_assert_eq!(one.in_effect(statement.id()), naive.in_effect(statement.id()));
        }
        let people: BTreeMap<_, _> = one.people().map(|person| (person.id, person.standing)).collect();
        prop_assert_eq!(people, naive.people());

        let (early, late): (Vec<_>, Vec<_>) =
            all.iter().cloned().enumerate().partition(|(place, _)| held_back >> (place % 64) & 1 == 0);
        let plain = |half: Vec<(usize, Statement)>| half.into_iter().map(|(_, one)| one).collect::<Vec<_>>();
        let (early, late) = (plain(early), plain(late));
        let mut three = world.fresh();
        deliver(&mut three, &early);
        deliver(&mut three, &late);
        deliver(&mut three, &early);
        prop_assert_eq!(answers(&one), answers(&three));

        // What each device had worked out as it went is what it would work out again from its own statements.
        for (_, ledger) in &world.devices {
            let mut again = world.fresh();
            deliver(&mut again, &shuffled(&everything(ledger), &second));
            prop_assert_eq!(answers(ledger), answers(&again));
        }
        // Nobody undoes the founder, and nobody was let in beyond their host.
        let founder = one.person(one.found().id().into()).expect("the founder stays");
        prop_assert_eq!(founder.standing, if for_self { Standing::Protected } else { Standing::Owner });
        for person in one.people().filter(|person| person.id != founder.id) {
            prop_assert!(person.standing > Standing::Protected && person.let_in_by.is_some());
        }
    }

    #[test]
    fn what_a_peer_lacks_is_what_lies_not_under_its_heads(turns in turns(), dice in dice()) {
        let mut world = World::new(true);
        world.play(&turns);
        let (_, one) = &world.devices[dice[0].index(world.devices.len())];
        let (_, two) = &world.devices[dice[1].index(world.devices.len())];
        let mut healed = two.clone();
        let circle = one.since(Graph::Circle, &two.heads(Graph::Circle));
        let documents = one.documents().flat_map(|document| {
            one.since(Graph::Document(document.id), &two.heads(Graph::Document(document.id)))
        });
        for statement in circle.into_iter().chain(documents) {
            let placed = healed.place(statement.clone());
            prop_assert!(matches!(placed, Placed::New(_) | Placed::Known | Placed::Knock), "{:?}", placed);
        }
        for statement in everything(one) {
            prop_assert!(healed.has(statement.id()));
        }
    }
}

#[test]
fn more_statements_than_wait_at_once_come_backwards_and_are_all_placed() {
    let amina = key(1);
    let mut plan = plan_of(&amina, true);
    let mut all = Vec::new();
    for number in 0..700 {
        let ticket = ticket(&plan, &amina, number);
        let key = ticket.key().id();
        let invite = Invite { key, standing: Standing::Member, role: "family".into(), expires: LATE, until: None };
        let statement = sign(&amina, draft::invite(&plan, amina.id(), NOW, invite).expect("may invite"));
        all.push(statement.clone());
        plan.place(statement);
    }
    assert_eq!(plan.invites().len(), 700);
    let mut again = Ledger::new(plan.found().clone()).expect("it is a Found");
    all.reverse();
    deliver(&mut again, &all);
    assert!(answers(&again) == answers(&plan));
}
