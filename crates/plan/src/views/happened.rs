//! What happened, who was contacted, and meetings.

use seal::{ItemId, PersonId};

use super::choices;
use crate::{moment::Moment, value::Someone, whole::Whole};

choices! {
    /// Whether somebody was at a meeting.
    Attended of "meetings.invites.attended" {
        /// There.
        Here "here",
        /// Not there, but sent what they think.
        SentViews "sent-views",
        /// Not there.
        Absent "absent",
        /// There for some of it.
        LeftEarly "left-early",
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Its id.
    pub id: ItemId,
    /// When; without it it counts nowhere.
    pub when: Option<Moment>,
    /// How serious, 0 to 3.
    pub severity: Option<i64>,
    /// Who follows it up.
    pub owner: Option<Someone>,
    /// What is done about it.
    pub action: Option<ItemId>,
    /// The same event as told by others.
    pub same_as: Vec<ItemId>,
    /// Who was called.
    pub agencies: Vec<Agency>,
}

/// A service that was called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Its name.
    pub agency: String,
    /// When; none is when it happened.
    pub when: Option<Moment>,
}

/// A contact with a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Its id.
    pub id: ItemId,
    /// When.
    pub when: Option<Moment>,
    /// Its name.
    pub agency: String,
}

/// A meeting, as far as voices are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its id.
    pub id: ItemId,
    /// Who was asked to come.
    pub invited: Vec<Invited>,
    /// Who put something on the agenda, said something in the round, or dissented.
    pub heard: Vec<Someone>,
}

/// Somebody asked to come to a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Who.
    pub who: Someone,
    /// Whether they were there.
    pub attended: Option<Attended>,
}

/// What happened, from all quarters at hand.
pub fn incidents(whole: &Whole) -> Vec<Incident> {
    let incidents = whole.written("log.incidents").into_iter().map(|incident| Incident {
        id: incident.id(),
        when: incident.moment("when"),
        severity: incident.scale("severity"),
        owner: incident.person("owner"),
        action: incident.reference("action"),
        same_as: incident.references("same-as").into_iter().collect(),
        agencies: incident
            .list("agencies")
            .into_iter()
            .map(|agency| Agency { agency: agency.text("agency"), when: agency.moment("when") })
            .collect(),
    });
    incidents.collect()
}

/// Contacts, from all quarters at hand.
pub fn contacts(whole: &Whole) -> Vec<Contact> {
    let contacts = whole.written("log.contacts").into_iter().map(|contact| Contact {
        id: contact.id(),
        when: contact.moment("when"),
        agency: contact.text("agency"),
    });
    contacts.collect()
}

/// Meetings, with everybody who said something about them.
pub fn meetings(whole: &Whole) -> Vec<Meeting> {
    let mut meetings: Vec<Meeting> = whole
        .records("meetings")
        .into_iter()
        .map(|meeting| {
            let named = |list: &str, field: &'static str| {
                meeting.list(list).into_iter().filter_map(move |record| record.person(field))
            };
            let mut heard: Vec<Someone> = named("agenda", "put-by").collect();
            heard.extend(
                named("round", "said-by")
                    .chain(named("matrix", "whose"))
                    .chain(named("views", "whose"))
                    .chain(named("dissent", "whose")),
            );
            let invited = meeting.list("invites").into_iter().filter_map(|invite| {
                Some(Invited { who: invite.person("who")?, attended: Attended::read(invite.choice("attended")) })
            });
            Meeting { id: meeting.id(), invited: invited.collect(), heard }
        })
        .collect();
    let mut hear = |meeting: Option<ItemId>, who: PersonId| {
        if let Some(meeting) = meetings.iter_mut().find(|known| Some(known.id) == meeting) {
            meeting.heard.push(Someone::Member(who));
        }
    };
    for list in ["before", "dissent", "how-was-it", "co-evaluations"] {
        for (who, said) in whole.said(&format!("meetings-voice.{list}")) {
            hear(said.reference("about"), who);
        }
    }
    meetings
}
