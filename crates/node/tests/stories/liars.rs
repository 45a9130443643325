//! Stories of the join protocol with somebody who lies: a neighbour who answers for a plan it does not know, and somebody
//! who repeats the Join of another.

use std::{sync::mpsc, thread, time::Duration};

use crate::common::{Device, Writer, let_in};
use circle::{Act, Graph, Standing};
use futures::{AsyncReadExt as _, AsyncWriteExt as _, StreamExt as _};
use libp2p::{Multiaddr, PeerId, Stream, StreamProtocol, Swarm, SwarmBuilder, noise, swarm::SwarmEvent, tcp, yamux};
use node::ask;
use seal::{DeviceKey, Domain, PlanId};
use tokio::runtime::Runtime;

const SYNC: StreamProtocol = StreamProtocol::new("/alongside/sync/1");
const JOIN: StreamProtocol = StreamProtocol::new("/alongside/join/1");

/// What a device that lets people in may answer, as it is written: that the ticket was used, and that somebody has to look.
const NO_USED: [u8; 2] = [3, 2];
const WAITING: [u8; 1] = [1];

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn stranger() -> Swarm<libp2p_stream::Behaviour> {
    SwarmBuilder::with_new_identity()
        .with_tokio()
        .with_tcp(tcp::Config::default(), noise::Config::new, yamux::Config::default)
        .unwrap()
        .with_quic()
        .with_behaviour(|_| libp2p_stream::Behaviour::new())
        .unwrap()
        .with_swarm_config(|config| config.with_idle_connection_timeout(Duration::from_secs(60)))
        .build()
}

async fn dial(swarm: &mut Swarm<libp2p_stream::Behaviour>, at: Multiaddr) -> PeerId {
    swarm.dial(at).unwrap();
    loop {
        if let SwarmEvent::ConnectionEstablished { peer_id, .. } = swarm.select_next_some().await {
            return peer_id;
        }
    }
}

async fn write(stream: &mut Stream, body: &[u8]) {
    let mut frame = u32::try_from(body.len()).unwrap().to_be_bytes().to_vec();
    frame.extend_from_slice(body);
    let _ = stream.write_all(&frame).await;
    let _ = stream.flush().await;
}

/// The next frame's body, if one comes before the stream ends.
async fn read(stream: &mut Stream) -> Option<Vec<u8>> {
    let mut length = [0; 4];
    stream.read_exact(&mut length).await.ok()?;
    let mut body = vec![0; u32::from_be_bytes(length) as usize];
    stream.read_exact(&mut body).await.ok()?;
    Some(body)
}

/// A neighbour who is connected to `at` and answers everybody who asks to be let in. Gives what it was told, frame by frame.
fn liar(at: Multiaddr, answers: Vec<Vec<u8>>) -> mpsc::Receiver<Vec<u8>> {
    let (tell, told) = mpsc::sync_channel(64);
    let (ready, is_ready) = mpsc::sync_channel(1);
    let life = move || {
        runtime().block_on(async move {
            let mut swarm = stranger();
            let mut incoming = swarm.behaviour().new_control().accept(JOIN).unwrap();
            dial(&mut swarm, at).await;
            ready.send(()).unwrap();
            let lie = async {
                while let Some((_, mut stream)) = incoming.next().await {
                    for answer in &answers {
                        let Some(frame) = read(&mut stream).await else { break };
                        if tell.send(frame).is_err() {
                            return;
                        }
                        write(&mut stream, answer).await;
                    }
                }
            };
            tokio::select! {
                () = lie => {}
                () = async { loop { swarm.next().await; } } => {}
                () = tokio::time::sleep(Duration::from_secs(120)) => {}
            }
        });
    };
    thread::Builder::new().name("liar".into()).spawn(life).unwrap();
    is_ready.recv().unwrap();
    told
}

#[test]
fn a_neighbour_who_lies_neither_learns_who_joins_nor_keeps_them_out() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let at: Multiaddr = hodan.node.call(ask::WhoAmI).unwrap().addresses[0].parse().unwrap();
    let nonce = [vec![0], vec![7; 32], vec![8; 32], vec![9; 16], vec![9; 16]].concat();
    let told = [
        liar(at.clone(), vec![NO_USED.into()]),
        liar(at.clone(), vec![nonce, WAITING.into()]),
        liar(at.clone(), vec![WAITING.into()]),
        liar(at, vec![vec![2, 0, 0]]),
    ];

    // An address at which nobody is: those who are connected are asked first.
    let mut ticket = circle::Ticket::parse(&amina.invite(plan, Standing::Member)).unwrap();
    let real = std::mem::replace(&mut ticket.addresses, vec!["/ip4/127.0.0.1/tcp/9".into()]);
    let join = ask::Join {
        ticket: ticket.encode().unwrap(),
        name: "Hodan".into(),
        relationship: "sister".into(),
        organisation: String::new(),
    };
    let mut knocking = hodan.node.ask(join);
    for told in &told {
        let asked = told.recv_timeout(Duration::from_secs(30)).unwrap();
        assert!(asked.len() < 100, "no more than a question");
    }
    assert_eq!(knocking.take(), None, "no lie was believed");
    drop(knocking);

    ticket.addresses = real;
    let knock = hodan.knock(&ticket.encode().unwrap(), "Hodan").unwrap();
    amina.confirm(plan, doc, knock.person, &knock.words.unwrap().join(" ")).unwrap();
    hodan.node.call_within(crate::common::LONG, ask::Enter { plan }).unwrap();
    for frame in told.iter().flat_map(mpsc::Receiver::try_iter) {
        assert!(frame.len() < 100 && !frame.windows(5).any(|part| part == b"Hodan"), "nobody was told who joins");
    }
}

/// A plan's name between two network keys, as `docs/protocol.md` says.
fn blinded(plan: PlanId, salt: &[u8; 16], joiner: &[u8; 32], other: &[u8; 32]) -> Vec<u8> {
    let bytes = [&b"alongside/join/1"[..], salt, joiner, other].concat();
    blake3::keyed_hash(plan.as_bytes(), &bytes).as_bytes()[..16].to_vec()
}

fn network_key(peer: &PeerId) -> [u8; 32] {
    let bytes = peer.to_bytes();
    libp2p::identity::PublicKey::try_decode_protobuf(&bytes[2..]).unwrap().try_into_ed25519().unwrap().to_bytes()
}

#[test]
fn whoever_repeats_a_join_without_its_key_is_told_nothing_of_the_circle() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    amina.invite(plan, Standing::Member);
    let ledger = amina.node.call(ask::Circle { plan }).unwrap();
    let join = ledger.since(Graph::Circle, &[]).into_iter().find(|said| matches!(said.act(), Act::Join(_))).unwrap();
    let at: Multiaddr = amina.node.call(ask::WhoAmI).unwrap().addresses[0].parse().unwrap();

    let (secret, salt) = ([1; 32], [2; 16]);
    let promise = blake3::hash(&[b"alongside/promise/1", join.bytes(), &secret[..]].concat());
    let heard = runtime().block_on(async {
        let mut swarm = stranger();
        let us = network_key(swarm.local_peer_id());
        let mut control = swarm.behaviour().new_control();
        let peer = dial(&mut swarm, at).await;
        let them = network_key(&peer);
        let talk = async {
            let mut stream = control.open_stream(peer, JOIN).await.unwrap();
            let ask = [&[0][..], &blinded(plan, &salt, &us, &them), &salt, promise.as_bytes()].concat();
            write(&mut stream, &ask).await;
            let nonce = read(&mut stream).await.unwrap();
            assert_eq!((nonce[0], nonce.len()), (0, 1 + 32 + 32 + 16 + 16), "they say a nonce");
            // All is right but whose key it is.
            let bytes = [&plan.as_bytes()[..], &us, &them, &salt, &nonce[65..81]].concat();
            let proof = DeviceKey::from_seed(&[3; 32].into()).sign(Domain::Proof, &bytes);
            let said = (1_u8, join.bytes().to_vec(), join.signature(), secret, proof);
            write(&mut stream, &seal::encode(&said)).await;
            let mut heard = Vec::new();
            while let Some(frame) = read(&mut stream).await {
                heard.push(frame);
            }
            heard
        };
        tokio::select! {
            heard = talk => heard,
            () = async { loop { swarm.next().await; } } => unreachable!(),
        }
    });
    assert_eq!(heard, [[3, 5]], "refused, and not a word more");
}

#[test]
fn whoever_proves_a_device_of_no_circle_is_not_told_where_anybody_is() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    amina.wait_for("Hodan's link", |node| node.call(ask::Links).unwrap().iter().any(|link| link.device.is_some()));
    let at: Multiaddr = amina.node.call(ask::WhoAmI).unwrap().addresses[0].parse().unwrap();

    let (key, salt) = (DeviceKey::from_seed(&[3; 32].into()), [2; 16]);
    let kinds = runtime().block_on(async {
        let mut swarm = stranger();
        let us = network_key(swarm.local_peer_id());
        let mut control = swarm.behaviour().new_control();
        let mut incoming = control.accept(SYNC).unwrap();
        let peer = dial(&mut swarm, at).await;
        let them = network_key(&peer);
        let blind = |salt: &[u8; 16], from: &[u8; 32], to: &[u8; 32]| -> [u8; 16] {
            let bytes = [&b"alongside/hello/1"[..], salt, from, to].concat();
            *blake3::keyed_hash(plan.as_bytes(), &bytes).as_bytes().first_chunk().unwrap()
        };
        let mut kinds = Vec::new();
        let talk = async {
            let mut stream = if us < them {
                control.open_stream(peer, SYNC).await.unwrap()
            } else {
                incoming.next().await.unwrap().1
            };
            let mut plans: Vec<[u8; 16]> = (0..7_u8).map(|n| [n; 16]).collect();
            plans.push(blind(&salt, &us, &them));
            plans.sort_unstable();
            write(&mut stream, &[vec![1], seal::encode(&(salt, plans))].concat()).await;
            while let Some(frame) = read(&mut stream).await {
                kinds.push(frame[0]);
                if frame[0] == 1 {
                    let theirs: [u8; 16] = frame[1..17].try_into().unwrap();
                    let bytes = [&plan.as_bytes()[..], &us, &them, &salt, &theirs].concat();
                    let named = vec![(blind(&salt, &us, &them), key.sign(Domain::Proof, &bytes))];
                    write(&mut stream, &[vec![2], seal::encode(&(key.id(), named))].concat()).await;
                }
            }
        };
        tokio::select! {
            () = talk => {}
            () = async { loop { swarm.next().await; } } => {}
            () = tokio::time::sleep(Duration::from_secs(3)) => {}
        }
        kinds
    });
    assert!(kinds.contains(&2), "they share the plan's name: {kinds:?}");
    assert!(!kinds.contains(&64), "but are told no addresses: {kinds:?}");
    let links = amina.node.call(ask::Links).unwrap();
    assert!(links.iter().all(|link| link.device != Some(key.id())), "and are nobody's device");
}
