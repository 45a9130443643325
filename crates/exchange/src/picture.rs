//! A ticket as a picture that a camera reads: a QR code of the same text.
//!
//! Tickets are read in either case, so the letters are written large: then eleven bits hold two of them, and the squares
//! stay big enough for an old phone.

use qrcode::{Color, EcLevel, QrCode};

/// Light squares around the picture, without which no camera finds it.
const QUIET: usize = 4;

/// Dots for one square in a file: a ticket is printed about eight centimetres wide then.
const DOTS: usize = 8;

/// Dark and light squares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    side: usize,
    dark: Vec<bool>,
}

/// The picture of a ticket; `None` if it is longer than a picture can hold.
pub fn picture(ticket: &str) -> Option<Picture> {
    // A fold over a seventh of it is repaired.
    let code = QrCode::with_error_correction_level(ticket.to_ascii_uppercase(), EcLevel::M).ok()?;
    let side = code.width() + 2 * QUIET;
    let inside = code.to_colors();
    let dark = (0..side * side).map(|at| {
        let (x, y) = ((at % side).checked_sub(QUIET), (at / side).checked_sub(QUIET));
        let within = x.zip(y).filter(|(x, y)| *x < code.width() && *y < code.width());
        within.is_some_and(|(x, y)| inside[y * code.width() + x] == Color::Dark)
    });
    Some(Picture { side, dark: dark.collect() })
}

impl Picture {
    /// How many squares it has on each side, the light ones around it included.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Whether a square is dark: counted from the left and from the top.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side && self.dark.get(y * self.side + x).copied().unwrap_or(false)
    }

    /// As a drawing that can be printed in any size.
    pub fn svg(&self) -> String {
        let side = self.side;
        let squares = (0..side).flat_map(|y| (0..side).map(move |x| (x, y))).filter(|(x, y)| self.is_dark(*x, *y));
        let path: String = squares.map(|(x, y)| format!("M{x} {y}h1v1h-1z")).collect();
        let size = side * DOTS;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"{size}\" viewBox=\"0 0 {side} {side}\" \
             shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
             <path d=\"{path}\" fill=\"#000\"/></svg>\n"
        )
    }

    /// As a picture file.
    pub fn png(&self) -> Vec<u8> {
        let size = self.side * DOTS;
        let dots = (0..size * size).map(|at| self.is_dark(at % size / DOTS, at / size / DOTS));
        let grey: Vec<u8> = dots.map(|dark| if dark { 0 } else { 255 }).collect();
        written(size, size, png::ColorType::Grayscale, &grey)
    }
}

/// A picture file of these dots: red, green and blue of each, row by row from the top.
///
/// # Panics
/// If there are not as many of them as the sizes say.
pub fn png(width: usize, height: usize, dots: &[u8]) -> Vec<u8> {
    written(width, height, png::ColorType::Rgb, dots)
}

fn written(width: usize, height: usize, colours: png::ColorType, dots: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let size = |side: usize| u32::try_from(side).expect("no picture of ours is that large");
    let mut encoder = png::Encoder::new(&mut file, size(width), size(height));
    encoder.set_color(colours);
    encoder.set_depth(png::BitDepth::Eight);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(dots));
    written.expect("a vector takes whatever is written, and the sizes fit");
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a camera would read.
    fn seen(width: usize, dark: impl Fn(usize, usize) -> bool) -> String {
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(width, width, |x, y| if dark(x, y) { 0 } else { 255 });
        let codes = image.detect_grids();
        assert_eq!(codes.len(), 1, "one picture");
        codes[0].decode().expect("it can be read").1
    }

    fn longest() -> String {
        format!("alongside1{}", "abcdefghijklmnopqrstuvwxyz234567".repeat(26))[..830].to_owned()
    }

    #[test]
    fn a_picture_reads_back_as_the_ticket_also_the_longest() {
        for ticket in ["alongside1aqcaibaeaqcaibae", longest().as_str()] {
            let picture = picture(ticket).unwrap();
            let read = seen(picture.side() * 4, |x, y| picture.is_dark(x / 4, y / 4));
            assert_eq!(read.to_ascii_lowercase(), ticket);
        }
        assert_eq!(picture(&"a".repeat(5_000)), None);
    }

    #[test]
    fn the_picture_file_shows_the_same_squares() {
        let picture = picture("alongside1aqcaibaeaqcaibae").unwrap();
        let file = picture.png();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&file)).read_info().unwrap();
        let mut dots = vec![0; reader.output_buffer_size().unwrap()];
        let shown = reader.next_frame(&mut dots).unwrap();
        let width = usize::try_from(shown.width).unwrap();
        assert_eq!(seen(width, |x, y| dots[y * width + x] < 128), "ALONGSIDE1AQCAIBAEAQCAIBAE");
    }

    #[test]
    fn the_drawing_holds_every_dark_square_and_nothing_that_runs() {
        let picture = picture("alongside1aqcaibaeaqcaibae").unwrap();
        let svg = picture.svg();
        let dark = (0..picture.side()).flat_map(|y| (0..picture.side()).map(move |x| (x, y)));
        assert_eq!(svg.matches("h1v1h-1z").count(), dark.filter(|(x, y)| picture.is_dark(*x, *y)).count());
        assert!(!svg.contains("script") && !svg.contains("href"));
    }
}
