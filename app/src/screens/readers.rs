//! Who reads what is written on a page: one soft line under its title, so that nobody has to wonder while they write.

use circle::Access;
use desk::Desk;
use eframe::egui::{Context, Id, Ui};
use plan::Copies;
use seal::PlanId;
use words::{Say, say, text};

use crate::{
    kit::{Icon, icon_line},
    people,
    theme::{self, Type},
};

/// So many are named; of more, their number is said.
const NAMED: usize = 4;

/// Has the next title say who reads this part. It says nothing of a part that nobody has begun, and of those whose documents each
/// say it for themselves.
pub fn below_title(ctx: &Context, desk: &Desk, plan: PlanId, part: &str) {
    let sentence = sentence(desk, plan, part);
    ctx.data_mut(|data| match sentence {
        Some(sentence) => _ = data.insert_temp(place(), sentence),
        None => _ = data.remove_temp::<String>(place()),
    });
}

/// A page without a title says nothing, and the next one nothing about it.
pub fn forget(ctx: &Context) {
    ctx.data_mut(|data| _ = data.remove_temp::<String>(place()));
}

/// Draws the line below a title, once.
pub(super) fn under(ui: &mut Ui) {
    let Some(sentence) = ui.data_mut(|data| data.remove_temp::<String>(place())) else { return };
    let soft = theme::of(ui.ctx()).soft_ink;
    icon_line(ui, Icon::SHARING, soft, theme::soft(ui, Type::Note, sentence));
}

fn place() -> Id {
    Id::new("who reads the page below its title")
}

fn sentence(desk: &Desk, plan: PlanId, part: &str) -> Option<String> {
    let each_says_it = match plan::part(part)?.copies {
        Copies::One | Copies::EachQuarter => part == "mine",
        Copies::EachOwner | Copies::Named => true,
    };
    let doc = desk.doc(plan, part).filter(|_| !each_says_it)?;
    let (ledger, all) = (desk.ledger(plan)?, people::in_order(desk, plan));
    let (mut names, mut me) = (Vec::new(), false);
    for member in all.iter().filter(|member| ledger.access(doc, member.id) != Access::Nothing) {
        if member.me {
            me = true;
        } else {
            names.push(member.name.clone());
        }
    }
    if me {
        names.insert(0, text("small-apart-you"));
    }
    Some(match names.len() {
        0 => return None,
        1 if me => text("pages-seen-by-me"),
        count if count == all.len() => text("pages-seen-by-all"),
        count if count > NAMED => say(Say::new("pages-seen-by-some").with("count", count).with("all", all.len())),
        _ => say(Say::new("pages-seen-by").with("names", people::together(&names))),
    })
}
