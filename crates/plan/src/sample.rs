//! The sample plans, from files a person can read: an adult with a direct payment, a family, a group of partners. All names
//! are invented.
//!
//! A file says who comes when, what is agreed, and what everyone writes at which moment of the year; whoever plays it
//! (`desk`) brings the keys.

use std::collections::BTreeMap;

use seal::{ItemId, Time};

use crate::{
    document::{Document, WriteError},
    moment::Moment,
    part::{Copies, FieldKind, Holding, Part, Role},
    path::{FieldPath, ListPath},
    value::{BadValue, Value},
};

mod aged;
mod files;
mod grammar;

pub use {aged::aged, files::bytes_of};

/// A sample: who is in it, what they agree, what they write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sample {
    /// The people, in the order of the file: the first founds the plan, and it is theirs.
    pub people: Vec<Person>,
    /// What is decided about the circle over the year.
    pub acts: Vec<Act>,
    /// The parts and voices, in the order of the file.
    pub parts: Vec<SamplePart>,
}

/// Somebody of a sample, with a device of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their name, in the circle and in the file.
    pub name: String,
    /// What they come in as.
    pub role: Role,
    /// Whether the plan is theirs as much as its founder's.
    pub owner: bool,
    /// What they are to whom the plan is about.
    pub relationship: String,
    /// Whom they work for, or nothing.
    pub organisation: String,
    /// When they come.
    pub at: Time,
}

/// Something decided about the circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// When.
    pub at: Time,
    /// By whom.
    pub by: String,
    /// What.
    pub what: What,
}

/// What may be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Somebody may do this with every document of a part.
    Share {
        /// The part.
        part: &'static Part,
        /// Which document of several.
        key: Option<String>,
        /// Who.
        who: String,
        /// What they may.
        access: Holding,
        /// Why.
        why: String,
        /// On what basis.
        basis: String,
        /// Until when, if not for good.
        until: Option<Time>,
    },
    /// Somebody is not to see any document of a part.
    Refuse {
        /// The part.
        part: &'static Part,
        /// Which document of several.
        key: Option<String>,
        /// Who.
        who: String,
        /// Why.
        why: String,
        /// On what basis.
        basis: String,
    },
    /// Somebody goes.
    Remove {
        /// Who.
        who: String,
    },
}

/// One document of a sample plan and what is written in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SamplePart {
    /// Which part.
    pub part: &'static Part,
    /// Which of several: a quarter, a name.
    pub key: Option<String>,
    /// By whose name, if it is a voice or a page of somebody's own.
    pub whose: Option<String>,
    /// What is written, in the order of the file.
    pub bursts: Vec<Burst>,
}

/// What somebody writes in one sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Burst {
    /// Who; `None`: whose page it is, else the first of the people.
    pub by: Option<String>,
    /// When; `None`: right at the beginning.
    pub at: Option<Time>,
    /// What, in order.
    pub writes: Vec<Write>,
}

/// One write. Records have names of their own here (`swim`), which become ids when they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// A record is added to a list of the part, or of the record `inside`.
    Add {
        /// The new record's name.
        item: String,
        /// The list's code.
        list: String,
        /// The record whose list it is, if it is not the part's own.
        inside: Option<String>,
    },
    /// A field is filled in. Of a text only what is different is written anew; files are named as they are called.
    Fill {
        /// The record, if it is not the part itself.
        item: Option<String>,
        /// The field's code.
        field: String,
        /// Text, or a value in the command line's grammar; records and persons are named by their names here.
        value: String,
    },
    /// A record is removed.
    Remove {
        /// Its name.
        item: String,
    },
}

/// Names of the sample's records and their ids, so that one part can refer to another's.
pub type Names = BTreeMap<String, ItemId>;

/// The samples there are, by the names they are asked for.
pub const NAMES: [&str; 3] = ["adult", "family", "coalition"];

/// The sample of this name, if there is one.
pub fn sample(name: &str) -> Option<Sample> {
    let files: &[&str] = match name {
        "adult" => &[
            include_str!("sample/adult.txt"),
            include_str!("sample/adult-more.txt"),
            include_str!("sample/adult-log.txt"),
            include_str!("sample/adult-voices.txt"),
            include_str!("sample/adult-files.txt"),
        ],
        // Its beginning, for whoever lets real devices in.
        "adult-alone" => &[include_str!("sample/adult.txt"), include_str!("sample/adult-more.txt")],
        "family" => &[include_str!("sample/family.txt"), include_str!("sample/family-more.txt")],
        "coalition" => &[include_str!("sample/coalition.txt")],
        // For measures: the adult's, ten years long, with five thousand things that happened in them, typed in a hundred thousand edits.
        "ten-years" => return sample("adult").map(|adult| aged(&adult, 10, 20)),
        _ => return None,
    };
    let mut sample = Sample::default();
    for file in files {
        let read = grammar::read(file);
        let Sample { people, acts, parts } = read.unwrap_or_else(|line| panic!("not in the samples' grammar: {line}"));
        sample.people.extend(people);
        sample.acts.extend(acts);
        sample.parts.extend(parts);
    }
    Some(sample)
}

impl Sample {
    /// An id for every record that is named, made by the caller's dice.
    pub fn name_all(&self, mut fresh: impl FnMut() -> ItemId) -> Names {
        let writes = self.parts.iter().flat_map(|part| &part.bursts).flat_map(|burst| &burst.writes);
        let added = writes.filter_map(|write| match write {
            Write::Add { item, .. } => Some(item),
            Write::Fill { .. } | Write::Remove { .. } => None,
        });
        added.map(|item| (item.clone(), fresh())).collect()
    }
}

impl SamplePart {
    /// The field that tells this document from others of its part, and what it holds.
    pub fn called(&self) -> Option<(&'static str, &str)> {
        let field = match self.part.copies {
            Copies::One | Copies::EachOwner => return None,
            Copies::EachQuarter => "quarter",
            Copies::Named => "name",
        };
        Some((field, self.key.as_deref()?))
    }
}

/// Writes one sitting into an open document. `names` gives ids to records, and `value` may turn a value's text into another
/// first: a person's name into that person's id.
pub fn write(
    document: &mut Document,
    burst: &Burst,
    names: &Names,
    at: Time,
    value: &dyn Fn(FieldKind, &str) -> String,
) -> Result<(), WriteError> {
    let part = document.part();
    let id = |item: &String| names.get(item).copied().ok_or(WriteError::NoItem);
    for write in &burst.writes {
        match write {
            Write::Add { item, list, inside } => {
                let list = ListPath::new(part, inside.as_ref().map(id).transpose()?, list);
                document.add(list.map_err(|_| WriteError::NoField)?, id(item)?, at)?;
            }
            Write::Remove { item } => document.remove(id(item)?)?,
            Write::Fill { item, field, value: text } => {
                let path = FieldPath::new(part, item.as_ref().map(id).transpose()?, field);
                let path = path.map_err(|_| WriteError::NoField)?;
                let kind = kind_of(document, path).ok_or(WriteError::NoField)?;
                if kind.is_text() {
                    replace(document, path, text)?;
                    continue;
                }
                if kind == FieldKind::Files {
                    document.set(path, Some(files::named(text)?))?;
                    continue;
                }
                let text = match kind {
                    FieldKind::Ref(_) | FieldKind::Refs(_) => named(names, text)?,
                    _ => value(kind, text),
                };
                document.set(path, Value::parse(kind, &text)?)?;
            }
        }
    }
    Ok(())
}

/// Writes over what is different in a text, as somebody would who changes some words of it.
fn replace(document: &mut Document, path: FieldPath, text: &str) -> Result<(), WriteError> {
    let (old, new): (Vec<char>, Vec<char>) = (document.text(path).chars().collect(), text.chars().collect());
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let most = old.len().min(new.len()) - same;
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(old, new)| old == new).count();
    let words: String = new[same..new.len() - end].iter().collect();
    document.splice(path, same, old.len() - end - same, &words)
}

fn kind_of(document: &Document, path: FieldPath) -> Option<FieldKind> {
    let list = match path.item() {
        Some(item) => Some(document.list_of(item)?.1),
        None => None,
    };
    path.describe(list).map(|field| field.kind)
}

fn named(names: &Names, text: &str) -> Result<String, BadValue> {
    let ids = text.split(',').map(|name| names.get(name.trim()).ok_or(BadValue::Item));
    Ok(ids.collect::<Result<Vec<_>, _>>()?.into_iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
}

/// The moment a file means by `2026-10-14 17:30`: UTC, as in every signed thing.
fn time(day: &str, clock: &str) -> Option<Time> {
    let moment: Moment = format!("{day}T{clock}Z").parse().ok()?;
    Some(Time(moment.instant() * 60_000))
}
