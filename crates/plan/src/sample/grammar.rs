//! How the files of the samples are read.
//!
//! | line | says |
//! |---|---|
//! | `> NAME \| ROLE \| RELATIONSHIP \| ORGANISATION \| DAY [\| owner]` | somebody comes on that day |
//! | `! DAY \| BY \| share \| PART \| WHO \| view, suggest or edit \| WHY \| BASIS [\| UNTIL]` | a part is shared |
//! | `! DAY \| BY \| refuse \| PART \| WHO \| WHY \| BASIS` | it is decided not to share it |
//! | `! DAY \| BY \| remove \| WHO` | somebody goes |
//! | `[PART]`, `[PART KEY]`, `[PART of NAME]` | what follows is in this document: a quarter's, a named one, NAME's own or NAME's voice |
//! | `@ DAY HH:MM [NAME]` | what follows in this document was written then (UTC), by NAME |
//! | `+ LIST NAME [in RECORD]` | a new record of a list of the part, or inside a record; NAME is its name in the files |
//! | `* NAME`, `*` | back to a record that was named before, or to the part itself |
//! | `- NAME` | that record is removed |
//! | `FIELD = VALUE` | of the record above, or of the part itself; further lines of a text are indented; a file by its name in `files.rs` |

use seal::Time;

use super::{Act, Burst, Person, Sample, SamplePart, What, Write, time};
use crate::{
    part::{Copies, Holding, Part, Role},
    parts::part,
};

/// Reads a file; or gives back the line that fits nothing.
pub(super) fn read(text: &str) -> Result<Sample, String> {
    let mut reader = Reader { sample: Sample::default(), record: None };
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        reader.line(line).ok_or_else(|| line.to_owned())?;
    }
    Ok(reader.sample)
}

struct Reader {
    sample: Sample,
    /// The record that fields belong to.
    record: Option<String>,
}

impl Reader {
    // None for a line that fits nothing.
    fn line(&mut self, line: &str) -> Option<()> {
        if let Some(more) = line.strip_prefix("  ") {
            let Write::Fill { value, .. } = self.burst()?.writes.last_mut()? else { return None };
            value.push('\n');
            value.push_str(more);
        } else if let Some(person) = line.strip_prefix("> ") {
            self.sample.people.push(read_person(person)?);
        } else if let Some(act) = line.strip_prefix("! ") {
            self.sample.acts.push(read_act(act)?);
        } else if let Some(head) = line.strip_prefix('[') {
            self.sample.parts.push(read_head(head.strip_suffix(']')?)?);
            self.record = None;
        } else if let Some(moment) = line.strip_prefix("@ ") {
            let mut words = moment.splitn(3, ' ');
            let at = time(words.next()?, words.next()?)?;
            let burst = Burst { by: words.next().map(str::to_owned), at: Some(at), writes: Vec::new() };
            self.sample.parts.last_mut()?.bursts.push(burst);
            self.record = None;
        } else if let Some(new) = line.strip_prefix("+ ") {
            let (list, item, inside) = match new.split(' ').collect::<Vec<_>>()[..] {
                [list, item] => (list, item, None),
                [list, item, "in", inside] => (list, item, Some(inside.to_owned())),
                _ => return None,
            };
            self.record = Some(item.to_owned());
            let add = Write::Add { item: item.to_owned(), list: list.to_owned(), inside };
            self.burst()?.writes.push(add);
        } else if line == "*" {
            self.record = None;
        } else if let Some(item) = line.strip_prefix("* ") {
            self.record = Some(item.to_owned());
        } else if let Some(item) = line.strip_prefix("- ") {
            self.burst()?.writes.push(Write::Remove { item: item.to_owned() });
        } else {
            let (field, value) = line.split_once(" = ")?;
            let fill = Write::Fill { item: self.record.clone(), field: field.to_owned(), value: value.to_owned() };
            self.burst()?.writes.push(fill);
        }
        Some(())
    }

    /// The sitting that is written in; the first of a document needs no line of its own.
    fn burst(&mut self) -> Option<&mut Burst> {
        let bursts = &mut self.sample.parts.last_mut()?.bursts;
        if bursts.is_empty() {
            bursts.push(Burst { by: None, at: None, writes: Vec::new() });
        }
        bursts.last_mut()
    }
}

fn cells(line: &str) -> Vec<&str> {
    line.split('|').map(str::trim).collect()
}

fn day(text: &str) -> Option<Time> {
    time(text, "10:00")
}

fn read_person(line: &str) -> Option<Person> {
    let (cells, owner) = match cells(line) {
        cells if cells.len() == 5 => (cells, false),
        cells if cells.get(5) == Some(&"owner") => (cells, true),
        _ => return None,
    };
    let [name, role, relationship, organisation, at] = cells[..5] else { return None };
    Some(Person {
        name: name.to_owned(),
        role: Role::from_code(role)?,
        owner,
        relationship: relationship.to_owned(),
        organisation: organisation.to_owned(),
        at: day(at)?,
    })
}

fn read_act(line: &str) -> Option<Act> {
    let cells = cells(line);
    let (at, by, rest) = (day(cells.first()?)?, (*cells.get(1)?).to_owned(), cells.get(2..)?);
    let what = match rest {
        ["share", part, who, access, why, basis, until @ ..] if until.len() < 2 => {
            let (part, key) = read_part(part)?;
            let access = match *access {
                "view" => Holding::View,
                "suggest" => Holding::Suggest,
                "edit" => Holding::Edit,
                _ => return None,
            };
            let until = match until.first() {
                Some(until) => Some(day(until)?),
                None => None,
            };
            let (why, basis) = ((*why).to_owned(), (*basis).to_owned());
            What::Share { part, key, who: (*who).to_owned(), access, why, basis, until }
        }
        ["refuse", part, who, why, basis] => {
            let (part, key) = read_part(part)?;
            What::Refuse { part, key, who: (*who).to_owned(), why: (*why).to_owned(), basis: (*basis).to_owned() }
        }
        ["remove", who] => What::Remove { who: (*who).to_owned() },
        _ => return None,
    };
    Some(Act { at, by, what })
}

// "goals", "log 2026-4".
fn read_part(text: &str) -> Option<(&'static Part, Option<String>)> {
    let (code, key) = text.split_once(' ').map_or((text, None), |(code, key)| (code, Some(key.to_owned())));
    Some((part(code)?, key))
}

fn read_head(head: &str) -> Option<SamplePart> {
    let (head, whose) = head.split_once(" of ").map_or((head, None), |(head, whose)| (head, Some(whose.to_owned())));
    let (part, key) = read_part(head)?;
    // A voice is somebody's; a page of one's own as well. Of several documents it has to be said which.
    let owned = part.is_voice() || part.copies == Copies::EachOwner;
    let keyed = matches!(part.copies, Copies::EachQuarter | Copies::Named);
    let fits = owned == whose.is_some() && (part.is_voice() || keyed == key.is_some());
    fits.then(|| SamplePart { part, key, whose, bursts: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_fits_nothing_is_given_back() {
        for line in [
            "> Amina | person | herself",
            "> Amina | queen | herself | | 2025-11-24",
            "! 2026-01-01 | Amina | share | goals | Ben | rule | why | basis",
            "[weather]",
            "[goals of Amina]",
            "[goals-voice]",
            "[log]",
            "+ goals swim",
            "title = A plan",
        ] {
            assert_eq!(read(line), Err(line.to_owned()));
        }
        for rest in ["@ yesterday 10:00", "+ goals", "+ goals swim inside more", "words", "  more"] {
            assert_eq!(read(&format!("[goals]\n{rest}")), Err(rest.to_owned()));
        }
    }

    #[test]
    fn a_sitting_has_its_writer_and_its_hour() {
        let sample =
            read("[goals]\n+ goals swim\n@ 2026-01-02 10:30 Ms Adeyemi\n* swim\nwords = Swim\n  often").unwrap();
        let [first, second] = &sample.parts[0].bursts[..] else { panic!("two sittings") };
        assert_eq!((first.at, first.by.as_deref()), (None, None));
        assert_eq!((second.at, second.by.as_deref()), (Some(Time(1_767_349_800_000)), Some("Ms Adeyemi")));
        let fill = Write::Fill { item: Some("swim".into()), field: "words".into(), value: "Swim\noften".into() };
        assert_eq!(second.writes, [fill]);
    }
}
