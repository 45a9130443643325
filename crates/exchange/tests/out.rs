//! What leaves as a page or as JSON: hostile words stay words, and nothing on the page fetches or runs.

use exchange::{Also, Field, FileRef, Item, List, PartView, PersonRef, PersonView, PlanView, Value};

/// Words that would be more than words if anything pasted them together by hand.
const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</style><script src=//evil.example/x.js></script>",
    "</title><iframe src=https://evil.example>",
    "&lt;b&gt; & ' \" `",
    "javascript:alert(1)",
    "]]><!--",
    "naïve 👩‍👩‍👧 한글 עברית \u{202e}drow",
];

#[test]
fn hostile_words_stay_words_on_the_page() {
    for hostile in HOSTILE {
        let page = exchange::html(&plan(hostile), hostile);
        let ours = page.matches('<').count();
        let harmless = exchange::html(&plan("harmless"), "harmless").matches('<').count();
        assert_eq!(ours, harmless, "{hostile:?} became markup");
        let escaped = hostile.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        // Title, heading, date of writing, the text, the wish, its step, the name and the second answer.
        assert!(page.matches(&escaped).count() >= 8, "{hostile:?} is still to be read");
    }
}

#[test]
fn the_page_fetches_nothing_and_runs_nothing() {
    let page = exchange::html(&plan("Walk to school"), "today");
    for banned in [
        "<script", "<link", "<img", "<iframe", "<form", "<a ", "src=", "href=", "http://", "https://", "url(",
        "@import", " on",
    ] {
        let found = page
            .match_indices(banned)
            .filter(|(at, _)| banned != " on" || page[*at..].contains("=\"") && inside_a_tag(&page, *at));
        assert_eq!(found.count(), 0, "{banned:?} stands on the page");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn the_page_says_fields_and_choices_in_words() {
    let page = exchange::html(&plan("Swim once a week"), "Written on 3 May");
    for words in [
        "What I want",
        "How it stands",
        "Not yet",
        "1 March 2027",
        "answered at the same time",
        "On the way",
        "My main contact",
    ] {
        assert!(page.contains(words), "{words:?} is missing");
    }
    for code in ["not-yet", "about-me", "2027-03-01", "k3m2"] {
        assert!(!page.contains(code), "{code:?} is no word for a person");
    }
}

#[test]
fn the_page_has_the_order_and_the_headings_of_the_plan_s_template() {
    let part = |kind: &str, fields: Vec<Field>| PartView { kind: kind.into(), fields, ..plan("").parts[0].clone() };
    let template = Field { code: "template".into(), value: Value::Choice("ehcp".into()) };
    let parts = ["goals", "needs-voice", "needs", "about-me"].map(|kind| part(kind, Vec::new()));
    let parts = parts.into_iter().chain([part("cover", vec![template])]).collect();
    let page = exchange::html(&PlanView { parts, ..plan("") }, "today");
    let page = page.split_once("<main>").unwrap().1;
    let headings: Vec<&str> = ["template-ehcp-a", "template-ehcp-b", "template-ehcp-c"].to_vec();
    let places: Vec<usize> = headings.iter().map(|key| page.find(&words::label(key)).expect(key)).collect();
    assert!(places.is_sorted(), "{places:?}");
    let h2 =
        |part: &str| page.find(&format!("<h2>{}</h2>", words::label(plan::part(part).unwrap().label))).expect(part);
    assert!(h2("cover") < h2("about-me") && h2("about-me") < h2("needs"));
}

#[test]
fn each_section_of_one_list_holds_what_belongs_to_it_and_nothing_is_left_out() {
    let field = |code: &str, value| Field { code: code.into(), value };
    let need = |what: &str, area: Option<&str>| Item {
        id: what.into(),
        fields: [field("what", Value::Line(what.into()))]
            .into_iter()
            .chain(area.map(|area| field("area", Value::Choice(area.into()))))
            .collect(),
        also: Vec::new(),
        lists: Vec::new(),
    };
    let part = |kind: &str, fields: Vec<Field>, items: Vec<Item>| PartView {
        kind: kind.into(),
        fields,
        lists: vec![List { code: kind.into(), items }],
        ..plan("").parts[0].clone()
    };
    let needs = [need("Nobody sorted it", None), need("Inhaler", Some("health")), need("Reading", Some("learning"))];
    let supports = [need("School itself", Some("place")), need("Physio", Some("health"))];
    let parts = vec![
        part("cover", vec![field("template", Value::Choice("ehcp".into()))], Vec::new()),
        part("strengths", Vec::new(), vec![need("Kind", None)]),
        part("needs", Vec::new(), needs.to_vec()),
        part("supports", Vec::new(), supports.to_vec()),
        part("equipment", Vec::new(), vec![need("Chair", None)]),
    ];
    let page = exchange::html(&PlanView { parts, ..plan("") }, "today");
    let chapter = |letter: char| words::label(&format!("template-ehcp-{letter}"));
    let told = [
        (chapter('b'), "Kind"),
        (String::new(), "Reading"),
        (chapter('c'), "Inhaler"),
        (chapter('d'), ""),
        (words::text("pages-area-none"), "Nobody sorted it"),
        (chapter('g'), "Physio"),
        (chapter('i'), "School itself"),
        (chapter('g'), "Chair"),
    ];
    let mut rest = page.split_once("<main>").unwrap().1;
    for words in told.iter().flat_map(|(chapter, words)| [chapter.as_str(), words]) {
        rest = rest.split_once(words).unwrap_or_else(|| panic!("{words:?} does not come in its turn: {page}")).1;
    }
    for words in ["Nobody sorted it", "Inhaler", "Reading", "Physio", "School itself"] {
        assert_eq!(page.matches(words).count(), 1, "{words}");
    }
}

#[test]
fn json_puts_each_value_under_the_name_it_has_as_a_field() {
    for words in HOSTILE {
        let json: serde_json::Value = serde_json::from_str(&exchange::json(&plan(words))).expect("it is JSON");
        assert_eq!(json["plan"]["title"], words);
        assert_eq!(json["plan"]["people"][0]["name"], words);
        let (about, goals) = (&json["parts"][0], &json["parts"][1]);
        assert_eq!(about["kind"], "about-me");
        assert_eq!(about["fields"]["communication"], words);
        assert_eq!(about["fields"]["wellness"], "");
        let goal = &goals["lists"]["goals"][0];
        assert_eq!(goal["id"], "k3m2");
        assert_eq!(goal["words"], words);
        assert_eq!(goal["status"], "not-yet");
        assert_eq!(goal["importance"], 9);
        assert_eq!(goal["whose"]["name"], words);
        assert_eq!(goal["why"], serde_json::Value::Null);
        assert_eq!(goal["levels"][0]["text"], words);
        assert_eq!(goal["also"][0]["field"], "status");
        assert_eq!(goal["also"][0]["by"]["name"], words);
    }
}

#[test]
fn every_kind_of_value_is_said_in_words_on_the_page_and_bare_in_json() {
    let field = |code: &str, value| Field { code: code.into(), value };
    let mut plan = plan("Swim");
    let file = FileRef { id: "f1".into(), kind: "recording".into(), bytes: 48_000, name: "My week".into() };
    let incident = Item {
        id: "i1".into(),
        fields: vec![
            field("what", Value::Text("A crowded bus".into())),
            field("when", Value::Moment("2026-10-14T16:40+01:00".into())),
            field("action", Value::Ref("k3m2".into())),
            field("files", Value::Files(vec![file])),
        ],
        also: vec![],
        lists: vec![],
    };
    let member = Item {
        id: "c1".into(),
        fields: vec![
            field("name", Value::Line("Hodan".into())),
            field("roles", Value::Choices(vec!["carer".into(), "lead".into()])),
        ],
        also: vec![],
        lists: vec![],
    };
    let line = Item {
        id: "m1".into(),
        fields: vec![
            field("what", Value::Line("Wages".into())),
            field("rate", Value::Money("13.50".into())),
            field("units", Value::Quantity("13".into())),
        ],
        also: vec![],
        lists: vec![],
    };
    for (kind, list, item) in [("log", "incidents", incident), ("circle", "circle", member), ("money", "lines", line)] {
        plan.parts.push(PartView {
            id: kind.into(),
            kind: kind.into(),
            called: None,
            whose: None,
            access: "edit".into(),
            heads: vec![],
            fields: vec![],
            also: vec![],
            lists: vec![List { code: list.into(), items: vec![item] }],
        });
    }
    let page = exchange::html(&plan, "today");
    for words in [
        "14 October 2026 at 16:40",
        "My week",
        "Carer (family or friend, not paid), My main contact",
        "13.50",
        "How many each time",
    ] {
        assert!(page.contains(words), "{words:?} is missing");
    }
    let json: serde_json::Value = serde_json::from_str(&exchange::json(&plan)).expect("it is JSON");
    let incident = &json["parts"][2]["lists"]["incidents"][0];
    assert_eq!(incident["when"], "2026-10-14T16:40+01:00");
    assert_eq!(incident["action"], "k3m2");
    assert_eq!(incident["files"][0]["name"], "My week");
    assert_eq!(json["parts"][3]["lists"]["circle"][0]["roles"][1], "lead");
    assert_eq!(json["parts"][4]["lists"]["lines"][0]["units"], "13");
}

#[test]
fn every_field_of_every_part_and_voice_is_on_the_page_under_its_name() {
    let mut number = 0;
    let mut fill = |described: &'static [plan::Field]| -> Vec<Field> {
        let fill = |field: &plan::Field| {
            number += 1;
            let word = format!("word{number}x");
            let value = match field.kind {
                plan::FieldKind::Text => Value::Text(word),
                plan::FieldKind::Line if field.code != "field" && field.code != "for-field" => Value::Line(word),
                plan::FieldKind::Person => Value::Person(PersonRef { id: "p".into(), name: word }),
                plan::FieldKind::Files => {
                    Value::Files(vec![FileRef { id: "f".into(), kind: "paper".into(), bytes: 1, name: word }])
                }
                plan::FieldKind::Scale(..) => Value::Scale(number),
                _ => Value::Empty,
            };
            Field { code: field.code.into(), value }
        };
        described.iter().map(fill).collect()
    };
    let mut plan = plan("Swim");
    plan.parts.clear();
    for part in plan::parts().iter().flat_map(|part| [Some(part), part.voice]).flatten() {
        let whose = part.is_voice().then(|| PersonRef { id: "p1".into(), name: "Hodan".into() });
        let mut list = |list: &'static plan::List| {
            let inner = list.lists.iter().map(|inner| List {
                code: inner.code.into(),
                items: vec![Item { id: "i".into(), fields: fill(inner.fields), also: vec![], lists: vec![] }],
            });
            let lists = inner.collect();
            let item = Item { id: "o".into(), fields: fill(list.fields), also: vec![], lists };
            List { code: list.code.into(), items: vec![item] }
        };
        let lists = part.lists.iter().map(&mut list).collect();
        plan.parts.push(PartView {
            id: part.code.into(),
            kind: part.code.into(),
            called: None,
            whose,
            access: "edit".into(),
            heads: vec![],
            fields: fill(part.fields),
            also: vec![],
            lists,
        });
    }
    let page = exchange::html(&plan, "today");
    for part in &plan.parts {
        let about = part.kind.strip_suffix("-voice").unwrap_or(&part.kind);
        let alone = exchange::html_of(&plan, about, "today");
        let easy = format!("{:?}", exchange::easy(&plan, about));
        let items = part.lists.iter().flat_map(|list| &list.items);
        let inner = items.clone().flat_map(|item| &item.lists).flat_map(|list| &list.items);
        let fields = part.fields.iter().chain(items.chain(inner).flat_map(|item| &item.fields));
        for field in fields.filter(|field| field.code != "place" && field.code != "in-voice") {
            let words = match &field.value {
                Value::Text(words) | Value::Line(words) => words,
                Value::Person(person) => &person.name,
                Value::Files(files) => &files[0].name,
                _ => continue,
            };
            for all in [&page, &alone, &easy] {
                assert!(all.contains(words.as_str()), "{}: {field:?}", part.kind);
            }
        }
        assert!(!part.kind.ends_with("-voice") || page.contains("what Hodan says"));
    }
}

/// A small plan in which every place that takes words holds these.
fn plan(words: &str) -> PlanView {
    let text = |code: &str, value: &str| Field { code: code.into(), value: Value::Text(value.into()) };
    let someone = PersonRef { id: "p1".into(), name: words.into() };
    let goal = Item {
        id: "k3m2".into(),
        fields: vec![
            text("words", words),
            Field { code: "why".into(), value: Value::Empty },
            Field { code: "status".into(), value: Value::Choice("not-yet".into()) },
            Field { code: "target".into(), value: Value::Date("2027-03-01".into()) },
            Field { code: "importance".into(), value: Value::Scale(9) },
            Field { code: "whose".into(), value: Value::Person(someone.clone()) },
            Field { code: "needs".into(), value: Value::Refs(vec!["k3m2".into(), "not here".into()]) },
        ],
        also: vec![Also { field: "status".into(), value: Value::Choice("active".into()), by: someone }],
        lists: vec![List {
            code: "levels".into(),
            items: vec![Item { id: "l1".into(), fields: vec![text("text", words)], also: vec![], lists: vec![] }],
        }],
    };
    PlanView {
        id: "plan".into(),
        title: words.into(),
        people: vec![PersonView {
            id: "p1".into(),
            name: words.into(),
            role: "lead".into(),
            standing: "coordinator".into(),
            organisation: words.into(),
            you: true,
        }],
        parts: vec![
            PartView {
                id: "doc1".into(),
                kind: "about-me".into(),
                called: None,
                whose: None,
                access: "edit".into(),
                heads: vec!["h1".into()],
                fields: vec![text("communication", words), text("wellness", "")],
                also: vec![],
                lists: vec![],
            },
            PartView {
                id: "doc2".into(),
                kind: "goals".into(),
                called: None,
                whose: None,
                access: "view".into(),
                heads: vec![],
                fields: vec![],
                also: vec![],
                lists: vec![List { code: "goals".into(), items: vec![goal] }],
            },
        ],
    }
}

/// Whether this place of the page is inside a tag and not among words.
fn inside_a_tag(page: &str, at: usize) -> bool {
    page[..at].rfind('<') > page[..at].rfind('>')
}
