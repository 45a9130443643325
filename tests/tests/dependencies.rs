//! What we build on may be built on: every outside crate has a licence that `deny.toml` allows and comes from the public registry.
//!
//! `cargo deny` says more, but takes longer to build than everything else here; this much needs only cargo.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

#[test]
fn every_dependency_has_a_licence_we_allow_and_comes_from_crates_io() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let allowed = allowed(&fs::read_to_string(root.join("deny.toml")).expect("deny.toml stands in the root"));
    assert!(allowed.len() > 5, "the list was read");
    let mut wrong = Vec::new();
    let packages = packages(&root);
    for package in &packages {
        let name = package["name"].as_str().expect("a package has a name");
        let Some(source) = package["source"].as_str() else { continue };
        if source != "registry+https://github.com/rust-lang/crates.io-index" {
            wrong.push(format!("{name} comes from {source}"));
        }
        let licence = package["license"].as_str().unwrap_or("nothing");
        if !may_be_used(licence, &allowed) {
            wrong.push(format!("{name} is under {licence}"));
        }
    }
    assert!(packages.len() > 100, "the dependencies were read");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_licence_that_asks_for_something_else_is_noticed() {
    let allowed = ["MIT".to_owned(), "Apache-2.0".to_owned(), "Unicode-3.0".to_owned()];
    for fine in ["MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR GPL-2.0) AND Unicode-3.0", "Apache-2.0 OR MIT"] {
        assert!(may_be_used(fine, &allowed), "{fine}");
    }
    for wrong in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0", "nothing", ""] {
        assert!(!may_be_used(wrong, &allowed), "{wrong}");
    }
}

fn packages(root: &Path) -> Vec<Value> {
    let mut cargo = Command::new(env!("CARGO"));
    // Only what this machine builds, which is all here already: other platforms' crates would have to be fetched first.
    cargo.args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", &this_platform()]);
    cargo.arg("--manifest-path").arg(root.join("Cargo.toml"));
    let output = cargo.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    match metadata["packages"].take() {
        Value::Array(packages) => packages,
        other => panic!("packages are a list, not {other}"),
    }
}

fn this_platform() -> String {
    let output = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let text = String::from_utf8(output.stdout).expect("rustc writes text");
    text.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host").to_owned()
}

/// The names between the brackets of `allow = [..]`.
fn allowed(deny: &str) -> Vec<String> {
    let list = deny.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).expect("deny.toml has a list");
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether an SPDX expression can be satisfied with the licences allowed. `/` is the old way to write `OR`.
fn may_be_used(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.replace('/', " OR ");
    all_of(&expression).iter().all(|part| {
        let part = part.trim();
        let inner = part.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        match inner {
            Some(inner) => may_be_used(inner, allowed),
            None => part.split(" OR ").any(|licence| allowed.iter().any(|name| name == licence.trim())),
        }
    })
}

/// The parts of an expression that all must hold: split at ` AND ` outside brackets.
fn all_of(expression: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_i32, 0);
    for (at, letter) in expression.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ' ' if depth == 0 && expression[at..].starts_with(" AND ") => {
                parts.push(&expression[start..at]);
                start = at + " AND ".len();
            }
            _ => {}
        }
    }
    parts.push(&expression[start..]);
    parts
}
