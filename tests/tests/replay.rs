//! Recorded sessions through real devices: each agent on its own, everything else over libp2p.

#![expect(clippy::unwrap_used, reason = "a test fails where a promise breaks")]

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    path::Path,
    process::{Command, Stdio},
};

use serde_json::{Value, json};
use tests::recordings::made;

#[test]
fn made_sessions_of_several_writers_end_as_they_were_made() {
    for (seed, agents, devices) in [(1, 2, 2), (2, 3, 4), (3, 5, 5)] {
        let said = replayed(&made(seed, agents, 60), devices);
        assert_eq!((&said["replayed"], &said["transactions"]), (&true.into(), &60.into()), "seed {seed}");
    }
}

#[test]
fn a_recording_of_one_writer_needs_one_device() {
    let said =
        replayed(&json!({"endContent": "cab", "txns": [{"patches": [[0, 0, "ab"]]}, {"patches": [[0, 0, "c"]]}]}), 1);
    assert_eq!(said["edits"].as_u64().map(|edits| edits >= 2), Some(true));
}

#[test]
fn a_device_that_is_killed_goes_on_from_what_it_had_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("recording.json");
    fs::write(&file, made(4, 2, 1_500).to_string()).unwrap();
    let mut replay = command(&file, 2).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(replay.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut last = Value::Null;
    let mut killed = 0;
    for line in lines {
        last = serde_json::from_str(&line).unwrap();
        if killed < 3 && last["device"] == 1 + killed % 2 {
            // It is in the middle of its script now; when exactly is the machine's dice.
            std::thread::sleep(std::time::Duration::from_millis(60));
            let ended = Command::new("kill").arg("-9").arg(last["pid"].to_string()).status().unwrap();
            killed += u64::from(ended.success());
        }
    }
    assert!(replay.wait().unwrap().success());
    assert_eq!(last["replayed"], true);
    assert!(last["restarts"].as_u64() >= Some(1), "{last}");
}

#[test]
fn recordings_that_cannot_be_replayed_are_refused_in_one_sentence() {
    let typed = |parents: &[usize], agent: usize| json!({"parents": parents, "agent": agent, "patches": [[0, 0, "x"]]});
    let of = |txns: &[Value]| json!({"endContent": "", "numAgents": 2, "txns": txns}).to_string();
    for (bytes, exit, code) in [
        (b"weather".to_vec(), 1, "replay-not-one"),
        (of(&[typed(&[], 0)]).as_bytes()[..20].to_vec(), 1, "replay-damaged"),
        (vec![0x1f, 0x8b, 8, 0, 0], 1, "replay-damaged"),
        (of(&[typed(&[3], 0)]).into_bytes(), 1, "replay-parent"),
        (of(&[typed(&[], 0), typed(&[], 0)]).into_bytes(), 1, "replay-not-one-line"),
        (of(&[typed(&[], 7)]).into_bytes(), 1, "replay-agent"),
        (of(&[json!({"parents": [], "agent": 0, "patches": [[1, 0, "x"]]})]).into_bytes(), 1, "replay-beyond"),
        // Only the device that holds the merged text can see that this place is beyond its end.
        (
            of(&[
                typed(&[], 0),
                json!({"parents": [0], "agent": 0, "patches": [[0, 1, ""]]}),
                json!({"parents": [1], "agent": 0, "patches": [[1, 0, "y"]]}),
            ])
            .into_bytes(),
            1,
            "replay-beyond",
        ),
        // It can be replayed, but does not end as it says.
        (of(&[typed(&[], 0)]).into_bytes(), 1, "replay-differs"),
    ] {
        assert_eq!(refused(&bytes, 2), (exit, code.to_owned()), "{}", String::from_utf8_lossy(&bytes));
    }
    assert_eq!(refused(of(&[typed(&[], 0)]).as_bytes(), 1), (2, "replay-too-few".to_owned()));
}

#[test]
fn the_recorded_session_of_two_friends_ends_as_recorded() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/friendsforever.json.gz");
    if !file.exists() {
        return;
    }
    let output = command(&file, 2).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = last_line(&output.stdout);
    assert_eq!((&said["transactions"], &said["merges"]), (&26_078.into(), &2_446.into()));
    assert!(said["edits"].as_u64() > Some(26_078));
}

fn replayed(recording: &Value, devices: usize) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("recording.json");
    fs::write(&file, recording.to_string()).unwrap();
    let output = command(&file, devices).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    last_line(&output.stdout)
}

fn refused(bytes: &[u8], devices: usize) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("recording.json");
    fs::write(&file, bytes).unwrap();
    let output = command(&file, devices).output().unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert_eq!(complaint.trim_end().lines().count(), 1, "{complaint}");
    let code = last_line(&output.stdout)["error"]["code"].as_str().unwrap_or_default().to_owned();
    (output.status.code().unwrap(), code)
}

fn command(file: &Path, devices: usize) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_device"));
    command.args(["--json", "replay"]).arg(file).args(["--devices", &devices.to_string()]);
    command.env_remove("ALONGSIDE_HOME").env_remove("ALONGSIDE_PASSPHRASE").stdin(Stdio::null());
    command
}

fn last_line(output: &[u8]) -> Value {
    let mut text = String::new();
    (&output[..]).read_to_string(&mut text).unwrap();
    serde_json::from_str(text.lines().last().unwrap_or("null")).unwrap()
}
