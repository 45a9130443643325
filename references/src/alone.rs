//! automerge alone, in one process: what the document costs before anybody signs, keeps or sends it.

use std::{collections::BTreeMap, fs::File, io::Read as _, path::PathBuf, time::Instant};

use automerge::{AutoCommit, Change, ObjType, ROOT, ReadDoc as _, transaction::Transactable as _};
use flate2::read::GzDecoder;
use serde::Deserialize;
use serde_json::json;

use crate::{Outcome, say, text};

/// Loads a saved document, or all of a folder, and reads the longest text of each.
pub fn open(place: &str) -> Outcome {
    let mut files = vec![PathBuf::from(place)];
    if files[0].is_dir() {
        files = std::fs::read_dir(place)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    }
    let began = Instant::now();
    let (mut documents, mut characters) = (Vec::with_capacity(files.len()), 0);
    for file in files {
        let doc = text::load(&std::fs::read(file)?)?;
        if let Some(longest) = text::longest(&doc) {
            characters += doc.text(longest)?.chars().count();
        }
        documents.push(doc);
    }
    let took = began.elapsed();
    let edits: u64 = documents.iter().map(|doc| doc.stats().num_changes).sum();
    say(&json!({ "nanoseconds": took.as_nanos() as u64, "characters": characters, "edits": edits }));
    Ok(())
}

/// A recorded session: `parents` are indices of transactions, `patches` are position, deleted, inserted.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recording {
    end_content: String,
    txns: Vec<Transaction>,
}

#[derive(Deserialize)]
struct Transaction {
    parents: Vec<usize>,
    agent: usize,
    patches: Vec<(usize, usize, String)>,
}

/// One agent of the recording: a document, its own edits in order, and how many of each other's it has merged.
struct Agent {
    doc: AutoCommit,
    own: Vec<Change>,
    merged: BTreeMap<usize, usize>,
}

/// Replays the recording, each agent's document merging exactly what the next transaction's parents name.
pub fn replay(trace: &str) -> Outcome {
    let mut bytes = Vec::new();
    File::open(trace)?.read_to_end(&mut bytes)?;
    let recording: Recording = match bytes.starts_with(&[0x1f, 0x8b]) {
        true => serde_json::from_reader(GzDecoder::new(bytes.as_slice()))?,
        false => serde_json::from_slice(&bytes)?,
    };
    let began = Instant::now();
    let count = recording.txns.iter().map(|one| one.agent + 1).max().unwrap_or(1);
    let mut first = AutoCommit::new_with_encoding(text::ENCODING);
    let text = first.put_object(ROOT, "text", ObjType::Text)?;
    first.commit();
    let fork = |_| Agent { doc: first.fork(), own: Vec::new(), merged: BTreeMap::new() };
    let mut agents: Vec<Agent> = (0..count).map(fork).collect();
    // How many transactions of each agent stand before each transaction and itself.
    let mut past: Vec<BTreeMap<usize, usize>> = Vec::with_capacity(recording.txns.len());

    for transaction in &recording.txns {
        let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
        for parent in &transaction.parents {
            let parent = past.get(*parent).ok_or("a parent comes later")?;
            for (agent, count) in parent {
                let known = seen.entry(*agent).or_default();
                *known = (*known).max(*count);
            }
        }
        let who = transaction.agent;
        let mut news = Vec::new();
        for (other, count) in seen.iter().filter(|(other, _)| **other != who) {
            let merged = agents[who].merged.get(other).copied().unwrap_or_default();
            news.extend(agents[*other].own.get(merged..*count).unwrap_or_default().iter().cloned());
        }
        let agent = &mut agents[who];
        if !news.is_empty() {
            agent.doc.apply_changes(news)?;
        }
        agent.merged.extend(seen.iter().map(|(other, count)| (*other, *count)));
        for (at, deleted, inserted) in &transaction.patches {
            agent.doc.splice_text(&text, *at, isize::try_from(*deleted)?, inserted)?;
        }
        agent.doc.commit();
        agent.own.push(agent.doc.get_last_local_change().ok_or("a transaction that changes nothing")?);
        seen.insert(who, agent.own.len());
        past.push(seen);
    }

    let all: Vec<Change> = agents.iter().flat_map(|agent| agent.own.iter().cloned()).collect();
    let mut equal = true;
    for agent in &mut agents {
        agent.doc.apply_changes(all.iter().cloned())?;
        equal &= agent.doc.text(&text)? == recording.end_content;
    }
    let took = began.elapsed();
    say(&json!({ "nanoseconds": took.as_nanos() as u64, "equal": equal, "edits": recording.txns.len() }));
    Ok(())
}
