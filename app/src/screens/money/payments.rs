//! Money spent: a row each, the newest first, and those of no line marked.

use eframe::egui::{Align, Id, Rect, Ui};
use plan::Value;
use words::{Say, say, text};

use super::{Books, new_payment, said};
use crate::{
    asks::Asks,
    kit::{self, Cell, Column},
    screens::{
        cards::Cards,
        fields::{Hand, Record, comments, fields},
        long,
    },
    theme::{self, Tone, Type, gap},
};

/// What is written of a payment.
const WRITTEN: [&str; 7] = ["amount", "payee", "on", "line", "receipt", "note", "written-by"];

pub(super) fn ui(ui: &mut Ui, part: Record<'_>, books: &Books, cards: &mut Cards, asks: &mut Asks) {
    let mut payments = part.records("payments");
    if payments.is_empty() {
        if part.is_mine() && kit::empty_card(ui, &text("money-payments-empty")).clicked() {
            part.add("payments", new_payment(part.desk, part.plan), asks);
        }
        return;
    }
    payments.sort_by_key(|payment| payment.item.and_then(|item| books.place.get(&item)).copied());
    let heads = ["money-head-on", "money-head-payee", "money-head-line", "money-head-amount"].map(text);
    let column = |at: usize, share, align| Column { words: &heads[at], share, align };
    let columns = [
        column(1, 3.0, Align::Min),
        column(0, 2.2, Align::Min),
        column(2, 3.2, Align::Min),
        column(3, 1.4, Align::Max),
    ];
    kit::card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        kit::heads(ui, &columns);
        kit::rule(ui);
        let is_long = long::is_long(payments.len());
        for payment in payments {
            let id = Id::new(("payment", payment.item));
            let may_hide = is_long && !cards.is_awaited(payment);
            long::row(ui, id, may_hide, |ui| {
                ui.push_id(id, |ui| {
                    if cards.is_open(payment) {
                        let top = ui.cursor().min;
                        ui.spacing_mut().item_spacing.y = gap::M;
                        ui.add_space(gap::M);
                        match payment.hand() {
                            Hand::Writes | Hand::Offers => fields(ui, payment, &WRITTEN, asks),
                            Hand::Reads => super::lines::reading(ui, payment, asks),
                        }
                        comments(ui, payment, true, asks);
                        cards.end(ui, payment, asks);
                        ui.add_space(gap::M);
                        cards.drawn(ui, payment, Rect::from_min_max(top, ui.min_rect().max));
                        kit::rule(ui);
                    } else if row(ui, &columns, payment, books)
                        && let Some(item) = payment.item
                    {
                        cards.open(item);
                    }
                });
            });
        }
        ui.add_space(gap::M);
        let sum = say(Say::new("money-payments-sum").with("amount", said(part, books.sums.spent)));
        kit::at_end(ui, |ui| {
            ui.label(theme::text(ui, Type::Strong, sum));
        });
    });
    ui.add_space(gap::S);
    ui.label(theme::soft(ui, Type::Note, text("money-payments-keep")));
}

fn row(ui: &mut Ui, columns: &[Column<'_>], payment: Record<'_>, books: &Books) -> bool {
    let amount = match payment.value("amount") {
        Some(Value::Money(amount)) => said(payment, amount),
        _ => text("money-no-amount"),
    };
    let payee = if payment.line("payee").is_empty() { text("money-no-payee") } else { payment.line("payee") };
    let day = payment.date("on").map_or_else(|| text("money-no-day"), |day| words::date(&day.to_string()));
    let line =
        payment.refs("line").into_iter().find_map(|line| books.budget.lines.iter().find(|known| known.id == line));
    let line = match line {
        Some(line) => Cell::Words(line.what.clone()),
        None => Cell::Chip(Tone::NotYet, text("money-of-no-line")),
    };
    let may = payment.is_mine();
    let key = if may { "money-payment-change" } else { "money-payment-row" };
    let spoken = say(Say::new(key).with("payee", &payee).with("day", &day).with("amount", &amount));
    let cells = [Cell::Name(payee), Cell::Words(day), line, Cell::Amount(amount)];
    kit::row(ui, columns, &cells, &spoken, true).clicked()
}
