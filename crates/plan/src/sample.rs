//! The sample plan, from a file a person can read: Amina's, an adult with a direct payment. All names are invented.

use std::collections::BTreeMap;

use seal::{ItemId, Time};

use crate::{
    document::{Document, WriteError},
    part::{FieldKind, Part},
    parts::part,
    path::{FieldPath, ListPath},
    value::{BadValue, Value},
};

/// One part of a sample plan and what is written in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SamplePart {
    /// Which part.
    pub part: &'static Part,
    /// By whose name, if it is a voice.
    pub whose: Option<String>,
    /// What is written, in order.
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
    /// A field is filled in.
    Fill {
        /// The record, if it is not the part itself.
        item: Option<String>,
        /// The field's code.
        field: String,
        /// Text, or a value in the command line's grammar; records and persons are named by their names here.
        value: String,
    },
}

/// Names of the sample's records and the ids they got, so that one part can refer to another's.
pub type Names = BTreeMap<String, ItemId>;

/// Amina's plan. The parts that every plan begins with come first.
pub fn adult() -> Vec<SamplePart> {
    let files = [include_str!("sample/adult.txt"), include_str!("sample/adult-more.txt")];
    let parts = files.map(|file| read(file).expect("the sample is written in its own grammar, see the test"));
    parts.concat()
}

/// Writes a sample's part into an open document. `names` carries ids from part to part, `fresh` makes them, and `value`
/// may turn a value's text into another first: a person's name into that person's id.
pub fn write(
    document: &mut Document,
    sample: &SamplePart,
    names: &mut Names,
    at: Time,
    fresh: &mut dyn FnMut() -> ItemId,
    value: &dyn Fn(FieldKind, &str) -> String,
) -> Result<(), WriteError> {
    for write in &sample.writes {
        match write {
            Write::Add { item, list, inside } => {
                let inside = inside.as_ref().map(|inside| names.get(inside).copied().ok_or(WriteError::NoItem));
                let list = ListPath::new(sample.part, inside.transpose()?, list).map_err(|_| WriteError::NoField)?;
                let id = fresh();
                document.add(list, id, at)?;
                names.insert(item.clone(), id);
            }
            Write::Fill { item, field, value: text } => {
                let item = item.as_ref().map(|item| names.get(item).copied().ok_or(WriteError::NoItem)).transpose()?;
                let path = FieldPath::new(sample.part, item, field).map_err(|_| WriteError::NoField)?;
                let kind = kind_of(document, path).ok_or(WriteError::NoField)?;
                if kind.is_text() {
                    document.splice(path, 0, document.text_len(path), text)?;
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

// None for a line that fits nothing.
fn read(text: &str) -> Option<Vec<SamplePart>> {
    let mut parts: Vec<SamplePart> = Vec::new();
    let mut record: Option<String> = None;
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if let Some(code) = line.strip_prefix('[') {
            let code = code.strip_suffix(']')?;
            let (code, whose) = code.split_once(" of ").map_or((code, None), |(code, whose)| (code, Some(whose)));
            let part = part(code).filter(|part| part.is_voice() == whose.is_some())?;
            parts.push(SamplePart { part, whose: whose.map(str::to_owned), writes: Vec::new() });
            record = None;
            continue;
        }
        let writes = &mut parts.last_mut()?.writes;
        if let Some(more) = line.strip_prefix("  ") {
            let Write::Fill { value, .. } = writes.last_mut()? else { return None };
            value.push('\n');
            value.push_str(more);
        } else if let Some(new) = line.strip_prefix("+ ") {
            let (list, item, inside) = match new.split(' ').collect::<Vec<_>>()[..] {
                [list, item] => (list, item, None),
                [list, item, "in", inside] => (list, item, Some(inside.to_owned())),
                _ => return None,
            };
            record = Some(item.to_owned());
            writes.push(Write::Add { item: item.to_owned(), list: list.to_owned(), inside });
        } else {
            let (field, value) = line.split_once(" = ")?;
            writes.push(Write::Fill { item: record.clone(), field: field.to_owned(), value: value.to_owned() });
        }
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use seal::{ChainId, DocId};

    use super::*;

    #[test]
    fn aminas_plan_can_be_written_and_says_what_it_should() {
        let mut names = Names::new();
        let mut next = 0;
        let mut fresh = || {
            next += 1;
            ItemId::new([next; 16])
        };
        let mut documents = Vec::new();
        for sample in adult() {
            let (mut document, _) = Document::create(sample.part, DocId::new([9; 32]), ChainId::new([1; 16]), Time(0));
            write(&mut document, &sample, &mut names, Time(7), &mut fresh, &|_, text| text.to_owned()).unwrap();
            documents.push(document);
        }
        let [cover, about_me, goals, actions, ..] = &documents[..] else { panic!("four parts and more") };
        let field = |text: &str| text.parse::<FieldPath>().unwrap();
        assert_eq!(cover.value(field("cover.title")).value(), Some(&Value::Line("Amina's plan".into())));
        for heading in ["important", "people", "communication", "wellness", "please", "support", "also"] {
            assert!(about_me.text_len(field(&format!("about-me.{heading}"))) > 80, "{heading}");
        }
        assert_eq!(goals.items("goals".parse().unwrap()).len(), 4);
        let swim = format!("goals/{}", names["swim"]);
        assert_eq!(goals.text(field(&format!("{swim}.words"))), "I want to swim once a week");
        assert_eq!(goals.value(field(&format!("{swim}.status"))).value(), Some(&Value::Choice("not-yet".into())));
        assert_eq!(goals.items(format!("{swim}.stages").parse().unwrap()).len(), 2);
        assert_eq!(actions.items("actions".parse().unwrap()).len(), 5);
        let travel = actions.value(field(&format!("actions/{}.for", names["travel"])));
        assert_eq!(travel.value(), Some(&Value::Refs([names["bus"], names["swim"]].into())));
    }
}
