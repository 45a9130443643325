//! What is attached to a field: pictures are seen, recordings and papers are named; all can be saved as a copy.

mod attach;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use desk::{Ask, Desk, Seen};
use eframe::egui::{
    ColorImage, Context, Id, Image, Rect, Response, Sense, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui,
    WidgetInfo, WidgetType, pos2, vec2,
};
use node::ask::FileState;
use plan::{Attachment, FieldKind, FileKind, Value};
use seal::{FileId, PlanId};
use words::{Say, say, text};

pub use self::attach::asks_no_more;
use self::attach::{attach, drop_here};
use super::Record;
use crate::{
    asks::{Asks, Wish},
    kit::{Icon, Weight, paint_icon, said_button},
    people,
    theme::{self, Type, gap},
};

/// The longest side of a picture in a field, in dots: sharp at twice the usual zoom.
const SIDE: u32 = 480;

/// The longest side of a picture in a field, in points.
const SHOWN: f32 = 220.0;

/// Shows what is attached, and attaches more.
pub fn set_files(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let inside = ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = gap::S;
        ui.label(theme::soft(ui, Type::Note, record.label(field)));
        show_files(ui, record, field, record.is_mine(), asks);
        if record.is_mine() {
            attach(ui, record, field, Weight::Plain, asks);
        }
    });
    if record.is_mine() {
        drop_here(ui, inside.response.rect, record, field, asks);
    }
}

/// The same below words that are there, which say what it is about: quietly, since the words come first.
pub fn files_below(ui: &mut Ui, record: Record<'_>, field: &str, asks: &mut Asks) {
    let inside = ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = gap::S;
        show_files(ui, record, field, record.is_mine(), asks);
        if record.is_mine() {
            attach(ui, record, field, Weight::Quiet, asks);
        }
    });
    if record.is_mine() {
        drop_here(ui, inside.response.rect, record, field, asks);
    }
}

/// Everything attached to a record, to be looked at where it is read.
pub fn attached(ui: &mut Ui, record: Record<'_>, asks: &mut Asks) {
    let list = record.item.and_then(|item| record.document()?.list_of(item));
    let fields = match list {
        Some((_, list)) => list.fields,
        None => plan::part(record.part).map_or(&[][..], |part| part.fields),
    };
    for field in fields.iter().filter(|field| field.kind == FieldKind::Files) {
        show_files(ui, record, field.code, false, asks);
    }
}

/// Shows what is attached; what `may_go` can be taken out.
fn show_files(ui: &mut Ui, record: Record<'_>, field: &str, may_go: bool, asks: &mut Asks) {
    let Some(Value::Files(files)) = record.value(field) else { return };
    let (pictures, others): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| matches!(file.kind, FileKind::Picture | FileKind::Drawing));
    ui.horizontal_wrapped(|ui| {
        for file in &pictures {
            ui.vertical(|ui| {
                ui.set_max_width(SHOWN);
                picture(ui, record, file, asks);
                under(ui, record, file);
                ui.horizontal_wrapped(|ui| actions(ui, record, field, file, may_go, asks));
            });
        }
    });
    for file in &others {
        ui.horizontal_wrapped(|ui| {
            let icon = if file.kind == FileKind::Recording { Icon::SOUND } else { Icon::PAPER };
            ui.spacing_mut().item_spacing.x = gap::M;
            ui.set_row_height(theme::TARGET);
            let (rect, _) = ui.allocate_exact_size(vec2(22.0, theme::TARGET), Sense::hover());
            paint_icon(ui.painter(), rect.center(), icon, 22.0, theme::of(ui.ctx()).soft_ink);
            ui.label(theme::text(ui, Type::Body, &file.name));
            ui.label(theme::soft(ui, Type::Note, size(file.bytes)));
            actions(ui, record, field, file, may_go, asks);
        });
        copied(ui, record, file);
    }
}

/// The first picture of a field as a disc, cut to its middle. False, and nothing is drawn, where there is none.
pub fn portrait(ui: &mut Ui, record: Record<'_>, field: &str, side: f32, said: &str, asks: &mut Asks) -> bool {
    let Some(Value::Files(files)) = record.value(field) else { return false };
    let Some(file) = files.iter().find(|file| matches!(file.kind, FileKind::Picture | FileKind::Drawing)) else {
        return false;
    };
    round(ui, record.desk, record.plan, file.id, side, said, asks);
    true
}

/// A picture cut to its middle, with round corners; a disc of the same size until it is here.
pub fn round(ui: &mut Ui, desk: &Desk, plan: PlanId, file: FileId, side: f32, said: &str, asks: &mut Asks) {
    let Some(texture) = texture(ui.ctx(), desk, plan, file, asks) else {
        let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
        named(response, said);
        let palette = theme::of(ui.ctx());
        ui.painter().circle(rect.center(), side / 2.0, palette.hover, Stroke::new(palette.hairline, palette.line));
        paint_icon(ui.painter(), rect.center(), Icon::PICTURE, side / 3.0, palette.soft_ink);
        return;
    };
    let size = texture.size_vec2();
    let middle = Rect::from_center_size(pos2(0.5, 0.5), vec2(size.min_elem() / size.x, size.min_elem() / size.y));
    let image = Image::from_texture((texture.id(), vec2(side, side))).uv(middle).corner_radius(side / 2.0);
    named(ui.add(image.alt_text(said)), said);
}

fn drawn_id(plan: PlanId, file: FileId) -> Id {
    Id::new(("picture", plan.to_string(), file.to_string()))
}

/// A picture that was drawn before.
fn known(ctx: &Context, plan: PlanId, file: FileId) -> Option<Arc<TextureHandle>> {
    ctx.data(|data| data.get_temp(drawn_id(plan, file)))
}

/// A picture as it is drawn, once it is here; asks for it until then.
fn texture(ctx: &Context, desk: &Desk, plan: PlanId, file: FileId, asks: &mut Asks) -> Option<Arc<TextureHandle>> {
    if let Some(known) = known(ctx, plan, file) {
        return Some(known);
    }
    match desk.picture(plan, file, SIDE) {
        Some(Seen::Here(picture)) => {
            let dots = [picture.width as usize, picture.height as usize];
            let image = ColorImage::from_rgba_unmultiplied(dots, &picture.dots);
            let texture = ctx.load_texture(format!("picture {file}"), image, TextureOptions::LINEAR);
            let texture = Arc::new(texture);
            ctx.data_mut(|data| data.insert_temp(drawn_id(plan, file), texture.clone()));
            Some(texture)
        }
        // Why it cannot be seen is said beside it where it is filled in.
        Some(Seen::Coming | Seen::Unfit(_)) => None,
        None => {
            asks.push(Ask::See { plan, file, side: SIDE });
            None
        }
    }
}

/// A picture, as far as it is here, read out by its name.
fn picture(ui: &mut Ui, record: Record<'_>, file: &Attachment, asks: &mut Asks) {
    // What is far from being seen is not fetched.
    let room = Rect::from_min_size(ui.next_widget_position(), vec2(SHOWN, SHOWN * 0.66));
    let shown = if ui.is_rect_visible(room) {
        texture(ui.ctx(), record.desk, record.plan, file.id, asks)
    } else {
        known(ui.ctx(), record.plan, file.id)
    };
    if let Some(texture) = shown {
        let scale = (SHOWN / texture.size_vec2().max_elem()).min(1.0);
        let image = Image::from_texture((texture.id(), texture.size_vec2() * scale)).corner_radius(8.0);
        named(ui.add(image.alt_text(file.name.clone())), &file.name);
        return;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(SHOWN, SHOWN * 0.66), Sense::hover());
    named(response, &file.name);
    if !ui.is_rect_visible(rect) {
        return;
    }
    let palette = theme::of(ui.ctx());
    ui.painter().rect(rect, 8.0, palette.hover, Stroke::new(palette.hairline, palette.line), StrokeKind::Inside);
    paint_icon(ui.painter(), rect.center(), Icon::PICTURE, 32.0, palette.soft_ink);
}

fn named(response: Response, name: &str) {
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, name));
}

/// What a picture is called, why it is not shown, and where its copy went.
fn under(ui: &mut Ui, record: Record<'_>, file: &Attachment) {
    ui.label(theme::soft(ui, Type::Note, &file.name));
    if let Some(Seen::Unfit(why)) = record.desk.picture(record.plan, file.id, SIDE) {
        ui.label(theme::soft(ui, Type::Note, text(why.say())));
    }
    copied(ui, record, file);
}

/// Where a file stands, and what can be done with it.
fn actions(ui: &mut Ui, record: Record<'_>, field: &str, file: &Attachment, may_go: bool, asks: &mut Asks) {
    let plan = record.plan;
    match record.desk.files(plan).get(&file.id) {
        Some(FileState::Here) => save_copy(ui, record, file, asks),
        Some(FileState::Coming { from, here, of }) => {
            let person = record.desk.ledger(plan).and_then(|ledger| ledger.person_of(*from));
            let name = person.map(|person| people::face_or_former(record.desk, plan, person).name);
            let percent = of.map_or(0, |of| here * 100 / of.max(1));
            let words = Say::new("files-coming")
                .with("name", name.unwrap_or_else(|| text("common-someone")))
                .with("percent", percent);
            ui.label(theme::soft(ui, Type::Note, say(words)));
        }
        Some(FileState::OnAsking) => {
            ui.label(theme::soft(ui, Type::Note, say(Say::new("files-on-asking").with("size", size(file.bytes)))));
            let said = say(Say::new("files-fetch-named").with("name", file.name.as_str()));
            if said_button(ui, Weight::Plain, None, &text("files-fetch"), &said).clicked() {
                asks.push(Ask::FetchFile { plan, file: file.id });
            }
        }
        Some(FileState::Waiting) | None => {
            ui.label(theme::soft(ui, Type::Note, text("files-waiting")));
        }
    }
    let said = say(Say::new("files-detach-named").with("name", file.name.as_str()));
    if may_go
        && said_button(ui, Weight::Quiet, Icon::REMOVE, &text("files-detach"), &said).clicked()
        && let Some(field) = record.path(field)
    {
        record.ask(Ask::Detach { plan, field, file: file.id }, asks);
    }
}

/// Puts a copy where this computer's holder finds it.
fn save_copy(ui: &mut Ui, record: Record<'_>, file: &Attachment, asks: &mut Asks) {
    let id = record.id("copy of", &file.id.to_string());
    let said = say(Say::new("files-save-named").with("name", file.name.as_str()));
    if said_button(ui, Weight::Quiet, None, &text("files-save"), &said).clicked()
        && let Some(to) = free_place(&file.name)
    {
        let told = say(Say::new("files-saved").with("path", to.display().to_string()));
        asks.push(Ask::SaveFile { plan: record.plan, file: file.id, to });
        ui.data_mut(|data| data.insert_temp(id, told));
    }
    let said = say(Say::new("files-open-named").with("name", file.name.as_str()));
    if !matches!(file.kind, FileKind::Picture | FileKind::Drawing)
        && said_button(ui, Weight::Quiet, None, &text("files-open"), &said).clicked()
        && let Some(to) = free_place(&file.name)
    {
        let told = say(Say::new("files-saved").with("path", to.display().to_string()));
        let copy = Ask::SaveFile { plan: record.plan, file: file.id, to: to.clone() };
        asks.wish(Wish::Open(copy, to));
        ui.data_mut(|data| data.insert_temp(id, told));
    }
}

fn copied(ui: &mut Ui, record: Record<'_>, file: &Attachment) {
    if let Some(told) = ui.data(|data| data.get_temp::<String>(record.id("copy of", &file.id.to_string()))) {
        ui.label(theme::soft(ui, Type::Note, told));
    }
}

/// A place among the downloads where nothing lies yet. Others chose the name: only what is harmless of it is used.
fn free_place(name: &str) -> Option<PathBuf> {
    let folders = directories::UserDirs::new()?;
    let folder = folders.download_dir().unwrap_or_else(|| folders.home_dir());
    let name = harmless(name);
    let path = Path::new(&name);
    let (stem, ending) = (path.file_stem()?.to_string_lossy(), path.extension().map(|ending| ending.to_string_lossy()));
    let numbered = (2..1_000).map(|number| match &ending {
        Some(ending) => format!("{stem} {number}.{ending}"),
        None => format!("{stem} {number}"),
    });
    std::iter::once(name.clone()).chain(numbered).map(|name| folder.join(name)).find(|path| !path.exists())
}

/// A name that leads nowhere else, is not hidden, and is no program.
fn harmless(name: &str) -> String {
    let plain = |one: char| one.is_alphanumeric() || " -_.()".contains(one);
    let name: String = name.chars().map(|one| if plain(one) { one } else { '_' }).collect();
    let name = name.trim_matches(['.', ' ']).to_owned();
    match node::may_be_opened(&name) {
        true => name,
        false => format!("{name}.txt"),
    }
}

/// How large, in words.
fn size(bytes: u64) -> String {
    let (key, number) = match bytes {
        0..1_000_000 => ("files-kilobytes", bytes.div_ceil(1_000).to_string()),
        _ => ("files-megabytes", format!("{}.{}", bytes / 1_000_000, bytes / 100_000 % 10)),
    };
    say(Say::new(key).with("number", number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_elsewhere_leads_nowhere_and_is_no_program() {
        assert_eq!(harmless("My week (1).jpg"), "My week (1).jpg");
        assert_eq!(harmless("../../.bashrc"), "_.._.bashrc.txt");
        assert_eq!(harmless("C:\\run.exe"), "C__run.exe.txt");
        assert_eq!(harmless("letter\u{202e}fdp.exe"), "letter_fdp.exe.txt");
        assert_eq!(harmless(""), ".txt");
    }

    #[test]
    fn how_large_a_file_is_is_said_in_few_digits() {
        assert_eq!(size(1), "1 KB");
        assert_eq!(size(2_440_000), "2.4 MB");
    }
}
