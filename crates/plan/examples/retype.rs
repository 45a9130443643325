//! How long two devices take to write a recorded session through documents and doors alone: no signatures, no network.
//!
//! `cargo run --release -p plan --example retype -- RECORDING.json.gz`

use std::{error::Error, fs::File, io::Read as _, sync::Arc, time::Instant};

use plan::{Document, FieldPath, door::House};
use seal::{Admitted, ChapterId, DeviceKey, DocId, Edit, EditHash, PlanId, Seq, Signed, Time, chain_id};

const DOC: DocId = DocId::new([2; 32]);

struct Device {
    key: DeviceKey,
    document: Document,
    house: House,
    before: Option<(Seq, EditHash)>,
    written: Vec<Admitted>,
    merged: usize,
    spent: [std::time::Duration; 5],
}

#[expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a measure prints and reads the clock")]
fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which recording?")?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(File::open(path)?).read_to_string(&mut text)?;
    let recording: serde_json::Value = serde_json::from_str(&text)?;
    let transactions = recording["txns"].as_array().ok_or("no transactions")?;
    let part = plan::part("about-me").ok_or("no such part")?;
    let field: FieldPath = "about-me.important".parse()?;
    let mut devices: Vec<Device> = Vec::new();
    let (maker, first) = Document::create(part, DOC, chain(0), Time(0));
    for agent in 0..2 {
        let document = if agent == 0 { maker.clone() } else { Document::load(part, DOC, None, &[])? };
        let mut device = Device {
            key: key(agent),
            document,
            house: House::new(),
            before: None,
            written: Vec::new(),
            merged: 0,
            spent: Default::default(),
        };
        device.document.write_as(chain(agent));
        devices.push(device);
    }
    let created = sign(&mut devices[0], first)?;
    hear(&mut devices[1], &created)?;
    devices[0].written = created;
    devices[1].merged = 1;
    // Of each transaction: how many of each agent's lie in its past, itself included.
    let mut seen: Vec<[usize; 2]> = Vec::new();
    let mut typed = [1, 0];
    let (mut merges, start) = (0, Instant::now());
    for transaction in transactions {
        let agent = transaction["agent"].as_u64().ok_or("no agent")? as usize;
        let mut past = [1, 0];
        for parent in transaction["parents"].as_array().ok_or("no parents")? {
            let parent = seen[parent.as_u64().ok_or("no parent")? as usize];
            past = [past[0].max(parent[0]), past[1].max(parent[1])];
        }
        let other = 1 - agent;
        let from = devices[agent].merged;
        if past[other] > from {
            let news: Vec<Admitted> = devices[other].written[from..past[other]].to_vec();
            hear(&mut devices[agent], &news)?;
            devices[agent].merged = past[other];
            merges += 1;
        }
        let device = &mut devices[agent];
        let began = Instant::now();
        for patch in transaction["patches"].as_array().ok_or("no patches")? {
            let number = |at: usize| patch[at].as_u64().map(|number| number as usize).ok_or("no number");
            device.document.splice(field, number(0)?, number(1)?, patch[2].as_str().ok_or("no text")?)?;
        }
        device.spent[0] += began.elapsed();
        let began = Instant::now();
        let edits = device.document.close(Time(0));
        device.spent[1] += began.elapsed();
        let edits = sign(device, edits)?;
        device.written.extend(edits);
        typed[agent] = device.written.len();
        past[agent] = typed[agent];
        seen.push(past);
    }
    for agent in 0..2 {
        let news: Vec<Admitted> = devices[1 - agent].written[devices[agent].merged..].to_vec();
        hear(&mut devices[agent], &news)?;
    }
    println!("{} transactions, {merges} merges, {:.1?}", transactions.len(), start.elapsed());
    for device in &mut devices {
        let right = device.document.text(field) == recording["endContent"].as_str().unwrap_or_default();
        let [splice, close, sign, door, merge] = device.spent;
        println!(
            "splice {splice:.1?} close {close:.1?} sign {sign:.1?} door {door:.1?} merge {merge:.1?}; right: {right}"
        );
        let began = Instant::now();
        let index = device.house.export(DOC).ok_or("no index")?;
        let exported = began.elapsed();
        let began = Instant::now();
        House::new().import(DOC, &index)?;
        println!("index {} bytes, out {exported:.1?}, in {:.1?}", index.len(), began.elapsed());
        let began = Instant::now();
        let saved = device.document.save();
        let took = began.elapsed();
        let began = Instant::now();
        Document::load(part, DOC, Some(&saved), &[])?;
        println!("snapshot {} bytes, save {took:.1?}, load {:.1?}", saved.len(), began.elapsed());
    }
    let mut all = devices[0].written.clone();
    all.extend(devices[1].written.iter().cloned());
    let began = Instant::now();
    Document::load(part, DOC, None, &all)?;
    println!("from its edits {:.1?}", began.elapsed());
    Ok(())
}

fn key(agent: usize) -> DeviceKey {
    DeviceKey::from_seed(&zeroize::Zeroizing::new([agent as u8 + 1; 32]))
}

fn chain(agent: usize) -> seal::ChainId {
    chain_id(DOC, key(agent).id(), ChapterId::new([0; 32]))
}

#[expect(clippy::disallowed_methods, reason = "a measure reads the clock")]
fn sign(device: &mut Device, edits: Vec<Arc<[u8]>>) -> Result<Vec<Admitted>, Box<dyn Error>> {
    let mut signed = Vec::new();
    for bytes in edits {
        let began = Instant::now();
        let edit = Edit::read(DOC, bytes, plan::door::head)?;
        let now = Some((edit.seq(), edit.hash()));
        let (verified, _) =
            Signed::ours(&device.key, PlanId::new([1; 32]), ChapterId::new([0; 32]), device.before, edit)?;
        device.before = now;
        device.spent[2] += began.elapsed();
        let began = Instant::now();
        signed.push(verified.admit(&mut device.house)?);
        device.spent[3] += began.elapsed();
    }
    Ok(signed)
}

#[expect(clippy::disallowed_methods, reason = "a measure reads the clock")]
fn hear(device: &mut Device, edits: &[Admitted]) -> Result<(), Box<dyn Error>> {
    let began = Instant::now();
    for edit in edits {
        seal::Door::weigh(&mut device.house, edit.edit())?;
    }
    device.spent[3] += began.elapsed();
    let began = Instant::now();
    device.document.merge(edits)?;
    device.spent[4] += began.elapsed();
    Ok(())
}
