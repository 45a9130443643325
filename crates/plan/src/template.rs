//! Templates: views on one plan. A template says in which order its parts are shown, what they are called there, what one
//! might write, and what it would like to find. Changing the template changes no word of the plan.

use std::collections::BTreeSet;

mod tables;

pub use tables::templates;

/// A way to lay a plan out.
#[derive(Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name in code and in the cover: `care-act`.
    pub code: &'static str,
    /// The key of its name on screen.
    pub label: &'static str,
    /// What kind of plan the cover says it is, if it is made for one kind.
    pub kind: Option<&'static str>,
    /// What is shown first, in order. Parts that no chapter names follow in the plan's own order.
    pub chapters: &'static [Chapter],
    /// What it would like to find.
    pub asks: &'static [Wants],
}

/// One chapter of a template.
#[derive(Debug, PartialEq, Eq)]
pub struct Chapter {
    /// The key of its name here. Its `.hint` is what one might write.
    pub label: &'static str,
    /// The parts it shows.
    pub parts: &'static [&'static str],
    /// Of parts whose records say which area of a life they belong to, only those of this one. None is all of them.
    pub area: Option<&'static str>,
}

/// The areas of a life that a plan may keep apart. A template may have a chapter for each; in every other plan they stand together.
pub const AREAS: &[&str] = &["learning", "health", "care"];

/// Which area a record belongs to, by the codes of what was chosen for it: what somebody put it under, else what its side of
/// life says plainly. None stands under no chapter of one area alone, and nobody guesses.
pub fn area(chosen: impl Fn(&str) -> Option<String>) -> Option<String> {
    chosen("area").or_else(|| {
        let area = match chosen("domain")?.as_str() {
            "work-learning" => "learning",
            "health" => "health",
            "personal-care" | "home" | "free-time" => "care",
            _ => return None,
        };
        Some(area.to_owned())
    })
}

/// Something a template would like to find.
#[derive(Debug, PartialEq, Eq)]
pub struct Wants {
    /// The key of what it is called.
    pub label: &'static str,
    /// Where it is looked for.
    pub wanted: Wanted,
}

/// Where something is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// This field has something in it.
    Field(&'static str),
    /// This list has an item.
    Item(&'static str),
    /// This list has an item, and each of its items has this field filled in.
    Each(&'static str, &'static str),
    /// One of these is there.
    Any(&'static [Wanted]),
    /// For every need that is not over and of which nobody said that it is not eligible, help that was agreed or has
    /// started, or something that somebody said yes to or did.
    NeedsMet,
    /// A wish, and for every wish that was not let go of some help, something to be done, or a need it belongs to.
    WishesServed,
    /// Somebody said yes to a version of the plan, be it with a but.
    Agreed,
}

/// The template with this code.
pub fn template(code: &str) -> Option<&'static Template> {
    templates().iter().find(|template| template.code == code)
}

impl Template {
    /// Whether it lays out what several partners do together, and nobody's life.
    pub fn is_a_groups(&self) -> bool {
        self.kind == Some("coalition")
    }

    /// The chapters that each show one area of a part, if there are several.
    pub fn chapters_of(&self, part: &str) -> Vec<&'static Chapter> {
        let of: Vec<_> = self.chapters.iter().filter(|one| one.area.is_some() && one.parts.contains(&part)).collect();
        if of.len() > 1 { of } else { Vec::new() }
    }

    /// The parts its chapters name, each where it is named first: those a plan of this kind begins with, beside those every
    /// plan begins with.
    pub fn parts(&self) -> impl Iterator<Item = &'static str> {
        let mut seen = BTreeSet::new();
        self.chapters.iter().flat_map(|chapter| chapter.parts).copied().filter(move |code| seen.insert(*code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        part::FieldKind,
        parts::part,
        path::{FieldPath, ListPath},
    };

    fn check(wanted: Wanted) {
        match wanted {
            Wanted::Field(path) => assert!(path.parse::<FieldPath>().is_ok(), "{path}"),
            Wanted::Item(list) => assert!(list.parse::<ListPath>().is_ok(), "{list}"),
            Wanted::Each(list, field) => {
                assert!(list.parse::<ListPath>().unwrap().describe().field(field).is_some(), "{list} {field}");
            }
            Wanted::Any(all) => all.iter().for_each(|one| check(*one)),
            Wanted::NeedsMet | Wanted::WishesServed | Wanted::Agreed => {}
        }
    }

    #[test]
    fn a_template_names_only_what_there_is_and_a_chapter_each_part_once() {
        for template in templates() {
            let mut seen = BTreeSet::new();
            for code in template.parts() {
                assert!(part(code).is_some(), "{} names {code}", template.code);
                assert!(seen.insert(code), "{} has {code} twice", template.code);
            }
            for chapter in template.chapters {
                let parts: BTreeSet<&str> = chapter.parts.iter().copied().collect();
                assert_eq!(parts.len(), chapter.parts.len(), "{} names a part twice", chapter.label);
                assert!(!parts.is_empty(), "{} names nothing", chapter.label);
            }
            template.asks.iter().for_each(|ask| check(ask.wanted));
            assert!(!template.asks.is_empty() && !template.chapters.is_empty());
        }
    }

    #[test]
    fn an_education_health_and_care_plan_has_the_sections_a_to_k_each_of_its_own() {
        let labels: Vec<_> = template("ehcp").unwrap().chapters.iter().map(|chapter| chapter.label).collect();
        let sections: Vec<_> = ('a'..='k').map(|section| format!("template-ehcp-{section}")).collect();
        assert_eq!(labels, sections);
    }

    #[test]
    fn a_chapter_of_one_area_names_one_that_the_records_of_its_part_can_be_put_under() {
        for template in templates() {
            for part in template.parts() {
                let chapters = template.chapters_of(part);
                let list = crate::parts::part(part).and_then(|described| described.list(part));
                let areas = list.and_then(|list| list.field("area")).map_or(&[][..], |field| field.kind.choices());
                let named: BTreeSet<_> = chapters.iter().filter_map(|chapter| chapter.area).collect();
                assert_eq!(named.len(), chapters.len(), "{part}: two chapters show the same");
                assert!(named.iter().all(|area| areas.contains(area)), "{part}: {named:?}");
                // Every area has its chapter: nothing is lost by looking at one after the other.
                assert!(chapters.is_empty() || areas.iter().all(|area| named.contains(area)), "{part}: {areas:?}");
            }
        }
        let ehcp = template("ehcp").unwrap();
        assert_eq!(ehcp.chapters_of("needs").len(), 3);
        assert_eq!(ehcp.chapters_of("supports").len(), 4);
        assert_eq!(template("care-act").unwrap().chapters_of("needs"), Vec::<&Chapter>::new());
    }

    #[test]
    fn a_record_belongs_where_somebody_put_it_and_else_where_its_side_of_life_says_plainly() {
        let chosen = |area: Option<&str>, domain: Option<&str>| {
            let (area, domain) = (area.map(str::to_owned), domain.map(str::to_owned));
            super::area(|field| if field == "area" { area.clone() } else { domain.clone() })
        };
        assert_eq!(chosen(None, Some("health")).as_deref(), Some("health"));
        assert_eq!(chosen(Some("learning"), Some("health")).as_deref(), Some("learning"));
        assert_eq!(chosen(None, Some("home")).as_deref(), Some("care"));
        assert_eq!(chosen(None, Some("feelings")), None);
        assert_eq!(chosen(None, None), None);
    }

    #[test]
    fn the_cover_offers_every_template_and_no_other() {
        let FieldKind::Choice(choices) = part("cover").unwrap().field("template").unwrap().kind else { panic!() };
        let codes: Vec<_> = templates().iter().map(|template| template.code).collect();
        assert_eq!(codes, choices);
        let FieldKind::Choice(kinds) = part("cover").unwrap().field("kind").unwrap().kind else { panic!() };
        assert!(templates().iter().filter_map(|template| template.kind).all(|kind| kinds.contains(&kind)));
        assert_eq!(template("care-act").map(|template| template.code), Some("care-act"));
    }
}
