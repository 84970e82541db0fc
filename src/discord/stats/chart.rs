//! The figures as a picture: a row of bars for each answer, a bar for each week.
//!
//! It has a background of its own, so that it can be read in light and in dark themes.

use std::error::Error;
use std::sync::Once;

use plotters::coord::ranged1d::{IntoSegmentedCoord as _, SegmentValue};
use plotters::prelude::{
    BitMapBackend, ChartBuilder, Color as _, DrawingArea, FontFamily, FontStyle,
    IntoDrawingArea as _, IntoFont as _, RGBColor, Rectangle, Text, TextStyle,
};
use plotters::style::register_font;

use super::{Counts, Tally, day};

/// How many answers have a row.
const ROWS: usize = 6;

// About twice as large as Discord shows it, for sharp letters.
const WIDTH: u32 = 1200;
const HEAD: u32 = 76;
const ROW: u32 = 220;

const BACKGROUND: RGBColor = RGBColor(0x35, 0x3B, 0x48);
const WORDS: RGBColor = RGBColor(0xF0, 0xF2, 0xF5);
const LINES: RGBColor = RGBColor(0x5A, 0x62, 0x73);

/// Name of the font that the program brings along: it must not depend on those of its computer.
const FONT: &str = "sans-serif";
const LETTERS: i32 = 29;

/// Something that is counted: its name, its colour, and how often it happened.
type Kind = (&'static str, RGBColor, fn(Counts) -> u64);

/// What is counted, in the order in which it is stacked. They differ in lightness, too.
const KINDS: [Kind; 4] = [
    ("replies", RGBColor(0x4F, 0xB3, 0xE8), |counts| counts.replied),
    ("shown to moderators", RGBColor(0xF5, 0xD3, 0x6C), |counts| counts.asked),
    ("dismissed", RGBColor(0xE0, 0x5A, 0x4E), |counts| counts.dismissed),
    ("silent", RGBColor(0x9A, 0xA3, 0xB2), |counts| counts.silent),
];

/// A failure of the drawing library.
pub(in crate::discord) type ChartError = Box<dyn Error + Send + Sync>;

type Area<'a> = DrawingArea<BitMapBackend<'a>, plotters::coord::Shift>;

/// The chart, as a PNG. `title` names an answer, by its id.
///
/// Takes some tens of milliseconds of computing.
pub(in crate::discord) fn png(
    tally: &Tally,
    title: impl Fn(&str) -> String,
) -> Result<Vec<u8>, ChartError> {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        // Without a font the first word that is drawn fails.
        let font = epaint_default_fonts::UBUNTU_LIGHT;
        let _ = register_font(FONT, FontStyle::Normal, font);
    });
    let rows = &tally.answers[..tally.answers.len().min(ROWS)];
    let height = HEAD + ROW * u32::try_from(rows.len())?;
    let mut pixels = vec![0; usize::try_from(WIDTH * height * 3)?];
    {
        let root = BitMapBackend::with_buffer(&mut pixels, (WIDTH, height)).into_drawing_area();
        root.fill(&BACKGROUND)?;
        let (head, body) = root.split_vertically(HEAD);
        legend(&head)?;
        let sums = rows.iter().flat_map(|(_, weeks)| weeks).map(|counts| counts.sum());
        let highest = sums.max().unwrap_or_default().max(1);
        for (area, (answer, weeks)) in body.split_evenly((rows.len().max(1), 1)).iter().zip(rows) {
            row(area, &title(answer), (&tally.weeks, weeks), highest)?;
        }
        root.present()?;
    }
    encoded(&pixels, height)
}

fn words() -> TextStyle<'static> {
    (FontFamily::Name(FONT), LETTERS).into_font().color(&WORDS)
}

fn legend(area: &Area<'_>) -> Result<(), ChartError> {
    const SQUARE: i32 = 24;
    let mut x = 30;
    for (name, colour, _) in KINDS {
        let square = [(x, 26), (x + SQUARE, 26 + SQUARE)];
        area.draw(&Rectangle::new(square, colour.filled()))?;
        area.draw(&Text::new(name, (x + SQUARE + 12, 25), words()))?;
        let (width, _) = area.estimate_text_size(name, &words())?;
        x += SQUARE + 12 + i32::try_from(width)? + 42;
    }
    Ok(())
}

/// All rows have the same scale, up to `highest`.
fn row(
    area: &Area<'_>,
    title: &str,
    (starts, weeks): (&[i64], &[Counts]),
    highest: u64,
) -> Result<(), ChartError> {
    /// As many letters as there is room for.
    const TITLE: usize = 75;
    /// As many days as there is room for.
    const DAYS: usize = 7;
    let title = crate::discord::render::shortened(title, TITLE);
    let mut chart = ChartBuilder::on(area)
        .margin_right(30)
        .margin_left(12)
        .caption(title, words())
        .x_label_area_size(42)
        .y_label_area_size(78)
        .build_cartesian_2d((0..weeks.len().saturating_sub(1)).into_segmented(), 0..highest)?;
    let week = |value: &SegmentValue<usize>| match value {
        SegmentValue::CenterOf(week) => {
            starts.get(*week).map_or_else(String::new, |start| day(*start))
        }
        _ => String::new(),
    };
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(BACKGROUND)
        .bold_line_style(LINES)
        .axis_style(LINES)
        .x_labels(weeks.len().min(DAYS))
        .x_label_formatter(&week)
        .y_labels(3)
        .label_style(words())
        .draw()?;
    for (week, counts) in weeks.iter().enumerate() {
        let mut below = 0;
        for (_, colour, count) in KINDS {
            let above = below + count(*counts);
            let corners =
                [(SegmentValue::Exact(week), below), (SegmentValue::Exact(week + 1), above)];
            let mut bar = Rectangle::new(corners, colour.filled());
            bar.set_margin(0, 0, 9, 9);
            if above > below {
                chart.draw_series(std::iter::once(bar))?;
            }
            below = above;
        }
    }
    Ok(())
}

fn encoded(pixels: &[u8], height: u32) -> Result<Vec<u8>, ChartError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, WIDTH, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(pixels)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::super::tests::counted;
    use super::*;

    /// Size, and how many dots have each colour of [`KINDS`].
    fn look(png: &[u8]) -> ((u32, u32), [usize; 4]) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("not too large")];
        let info = reader.next_frame(&mut pixels).expect("a picture");
        let dots = |wanted: RGBColor| {
            pixels.chunks(3).filter(|dot| *dot == [wanted.0, wanted.1, wanted.2]).count()
        };
        ((info.width, info.height), KINDS.map(|(_, colour, _)| dots(colour)))
    }

    #[test]
    fn bars_are_as_high_as_what_was_counted() {
        let one =
            |outcome| png(&Tally::new(&[counted(100, "a", outcome, 9)], 100, 28), str::to_owned);
        let legend = look(&one("withdrawn").expect("drawn")).1;
        for (kind, outcome) in ["replied", "asked", "dismissed", "denied"].into_iter().enumerate() {
            let (size, dots) = look(&one(outcome).expect("drawn"));
            assert_eq!(size, (WIDTH, HEAD + ROW));
            for (other, (dots, legend)) in dots.into_iter().zip(legend).enumerate() {
                assert_eq!(dots > legend, other == kind, "{outcome}");
            }
        }
    }

    #[test]
    fn anything_can_be_drawn() {
        let mut all = Vec::new();
        for (answer, day) in (0..20).flat_map(|answer| (0..90).map(move |day| (answer, day))) {
            all.push(counted(10 + day, &format!("answer-{answer}"), "replied", i64::MAX / 9000));
        }
        let title = |_: &str| "北 🦇 \u{202e} \n".repeat(50);
        let (size, _) = look(&png(&Tally::new(&all, 100, 90), title).expect("drawn"));
        assert_eq!(size, (WIDTH, HEAD + ROW * 6));
    }
}
