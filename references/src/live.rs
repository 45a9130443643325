//! samod over TCP: an edit made in one process, shown in the other; unsigned, in memory.

use std::fs;

use automerge::{ReadDoc as _, transaction::Transactable as _};
use futures::StreamExt as _;
use samod::{BackoffConfig, DocHandle, DocumentId, Repo};
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader, stdin},
    net::TcpListener,
};
use url::Url;

use crate::{Outcome, say, text};

/// The side that writes: each line `AT DELETE TEXT` on standard input is one edit.
#[tokio::main]
pub async fn serve(file: &str) -> Outcome {
    let repo = Repo::build_tokio().load().await;
    let doc = repo.create(text::load(&fs::read(file)?)?).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url: Url = format!("tcp://{}", listener.local_addr()?).parse()?;
    let acceptor = repo.make_acceptor(url.clone())?;
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let _ = connection.set_nodelay(true);
            if acceptor.accept_tokio_io(connection).is_err() {
                return;
            }
        }
    });
    say(&json!({ "ready": true, "address": url.as_str(), "document": doc.document_id().to_string() }));
    write_lines(&doc).await
}

async fn write_lines(doc: &DocHandle) -> Outcome {
    let text = doc.with_document(|doc| text::longest(doc)).ok_or("the document holds no text")?;
    let mut lines = BufReader::new(stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        let mut words = line.splitn(3, ' ');
        let (Some(at), Some(delete), Some(insert)) = (words.next(), words.next(), words.next()) else {
            return Err("an edit is AT DELETE TEXT".into());
        };
        let (at, delete): (usize, isize) = (at.parse()?, delete.parse()?);
        doc.with_document(|doc| {
            doc.transact(|edit| edit.splice_text(&text, at, delete, insert)).map_err(|failure| failure.error)
        })?;
    }
    Ok(())
}

/// The side that shows: one line for every change, after reading the length of the text that would be drawn.
#[tokio::main]
pub async fn dial(address: &str, document: &str) -> Outcome {
    let repo = Repo::build_tokio().load().await;
    let dialler = repo.dial_tcp(address.parse()?, BackoffConfig::default())?;
    dialler.established().await.map_err(|_| "the other side does not answer")?;
    let id: DocumentId = document.parse()?;
    let doc = repo.find(id).await?.ok_or("the other side has no such document")?;
    let text = doc.with_document(|doc| text::longest(doc)).ok_or("the document holds no text")?;
    let mut changes = doc.changes();
    say(&json!({ "ready": true }));
    while changes.next().await.is_some() {
        let length = doc.with_document(|doc| doc.length(&text));
        say(&json!({ "shown": length }));
    }
    Ok(())
}
