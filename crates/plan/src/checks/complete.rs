//! What a template would like to find in a plan, and what of it is there. It is asked for, never demanded.

use std::collections::BTreeSet;

use seal::ItemId;

use super::needs::is_accepted;
use crate::{
    part::FieldKind,
    path::FieldPath,
    template::{Template, Wanted},
    value::Value,
    views::{self, ActionStatus, GoalStatus, NeedStatus},
    whole::Whole,
};

/// How one thing that a template asks for stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// There.
    There,
    /// Not written yet.
    Missing,
    /// In a part this device does not hold, so it cannot say.
    Elsewhere,
}

/// Everything a template asks for, in its order, each with its label.
pub fn complete(template: &Template, whole: &Whole) -> Vec<(&'static str, Found)> {
    template.asks.iter().map(|ask| (ask.label, found(ask.wanted, whole))).collect()
}

fn found(wanted: Wanted, whole: &Whole) -> Found {
    let held = |code: &str| whole.part(code).is_some();
    let said = |is: bool| if is { Found::There } else { Found::Missing };
    match wanted {
        Wanted::Field(path) => {
            let path: FieldPath = path.parse().expect("a field that is described");
            let Some(part) = whole.part(path.part().code) else { return Found::Elsewhere };
            let text = path.describe(None).is_some_and(|field| field.kind.is_text());
            said(if text { !part.text(path).trim().is_empty() } else { is_filled(part.value(path).as_ref()) })
        }
        Wanted::Item(list) => {
            if !held(part_of(list)) {
                return Found::Elsewhere;
            }
            said(!whole.written(list).is_empty())
        }
        Wanted::Each(list, field) => {
            if !held(part_of(list)) {
                return Found::Elsewhere;
            }
            let records = whole.written(list);
            let described = list.parse::<crate::path::ListPath>().expect("a list that is described").describe();
            let kind = described.field(field).map(|field| field.kind);
            let filled = |record: &crate::whole::Record| match kind {
                Some(FieldKind::Text) => !record.text(field).is_empty(),
                _ => is_filled(record.value(field).as_ref()),
            };
            said(!records.is_empty() && records.iter().all(filled))
        }
        Wanted::Any(all) => {
            let all: Vec<Found> = all.iter().map(|one| found(*one, whole)).collect();
            if all.contains(&Found::There) {
                Found::There
            } else if all.contains(&Found::Elsewhere) {
                Found::Elsewhere
            } else {
                Found::Missing
            }
        }
        Wanted::NeedsMet => needs_met(whole),
        Wanted::WishesServed => wishes_served(whole),
        Wanted::Agreed => {
            let voices = whole.said("agreement-voice.agreements");
            let own = voices.iter().filter_map(|(_, said)| said.choice("answer"));
            let recorded = whole.records("agreement.recorded");
            let mut answers = own.chain(recorded.iter().filter_map(|said| said.choice("answer")));
            if answers.any(|answer| answer == "yes" || answer == "yes-but") {
                Found::There
            } else {
                said_or_elsewhere(whole, &["agreement"])
            }
        }
    }
}

// What is not there may be in a part that is not at hand.
fn said_or_elsewhere(whole: &Whole, parts: &[&str]) -> Found {
    if parts.iter().all(|part| whole.part(part).is_some()) { Found::Missing } else { Found::Elsewhere }
}

fn needs_met(whole: &Whole) -> Found {
    if whole.part("needs").is_none() {
        return Found::Elsewhere;
    }
    // Who has left is not known here; whether somebody has a need now is for `needs::held` to say.
    let gone = BTreeSet::new();
    let acted = |action: &views::Action| is_accepted(action, &gone) || action.stands() == Some(ActionStatus::Done);
    let mut met: BTreeSet<ItemId> = BTreeSet::new();
    met.extend(views::actions(whole).into_iter().filter(acted).flat_map(|action| action.helps));
    let agreed = |support: &crate::whole::Record| {
        support.choice("status").is_some_and(|status| status == "agreed" || status == "started")
    };
    met.extend(whole.written("supports").iter().filter(|one| agreed(one)).flat_map(|one| one.references("for")));
    // Help with a wish is help with the needs the wish belongs to.
    for goal in whole.written("goals") {
        if met.contains(&goal.id()) {
            met.extend(goal.references("needs"));
        }
    }
    let eligible = |need: &crate::whole::Record| need.choice("eligible").is_none_or(|answer| answer != "no");
    let open = |need: &crate::whole::Record| NeedStatus::read(need.choice("status")) != Some(NeedStatus::Closed);
    let needs = whole.written("needs");
    let mut open = needs.iter().filter(|need| eligible(need) && open(need)).peekable();
    if open.peek().is_some() && open.all(|need| met.contains(&need.id())) {
        return Found::There;
    }
    if needs.is_empty() { Found::Missing } else { said_or_elsewhere(whole, &["actions", "supports"]) }
}

fn wishes_served(whole: &Whole) -> Found {
    if whole.part("goals").is_none() {
        return Found::Elsewhere;
    }
    let mut served: BTreeSet<ItemId> = BTreeSet::new();
    for list in ["actions", "supports"] {
        served.extend(whole.written(list).iter().flat_map(|one| one.references("for")));
    }
    let wishes = whole.written("goals");
    let kept = |wish: &&crate::whole::Record| GoalStatus::read(wish.choice("status")) != Some(GoalStatus::LetGo);
    let mut kept = wishes.iter().filter(kept).peekable();
    if kept.peek().is_none() {
        return Found::Missing;
    }
    if kept.all(|wish| served.contains(&wish.id()) || !wish.references("needs").is_empty()) {
        Found::There
    } else {
        said_or_elsewhere(whole, &["actions", "supports"])
    }
}

fn part_of(list: &str) -> &str {
    list.split_once('.').map_or(list, |(part, _)| part)
}

fn is_filled(value: Option<&Value>) -> bool {
    match value {
        None => false,
        // To have written down that nobody said is not to have said.
        Some(Value::Choice(code)) => code != "not-said",
        Some(Value::Line(text)) => !text.trim().is_empty(),
        Some(Value::People(people)) => !people.is_empty(),
        Some(Value::Refs(items)) => !items.is_empty(),
        Some(Value::Choices(choices)) => !choices.is_empty(),
        Some(Value::Files(files)) => !files.is_empty(),
        Some(
            Value::Date(_)
            | Value::Moment(_)
            | Value::Money(_)
            | Value::Quantity(_)
            | Value::Scale(_)
            | Value::YesNo(_)
            | Value::Person(_)
            | Value::Ref(_),
        ) => true,
    }
}

#[cfg(test)]
mod tests;
