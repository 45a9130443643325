//! Offers on the command line: made, answered, listed.

use desk::{Ask, Desk, Fill, Wanted};
use plan::{
    FieldPath, ListPath,
    offers::{Change, Fit, Offer, Reply, Stands},
};
use seal::{DocId, ItemId, PlanId};
use serde_json::json;
use words::Say;

use crate::{
    commands::{open, pair, writing},
    failure::Failure,
    name,
    report::Report,
    session::later,
    task::Task,
};

/// What is done with offers.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Offer a change to whoever may write: other words in a field, an item more, or an item less
    Offer {
        /// The plan
        plan: String,
        /// The field; with --add the list, with --take-out PART/ITEM
        what: String,
        /// The value, @FILE, or - for standard input; with --add FIELD=VALUE, as many as you like
        #[arg(allow_negative_numbers = true)]
        values: Vec<String>,
        /// Why
        #[arg(long, default_value = "", value_name = "WORDS")]
        why: String,
        /// One more item in this list
        #[arg(long, conflicts_with = "take_out")]
        add: bool,
        /// This item out of its list
        #[arg(long)]
        take_out: bool,
        /// Which of a part's documents: its quarter, its name, its owner, or letters of its id
        #[arg(long = "in", value_name = "DOCUMENT")]
        within: Option<String>,
    },
    /// Answer an offer: take it, or say that what is written stays
    Answer {
        /// The plan
        plan: String,
        /// The offer: six or more letters of its id
        offer: String,
        /// Take it: it is written into the part, as your edit
        #[arg(long, conflicts_with = "not_now", required_unless_present = "not_now")]
        take: bool,
        /// What is written stays
        #[arg(long)]
        not_now: bool,
        /// Why
        #[arg(long, default_value = "", value_name = "WORDS")]
        because: String,
    },
}

/// Begins a command about offers.
pub(crate) fn begin(command: Command, desk: &mut Desk, stdin: bool) -> Result<Task, Failure> {
    match command {
        Command::Offer { plan, what, values, why, add, take_out, within } => {
            let plan = open(desk, &plan)?;
            let wanted = read(&what, values, add, take_out, stdin)?;
            Ok(Task::opened(move |desk| offer(desk, plan, wanted, why, within.as_deref())))
        }
        Command::Answer { plan, offer, take, not_now: _, because } => {
            let plan = open(desk, &plan)?;
            let reply = if take { Reply::Take } else { Reply::NotNow };
            Ok(Task::opened(move |desk| answer(desk, plan, &offer, reply, because)))
        }
    }
}

/// What is wanted, as it was written.
enum Written {
    Field(FieldPath, String),
    Add(ListPath, Vec<(String, String)>),
    TakeOut(&'static plan::Part, ItemId),
}

fn read(what: &str, values: Vec<String>, add: bool, take_out: bool, stdin: bool) -> Result<Written, Failure> {
    let usage = || Failure::usage("cli-one-value");
    if add {
        let list: ListPath = what.parse()?;
        let pairs = values.iter().map(|value| pair(value, stdin)).collect::<Result<Vec<_>, _>>()?;
        return Ok(Written::Add(list, pairs));
    }
    if take_out {
        let (part, item) = what.split_once('/').ok_or(plan::BadPath::Form)?;
        let part = plan::part(part).ok_or(plan::BadPath::Part)?;
        let item = item.parse().map_err(|_| plan::BadPath::Item)?;
        return if values.is_empty() { Ok(Written::TakeOut(part, item)) } else { Err(usage()) };
    }
    let [value] = &values[..] else { return Err(usage()) };
    Ok(Written::Field(what.parse()?, name::written(value, stdin)?))
}

fn offer(desk: &mut Desk, plan: PlanId, written: Written, why: String, within: Option<&str>) -> Result<Task, Failure> {
    let (part, item) = match &written {
        Written::Field(field, _) => (field.part(), field.item()),
        Written::Add(list, _) => (list.part(), list.item()),
        Written::TakeOut(part, item) => (*part, Some(*item)),
    };
    let voice = part.voice.ok_or(desk::Refused::MayNotOffer)?;
    let within = name::within(desk, plan, part, within)?.or_else(|| desk.doc_for(plan, part.code, item, None));
    let wanted = match written {
        Written::Field(field, text) => {
            let kind = name::kind(desk, plan, field)?;
            Wanted::Change { field, fill: name::fill(desk, plan, kind, text)? }
        }
        Written::Add(list, pairs) => {
            let mut fills: Vec<(String, Fill)> = Vec::with_capacity(pairs.len());
            for (code, text) in pairs {
                let kind = list.describe().field(&code).ok_or_else(|| Failure::new("errors-no-such-field"))?.kind;
                fills.push((code, name::fill(desk, plan, kind, text)?));
            }
            Wanted::Add { list, fills }
        }
        Written::TakeOut(part, item) => Wanted::TakeOut { part: part.code.to_owned(), item },
    };
    let report = Report::new("", json!({"offered": true}));
    writing(desk, Ask::Offer { plan, wanted, why }, (plan, voice, None, within), report)
}

fn answer(desk: &mut Desk, plan: PlanId, letters: &str, reply: Reply, words: String) -> Result<Task, Failure> {
    let letters = letters.to_ascii_lowercase();
    let is_meant = |offer: &Offer| letters.len() >= name::LETTERS && offer.id.to_string().starts_with(&letters);
    let found: Vec<(DocId, Offer)> = every(desk, plan).into_iter().filter(|(_, offer)| is_meant(offer)).collect();
    let [(doc, offer)] = &found[..] else { return Err(desk::Refused::NoSuchOffer.into()) };
    let (doc, offer) = (*doc, Box::new(offer.clone()));
    let report = Report::new("", json!({"answered": offer.id.to_string(), "taken": reply == Reply::Take}));
    let part = desk.describe(plan, doc).ok_or(desk::Refused::NoSuchPart)?;
    let ask = Ask::AnswerOffer { plan, part: part.code.to_owned(), offer, reply, words }.within(doc);
    // Both the part and my voice are on the disk before this is answered.
    let both = move |desk: &Desk| {
        let saved = Task::saved(desk, plan, doc, report);
        match desk.my_voice(plan, doc) {
            Some(voice) => saved.after(Task::saved(desk, plan, voice.doc(), Report::new("", json!({})))),
            None => saved,
        }
    };
    Ok(match later(desk.act(ask, desk::now())?) {
        None => both(desk),
        Some(turn) => Task::answered(turn, None, move |desk, _| Ok(both(desk))),
    })
}

/// Every offer about every part that is open, with the document it is about.
fn every(desk: &Desk, plan: PlanId) -> Vec<(DocId, Offer)> {
    let parts = plan::parts().iter().flat_map(|part| desk.copies(plan, part.code));
    parts.flat_map(|copy| desk.offers(plan, copy.doc).into_iter().map(move |offer| (copy.doc, offer))).collect()
}

/// The offers that nobody has answered, of a plan or of one part: a line each, and the same for programs.
pub(crate) fn waiting(desk: &Desk, plan: PlanId, only: Option<&str>) -> (Vec<String>, serde_json::Value) {
    let of = |doc: DocId| desk.describe(plan, doc);
    let open = every(desk, plan).into_iter().filter(|(_, offer)| offer.is_open());
    let open = open.filter(|(doc, _)| only.is_none_or(|only| of(*doc).is_some_and(|part| part.code == only)));
    let (mut lines, mut all) = (Vec::new(), Vec::new());
    for (doc, offer) in open {
        let Some(part) = of(doc) else { continue };
        let name = desk.called(plan, offer.by).unwrap_or_else(|| words::text("common-someone"));
        let (what, before, after) = said(part, &offer);
        let say = Say::new("cli-offer").with("name", name.as_str()).with("part", words::label(part.label));
        let say = say
            .with("what", what.as_str())
            .with("words", after.as_str())
            .with("id", &offer.id.to_string()[..name::LETTERS]);
        lines.push(words::say(say));
        all.push(json!({
            "id": offer.id.to_string(), "part": part.code, "document": doc.to_string(), "by": offer.by.to_string(),
            "name": name, "at": offer.at.0, "what": what, "before": before, "after": after, "why": offer.why,
            "fits": fits(&offer),
        }));
    }
    (lines, all.into())
}

/// What an offer is about as the command line names it, what it said then, and what it would say.
fn said(part: &plan::Part, offer: &Offer) -> (String, String, String) {
    let value = |value: &Option<plan::Value>| value.as_ref().map(ToString::to_string).unwrap_or_default();
    match &offer.change {
        Change::Words { field, before, after } => (field.to_string(), before.clone(), after.clone()),
        Change::Value { field, before, after } => (field.to_string(), value(before), value(after)),
        Change::Add { list, with } => {
            let with: Vec<String> = with.iter().map(|(code, words)| format!("{code}={words}")).collect();
            (list.to_string(), String::new(), with.join("\n"))
        }
        Change::TakeOut { item } => (format!("{}/{item}", part.code), String::new(), String::new()),
        Change::Move { item, before, behind } => {
            let said = |behind: &Option<seal::ItemId>| behind.map(|item| item.to_string()).unwrap_or_default();
            (format!("{}/{item}", part.code), said(before), said(behind))
        }
    }
}

fn fits(offer: &Offer) -> &'static str {
    match offer.stands {
        Stands::Open(Fit::Fits) => "yes",
        Stands::Open(Fit::Already) => "already",
        Stands::Open(Fit::Changed) => "changed",
        Stands::Open(Fit::Gone) => "gone",
        Stands::Taken | Stands::NotTaken | Stands::TakenBack | Stands::Empty => "no",
    }
}
