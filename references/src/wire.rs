//! automerge's own sync protocol over a libp2p stream: the same roads as ours, unsigned, in memory, trusting.

use std::{fs, time::Duration};

use automerge::{
    AutoCommit,
    sync::{Message, State, SyncDoc as _},
};
use futures::{AsyncReadExt as _, AsyncWriteExt as _, StreamExt as _};
use libp2p::{
    Multiaddr, PeerId, Stream, StreamProtocol, Swarm, SwarmBuilder, multiaddr::Protocol, noise, swarm::SwarmEvent, tcp,
    yamux,
};
use serde_json::json;
use tokio::time::timeout;

use crate::{Outcome, say, text};

const SYNC: StreamProtocol = StreamProtocol::new("/reference/sync/1");

/// A whole document of a measure is a few hundred kilobytes; this only stops a mistaken length.
const LARGEST_MESSAGE: usize = 256 << 20;

/// How long one measured exchange may take before it counts as failed.
const LONGEST: Duration = Duration::from_secs(600);

/// What the line of arguments asked for.
pub struct Options {
    file: Option<String>,
    edits: usize,
    quic: bool,
}

impl Options {
    /// `[FILE] [--edits N] [--quic]`
    pub fn read(words: &[&str]) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let mut options = Self { file: None, edits: 0, quic: false };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--edits" => options.edits = words.next().ok_or("--edits needs a number")?.parse()?,
                "--quic" => options.quic = true,
                file => options.file = Some(file.to_owned()),
            }
        }
        Ok(options)
    }

    fn document(&self) -> Result<AutoCommit, Box<dyn std::error::Error + Send + Sync>> {
        let mut doc = match &self.file {
            Some(file) => AutoCommit::load_with_options(
                &fs::read(file)?,
                automerge::LoadOptions::new().text_encoding(text::ENCODING),
            )?,
            None => AutoCommit::new_with_encoding(text::ENCODING),
        };
        if self.edits > 0 {
            text::type_letters(&mut doc, self.edits)?;
        }
        Ok(doc)
    }
}

/// The side that is dialled: every stream gets a copy of the document of its own.
#[tokio::main]
pub async fn serve(file: &str, options: &Options) -> Outcome {
    let options = Options { file: Some(file.to_owned()), ..*options };
    let mut doc = options.document()?;
    let mut swarm = swarm()?;
    let mut streams = swarm.behaviour().new_control().accept(SYNC)?;
    let listen = if options.quic { "/ip4/127.0.0.1/udp/0/quic-v1" } else { "/ip4/127.0.0.1/tcp/0" };
    swarm.listen_on(listen.parse()?)?;
    loop {
        tokio::select! {
            event = swarm.select_next_some() => {
                if let SwarmEvent::NewListenAddr { address, .. } = event {
                    let address = address.with(Protocol::P2p(*swarm.local_peer_id()));
                    say(&json!({ "ready": true, "address": address.to_string() }));
                }
            }
            Some((_, stream)) = streams.next() => {
                let doc = doc.fork();
                tokio::spawn(async move {
                    if let Err(error) = meet(doc, stream).await {
                        say(&json!({ "failed": error.to_string() }));
                    }
                });
            }
        }
    }
}

/// The side that dials, once it is told `go` on standard input.
#[tokio::main]
pub async fn dial(address: &str, options: &Options) -> Outcome {
    let doc = options.document()?;
    let address: Multiaddr = address.parse()?;
    let Some(Protocol::P2p(peer)) = address.iter().last() else { return Err("the address names no peer".into()) };
    let mut swarm = swarm()?;
    say(&json!({ "ready": true }));
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    swarm.dial(address)?;
    connected(&mut swarm, peer).await?;
    let mut control = swarm.behaviour().new_control();
    tokio::spawn(async move {
        loop {
            swarm.select_next_some().await;
        }
    });
    let stream = control.open_stream(peer, SYNC).await?;
    timeout(LONGEST, meet(doc, stream)).await?
}

fn swarm() -> Result<Swarm<libp2p_stream::Behaviour>, Box<dyn std::error::Error + Send + Sync>> {
    Ok(SwarmBuilder::with_new_identity()
        .with_tokio()
        .with_tcp(tcp::Config::default().nodelay(true), noise::Config::new, yamux::Config::default)?
        .with_quic()
        .with_behaviour(|_| libp2p_stream::Behaviour::new())?
        .with_swarm_config(|config| config.with_idle_connection_timeout(LONGEST))
        .build())
}

async fn connected(swarm: &mut Swarm<libp2p_stream::Behaviour>, peer: PeerId) -> Outcome {
    loop {
        match swarm.select_next_some().await {
            SwarmEvent::ConnectionEstablished { peer_id, .. } if peer_id == peer => return Ok(()),
            SwarmEvent::OutgoingConnectionError { error, .. } => return Err(error.into()),
            _ => {}
        }
    }
}

/// Syncs, says so at once, and stays until the other side has heard the last message.
async fn meet(doc: AutoCommit, mut stream: Stream) -> Outcome {
    let bytes = agree(doc, &mut stream).await?;
    say(&json!({ "done": true, "bytes": bytes }));
    stream.close().await?;
    let mut rest = Vec::new();
    let _ = timeout(Duration::from_secs(1), stream.read_to_end(&mut rest)).await;
    Ok(())
}

/// Sends and receives until both sides say the same heads. Answers with the bytes of messages both ways.
async fn agree(mut doc: AutoCommit, stream: &mut Stream) -> Result<u64, Box<dyn std::error::Error + Send + Sync>> {
    let mut state = State::new();
    let mut bytes = 0;
    loop {
        if let Some(message) = doc.sync().generate_sync_message(&mut state) {
            let message = message.encode();
            stream.write_all(&u32::try_from(message.len())?.to_be_bytes()).await?;
            stream.write_all(&message).await?;
            stream.flush().await?;
            bytes += message.len() as u64 + 4;
        }
        if state.their_heads.as_ref() == Some(&doc.get_heads()) {
            break;
        }
        let mut length = [0; 4];
        stream.read_exact(&mut length).await?;
        let length = u32::from_be_bytes(length) as usize;
        if length > LARGEST_MESSAGE {
            return Err("a message is too long".into());
        }
        let mut message = vec![0; length];
        stream.read_exact(&mut message).await?;
        bytes += length as u64 + 4;
        doc.sync().receive_sync_message(&mut state, Message::decode(&message)?)?;
    }
    Ok(bytes)
}
