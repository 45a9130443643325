//! What the stories share: devices on 127.0.0.1, each with a home of its own, and a writer for one document.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use circle::{Access, Standing};
use node::{News, NewsReceiver, Node, Refused, Settings, ask};
use plan::{Document, FieldPath};
use seal::{Admitted, ChainId, DocId, PersonId, PlanId, Time};
use store::Unlock;
use tempfile::TempDir;

/// Long enough for a slow machine; nothing waits that long when all is well.
pub const LONG: Duration = Duration::from_secs(60);

pub struct Device {
    pub node: Node,
    pub news: NewsReceiver,
    pub home: TempDir,
}

pub fn settings(home: &Path) -> Settings {
    let mut settings = Settings::new(home.to_path_buf(), Unlock::KeyFile, "story".into());
    settings.listen = vec!["127.0.0.1:0".parse().unwrap()];
    settings
}

impl Device {
    pub fn new() -> Device {
        let home = tempfile::tempdir().unwrap();
        node::create(home.path(), &Unlock::KeyFile, Path::new("story")).unwrap();
        Device::at(home)
    }

    pub fn at(home: TempDir) -> Device {
        Device::with(home, |_| {})
    }

    pub fn with(home: TempDir, change: impl FnOnce(&mut Settings)) -> Device {
        let mut settings = settings(home.path());
        change(&mut settings);
        let (node, news) = node::start(settings).unwrap();
        node.call(ask::Online).unwrap();
        Device { node, news, home }
    }

    pub fn again(self) -> Device {
        Device::at(self.stop())
    }

    pub fn stop(self) -> TempDir {
        let Device { node, news, home } = self;
        drop(node);
        drop(news);
        home
    }

    /// Starts a plan with one part.
    pub fn start_plan(&self, name: &str) -> (PlanId, DocId) {
        let found = ask::Found {
            name: name.into(),
            relationship: "myself".into(),
            organisation: String::new(),
            for_myself: true,
        };
        let plan = self.node.call(found).unwrap().plan;
        let new = ask::NewDocument { kind: "about-me".into(), belongs: ask::Belongs::ToThePlan, given: Vec::new() };
        let docs = self.node.call(ask::NewDocuments { plan, documents: vec![new] }).unwrap();
        (plan, docs[0])
    }

    pub fn invite(&self, plan: PlanId, standing: Standing) -> String {
        let invite = ask::Invite {
            plan,
            role: "supporter".into(),
            standing,
            parts: vec!["about-me".into()],
            lasts: Duration::from_secs(3600),
            addresses: true,
            until: None,
        };
        self.node.call(invite).unwrap().ticket
    }

    pub fn knock(&self, ticket: &str, name: &str) -> Result<ask::Knock, Refused> {
        let join = ask::Join {
            ticket: ticket.into(),
            name: name.into(),
            relationship: "sister".into(),
            organisation: String::new(),
        };
        self.node.call_within(LONG, join)
    }

    pub fn confirm(&self, plan: PlanId, doc: DocId, person: PersonId, words: &str) -> Result<ask::Confirmed, Refused> {
        let share = ask::ShareWith {
            doc,
            access: Access::Edit,
            why: "we write it together".into(),
            basis: "asked".into(),
            until: None,
        };
        self.node.call_within(LONG, ask::Confirm { plan, person, words: words.into(), shares: vec![share] })
    }

    /// The next news that this picks out.
    pub fn hear<T>(&self, what: &str, mut pick: impl FnMut(News) -> Option<T>) -> T {
        let until = Instant::now() + LONG;
        while Instant::now() < until {
            if let Some(news) = self.news.wait(Duration::from_millis(100))
                && let Some(picked) = pick(news)
            {
                return picked;
            }
        }
        panic!("never heard: {what}");
    }

    pub fn wait_for(&self, what: &str, mut is_so: impl FnMut(&Node) -> bool) {
        let until = Instant::now() + LONG;
        while !is_so(&self.node) {
            assert!(Instant::now() < until, "never came: {what}");
            while self.news.take().is_some() {}
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Lets `joiner` into a plan of `host`'s, the words carried from one to the other.
pub fn let_in(host: &Device, joiner: &Device, plan: PlanId, doc: DocId, name: &str, standing: Standing) -> PersonId {
    let ticket = host.invite(plan, standing);
    let knock = joiner.knock(&ticket, name).unwrap();
    let words = knock.words.unwrap().join(" ");
    let confirmed = host.confirm(plan, doc, knock.person, &words).unwrap();
    assert_eq!(confirmed.not_shared, []);
    let person = joiner.node.call_within(LONG, ask::Enter { plan }).unwrap();
    assert_eq!(person, knock.person);
    joiner.wait_for("the document", |node| {
        node.call(ask::Circle { plan }).is_ok_and(|ledger| ledger.document(doc).is_some())
    });
    person
}

/// One open part on one device, written and merged as the desk would.
pub struct Writer {
    document: Document,
    plan: PlanId,
    doc: DocId,
}

impl Writer {
    /// Writes the part's first edit.
    pub fn begin(device: &Device, plan: PlanId, doc: DocId) -> Writer {
        let (snapshot, edits, chain) = open(device, plan, doc);
        assert!(snapshot.is_none() && edits.is_empty());
        let part = plan::part("about-me").unwrap();
        let (document, edits) = Document::create(part, doc, chain.unwrap(), Time(1));
        device.node.call(ask::Publish { plan, doc, edits }).unwrap();
        Writer { document, plan, doc }
    }

    /// Opens the part as it is on this device by now, which must hold something.
    pub fn open(device: &Device, plan: PlanId, doc: DocId) -> Writer {
        device.wait_for("the first edit", |node| {
            node.call(ask::Frontier { plan, doc }).is_ok_and(|frontier| frontier.edits > 0)
        });
        let (snapshot, edits, chain) = open(device, plan, doc);
        let part = plan::part("about-me").unwrap();
        let mut document = Document::load(part, doc, snapshot.as_deref(), &edits).unwrap();
        if let Some(chain) = chain {
            document.write_as(chain);
        }
        Writer { document, plan, doc }
    }

    pub fn chain(&self) -> Option<ChainId> {
        self.document.chain()
    }

    pub fn text(&self) -> String {
        self.document.text(field())
    }

    /// Adds words at the end and keeps them; the answer comes once they are flushed.
    pub fn write(&mut self, device: &Device, words: &str) {
        let edits = self.type_in(words);
        let publish = ask::Publish { plan: self.plan, doc: self.doc, edits };
        device.node.call_within(LONG, publish).unwrap();
    }

    pub fn type_in(&mut self, words: &str) -> Vec<seal::Bytes> {
        let end = self.document.text_len(field());
        self.document.splice(field(), end, 0, words).unwrap();
        self.document.close(Time(2))
    }

    /// Merges what the device tells until the text is as wanted.
    pub fn read_until(&mut self, device: &Device, what: &str, wanted: impl Fn(&str) -> bool) {
        let until = Instant::now() + LONG;
        while !wanted(&self.text()) {
            assert!(Instant::now() < until, "never read: {what}; but: {}", self.text());
            match device.news.wait(Duration::from_millis(100)) {
                Some(News::Edits { doc, edits, .. }) if doc == self.doc => {
                    self.document.merge(&edits).unwrap();
                }
                Some(News::Rebuild { doc, edits, .. }) if doc == self.doc => {
                    self.document.rebuild(&edits).unwrap();
                }
                Some(_) | None => {}
            }
        }
    }

    pub fn snapshot(&mut self, device: &Device) {
        let (snapshot, heads) = (self.document.save(), self.document.heads());
        let keep = ask::KeepSnapshot { plan: self.plan, doc: self.doc, snapshot, heads };
        device.node.call_within(LONG, keep).unwrap();
    }
}

pub fn open(device: &Device, plan: PlanId, doc: DocId) -> (Option<seal::Bytes>, Vec<Admitted>, Option<ChainId>) {
    device.node.call(ask::Open { plan, doc }).unwrap();
    device.hear("the opened document", |news| match news {
        News::Opened { doc: of, snapshot, edits, chain, .. } if of == doc => Some((snapshot, edits, chain)),
        _ => None,
    })
}

fn field() -> FieldPath {
    "about-me.communication".parse().unwrap()
}
