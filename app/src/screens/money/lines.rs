//! What the money is for: a row each, and one of them open to be written in.

use eframe::egui::{Align, Id, Rect, Ui};
use plan::{Money, checks::money::spent_on};
use seal::ItemId;
use words::{Say, say, text};

use super::{Books, said, wish};
use crate::{
    asks::Asks,
    kit::{self, Cell, Column},
    people,
    screens::{
        cards::Cards,
        fields::{Hand, Record, attached, comments, everything, field, fields, more, rows, set_choice},
        long,
    },
    theme::{self, Tone, Type, gap},
};

pub(super) fn ui(ui: &mut Ui, part: Record<'_>, books: &Books, cards: &mut Cards, asks: &mut Asks) {
    let lines = part.records("lines");
    if lines.is_empty() {
        if part.is_mine() && kit::empty_card(ui, &text("money-lines-empty")).clicked() {
            part.add("lines", Vec::new(), asks);
        }
        return;
    }
    let heads = ["money-head-what", "money-head-helps", "money-head-chosen", "money-head-now", "money-head-year"];
    let heads = heads.map(text);
    let column = |at: usize, share, align| Column { words: &heads[at], share, align };
    let columns = [
        column(0, 3.6, Align::Min),
        column(1, 2.6, Align::Min),
        column(2, 1.0, Align::Min),
        column(3, 1.2, Align::Min),
        column(4, 1.4, Align::Max),
    ];
    kit::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        kit::heads(ui, &columns);
        kit::rule(ui);
        let is_long = long::is_long(lines.len());
        for line in lines {
            let id = Id::new(("line", line.item));
            let may_hide = is_long && !cards.is_awaited(line);
            long::row(ui, id, may_hide, |ui| {
                ui.push_id(id, |ui| {
                    if cards.is_open(line) {
                        let top = ui.cursor().min;
                        ui.spacing_mut().item_spacing.y = gap::M;
                        ui.add_space(gap::M);
                        match line.hand() {
                            Hand::Writes | Hand::Offers => editing(ui, line, books, asks),
                            Hand::Reads => reading(ui, line, asks),
                        }
                        comments(ui, line, true, asks);
                        cards.end(ui, line, asks);
                        ui.add_space(gap::M);
                        cards.drawn(ui, line, Rect::from_min_max(top, ui.min_rect().max));
                        kit::rule(ui);
                    } else if row(ui, &columns, line, books)
                        && let Some(item) = line.item
                    {
                        cards.open(item);
                    }
                });
            });
        }
        ui.add_space(gap::M);
        let sum = say(Say::new("money-lines-sum").with("amount", said(part, books.sums.planned)));
        kit::at_end(ui, |ui| {
            ui.label(theme::text(ui, Type::Strong, sum));
        });
    });
}

fn row(ui: &mut Ui, columns: &[Column<'_>], line: Record<'_>, books: &Books) -> bool {
    let total = said(line, line.item.map_or(Money(0), |item| books.total(item)));
    let name = if line.line("what").is_empty() { text("common-no-words-yet") } else { line.line("what") };
    let may = line.is_mine();
    let key = if may { "money-line-change" } else { "money-line-row" };
    let spoken = say(Say::new(key).with("what", &name).with("amount", &total));
    let helps: Vec<ItemId> = line.refs("for").into_iter().collect();
    let helps = match helps[..] {
        [] => Cell::Words(text("money-untied")),
        _ => Cell::Words(helps.iter().map(|item| wish(line, *item)).collect::<Vec<_>>().join(", ")),
    };
    let chosen = line.people("chosen-by").first().map(|one| people::face_of(line.desk, line.plan, one));
    let status = line.choice("status").zip(line.choice_words("status"));
    let cells = [
        Cell::Name(name),
        helps,
        chosen.map_or(Cell::Empty, Cell::Face),
        status.map_or(Cell::Empty, |(status, words)| Cell::Chip(tone(&status), words)),
        Cell::Amount(total),
    ];
    kit::row(ui, columns, &cells, &spoken, true).clicked()
}

/// A line or a payment for whoever only sees the money.
pub(super) fn reading(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    everything(ui, record);
    attached(ui, record, asks);
}

fn editing(ui: &mut Ui, line: Record<'_>, books: &Books, asks: &mut Asks) {
    fields(ui, line, &["what", "for", "rate", "units", "unit", "times"], asks);
    if let Some(item) = line.item {
        let spent = spent_on(&books.budget, item, books.day);
        let sum = Say::new("money-line-sum").with("amount", said(line, books.total(item)));
        ui.label(theme::text(ui, Type::Strong, say(sum.with("spent", said(line, spent)))));
    }
    set_choice(ui, line, "status", tone, asks);
    fields(ui, line, &["chosen-by", "payee"], asks);
    field(ui, line, "just-in-case", asks);
    rows(ui, line, "quotes", &["who", "amount", "on", "note", "files"], asks);
    let seldom = ["category", "start", "end", "one-off", "controlled-by", "class", "stated", "note"];
    more(ui, line, &seldom, asks);
}

/// How a status looks besides its words.
fn tone(status: &str) -> Tone {
    match status {
        "started" => Tone::Calm,
        "agreed" => Tone::Accent,
        "asked" | "quoted" => Tone::NotYet,
        _ => Tone::Plain,
    }
}
