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
