//! A part in Easy Read: one sentence a row, beside each a place for a picture, and headings between.
//!
//! It says what the page says, and everything of it. It writes nothing anew: a long sentence stays, and is known to be long.

use maud::html as page;
use words::Say;

use crate::{
    said::{Labels, filled, is_heading, named, value},
    view::{Also, Field, FileRef, Item, List, PartView, PlanView, Value},
};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Who speaks, or a list of several.
    Heading(String),
    /// What the rows below are about.
    About(String),
    /// One sentence.
    Sentence {
        /// Its words.
        words: String,
        /// What stands beside it.
        slot: Slot,
        /// Whether it is long.
        length: Length,
    },
}

/// What stands to the left of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// A picture that was attached to what is said there, by its id in full and its name.
    Picture(String, String),
    /// Somebody, by name.
    Person(String),
    /// A day.
    Day,
    /// An amount of money.
    Money,
    /// A yes, or a choice.
    Choice,
    /// Words.
    Words,
}

/// How long a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Easy to read in one go.
    Fine,
    /// Two sentences would be easier.
    Long,
}

/// The rows of a part of a plan, with what everybody says about it below.
pub fn easy(plan: &PlanView, part: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let is_asked = |view: &&PartView| view.kind == part || view.kind.strip_suffix(plan::VOICE) == Some(part);
    // What stands above all of it already is not said again.
    let above = plan::part(part).map_or_else(|| part.to_owned(), |part| plan.label(part.label));
    for view in plan.parts.iter().filter(is_asked) {
        let before = rows.len();
        let labels = Labels::of_part(plan::part(&view.kind), plan);
        let mut reading = Reading { plan, rows: &mut rows };
        reading.fields(&view.fields, &view.also, &labels);
        let several = view.lists.iter().filter(|list| !list.items.is_empty()).count() > 1;
        for list in &view.lists {
            reading.list(list, several, &labels);
        }
        if rows.len() > before && view.heading(plan) != above {
            rows.insert(before, Row::Heading(view.heading(plan)));
        }
    }
    rows
}

/// What paper needs for it: large words, one sentence a row, beside each a frame as large as a stamp.
const STYLE: &str = "
body { font-size: 1.35rem; line-height: 1.5; }
.easy { display: grid; grid-template-columns: 6rem 1fr; gap: 1.25rem; align-items: center; margin: 1rem 0; break-inside: avoid; }
.easy p { margin: 0; }
.slot { width: 5.5rem; height: 5.5rem; border: 2px solid #8a8273; border-radius: .75rem; display: flex; align-items: center;
  justify-content: center; text-align: center; overflow: hidden; color: #14605b; font-size: 2rem; }
.slot.named { font-size: .8rem; }
@media print { body { font-size: 16pt; } }
";

/// The same rows on paper. A frame that has no picture in it is there to draw one.
pub fn easy_html(plan: &PlanView, part: &str, when: &str) -> String {
    let title = plan::part(part).map_or_else(|| part.to_owned(), |part| plan.label(part.label));
    let rows = easy(plan, part);
    let main = page! {
        @if rows.is_empty() { p { (words::text("common-nothing-written")) } }
        @for row in &rows {
            @match row {
                Row::Heading(words) => h2 { (words) },
                Row::About(words) => h3 { (words) },
                Row::Sentence { words, slot, .. } => div.easy { (frame(slot)) p { (words) } },
            }
        }
    };
    crate::html::whole((&title, STYLE), &plan.title, when, &main)
}

/// What stands in the frame to the left.
fn frame(slot: &Slot) -> maud::Markup {
    let sign = |sign: &str| page! { div.slot aria-hidden="true" { (sign) } };
    match slot {
        Slot::Picture(_, name) => page! { div.slot.named { (name) } },
        Slot::Person(name) => sign(&name.chars().next().map(String::from).unwrap_or_default()),
        Slot::Choice => sign("✓"),
        Slot::Money => sign("£"),
        Slot::Day => sign("📅"),
        Slot::Words => sign(""),
    }
}

struct Reading<'a> {
    plan: &'a PlanView,
    rows: &'a mut Vec<Row>,
}

impl Reading<'_> {
    /// Fields of the part itself: each long text has its name above.
    fn fields(&mut self, fields: &[Field], also: &[Also], labels: &Labels<'_>) {
        for field in filled(fields) {
            let picture = match &field.value {
                // A picture that is attached to a text stands beside that.
                value if is_one_picture(value) && text_of(fields, &field.code).is_some() => continue,
                Value::Files(files) => picture(files),
                _ => pictures_of(fields, &field.code).and_then(picture),
            };
            self.field(field, picture, labels);
            self.others(&field.code, also, labels);
        }
    }

    fn field(&mut self, field: &Field, picture: Option<Slot>, labels: &Labels<'_>) {
        let said = value(&field.value, &field.code, labels, self.plan);
        if let Value::Text(_) = field.value {
            self.rows.push(Row::About(labels.field(&field.code)));
            return self.sentences(&said, &picture.unwrap_or(Slot::Words));
        }
        let slot = picture.unwrap_or_else(|| slot(&field.value));
        self.sentence(format!("{}: {said}", labels.field(&field.code)), slot);
    }

    fn list(&mut self, list: &List, several: bool, labels: &Labels<'_>) {
        if list.items.is_empty() {
            return;
        }
        if several {
            self.rows.push(Row::Heading(labels.list(&list.code)));
        }
        let labels = labels.inside(&list.code);
        for item in &list.items {
            self.item(item, &labels);
        }
    }

    fn item(&mut self, item: &Item, labels: &Labels<'_>) {
        let attached = item.fields.iter().find_map(|field| match &field.value {
            Value::Files(files) => picture(files),
            _ => None,
        });
        let mut fields = filled(&item.fields).filter(|field| !is_one_picture(&field.value)).peekable();
        if let Some(first) = fields.next_if(|first| is_heading(first)) {
            let said = value(&first.value, &first.code, labels, self.plan);
            self.sentences(&said, &attached.unwrap_or_else(|| slot(&first.value)));
        }
        for field in fields {
            self.field(field, None, labels);
            self.others(&field.code, &item.also, labels);
        }
        for list in item.lists.iter().filter(|list| !list.items.is_empty()) {
            self.rows.push(Row::About(labels.list(&list.code)));
            let labels = labels.inside(&list.code);
            for inner in &list.items {
                let said = filled(&inner.fields).map(|field| value(&field.value, &field.code, &labels, self.plan));
                self.sentence(said.collect::<Vec<_>>().join(" · "), Slot::Words);
            }
        }
    }

    fn others(&mut self, code: &str, also: &[Also], labels: &Labels<'_>) {
        for also in also.iter().filter(|also| also.field == code) {
            let by = named(&also.by);
            let said = words::say(Say::new("common-also-said").with("name", by.as_str()));
            self.sentence(format!("{said} {}", value(&also.value, code, labels, self.plan)), Slot::Person(by));
        }
    }

    fn sentences(&mut self, said: &str, slot: &Slot) {
        for (at, words) in words::sentences(said).into_iter().enumerate() {
            // One picture beside the first of what it belongs to.
            let slot = if at == 0 { slot.clone() } else { Slot::Words };
            self.sentence(words.to_owned(), slot);
        }
    }

    fn sentence(&mut self, words: String, slot: Slot) {
        if words.trim().is_empty() {
            return;
        }
        let length = if words::is_long(&words) { Length::Long } else { Length::Fine };
        self.rows.push(Row::Sentence { words, slot, length });
    }
}

/// The text that such files are attached to: `important` for `important-files`.
fn text_of<'a>(fields: &'a [Field], files: &str) -> Option<&'a Field> {
    let code = files.strip_suffix("-files")?;
    filled(fields).find(|field| field.code == code)
}

/// Whether nothing more is to be said of what is attached than what is seen.
fn is_one_picture(value: &Value) -> bool {
    matches!(value, Value::Files(files) if files.len() == 1 && picture(files).is_some())
}

fn pictures_of<'a>(fields: &'a [Field], text: &str) -> Option<&'a [FileRef]> {
    fields.iter().find(|field| field.code.strip_suffix("-files") == Some(text)).and_then(|field| match &field.value {
        Value::Files(files) => Some(files.as_slice()),
        _ => None,
    })
}

fn picture(files: &[FileRef]) -> Option<Slot> {
    let seen = files.iter().find(|file| matches!(file.kind.as_str(), "picture" | "drawing"))?;
    Some(Slot::Picture(seen.id.clone(), seen.name.clone()))
}

fn slot(value: &Value) -> Slot {
    match value {
        Value::Date(_) | Value::Moment(_) => Slot::Day,
        Value::Money(_) | Value::Quantity(_) => Slot::Money,
        Value::Person(person) => Slot::Person(named(person)),
        Value::People(people) => people.first().map_or(Slot::Words, |person| Slot::Person(named(person))),
        Value::Choice(_) | Value::Choices(_) | Value::YesNo(_) | Value::Scale(_) => Slot::Choice,
        Value::Empty | Value::Text(_) | Value::Line(_) | Value::Ref(_) | Value::Refs(_) | Value::Files(_) => {
            Slot::Words
        }
    }
}
