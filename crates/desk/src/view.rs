//! A plan as this device may see it, ready for paper and for other programs.

use std::collections::BTreeMap;

use exchange::{Also, Field, FileRef, Item, List, PartView, PersonRef, PersonView, PlanView, Value};
use plan::{Document, FieldPath, ListPath, Someone};
use seal::{DeviceId, DocId, ItemId, PersonId, PlanId};

use crate::{
    desk::Desk,
    open::OpenPart,
    shelf::{Shelf, World},
};

/// A plan, and who looks at it.
pub(crate) struct Sight<'a> {
    pub(crate) shelf: &'a Shelf,
    pub(crate) me: DeviceId,
    pub(crate) world: &'a World,
}

impl Desk {
    /// Everything that is open of a plan, or one part of it with what everybody says about it. What is not open is not in it,
    /// and notes are only if they are asked for by name: what is given out is made of this. Of a part that only a newer version
    /// knows it says that it is there.
    pub fn view(&self, plan: PlanId, only: Option<&str>) -> Option<PlanView> {
        self.sight(plan)?.view(only)
    }

    /// A plan as one page to print, or one part of it with what everybody says about it; notes only by name. None if there
    /// is nothing of it here.
    pub fn page(&self, plan: PlanId, part: Option<&str>) -> Option<String> {
        self.sight(plan)?.page(part)
    }

    fn sight(&self, plan: PlanId) -> Option<Sight<'_>> {
        Some(Sight { shelf: self.shelves.get(&plan)?, me: self.me, world: &self.world })
    }
}

impl Sight<'_> {
    fn view(&self, only: Option<&str>) -> Option<PlanView> {
        let shelf = self.shelf;
        let card = shelf.card(self.me)?;
        let view = View { shelf, names: names(shelf) };
        let people = shelf.members(self.me, self.world).into_iter().map(|member| PersonView {
            id: member.id.to_string(),
            name: plan::clean(&member.name),
            role: member.relationship,
            standing: standing(member.standing).to_owned(),
            organisation: member.organisation,
            you: member.me,
        });
        let is_asked = |part: &plan::Part| match only {
            Some(only) => part.code == only || part.code.strip_suffix(plan::VOICE) == Some(only),
            None => part.opens != plan::Opens::OnThisDevice,
        };
        let order = |part: &plan::Part| {
            let code = part.code.strip_suffix(plan::VOICE).unwrap_or(part.code);
            plan::parts().iter().position(|known| known.code == code)
        };
        let mut open: Vec<_> = shelf.all().into_iter().filter(|(part, _)| is_asked(part)).collect();
        open.sort_by_key(|(part, _)| order(part));
        let parts = open.into_iter().filter_map(|(_, doc)| view.part(shelf.parts.get(&doc)?, card.me));
        let newer = shelf.newer().filter(|document| only.is_none_or(|only| only == document.kind));
        let parts = parts.chain(newer.map(|document| PartView {
            id: document.id.to_string(),
            kind: plan::clean(&document.kind),
            called: None,
            whose: view.whose(document.id),
            access: access(shelf.access(document.id, card.me)).to_owned(),
            heads: Vec::new(),
            fields: Vec::new(),
            also: Vec::new(),
            lists: Vec::new(),
        }));
        Some(PlanView {
            id: shelf.plan.to_string(),
            title: card.title.clone(),
            people: people.collect(),
            parts: parts.collect(),
        })
    }
}

impl Sight<'_> {
    pub(crate) fn page(&self, part: Option<&str>) -> Option<String> {
        let when = words::moment(crate::now().0);
        match part {
            None => Some(exchange::html(&self.view(None)?, &when)),
            Some(part) => Some(exchange::html_of(&self.view_for(part)?, part, &when)),
        }
    }

    pub(crate) fn easy_page(&self, part: &str) -> Option<String> {
        let when = words::moment(crate::now().0);
        Some(exchange::easy_html(&self.view_for(part)?, part, &when))
    }

    pub(crate) fn easy(&self, part: &str) -> Vec<exchange::Row> {
        self.view_for(part).map(|view| exchange::easy(&view, part)).unwrap_or_default()
    }

    /// The plan as far as a part needs it: what it refers to stands in others, so all of it is read.
    fn view_for(&self, part: &str) -> Option<PlanView> {
        let mut view = self.view(None)?;
        let has = |view: &PlanView| view.parts.iter().any(|view| view.kind == part);
        if !has(&view) {
            view.parts.extend(self.view(Some(part))?.parts);
        }
        has(&view).then_some(view)
    }
}

/// A standing's code.
pub fn standing(standing: circle::Standing) -> &'static str {
    match standing {
        circle::Standing::Protected => "protected",
        circle::Standing::Owner => "owner",
        circle::Standing::Coordinator => "coordinator",
        circle::Standing::Member => "member",
    }
}

/// An access's code.
pub fn access(access: circle::Access) -> &'static str {
    match access {
        circle::Access::Nothing => "nothing",
        circle::Access::View => "view",
        circle::Access::Suggest => "suggest",
        circle::Access::Edit => "edit",
    }
}

fn names(shelf: &Shelf) -> BTreeMap<PersonId, String> {
    shelf.ledger.people().map(|person| (person.id, plan::clean(&person.called.name))).collect()
}

fn file(file: &plan::Attachment) -> FileRef {
    FileRef { id: file.id.to_string(), kind: file.kind.code().to_owned(), bytes: file.bytes, name: file.name.clone() }
}

struct View<'a> {
    shelf: &'a Shelf,
    names: BTreeMap<PersonId, String>,
}

/// Fields and the other answers beside them.
type Fields = (Vec<Field>, Vec<Also>);

impl View<'_> {
    fn part(&self, open: &OpenPart, me: PersonId) -> Option<PartView> {
        let document = open.document()?;
        let (fields, also) = self.fields(document, None, open.part.fields);
        let lists = open.part.lists.iter().filter_map(|list| self.list(document, None, list)).collect();
        Some(PartView {
            id: open.doc.to_string(),
            kind: open.part.code.to_owned(),
            called: self.shelf.called(open.part, open.doc).filter(|called| !called.is_empty()),
            whose: self.whose(open.doc),
            access: access(self.shelf.access(open.doc, me)).to_owned(),
            heads: document.heads().iter().map(ToString::to_string).collect(),
            fields,
            also,
            lists,
        })
    }

    /// Whose a voice is, or a page of somebody's own.
    fn whose(&self, doc: DocId) -> Option<PersonRef> {
        let document = self.shelf.ledger.document(doc)?;
        document.owner.map(|person| self.person(person))
    }

    fn list(&self, document: &Document, inside: Option<ItemId>, list: &'static plan::List) -> Option<List> {
        let path = ListPath::new(document.part(), inside, list.code).ok()?;
        let items = document.items(path).iter().copied().map(|item| {
            let (fields, also) = self.fields(document, Some(item), list.fields);
            let lists = list.lists.iter().filter_map(|inner| self.list(document, Some(item), inner)).collect();
            Item { id: item.to_string(), fields, also, lists }
        });
        Some(List { code: list.code.to_owned(), items: items.collect() })
    }

    fn fields(&self, document: &Document, item: Option<ItemId>, described: &'static [plan::Field]) -> Fields {
        let (mut fields, mut others) = (Vec::new(), Vec::new());
        for field in described {
            let Ok(path) = FieldPath::new(document.part(), item, field.code) else { continue };
            if field.kind.is_text() {
                fields.push(Field { code: field.code.to_owned(), value: Value::Text(document.text(path)) });
                continue;
            }
            let shown = document.value(path);
            // What is given out goes further than the plan does.
            let said = |value: &plan::Value| match plan::checks::group::is_few(document, path, value) {
                true => Value::Line(words::text("checks-few")),
                false => self.value(value),
            };
            let value = shown.value().map_or(Value::Empty, said);
            fields.push(Field { code: field.code.to_owned(), value });
            if !shown.is_conflict() {
                continue;
            }
            for (value, chain) in shown.values.iter().skip(1) {
                let by = self.shelf.ledger.author(document.doc(), *chain).map(|(_, person)| self.person(person));
                let by = by.unwrap_or(PersonRef { id: String::new(), name: String::new() });
                others.push(Also { field: field.code.to_owned(), value: said(value), by });
            }
        }
        (fields, others)
    }

    fn value(&self, value: &plan::Value) -> Value {
        match value {
            plan::Value::Line(text) => Value::Line(text.clone()),
            plan::Value::Date(date) => Value::Date(date.to_string()),
            plan::Value::Moment(moment) => Value::Moment(moment.to_string()),
            plan::Value::Quantity(quantity) => Value::Quantity(quantity.to_string()),
            plan::Value::Choices(choices) => Value::Choices(choices.iter().cloned().collect()),
            plan::Value::Ref(item) => Value::Ref(item.to_string()),
            plan::Value::Files(files) => Value::Files(files.iter().map(file).collect()),
            plan::Value::Money(money) => Value::Money(money.to_string()),
            plan::Value::Choice(choice) => Value::Choice(choice.clone()),
            plan::Value::Scale(number) => Value::Scale(*number),
            plan::Value::YesNo(yes) => Value::YesNo(*yes),
            plan::Value::Person(someone) => Value::Person(self.someone(someone)),
            plan::Value::People(people) => Value::People(people.iter().map(|someone| self.someone(someone)).collect()),
            plan::Value::Refs(items) => Value::Refs(items.iter().map(ToString::to_string).collect()),
        }
    }

    fn someone(&self, someone: &Someone) -> PersonRef {
        match someone {
            Someone::Member(person) => self.person(*person),
            Someone::Named(name) => PersonRef { id: String::new(), name: plan::clean(name) },
        }
    }

    fn person(&self, person: PersonId) -> PersonRef {
        PersonRef { id: person.to_string(), name: self.names.get(&person).cloned().unwrap_or_default() }
    }
}
