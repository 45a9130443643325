//! Who usually holds what. The document is what is enforced: Edit, Suggest, View; what a screen offers within it is finer.

use crate::part::{
    Holding::{self, Edit, Suggest, View},
    Role,
};

type Holdings = &'static [(Role, Holding)];

/// Theirs: the person and who decides for them by law write, family carers and the lead propose, the circle sees.
pub(super) const THEIRS: Holdings = &[
    (Role::Person, Edit),
    (Role::Representative, Edit),
    (Role::Carer, Suggest),
    (Role::Lead, Suggest),
    (Role::Family, View),
    (Role::Supporter, View),
    (Role::Worker, View),
    (Role::Advocate, View),
    (Role::Guest, View),
];

/// Theirs, and everybody else may propose.
pub(super) const PROPOSED: Holdings = &[
    (Role::Person, Edit),
    (Role::Representative, Edit),
    (Role::Carer, Suggest),
    (Role::Family, Suggest),
    (Role::Supporter, Suggest),
    (Role::Worker, Suggest),
    (Role::Lead, Suggest),
    (Role::Advocate, Suggest),
    (Role::Guest, View),
];

/// Written with help: others write here only as "helped by", which takes Edit; workers of services offer.
pub(super) const HELPED: Holdings = &[
    (Role::Person, Edit),
    (Role::Carer, Edit),
    (Role::Family, Edit),
    (Role::Supporter, Edit),
    (Role::Lead, Edit),
    (Role::Advocate, Edit),
    (Role::Representative, Edit),
    (Role::Worker, Suggest),
    (Role::Guest, View),
];

/// Wishes: those who write the plan together with the person hold Edit, the rest propose.
pub(super) const WISHES: Holdings = &[
    (Role::Person, Edit),
    (Role::Carer, Edit),
    (Role::Lead, Edit),
    (Role::Representative, Edit),
    (Role::Advocate, Suggest),
    (Role::Supporter, Suggest),
    (Role::Worker, Suggest),
];

/// Written by all who hold the plan.
pub(super) const TOGETHER: Holdings = &[
    (Role::Person, Edit),
    (Role::Carer, Edit),
    (Role::Supporter, Edit),
    (Role::Worker, Edit),
    (Role::Lead, Edit),
    (Role::Advocate, Edit),
    (Role::Representative, Edit),
];

/// Written by all, seen by the whole circle.
pub(super) const EVERYBODY: Holdings = &[
    (Role::Person, Edit),
    (Role::Carer, Edit),
    (Role::Family, Edit),
    (Role::Supporter, Edit),
    (Role::Worker, Edit),
    (Role::Lead, Edit),
    (Role::Advocate, Edit),
    (Role::Representative, Edit),
    (Role::Guest, View),
];

/// Written by who cares day by day, seen by the circle.
pub(super) const DAY_BY_DAY: Holdings = &[
    (Role::Person, Edit),
    (Role::Carer, Edit),
    (Role::Supporter, Edit),
    (Role::Worker, Edit),
    (Role::Lead, Edit),
    (Role::Representative, Edit),
    (Role::Advocate, Suggest),
    (Role::Family, View),
    (Role::Guest, View),
];

/// Facts about deciding: the person, who speaks up with them and who decides by law; workers add facts.
pub(super) const DECIDING: Holdings = &[
    (Role::Person, Edit),
    (Role::Advocate, Edit),
    (Role::Representative, Edit),
    (Role::Lead, Edit),
    (Role::Worker, Suggest),
    (Role::Carer, Suggest),
    (Role::Supporter, View),
];

/// The log: who is with the person from day to day.
pub(super) const LOG: Holdings = &[
    (Role::Person, Edit),
    (Role::Carer, Edit),
    (Role::Supporter, Edit),
    (Role::Worker, Edit),
    (Role::Lead, Edit),
    (Role::Representative, Edit),
];

/// Money: the person and who manages it; the main contact sees it if that was agreed, so not from the start.
pub(super) const MONEY: Holdings = &[(Role::Person, Edit), (Role::Representative, Edit)];

/// Named people only, beside the person and who decides for them by law.
pub(super) const NAMED: Holdings = &[(Role::Person, Edit), (Role::Representative, Edit)];

/// The person alone, until they choose.
pub(super) const PERSON: Holdings = &[(Role::Person, Edit)];

/// The person and family carers, until the person chooses.
pub(super) const AT_HOME: Holdings = &[(Role::Person, Edit), (Role::Carer, Edit), (Role::Representative, Edit)];

/// Who shares what: the person and who decides by law write, all who hold the plan see.
pub(super) const SHARING: Holdings = &[
    (Role::Person, Edit),
    (Role::Representative, Edit),
    (Role::Lead, Suggest),
    (Role::Carer, View),
    (Role::Family, View),
    (Role::Supporter, View),
    (Role::Worker, View),
    (Role::Advocate, View),
];

/// Nobody but who opened it.
pub(super) const NOBODY: Holdings = &[];

/// A group's plan: its partners.
pub(super) const PARTNERS: Holdings = &[
    (Role::Person, Edit),
    (Role::Carer, Edit),
    (Role::Family, Edit),
    (Role::Supporter, Edit),
    (Role::Worker, Edit),
    (Role::Lead, Edit),
    (Role::Advocate, Edit),
    (Role::Representative, Edit),
];
