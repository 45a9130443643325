//! What a new plan begins with: nothing but a title, or a sample, and the first edits of its first parts.

use std::{sync::mpsc, thread};

use plan::{
    Document, FieldKind, Part, Template, Value,
    sample::{self, Sample},
};
use seal::{Bytes, ChapterId, DeviceId, DocId, ItemId, PlanId, Time, chain_id};

use crate::{
    errand::{Step, item},
    refused::Refused,
    rehearsal::{self, Played},
};

/// The sample that is one device's alone: the adult's plan on its first day, for whoever wants to let real devices in.
const ALONE: &str = "adult-alone";

/// What a new plan begins with.
pub(crate) enum Content {
    /// A title, the name of whom it is about, if that is somebody else, and the kind of plan it is.
    Empty { title: String, about: Option<String>, kind: Option<&'static Template> },
    /// The first parts of a sample, with nobody else in it.
    Sample(Sample),
}

/// What a sample of this name begins with.
pub(crate) enum Start {
    /// One device.
    Alone(Content),
    /// Everybody in it.
    Together(Sample),
}

impl Start {
    /// The sample of this name, if there is one.
    pub(crate) fn of(name: &str) -> Result<Start, Refused> {
        if name == ALONE {
            return sample::sample(ALONE).map(Content::Sample).map(Start::Alone).ok_or(Refused::NoSuchSample);
        }
        sample::sample(name).map(Start::Together).ok_or(Refused::NoSuchSample)
    }
}

/// Plays a sample on a thread of its own, and wakes the desk when that is done.
pub(crate) fn rehearse(sample: Sample, wake: impl FnOnce() + Send + 'static) -> Result<Step, Refused> {
    let (tell, played) = mpsc::sync_channel(1);
    let play = move || {
        let _ = tell.send(rehearsed(&sample));
        wake();
    };
    thread::Builder::new().name("sample".into()).spawn(play).map_err(|_| Refused::NoDice)?;
    Ok(Step::Playing { played })
}

fn rehearsed(sample: &Sample) -> Result<Played, Refused> {
    let mut dice = Ok(());
    let mut throw = || {
        let mut bytes = [0; 32];
        dice = dice.and(getrandom::fill(&mut bytes).map_err(|_| Refused::NoDice));
        bytes
    };
    let played = rehearsal::play(sample, &mut throw);
    dice?;
    Ok(played.unwrap_or_else(|stuck| panic!("a sample does what it may, see the test: {stuck}")))
}

/// The parts every plan begins with; the others are opened when somebody first uses them.
pub(crate) fn first_parts() -> impl Iterator<Item = &'static Part> {
    plan::parts().iter().filter(|part| part.opens == plan::Opens::WithThePlan)
}

/// The first edits of a new plan's parts. The founder's chapter in each is opened by the Found itself, whose id is the
/// plan's.
pub(crate) fn begin(
    content: &Content,
    plan: PlanId,
    (me, name): (DeviceId, &str),
    docs: &[DocId],
    now: Time,
) -> Result<Vec<(DocId, Vec<Bytes>)>, Refused> {
    let chapter = ChapterId::new(*plan.as_bytes());
    let sample = match content {
        Content::Sample(sample) => Some(sample),
        Content::Empty { .. } => None,
    };
    let mut dice = Ok(());
    let fresh = || {
        item().unwrap_or_else(|refused| {
            dice = Err(refused);
            ItemId::new([0; 16])
        })
    };
    let names = sample.map(|sample| sample.name_all(fresh)).unwrap_or_default();
    dice?;
    let mut begun = Vec::new();
    for (part, doc) in first_parts().zip(docs) {
        let (mut document, mut edits) = Document::create(part, *doc, chain_id(*doc, me, chapter), now);
        if let Content::Empty { title, about, kind } = content
            && part.code == "cover"
        {
            let line = |text: &str| Some(text).filter(|text| !text.is_empty()).map(|text| Value::Line(text.to_owned()));
            let choice = |code: &str| Value::Choice(code.to_owned());
            fill(&mut document, part, "title", line(title))?;
            fill(&mut document, part, "preferred-name", about.as_deref().and_then(line))?;
            fill(&mut document, part, "template", kind.map(|kind| choice(kind.code)))?;
            fill(&mut document, part, "kind", kind.and_then(|kind| kind.kind).map(choice))?;
        }
        let bursts = sample.iter().flat_map(|sample| &sample.parts).filter(|written| written.part == part);
        let value = |kind: FieldKind, text: &str| name_me(kind, text, name, plan);
        for burst in bursts.flat_map(|written| &written.bursts) {
            sample::write(&mut document, burst, &names, now, &value)?;
        }
        edits.extend(document.close(now));
        begun.push((*doc, edits));
    }
    Ok(begun)
}

/// Where the sample names whoever starts it, it means them: a founder's person id is the plan's id.
fn name_me(kind: FieldKind, text: &str, name: &str, plan: PlanId) -> String {
    let me = |one: &str| if one.trim() == name { plan.to_string() } else { one.trim().to_owned() };
    match kind {
        FieldKind::Person => me(text),
        FieldKind::People => text.split(',').map(me).collect::<Vec<_>>().join(","),
        FieldKind::Text
        | FieldKind::Line
        | FieldKind::Date
        | FieldKind::Moment
        | FieldKind::Money
        | FieldKind::Quantity
        | FieldKind::Choices(_)
        | FieldKind::Ref(_)
        | FieldKind::Files
        | FieldKind::Choice(_)
        | FieldKind::Scale(..)
        | FieldKind::YesNo
        | FieldKind::Refs(_) => text.to_owned(),
    }
}

/// Fills in a field of the cover, if there is something to put there.
fn fill(document: &mut Document, part: &'static Part, code: &str, value: Option<Value>) -> Result<(), Refused> {
    if let Some(value) = value
        && let Ok(field) = plan::FieldPath::new(part, None, code)
    {
        document.set(field, Some(value))?;
    }
    Ok(())
}
