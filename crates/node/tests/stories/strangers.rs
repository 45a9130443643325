//! Stories of those who mean no good, or whose home is not what it was: a stranger who sends rubbish, a flood of
//! connections, a copied home, an old copy put back, a full mailbox.

use std::{path::Path, time::Duration};

use crate::common::{Device, LONG, Writer, let_in};
use circle::Standing;
use futures::{AsyncReadExt as _, AsyncWriteExt as _, StreamExt as _};
use libp2p::{Multiaddr, StreamProtocol, SwarmBuilder, noise, swarm::SwarmEvent, tcp, yamux};
use node::{News, ask};

const SYNC: StreamProtocol = StreamProtocol::new("/alongside/sync/1");

/// Connects as nobody in particular, writes these bytes on a sync stream (opened by whichever side does), and waits until the
/// device ends it. Answers how many bytes were told to the stranger before.
fn rubbish(at: Multiaddr, bytes: Vec<u8>) -> usize {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async move {
        let mut swarm = SwarmBuilder::with_new_identity()
            .with_tokio()
            .with_tcp(tcp::Config::default(), noise::Config::new, yamux::Config::default)
            .unwrap()
            .with_quic()
            .with_behaviour(|_| libp2p_stream::Behaviour::new())
            .unwrap()
            .build();
        let mut control = swarm.behaviour().new_control();
        let mut incoming = control.accept(SYNC).unwrap();
        swarm.dial(at).unwrap();
        let peer = loop {
            if let SwarmEvent::ConnectionEstablished { peer_id, .. } = swarm.select_next_some().await {
                break peer_id;
            }
        };
        let talk = async {
            let opened = tokio::time::timeout(Duration::from_secs(1), incoming.next()).await;
            let mut stream = match opened {
                Ok(Some((_, stream))) => stream,
                _ => control.open_stream(peer, SYNC).await.unwrap(),
            };
            let _ = stream.write_all(&bytes).await;
            let _ = stream.flush().await;
            let mut told = Vec::new();
            let _ = stream.read_to_end(&mut told).await;
            told.len()
        };
        tokio::select! {
            told = talk => told,
            () = async { loop { swarm.next().await; } } => unreachable!(),
        }
    })
}

#[test]
fn a_stranger_who_sends_rubbish_is_parted_from_and_learns_nothing() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    let mut hers = Writer::begin(&amina, plan, doc);
    let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);

    let addresses = amina.node.call(ask::WhoAmI).unwrap().addresses;
    let noise: Vec<u8> = (0..60_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut framed = 40_000_u32.to_be_bytes().to_vec();
    framed.extend_from_slice(&noise[..40_000]);
    for (at, bytes) in [(0, noise), (1, framed), (0, vec![0xff; 8]), (1, vec![0, 0, 0, 1, 1]), (0, vec![0; 4])] {
        let address: Multiaddr = addresses[at % addresses.len()].parse().unwrap();
        let told = rubbish(address, bytes);
        assert!(told < 8 * 1024, "a Hello at most, not {told} bytes");
    }

    hers.write(&amina, "Still here.");
    let mut sisters = Writer::open(&hodan, plan, doc);
    sisters.read_until(&hodan, "what was written meanwhile", |text| text == "Still here.");
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn a_copied_home_begins_a_new_chapter_before_it_writes() {
    let amina = Device::new();
    let (plan, doc) = amina.start_plan("Amina");
    let mut hers = Writer::begin(&amina, plan, doc);
    hers.write(&amina, "Before. ");
    let before = hers.chain();
    let home = amina.stop();
    let copy = tempfile::tempdir().unwrap();
    copy_folder(home.path(), copy.path());

    let amina = Device::at(copy);
    let mut hers = Writer::open(&amina, plan, doc);
    assert_ne!(hers.chain(), before);
    hers.write(&amina, "After.");
    let now = hers.chain();
    let amina = amina.again();
    let hers = Writer::open(&amina, plan, doc);
    assert_eq!(
        (hers.text().as_str(), hers.chain()),
        ("Before. After.", now),
        "one new chapter, not one at every start"
    );
    assert_eq!(amina.node.call(ask::Verify { plan }).unwrap().faults, []);
}

#[test]
fn an_old_copy_put_back_takes_its_own_words_in_from_others_and_goes_on_in_a_new_chapter() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    let mut hers = Writer::begin(&amina, plan, doc);
    let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    hers.write(&amina, "Kept in the copy. ");
    let home = amina.stop();
    let old = std::fs::read(home.path().join("alongside.redb")).unwrap();

    let amina = Device::at(home);
    let mut hers = Writer::open(&amina, plan, doc);
    hers.write(&amina, "Written later. ");
    let mut sisters = Writer::open(&hodan, plan, doc);
    sisters.read_until(&hodan, "what was written later", |text| text.contains("later"));
    let home = amina.stop();
    std::fs::write(home.path().join("alongside.redb"), old).unwrap();

    let amina = Device::at(home);
    let mut hers = Writer::open(&amina, plan, doc);
    let before = hers.chain();
    hers.read_until(&amina, "her own words come back", |text| text.contains("later"));
    let mut chain = None;
    amina.wait_for("a new chapter", |_| {
        chain = Writer::open(&amina, plan, doc).chain();
        chain.is_some() && chain != before
    });
    let mut hers = Writer::open(&amina, plan, doc);
    hers.write(&amina, "And on.");
    sisters.read_until(&hodan, "all of it", |text| text == "Kept in the copy. Written later. And on.");
    assert_eq!(amina.node.call(ask::Verify { plan }).unwrap().faults, []);
}

#[test]
fn a_reader_who_sleeps_hears_in_the_end_all_that_others_wrote() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    let mut hers = Writer::begin(&amina, plan, doc);
    let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    let mut sisters = Writer::open(&hodan, plan, doc);
    let mut last = None;
    for n in 0..600 {
        let edits = hers.type_in(&format!("{n} "));
        last = Some(amina.node.ask(ask::Publish { plan, doc, edits }));
    }
    last.unwrap().wait_for(LONG).unwrap();
    std::thread::sleep(Duration::from_secs(1));
    sisters.read_until(&hodan, "all six hundred", |text| text.ends_with("599 "));
    assert_eq!(sisters.text(), hers.text());
}

#[test]
fn a_second_program_on_the_same_home_is_refused_and_the_first_goes_on() {
    let amina = Device::new();
    let again = node::start(crate::common::settings(amina.home.path()));
    assert!(matches!(again, Err(node::StartError::Store(store::OpenError::InUse { .. }))));
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc).write(&amina, "Mine.");
}

#[test]
fn where_somebody_is_is_told_and_never_kept() {
    let (amina, hodan) = (Device::new(), Device::new());
    let (plan, doc) = amina.start_plan("Amina");
    Writer::begin(&amina, plan, doc);
    let_in(&amina, &hodan, plan, doc, "Hodan", Standing::Member);
    let place = node::Place { doc, field: "about-me.communication".into(), caret: vec![1, 2, 3] };
    amina.wait_for("Hodan's link", |node| !node.call(ask::Links).unwrap().is_empty());
    hodan.node.call(ask::Here { plan, place: Some(place.clone()) }).unwrap();
    amina.hear("where Hodan is", |news| match news {
        News::Presence { here, .. } => here.iter().any(|(_, there)| *there == place).then_some(()),
        _ => None,
    });
    hodan.node.call(ask::Offline).unwrap();
    amina.hear("that Hodan is gone", |news| match news {
        News::Presence { here, .. } => here.is_empty().then_some(()),
        _ => None,
    });
}
