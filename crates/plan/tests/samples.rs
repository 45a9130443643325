//! The samples' files against the descriptions of the parts: every line fits, and between them the three fill everything.

use std::collections::{BTreeMap, BTreeSet};

use plan::{
    Document, FieldKind, Part, parts,
    sample::{self, Burst, NAMES, Sample, Write},
};
use seal::{ChainId, DocId, ItemId, Time};

/// The documents of a sample by what tells them apart, and every line that does not fit.
fn written(sample: &Sample) -> (Vec<Document>, Vec<String>) {
    let mut next = 0_u16;
    let names = sample.name_all(|| {
        next += 1;
        let mut bytes = [0; 16];
        bytes[14..].copy_from_slice(&next.to_be_bytes());
        ItemId::new(bytes)
    });
    let (mut documents, mut wrong) = (Vec::new(), Vec::new());
    for part in &sample.parts {
        let (mut document, _) = Document::create(part.part, DocId::new([1; 32]), ChainId::new([1; 16]), Time(0));
        for write in part.bursts.iter().flat_map(|burst| &burst.writes) {
            let one = Burst { by: None, at: None, writes: vec![write.clone()] };
            if let Err(cause) = sample::write(&mut document, &one, &names, Time(7), &|_, text| text.to_owned()) {
                wrong.push(format!("[{}] {write:?}: {cause}", part.part.code));
            }
        }
        documents.push(document);
    }
    (documents, wrong)
}

#[test]
fn every_line_of_the_samples_fits_what_is_described() {
    for name in NAMES {
        let sample = sample::sample(name).unwrap();
        let (_, wrong) = written(&sample);
        assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
        let mut added = BTreeSet::new();
        for write in sample.parts.iter().flat_map(|part| &part.bursts).flat_map(|burst| &burst.writes) {
            if let Write::Add { item, .. } = write {
                assert!(added.insert(item), "{name}: two records are called {item}");
            }
        }
    }
}

#[test]
fn between_them_the_samples_fill_every_field_of_every_part() {
    let mut filled: BTreeSet<String> = BTreeSet::new();
    for name in NAMES {
        let sample = sample::sample(name).unwrap();
        for part in &sample.parts {
            let mut lists: BTreeMap<&str, &str> = BTreeMap::new();
            filled.extend(part.called().map(|(field, _)| format!("{}..{field}", part.part.code)));
            for write in part.bursts.iter().flat_map(|burst| &burst.writes) {
                match write {
                    Write::Add { item, list, .. } => _ = lists.insert(item, list),
                    Write::Fill { item, field, value } if !value.is_empty() => {
                        let list = item.as_ref().map_or("", |item| lists.get(item.as_str()).copied().unwrap_or("?"));
                        filled.insert(format!("{}.{list}.{field}", part.part.code));
                    }
                    Write::Fill { .. } | Write::Remove { .. } => {}
                }
            }
        }
    }
    let mut lacking = BTreeSet::new();
    for part in parts().iter().flat_map(|part| [Some(part), part.voice]).flatten() {
        let own = part.fields.iter().map(|field| ("", field));
        let lists = part.all_lists();
        let inner = lists.iter().flat_map(|(list, _)| list.fields.iter().map(|field| (list.code, field)));
        for (list, field) in own.chain(inner) {
            // What every voice has in common is looked at across all of them.
            let common = part.is_voice() && ["comments", "proposals", "with", "answers"].contains(&list);
            let is_filled = match common {
                false => filled.contains(&format!("{}.{list}.{}", part.code, field.code)),
                true => filled.iter().any(|one| one.ends_with(&format!("-voice.{list}.{}", field.code))),
            };
            let code = if common { "any-voice" } else { part.code };
            if !is_filled && field.kind != FieldKind::Files {
                lacking.insert(format!("{code}.{list}.{}", field.code));
            }
        }
    }
    let lacking: Vec<&str> = lacking.iter().map(String::as_str).collect();
    assert_eq!(lacking, LEFT_OPEN);
}

/// What no file fills. Where in a text a comment stands is two cursors into that text, which only a screen can say; in whose voice
/// an offer lies is an id that it has only in a plan; and in a plan that has every part nobody asks for one.
const LEFT_OPEN: [&str; 4] =
    ["any-voice.answers.in-voice", "any-voice.comments.place", "cover-voice.wanted.part", "cover-voice.wanted.words"];

#[test]
fn every_part_is_in_a_sample_and_somebody_speaks_about_most() {
    let all: Vec<Sample> = NAMES.iter().map(|name| sample::sample(name).unwrap()).collect();
    let is_there = |part: &Part| all.iter().flat_map(|sample| &sample.parts).any(|one| one.part == part);
    let missing: Vec<&str> = parts().iter().filter(|part| !is_there(part)).map(|part| part.code).collect();
    assert_eq!(missing, [""; 0]);
    let voices = parts().iter().filter_map(|part| part.voice).filter(|voice| is_there(voice)).count();
    assert!(voices > 20, "{voices} voices");
}

#[test]
fn ten_years_of_it_have_more_than_five_thousand_things_in_them_and_a_hundred_thousand_edits() {
    let old = sample::sample("ten-years").unwrap();
    let bursts = || old.parts.iter().flat_map(|part| &part.bursts);
    let adds = bursts().flat_map(|burst| &burst.writes).filter(|write| matches!(write, Write::Add { .. }));
    assert!(adds.count() > 5_000);
    assert!(bursts().count() > 100_000, "each is an edit");
    let quarters: BTreeSet<_> =
        old.parts.iter().filter(|part| part.part.code == "log").map(|part| part.key.clone()).collect();
    assert_eq!(quarters.len(), 41, "ten years touch forty-one quarters");
    // Each quarter once is enough to see that all of it can be written.
    let (_, wrong) = written(&sample::aged(&sample::sample("adult").unwrap(), 10, 1));
    assert!(wrong.is_empty(), "{wrong:?}");
}
