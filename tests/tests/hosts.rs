//! Two hosts in network namespaces: they find each other by mDNS alone, the cable is pulled, both write, it is put back.
//!
//! Each host is a namespace with one end of a virtual cable. No address is given to anybody and the ticket carries none: a
//! device only listens everywhere and looks around. All traffic stays inside the namespaces. It
//! needs `ip` (iproute2) and the right to make namespaces; without them it is skipped in one line, but not under `CI`.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]
#![expect(clippy::print_stdout, reason = "how long it took, or why it was skipped, is told")]

use std::{
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use circle::Ticket;
use serde_json::Value;
use tempfile::TempDir;
use tests::devices::{Device, Start, bring_in_by};

/// The longest two hosts may take to find each other and hold the same: mDNS looks around every few seconds at first.
const CONVERGE: Duration = Duration::from_secs(120);

/// How long the cable is out: longer than either transport waits before it gives a link up.
const PULLED: Duration = Duration::from_secs(20);

#[test]
fn two_hosts_find_each_other_by_mdns_and_converge_again_after_the_cable_was_pulled() {
    let Some(cable) = cable('a') else { return };
    let folder = TempDir::new().unwrap();
    let mut ann = Device::make(cable.start(0), &folder.path().join("ann"), "ann");
    let mut bea = Device::make(cable.start(1), &folder.path().join("bea"), "bea");
    let plan = ann.ask("new \"Ann's plan\"").unwrap()["plan"].as_str().unwrap().to_owned();

    let begun = Instant::now();
    bring_in_by(&plan, &mut ann, &mut bea, ("bea", "carer"), without_addresses).unwrap();
    write(&mut ann, &plan, "together");
    converge(&plan, [&mut ann, &mut bea], &["together"]);
    println!("found by mDNS, let in and the same: {:.1} s", begun.elapsed().as_secs_f64());

    cable.pull();
    write(&mut ann, &plan, "ann-alone");
    write(&mut bea, &plan, "bea-alone");
    thread::sleep(PULLED);
    assert!(!text(&mut ann, &plan).contains("bea-alone"), "the cable is out");
    assert!(!text(&mut bea, &plan).contains("ann-alone"), "the cable is out");

    let begun = Instant::now();
    cable.put_back();
    converge(&plan, [&mut ann, &mut bea], &["together", "ann-alone", "bea-alone"]);
    println!("the same after the cable was put back: {:.1} s", begun.elapsed().as_secs_f64());
    for device in [&mut ann, &mut bea] {
        assert_eq!(device.ask(&format!("verify {plan}")).unwrap()["verified"], true);
    }
    ann.end();
    bea.end();
}

#[test]
fn a_code_typed_on_another_host_is_found_by_mdns_alone() {
    let Some(cable) = cable('c') else { return };
    let folder = TempDir::new().unwrap();
    let mut ann = Device::make(cable.start(0), &folder.path().join("ann"), "ann");
    let mut bea = Device::make(cable.start(1), &folder.path().join("bea"), "bea");
    let plan = ann.ask("new \"Ann's plan\"").unwrap()["plan"].as_str().unwrap().to_owned();
    ann.put(&format!("invite {plan} --as carer --words"));
    let shown = ann.next(|line| line["news"] == "says" && line["code"].is_string()).unwrap();
    let begun = Instant::now();
    let joined = bea.ask(&format!("join {}", shown["code"].as_str().unwrap())).unwrap();
    assert_eq!(joined["plan"], plan.as_str());
    assert_eq!(ann.answer().unwrap()["name"], "bea");
    println!("found by mDNS with a code, and let in: {:.1} s", begun.elapsed().as_secs_f64());
    ann.end();
    bea.end();
}

/// Two hosts, or a line that says why there are none.
fn cable(name: char) -> Option<Cable> {
    match Cable::lay(name) {
        Ok(cable) => Some(cable),
        Err(why) if std::env::var("CI").is_ok_and(|ci| ci == "true") => panic!("hosts: {why}"),
        Err(why) => {
            println!("skipped: {why} (as root: apt-get install iproute2)");
            None
        }
    }
}

/// The same ticket for somebody who must find the way alone.
fn without_addresses(ticket: String) -> String {
    let mut ticket: Ticket = Ticket::parse(&ticket).unwrap();
    assert!(!ticket.addresses.is_empty(), "a ticket tells the way, or there is nothing to take out of it");
    ticket.addresses.clear();
    ticket.encode().unwrap()
}

fn write(device: &mut Device, plan: &str, words: &str) {
    device.ask(&format!("splice {plan} about-me.important --at 0 --insert \"{words} \"")).unwrap();
}

fn text(device: &mut Device, plan: &str) -> String {
    let Ok(shown) = device.ask(&format!("show {plan} about-me")) else { return String::new() };
    let part =
        shown["parts"].as_array().and_then(|parts| parts.iter().find(|part: &&Value| part["kind"] == "about-me"));
    part.and_then(|part| part["fields"]["important"].as_str()).unwrap_or_default().to_owned()
}

/// Waits until both show the same, with all these words in it.
fn converge(plan: &str, devices: [&mut Device; 2], words: &[&str]) {
    let end = Instant::now() + CONVERGE;
    let [ann, bea] = devices;
    loop {
        let (one, other) = (text(ann, plan), text(bea, plan));
        if one == other && words.iter().all(|word| one.contains(word)) {
            return;
        }
        assert!(Instant::now() < end, "after {CONVERGE:?}: {one:?} and {other:?}");
        thread::sleep(Duration::from_millis(200));
    }
}

/// Two namespaces with a virtual cable between them, taken away on drop.
struct Cable {
    hosts: [String; 2],
}

impl Cable {
    fn lay(name: char) -> Result<Cable, String> {
        let name = format!("along{}{name}", std::process::id());
        let cable = Cable { hosts: [format!("{name}a"), format!("{name}b")] };
        ip(&["netns", "add", &cable.hosts[0]])?;
        ip(&["netns", "add", &cable.hosts[1]])?;
        // Both ends are made inside, so nothing of it is ever seen on this computer's own network.
        let [one, other] = &cable.hosts;
        ip(&["-n", one, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", other])?;
        for (number, host) in cable.hosts.iter().enumerate() {
            ip(&["-n", host, "addr", "add", &format!("10.77.0.{}/24", number + 1), "dev", "cable"])?;
            ip(&["-n", host, "link", "set", "lo", "up"])?;
            ip(&["-n", host, "link", "set", "cable", "up"])?;
        }
        Ok(cable)
    }

    /// A device on one of the hosts, online as a person's would be.
    fn start(&self, host: usize) -> Start {
        let words = ["ip", "netns", "exec", &self.hosts[host], env!("CARGO_BIN_EXE_device")];
        Start { words: words.map(str::to_owned).to_vec(), network: Vec::new(), environment: Vec::new() }
    }

    fn pull(&self) {
        ip(&["-n", &self.hosts[0], "link", "set", "cable", "down"]).unwrap();
    }

    fn put_back(&self) {
        ip(&["-n", &self.hosts[0], "link", "set", "cable", "up"]).unwrap();
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        for host in &self.hosts {
            // One that was never made cannot be taken away.
            let _ = ip(&["netns", "del", host]);
        }
    }
}

fn ip(words: &[&str]) -> Result<(), String> {
    let output = Command::new("ip").args(words).stdin(Stdio::null()).output();
    let output = output.map_err(|_| "no `ip` on this computer".to_owned())?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("`ip {}`: {}", words.join(" "), String::from_utf8_lossy(&output.stderr).trim()))
}
