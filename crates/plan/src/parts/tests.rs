//! What every table must keep to, so that documents, paths and undo can rest on it.

use std::collections::BTreeSet;

use super::*;
use crate::{
    limits::{DEPTH, KEY_BYTES},
    part::{Copies, FieldKind, List, Opens, Role},
    path::{FieldPath, ListPath},
};

fn all() -> impl Iterator<Item = &'static Part> {
    parts().iter().flat_map(|part| [Some(part), part.voice]).flatten()
}

#[test]
fn no_two_things_in_one_place_share_a_name_and_every_code_is_kebab_case() {
    let kebab = |code: &str| {
        !code.is_empty()
            && code.len() <= KEY_BYTES
            && code.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit())
    };
    let mut parts = BTreeSet::new();
    for part in all() {
        assert!(kebab(part.code) && parts.insert(part.code), "{}", part.code);
        let mut places = vec![(part.fields, part.lists)];
        places.extend(part.all_lists().into_iter().map(|(list, _)| (list.fields, list.lists)));
        for (fields, lists) in places {
            let mut codes: Vec<_> = fields.iter().map(|f| f.code).chain(lists.iter().map(|l| l.code)).collect();
            codes.extend(fields.iter().flat_map(|field| field.kind.choices()));
            assert!(codes.iter().all(|code| kebab(code)), "{codes:?}");
            let mut codes: Vec<_> = fields.iter().map(|f| f.code).chain(lists.iter().map(|l| l.code)).collect();
            codes.sort_unstable();
            assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "{} {codes:?}", part.code);
            assert!(!codes.iter().any(|code| RESERVED.contains(code)), "{codes:?}");
            for field in fields {
                let choices: BTreeSet<_> = field.kind.choices().iter().collect();
                assert_eq!(choices.len(), field.kind.choices().len(), "{}", field.label);
            }
        }
    }
}

// A path to a list inside a record names the list by its code alone.
#[test]
fn lists_inside_records_of_one_part_have_different_names() {
    for part in all() {
        let inner: Vec<&str> =
            part.all_lists().iter().filter(|(_, outer)| outer.is_some()).map(|(list, _)| list.code).collect();
        let different: BTreeSet<&str> = inner.iter().copied().collect();
        assert_eq!(inner.len(), different.len(), "{}: {inner:?}", part.code);
    }
}

// Root, list, record, list in it, its record, its text: the door lets in no deeper one.
#[test]
fn records_lie_in_each_other_no_deeper_than_the_door_allows() {
    for part in all() {
        let deepest = |list: &List| list.lists.iter().all(|inner| inner.lists.is_empty());
        assert!(part.lists.iter().all(deepest), "{}", part.code);
    }
    const { assert!(DEPTH >= 5) };
}

#[test]
fn a_reference_names_lists_there_are() {
    for part in all() {
        let inner = part.all_lists();
        let fields = part.fields.iter().chain(inner.iter().flat_map(|(list, _)| list.fields));
        for field in fields {
            let (FieldKind::Ref(targets) | FieldKind::Refs(targets)) = field.kind else { continue };
            for target in targets {
                assert!(target.parse::<ListPath>().is_ok(), "{} names {target}", field.label);
            }
            assert!(!targets.is_empty() || part.is_voice(), "{} names no list", field.label);
        }
    }
}

#[test]
fn a_voice_is_found_by_its_part_and_has_what_every_voice_has() {
    for part in parts() {
        assert!(!part.is_voice());
        let Some(voice) = part.voice else {
            assert_eq!(
                part.opens,
                Opens::OnThisDevice,
                "{} is seen by others, who may have something to say",
                part.code
            );
            continue;
        };
        assert!(voice.is_voice() && voice.voice.is_none() && voice.copies == Copies::EachOwner);
        assert_eq!(voice.code, format!("{}{VOICE}", part.code));
        assert_eq!(super::part(voice.code), Some(voice));
        for code in ["comments", "proposals", "answers"] {
            assert!(voice.list(code).is_some(), "{}", voice.code);
        }
    }
    assert_eq!(super::part("tulip-voice"), None);
}

#[test]
fn documents_of_which_there_may_be_several_can_be_told_apart() {
    for part in parts() {
        let told_apart_by = match part.copies {
            Copies::One | Copies::EachOwner => None,
            Copies::EachQuarter => Some("quarter"),
            Copies::Named => Some("name"),
        };
        assert!(told_apart_by.is_none_or(|code| part.field(code).is_some()), "{}", part.code);
    }
}

#[test]
fn a_role_is_named_once_in_a_parts_holdings_and_the_person_holds_what_is_not_somebody_elses() {
    for part in parts() {
        let roles: BTreeSet<_> = part.holdings.iter().map(|(role, _)| role).collect();
        assert_eq!(roles.len(), part.holdings.len(), "{}", part.code);
        let nobodys = part.copies == Copies::EachOwner;
        assert_eq!(part.holding(Role::Person) == crate::part::Holding::Edit, !nobodys, "{}", part.code);
    }
}

// Screens and the command line find fields by a path alone.
#[test]
fn every_field_and_list_has_a_path() {
    let item = seal::ItemId::new([7; 16]);
    for part in all() {
        for field in part.fields {
            assert!(FieldPath::new(part, None, field.code).is_ok_and(|path| path.part() == part));
        }
        for (list, outer) in part.all_lists() {
            let path = ListPath::new(part, outer.map(|_| item), list.code).unwrap();
            assert_eq!(path.describe(), list);
            assert_eq!(path.to_string().parse(), Ok(path));
            for field in list.fields {
                let path = FieldPath::new(part, Some(item), field.code).unwrap();
                assert_eq!(path.describe(Some(list)), Some(field));
            }
        }
    }
}

// A list that lends the part's label to its fields must not meet the part's own.
#[test]
fn no_two_fields_of_a_part_have_one_label() {
    for part in all() {
        let lists = part.all_lists();
        let mut labels: Vec<_> = part.fields.iter().map(|field| field.label).collect();
        labels.extend(lists.iter().flat_map(|(list, _)| list.fields).map(|field| field.label));
        let different: BTreeSet<_> = labels.iter().collect();
        assert_eq!(different.len(), labels.len(), "{}", part.code);
    }
}

// What a record keeps about itself, see `document`.
const RESERVED: [&str; 5] = ["v", "id", "order", "at", "gone"];
