//! What a field holds besides shared text, how it is written on the command line, and who wrote it where two did.

use std::{collections::BTreeSet, fmt, str::FromStr};

use seal::{ChainId, ItemId, PersonId};

use crate::{
    amount::{Money, Quantity},
    attachment::Attachment,
    date::Date,
    limits::LINE_CHARS,
    moment::Moment,
    names::clean,
    part::FieldKind,
};

/// A text or value that a field cannot hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadValue {
    /// No day of the calendar; dates are written 2027-03-01.
    #[error("not a date")]
    Date,
    /// No minute of a day at a place; moments are written 2026-10-14T16:40+01:00.
    #[error("not a date and time")]
    Moment,
    /// Not a number with at most two decimals.
    #[error("not a quantity")]
    Quantity,
    /// Not an amount with at most two decimals.
    #[error("not an amount of money")]
    Money,
    /// Not one of the field's choices.
    #[error("not one of the choices")]
    Choice,
    /// Not a whole number, or outside the scale.
    #[error("not on the scale")]
    Scale,
    /// Neither yes nor no.
    #[error("neither yes nor no")]
    YesNo,
    /// Neither a person's id nor a name.
    #[error("not a person")]
    Person,
    /// Not ids of records.
    #[error("not the id of an item")]
    Item,
    /// Not a file's id, kind, length and name.
    #[error("not a file")]
    File,
    /// A file with more bytes than one may have.
    #[error("too large a file")]
    TooLarge,
    /// Longer than a line may be.
    #[error("too long for one line")]
    TooLong,
    /// Of another kind than the field, or set where text is spliced.
    #[error("of another kind")]
    Kind,
}

/// A person a field names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Someone {
    /// A person of the circle.
    Member(PersonId),
    /// Somebody who is not in the circle, by name.
    Named(String),
}

impl fmt::Display for Someone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Someone::Member(person) => person.fmt(f),
            Someone::Named(name) => f.write_str(name),
        }
    }
}

impl FromStr for Someone {
    type Err = BadValue;

    /// An id is a member; any other text is a name, cleaned. Whether a name belongs to a member is for the caller, who
    /// knows the circle, to say first.
    fn from_str(text: &str) -> Result<Someone, BadValue> {
        if let Ok(person) = text.trim().parse() {
            return Ok(Someone::Member(person));
        }
        // A comma separates persons in a list.
        let name = line(text)?;
        if name.is_empty() || name.contains(',') {
            return Err(BadValue::Person);
        }
        Ok(Someone::Named(name))
    }
}

/// What a field holds, except shared text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A short text, cleaned.
    Line(String),
    /// A day.
    Date(Date),
    /// A minute of a day at a place.
    Moment(Moment),
    /// An amount.
    Money(Money),
    /// How many.
    Quantity(Quantity),
    /// One of the field's choices. Kept as written, so that a choice of a newer version is shown and not lost.
    Choice(String),
    /// Some of the field's choices, kept as written.
    Choices(BTreeSet<String>),
    /// A number on the field's scale.
    Scale(i64),
    /// Yes or no.
    YesNo(bool),
    /// One person.
    Person(Someone),
    /// Persons.
    People(BTreeSet<Someone>),
    /// One record.
    Ref(ItemId),
    /// Records.
    Refs(BTreeSet<ItemId>),
    /// Attached files.
    Files(BTreeSet<Attachment>),
}

impl Value {
    /// Reads a value as the command line writes it. Empty text clears the field: `None`.
    pub fn parse(kind: FieldKind, text: &str) -> Result<Option<Value>, BadValue> {
        if text.is_empty() {
            return Ok(None);
        }
        let each = || text.split(',').map(str::trim).filter(|one| !one.is_empty());
        let value = match kind {
            FieldKind::Text => return Err(BadValue::Kind),
            FieldKind::Line => Value::Line(line(text)?),
            FieldKind::Date => Value::Date(text.trim().parse().map_err(|_| BadValue::Date)?),
            FieldKind::Moment => Value::Moment(text.trim().parse().map_err(|_| BadValue::Moment)?),
            FieldKind::Money => Value::Money(text.trim().parse()?),
            FieldKind::Quantity => Value::Quantity(text.trim().parse()?),
            FieldKind::Choice(_) => Value::Choice(text.trim().to_owned()),
            FieldKind::Choices(_) => Value::Choices(each().map(str::to_owned).collect()),
            FieldKind::Scale(..) => Value::Scale(text.trim().parse().map_err(|_| BadValue::Scale)?),
            FieldKind::YesNo => match text.trim() {
                "yes" => Value::YesNo(true),
                "no" => Value::YesNo(false),
                _ => return Err(BadValue::YesNo),
            },
            FieldKind::Person => Value::Person(text.parse()?),
            FieldKind::People => Value::People(each().map(str::parse).collect::<Result<_, _>>()?),
            FieldKind::Ref(_) => Value::Ref(text.trim().parse().map_err(|_| BadValue::Item)?),
            FieldKind::Files => Value::Files(each().map(str::parse).collect::<Result<_, _>>()?),
            FieldKind::Refs(_) => {
                Value::Refs(each().map(|one| one.parse().map_err(|_| BadValue::Item)).collect::<Result<_, _>>()?)
            }
        };
        value.fit(kind).map(Some)
    }

    /// The value as `kind` holds it: cleaned, in bounds, of its choices; or why not.
    pub fn fit(self, kind: FieldKind) -> Result<Value, BadValue> {
        match (kind, self) {
            (FieldKind::Line, Value::Line(text)) => line(&text).map(Value::Line),
            (FieldKind::Choice(choices), Value::Choice(choice)) => {
                if choices.contains(&choice.as_str()) {
                    Ok(Value::Choice(choice))
                } else {
                    Err(BadValue::Choice)
                }
            }
            (FieldKind::Choices(choices), Value::Choices(chosen)) => {
                if chosen.iter().all(|choice| choices.contains(&choice.as_str())) {
                    Ok(Value::Choices(chosen))
                } else {
                    Err(BadValue::Choice)
                }
            }
            (FieldKind::Files, Value::Files(files)) => {
                files.into_iter().map(Attachment::fit).collect::<Result<_, _>>().map(Value::Files)
            }
            (FieldKind::Scale(low, high), Value::Scale(number)) => {
                if (low..=high).contains(&number) {
                    Ok(Value::Scale(number))
                } else {
                    Err(BadValue::Scale)
                }
            }
            (FieldKind::Person, Value::Person(someone)) => someone.fit().map(Value::Person),
            (FieldKind::People, Value::People(people)) => {
                people.into_iter().map(Someone::fit).collect::<Result<_, _>>().map(Value::People)
            }
            (FieldKind::Date, value @ Value::Date(_))
            | (FieldKind::Moment, value @ Value::Moment(_))
            | (FieldKind::Money, value @ Value::Money(_))
            | (FieldKind::Quantity, value @ Value::Quantity(_))
            | (FieldKind::Ref(_), value @ Value::Ref(_))
            | (FieldKind::YesNo, value @ Value::YesNo(_))
            | (FieldKind::Refs(_), value @ Value::Refs(_)) => Ok(value),
            _ => Err(BadValue::Kind),
        }
    }
}

impl Someone {
    fn fit(self) -> Result<Someone, BadValue> {
        match self {
            Someone::Member(person) => Ok(Someone::Member(person)),
            Someone::Named(name) => name.parse(),
        }
    }
}

fn line(text: &str) -> Result<String, BadValue> {
    let line = clean(text);
    if line.chars().count() > LINE_CHARS { Err(BadValue::TooLong) } else { Ok(line) }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Line(text) | Value::Choice(text) => f.write_str(text),
            Value::Date(date) => date.fmt(f),
            Value::Moment(moment) => moment.fmt(f),
            Value::Money(money) => money.fmt(f),
            Value::Quantity(quantity) => quantity.fmt(f),
            Value::Choices(choices) => joined(f, choices),
            Value::Ref(item) => item.fmt(f),
            Value::Files(files) => joined(f, files),
            Value::Scale(number) => number.fmt(f),
            Value::YesNo(yes) => f.write_str(if *yes { "yes" } else { "no" }),
            Value::Person(someone) => someone.fmt(f),
            Value::People(people) => joined(f, people),
            Value::Refs(items) => joined(f, items),
        }
    }
}

fn joined<T: fmt::Display>(f: &mut fmt::Formatter<'_>, all: &BTreeSet<T>) -> fmt::Result {
    for (at, one) in all.iter().enumerate() {
        write!(f, "{}{one}", if at == 0 { "" } else { "," })?;
    }
    Ok(())
}

/// What a field shows: nothing, one value, or several that were written apart, each with the chain that wrote it.
/// The first is the same on every device.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// All values, the one that goes first at the front. A set shows as one value, by the chain that wrote it last.
    pub values: Vec<(Value, ChainId)>,
}

impl Shown {
    /// The value that goes first.
    pub fn value(&self) -> Option<&Value> {
        self.values.first().map(|(value, _)| value)
    }

    /// Whether people wrote different things at the same time and nobody has chosen yet.
    pub fn is_conflict(&self) -> bool {
        self.values.windows(2).any(|pair| pair[0].0 != pair[1].0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_field_cannot_hold_is_refused_with_its_reason() {
        let bad = |kind, text: &str| Value::parse(kind, text).unwrap_err();
        assert_eq!(bad(FieldKind::Date, "2027-02-30"), BadValue::Date);
        assert_eq!(bad(FieldKind::Choice(&["not-yet"]), "notyet"), BadValue::Choice);
        assert_eq!(bad(FieldKind::Scale(1, 10), "11"), BadValue::Scale);
        assert_eq!(bad(FieldKind::YesNo, "perhaps"), BadValue::YesNo);
        assert_eq!(bad(FieldKind::Refs(&["goals"]), "tulip"), BadValue::Item);
        assert_eq!(bad(FieldKind::Ref(&["goals"]), "tulip"), BadValue::Item);
        assert_eq!(bad(FieldKind::Moment, "2026-10-14 16:40"), BadValue::Moment);
        assert_eq!(bad(FieldKind::Quantity, "1.255"), BadValue::Quantity);
        assert_eq!(bad(FieldKind::Choices(&["day", "night"]), "day, noon"), BadValue::Choice);
        assert_eq!(bad(FieldKind::Files, "tulip.jpg"), BadValue::File);
        assert_eq!(bad(FieldKind::Line, &"x".repeat(LINE_CHARS + 1)), BadValue::TooLong);
        assert_eq!(bad(FieldKind::Text, "x"), BadValue::Kind);
        assert_eq!(Value::parse(FieldKind::Line, ""), Ok(None));
    }

    #[test]
    fn a_value_reads_back_from_its_text() {
        for (kind, text) in [
            (FieldKind::Date, "2027-03-01"),
            (FieldKind::Money, "16640.00"),
            (FieldKind::Choice(&["not-yet"]), "not-yet"),
            (FieldKind::Scale(-2, 2), "-1"),
            (FieldKind::YesNo, "no"),
            (FieldKind::Moment, "2026-10-14T16:40+01:00"),
            (FieldKind::Quantity, "13.5"),
            (FieldKind::Choices(&["day", "night"]), "day,night"),
            (FieldKind::Ref(&["goals"]), "amaqcaibaeaqcaibaeaqcaibae"),
            (FieldKind::People, "Ben,Hodan"),
            (FieldKind::Person, "Priya Nair"),
        ] {
            let value = Value::parse(kind, text).unwrap().unwrap();
            assert_eq!(value.to_string(), text);
        }
    }
}
