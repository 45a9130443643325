//! Every key that the sources name is in the book, and no key waits there for a sentence nobody says.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

#[test]
fn every_key_in_the_sources_has_its_words() {
    let codes = codes();
    let missing: Vec<String> = used()
        .into_iter()
        .filter(|(key, _)| !words::has(key) && !codes.contains(key))
        .map(|(key, file)| format!("{key} in {file}"))
        .collect();
    assert!(missing.is_empty(), "keys without words: {missing:#?}");
}

#[test]
fn no_words_wait_for_a_key_that_nobody_says() {
    let used: BTreeSet<String> = used().into_iter().map(|(key, _)| key).collect();
    // Labels of parts and names of roles are put together from codes; a test of `exchange` holds them to those.
    let put_together = |key: &str| key.starts_with("parts-") || key.starts_with("common-role-");
    let idle: Vec<&str> = words::keys().into_iter().filter(|key| !put_together(key) && !used.contains(*key)).collect();
    assert!(idle.is_empty(), "words that nobody says: {idle:#?}");
}

#[test]
fn a_key_stands_in_the_file_it_is_named_after_and_only_once() {
    let mut seen = BTreeSet::new();
    for key in words::keys() {
        assert!(groups().iter().any(|group| key.starts_with(group)), "{key} begins with no file's name");
        assert!(seen.insert(key), "{key} stands twice");
        assert!(words::has(key), "{key} has only hints and no words of its own");
    }
    assert!(seen.len() > 100, "the book was read");
}

/// What begins so in a string of the sources is a key: the names of the files, without what they have in common with others,
/// and the crates whose errors `errors.ftl` says.
fn groups() -> Vec<String> {
    let crates = ["store-", "node-", "circle-", "plan-", "desk-"].map(str::to_owned);
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("en-GB")).expect("the book is a folder");
    let names = files.filter_map(|file| Some(file.ok()?.path().file_stem()?.to_str()?.to_owned()));
    let of_file = |name: String| match name.strip_prefix("screen-") {
        Some(screen) => format!("{screen}-"),
        None => format!("{}-", name.split('-').next().unwrap_or(&name)),
    };
    let groups: BTreeSet<String> = names.map(of_file).chain(crates).collect();
    groups.into_iter().collect()
}

/// Codes of fields and choices, some of which are spelled as keys are: `small-win`.
fn codes() -> BTreeSet<String> {
    let tables = sources_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../plan/src/parts"));
    let literals = |file: &PathBuf| {
        let text = fs::read_to_string(file).expect("a source file is text");
        text.split('"').map(str::to_owned).collect::<Vec<_>>()
    };
    tables.iter().flat_map(literals).collect()
}

/// Every key named in a source file of the workspace, with the file's name.
fn used() -> BTreeSet<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (mut keys, groups) = (BTreeSet::new(), groups());
    for file in sources(&root) {
        let text = fs::read_to_string(&file).expect("a source file is text");
        let name = file.strip_prefix(&root).expect("it was found below the root").display().to_string();
        keys.extend(keys_in(&text, &groups).map(|key| (key.to_owned(), name.clone())));
    }
    assert!(keys.len() > 20, "the sources were read");
    keys
}

/// The string literals of a source text that are spelled as keys; a key that is still to be completed (`"parts-{part}"`)
/// is none.
fn keys_in<'a>(text: &'a str, groups: &[String]) -> impl Iterator<Item = &'a str> {
    let spelled = |literal: &&str| {
        groups.iter().any(|group| literal.len() > group.len() && literal.starts_with(group.as_str()))
            && !literal.ends_with('-')
            && literal.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    text.split('"').filter(spelled)
}

fn sources(root: &Path) -> Vec<PathBuf> {
    // The tables of a plan name labels, not keys; a test of `exchange` finds the words of each.
    let below = ["app", "crates", "tests"].into_iter().flat_map(|folder| sources_below(&root.join(folder)));
    below.filter(|file| !file.parent().is_some_and(|folder| folder.ends_with("plan/src/parts"))).collect()
}

fn sources_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a source folder can be listed") {
            let path = entry.expect("a source folder can be listed").path();
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found
}
