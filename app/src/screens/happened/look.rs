//! What the page shows, reckoned once for as long as nothing changes: events, counts, the line of time.

use std::collections::{BTreeMap, BTreeSet};

use desk::Still;
use plan::{
    Date, Moment, Someone, Whole,
    checks::{
        happened::{self, Event, Trigger, Week},
        needs,
        noticing::Noticing,
    },
    views::{self, Contact, Step},
};
use seal::{ItemId, PersonId};

use crate::{people::Names, screens::in_hand::InHand};

/// How many weeks back the bars and the line of time reach.
pub(super) const WEEKS: usize = 12;

/// Of whom the page is told: the names of the circle, and who left it.
pub(super) struct Circle {
    pub(super) names: Names,
    pub(super) gone: BTreeSet<Someone>,
}

impl Circle {
    pub(super) fn of(still: &Still) -> Circle {
        let gone = still.former().into_iter().map(|former| Someone::Member(former.id)).collect();
        Circle { names: Names::among(still.people()), gone }
    }
}

/// All of it.
pub(super) struct Look {
    pub(super) today: Date,
    pub(super) events: Vec<Event>,
    /// In which nothing is written yet: they count nowhere.
    blank: Vec<Event>,
    /// Events that may be the same.
    pub(super) alike: Vec<(ItemId, ItemId)>,
    pub(super) triggers: Vec<Trigger>,
    pub(super) grid: [[usize; 24]; 7],
    pub(super) places: Vec<String>,
    pub(super) weeks: Vec<Week>,
    pub(super) severities: [usize; 4],
    /// For each week its Monday and how serious the worst in it was.
    pub(super) worst: Vec<(Date, Option<i64>)>,
    pub(super) before: Vec<(String, usize)>,
    /// Services as people spelled them first, with how often each was contacted, the most first.
    pub(super) agencies: Vec<(String, usize)>,
    /// Weeks in which several were contacted, with their names.
    pub(super) revolving: Vec<(Date, Vec<String>)>,
    pub(super) steps: Vec<Step>,
    /// What people tell in their own voices, the last first.
    pub(super) accounts: Vec<Own>,
    /// The diary and the contacts, the last first.
    pub(super) diary: Vec<ItemId>,
    pub(super) wins: Vec<ItemId>,
    pub(super) contacts: Vec<ItemId>,
}

/// An account in somebody's own voice.
pub(super) struct Own {
    pub(super) person: PersonId,
    pub(super) words: String,
    pub(super) when: Option<Moment>,
}

impl Look {
    /// What `whole` says, given the circle: how needs stand, who left, and whose written-down name is by now a person of it.
    pub(super) fn of(whole: &Whole<'_>, hand: &InHand, circle: &Circle, today: Date) -> Look {
        let mut incidents = views::incidents(whole);
        for incident in &mut incidents {
            incident.owner = incident.owner.as_ref().map(|owner| circle.names.meant(owner));
        }
        let events = happened::events(&incidents);
        let written: BTreeSet<ItemId> = incidents.iter().map(|incident| incident.id).collect();
        let begun = whole.records("log.incidents").into_iter().filter(|record| !written.contains(&record.id()));
        let blank =
            begun.map(|record| Event { when: record.moment("when"), accounts: vec![record.id()], severity: None });
        let blank = blank.collect();
        let mut actions = views::actions(whole);
        for action in &mut actions {
            action.who = action.who.iter().map(|who| circle.names.meant(who)).collect();
            // Whoever is in the circle answers in their own voice, whatever was written down before.
            action.acceptances.retain(|said| circle.names.meant(&said.who) == said.who);
        }
        let accepted: BTreeSet<ItemId> =
            actions.iter().filter(|action| needs::is_accepted(action, &circle.gone)).map(|action| action.id).collect();
        let from = Noticing::of(whole).happened;
        let mut triggers = happened::triggers(&incidents, &accepted, &circle.gone, today, from);
        triggers.extend(hand.too_long(today).into_iter().map(|(need, days)| Trigger::NobodysNeed(need, days)));
        let told: BTreeMap<ItemId, (String, String)> = whole
            .records("log.incidents")
            .iter()
            .map(|record| (record.id(), (record.text("before"), record.text("where"))))
            .collect();
        let before = |event: &Event| {
            event.accounts.iter().filter_map(|account| Some(told.get(account)?.0.clone())).collect::<Vec<_>>()
        };
        let before: Vec<Vec<String>> = events.iter().map(before).collect();
        let mut called = views::contacts(whole);
        for incident in &incidents {
            let agency = |agency: &views::Agency| Contact {
                id: incident.id,
                when: agency.when.or(incident.when),
                agency: agency.agency.clone(),
            };
            called.extend(incident.agencies.iter().map(agency));
        }
        let mut spelled: BTreeMap<String, String> = BTreeMap::new();
        for contact in &called {
            spelled.entry(contact.agency.to_lowercase()).or_insert_with(|| contact.agency.clone());
        }
        let as_spelled = |name: &String| spelled.get(name).unwrap_or(name).clone();
        let mut agencies: Vec<(String, usize)> =
            happened::by_agency(&called).iter().map(|(name, count)| (as_spelled(name), *count)).collect();
        agencies.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        let revolving = happened::revolving(&called, from.agencies);
        let revolving = revolving.iter().rev().map(|(week, names)| (*week, names.iter().map(as_spelled).collect()));
        let grid = happened::by_day_and_hour(&incidents);
        let when: BTreeMap<ItemId, Moment> =
            incidents.iter().filter_map(|incident| Some((incident.id, incident.when?))).collect();
        let own = |(person, record): (PersonId, plan::Record<'_>)| {
            let about = record.reference("about")?;
            let words = record.text("words");
            (!words.is_empty()).then(|| Own { person, words, when: when.get(&about).copied() })
        };
        let mut accounts: Vec<Own> = whole.said("log-voice.accounts").into_iter().filter_map(own).collect();
        accounts.sort_by_key(|account| std::cmp::Reverse(account.when));
        let newest = |list: &str| {
            let mut all: Vec<(Option<Moment>, ItemId)> =
                whole.records(list).iter().map(|record| (record.moment("when"), record.id())).collect();
            all.sort_by_key(|(when, _)| (when.is_some(), std::cmp::Reverse(*when)));
            all.into_iter().map(|(_, item)| item).collect::<Vec<_>>()
        };
        let small: BTreeSet<ItemId> = whole
            .records("log.diary")
            .iter()
            .filter(|record| record.is_yes("small-win"))
            .map(plan::Record::id)
            .collect();
        let diary = newest("log.diary");
        Look {
            today,
            alike: happened::alike(&incidents),
            triggers,
            places: places(&events, &grid, &when, &told),
            weeks: happened::by_week(&incidents, today, WEEKS),
            severities: happened::by_severity(&events),
            worst: happened::worst_by_week(&incidents, today, WEEKS),
            before: happened::most_named(&before, &happened::common_english()),
            agencies,
            revolving: revolving.collect(),
            steps: views::sequence(whole),
            accounts,
            wins: diary.iter().copied().filter(|item| small.contains(item)).collect(),
            diary,
            contacts: newest("log.contacts"),
            events,
            blank,
            grid,
        }
    }

    /// The event with this account.
    pub(super) fn event(&self, account: ItemId) -> Option<&Event> {
        self.events.iter().chain(&self.blank).find(|event| event.accounts.contains(&account))
    }
}

/// Where it was in the hour that stands out, if everybody names one place.
fn places(
    events: &[Event],
    grid: &[[usize; 24]; 7],
    when: &BTreeMap<ItemId, Moment>,
    told: &BTreeMap<ItemId, (String, String)>,
) -> Vec<String> {
    let Some((day, hour, _)) = happened::stands_out(grid) else { return Vec::new() };
    let is_there = |event: &&Event| {
        event.when.is_some_and(|when| usize::from(when.date().weekday()) == day && usize::from(when.hour()) == hour)
    };
    let at = events.iter().filter(is_there).flat_map(|event| &event.accounts);
    let named =
        at.filter(|account| when.contains_key(account)).filter_map(|account| Some(told.get(account)?.1.clone()));
    let places: BTreeSet<String> = named.filter(|place| !place.is_empty()).collect();
    places.into_iter().collect()
}
