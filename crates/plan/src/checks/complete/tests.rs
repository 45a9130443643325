use seal::{ChainId, DocId, Time};

use super::*;
use crate::{
    checks::made_up::id,
    document::Document,
    parts::part,
    template::{template, templates},
};

fn empty(code: &str) -> Document {
    Document::create(part(code).unwrap(), DocId::new([1; 32]), ChainId::new([1; 16]), Time(0)).0
}

fn of(found: &[(&str, Found)], label: &str) -> Found {
    found.iter().find(|(at, _)| *at == label).unwrap().1
}

#[test]
fn a_care_and_support_plan_says_what_the_act_asks_for_is_still_missing() {
    let [mut needs, meetings, money] = ["needs", "meetings", "money"].map(empty);
    let look = |needs: &Document| {
        let whole = Whole::new().with(needs).with(&meetings).with(&money);
        complete(template("care-act").unwrap(), &whole)
    };
    let found = look(&needs);
    assert_eq!(found.len(), 8);
    assert_eq!(of(&found, "template-asks-care-act-a"), Found::Missing);
    assert_eq!(of(&found, "template-asks-care-act-d"), Found::Elsewhere, "goals are not at hand");
    for number in [1, 2] {
        needs.add("needs".parse().unwrap(), id(number), Time(1)).unwrap();
    }
    let prevent = |number| format!("needs/{}.prevent", id(number)).parse().unwrap();
    needs.splice(prevent(1), 0, 0, "Somebody beside me the first six times").unwrap();
    let found = look(&needs);
    assert_eq!(of(&found, "template-asks-care-act-a"), Found::There);
    assert_eq!(of(&found, "template-asks-care-act-f"), Found::Missing, "one need says nothing about it");
    needs.splice(prevent(2), 0, 0, "A timer").unwrap();
    assert_eq!(of(&look(&needs), "template-asks-care-act-f"), Found::There);
    needs.splice(prevent(2), 0, 7, "  ").unwrap();
    assert_eq!(of(&look(&needs), "template-asks-care-act-f"), Found::Missing, "blanks say nothing");
}

#[test]
fn with_nothing_at_hand_a_template_knows_nothing_and_with_empty_parts_it_misses_all() {
    for template in templates() {
        assert!(complete(template, &Whole::new()).iter().all(|(_, found)| *found == Found::Elsewhere));
        let parts: Vec<Document> = crate::parts().iter().map(|part| empty(part.code)).collect();
        let whole = parts.iter().fold(Whole::new(), |whole, part| whole.with(part));
        assert!(complete(template, &whole).iter().all(|(_, found)| *found == Found::Missing), "{}", template.code);
    }
}
