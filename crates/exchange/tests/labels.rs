//! Whatever a plan can hold has words for a person, so no page ever shows a code.

use std::collections::BTreeSet;

use plan::{Field, List};

#[test]
fn every_part_list_field_and_choice_has_its_words() {
    let missing: Vec<String> = labels().into_iter().filter(|label| !words::has(&format!("parts-{label}"))).collect();
    assert!(missing.is_empty(), "labels without words: {missing:#?}");
}

#[test]
fn no_words_wait_for_a_field_that_does_not_exist() {
    let labels = labels();
    let keys = words::keys().into_iter().filter_map(|key| key.strip_prefix("parts-"));
    let idle: Vec<&str> = keys.filter(|key| !labels.contains(*key)).collect();
    assert!(idle.is_empty(), "words for nothing: {idle:#?}");
}

#[test]
fn every_role_has_its_words_and_no_other() {
    let roles: BTreeSet<String> = plan::Role::ALL.iter().map(|role| format!("common-role-{}", role.code())).collect();
    let said: BTreeSet<String> =
        words::keys().into_iter().filter(|key| key.starts_with("common-role-")).map(str::to_owned).collect();
    assert_eq!(roles, said);
}

/// Every label that `plan` gives: parts, lists, fields and choices; templates, their chapters and what they ask for.
fn labels() -> BTreeSet<String> {
    let mut labels = BTreeSet::new();
    for part in plan::parts().iter().flat_map(|part| [Some(part), part.voice]).flatten() {
        labels.insert(part.label.to_owned());
        let mut places: Vec<(&[Field], &[List])> = vec![(part.fields, part.lists)];
        while let Some((fields, lists)) = places.pop() {
            for field in fields {
                labels.insert(field.label.to_owned());
                labels.extend(field.kind.choices().iter().map(|choice| field.choice_label(choice)));
            }
            labels.extend(lists.iter().map(|list| list.label.to_owned()));
            places.extend(lists.iter().map(|list| (list.fields, list.lists)));
        }
    }
    for template in plan::templates() {
        labels.insert(template.label.to_owned());
        labels.extend(template.chapters.iter().map(|chapter| chapter.label.to_owned()));
        labels.extend(template.asks.iter().map(|ask| ask.label.to_owned()));
    }
    labels
}
