//! What is attached, on the command line.

use desk::{Ask, Desk};
use node::ask::{Fetching, FileState, Source};
use plan::{Attachment, FieldKind, FieldPath};
use seal::{DocId, PlanId};
use serde_json::json;
use words::Say;

use crate::{
    args::Files,
    commands::{open, writing},
    failure::Failure,
    name,
    report::Report,
    session::later,
    task::Task,
};

/// Begins a command about files.
pub(crate) fn begin(command: Files, desk: &mut Desk) -> Result<Task, Failure> {
    Ok(match command {
        Files::Attach { plan, field, file, within } => {
            let plan = open(desk, &plan)?;
            let field: FieldPath = field.parse()?;
            // What this program calls a place is not what a program elsewhere does.
            let path = std::path::absolute(&file).map_err(|_| Failure::new("files-not-read"))?;
            Task::opened(move |desk| {
                let within = name::within(desk, plan, field.part(), within.as_deref())?;
                is_for_files(desk, plan, field)?;
                let report = Report::new("", json!({"attached": field.to_string()}));
                let ask = Ask::Attach { plan, field, source: Source::Path(path) };
                writing(desk, ask, (plan, field.part(), field.item(), within), report)
            })
        }
        Files::Detach { plan, field, file, within } => {
            let plan = open(desk, &plan)?;
            let field: FieldPath = field.parse()?;
            Task::opened(move |desk| {
                let within = name::within(desk, plan, field.part(), within.as_deref())?;
                is_for_files(desk, plan, field)?;
                let there = desk.attachments(plan).into_iter().filter(|(_, at, _)| *at == field);
                let file = meant(there, &file)?.id;
                let report = Report::new("", json!({"detached": field.to_string()}));
                let ask = Ask::Detach { plan, field, file };
                writing(desk, ask, (plan, field.part(), field.item(), within), report)
            })
        }
        Files::List { plan } => {
            let plan = open(desk, &plan)?;
            Task::opened(move |desk| Ok(Task::ended(Ok(list(desk, plan)))))
        }
        Files::Save { plan, file, to } => {
            let plan = open(desk, &plan)?;
            let to = std::path::absolute(&to).map_err(|_| Failure::new("files-not-written"))?;
            Task::opened(move |desk| {
                let file = meant(desk.attachments(plan).into_iter(), &file)?;
                let report = Report::new("", json!({"saved": file.id.to_string(), "name": file.name}));
                let turn = later(desk.act(Ask::SaveFile { plan, file: file.id, to }, desk::now())?);
                let turn = turn.ok_or_else(|| Failure::new("files-not-written"))?;
                Ok(Task::answered(turn, None, move |_, _| Ok(Task::ended(Ok(report)))))
            })
        }
        Files::Fetch { which } => {
            let fetching = match which.as_str() {
                "all" => Fetching::All,
                "small" => Fetching::Small,
                _ => return Err(Failure::usage("cli-which-files")),
            };
            let turn = later(desk.act(Ask::FetchWhich(fetching), desk::now())?);
            let turn = turn.ok_or_else(|| Failure::new("node-busy"))?;
            let report = Report::new("", json!({"fetch": which}));
            Task::answered(turn, None, move |_, _| Ok(Task::ended(Ok(report))))
        }
    })
}

fn is_for_files(desk: &Desk, plan: PlanId, field: FieldPath) -> Result<(), Failure> {
    match name::kind(desk, plan, field)? {
        FieldKind::Files => Ok(()),
        _ => Err(Failure::from(plan::BadValue::Kind)),
    }
}

/// The file somebody means, out of these: by its name, or by letters of its id.
fn meant(files: impl Iterator<Item = (DocId, FieldPath, Attachment)>, text: &str) -> Result<Attachment, Failure> {
    let letters = text.to_ascii_lowercase();
    let by_id = |file: &Attachment| letters.len() >= name::LETTERS && file.id.to_string().starts_with(&letters);
    let mut found: Vec<Attachment> =
        files.map(|(.., file)| file).filter(|file| file.name == text || by_id(file)).collect();
    found.sort();
    found.dedup_by_key(|file| file.id);
    match found.pop() {
        Some(file) if found.is_empty() => Ok(file),
        Some(_) => Err(Failure::new(Say::new("cli-two-files").with("name", text))),
        None => Err(Failure::new(Say::new("cli-no-such-file").with("name", text))),
    }
}

fn list(desk: &Desk, plan: PlanId) -> Report {
    let states = desk.files(plan);
    let state = |file: &Attachment| match states.get(&file.id) {
        Some(FileState::Here) => "here",
        Some(FileState::Coming { .. }) => "coming",
        Some(FileState::OnAsking) => "on-asking",
        Some(FileState::Waiting) | None => "waiting",
    };
    let attached = desk.attachments(plan);
    let text: Vec<String> = (attached.iter())
        .map(|(_, field, file)| {
            let say = Say::new("cli-file").with("name", file.name.as_str()).with("field", field.to_string());
            words::say(say.with("kilobytes", file.bytes.div_ceil(1024)).with("state", state(file)))
        })
        .collect();
    let one = |(doc, field, file): &(DocId, FieldPath, Attachment)| {
        json!({"id": file.id.to_string(), "document": doc.to_string(), "field": field.to_string(), "name": file.name,
               "kind": file.kind.code(), "bytes": file.bytes, "state": state(file)})
    };
    let text = if text.is_empty() { words::text("cli-no-files") } else { text.join("\n") };
    Report::new(text, json!({"files": attached.iter().map(one).collect::<Vec<_>>()}))
}
