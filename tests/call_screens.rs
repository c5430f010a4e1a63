//! The screens of a call, drawn by the software renderer: what they say, what a tap does, what reaches the glass.
//!
//! With `ZHEST_SHOTS=FOLDER` every drawn screen is also written there as a PPM picture.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use iced::advanced::clipboard;
use iced::advanced::renderer::{Headless, Style};
use iced::{
    Color, Element, Event, Pixels, Point, Rectangle, Renderer, Settings, Size, Theme, mouse, touch, window,
};
use iced_test::Simulator;
use iced_test::runtime::{UserInterface, user_interface};

use zhest::call::view;
use zhest::catalogue::Catalogue;
use zhest::id::InterpreterId;
use zhest::kiosk::driver::{Camera, Link};
use zhest::kiosk::screen::{Context, Sound, call, ended, framing, waiting};
use zhest::kiosk::theme::panel::Panel;
use zhest::kiosk::theme::{colour, font};
use zhest::locale::{Language, Words};
use zhest::media::frame::{Pictures, Want, fit};
use zhest::protocol::{Signing, Topic, WaitRange};
use zhest::text::{Edit, Side, Transcript};

const PORTRAIT: Size = Size::new(1080.0, 1920.0);
const LANDSCAPE: Size = Size::new(1920.0, 1080.0);

fn context(size: Size) -> Context {
    let (catalogue, _) = Catalogue::embedded();
    Context {
        words: Words::new(Language::Uk),
        panel: Panel::new(27.0, size),
        scale: 1.0,
        date: "2026-11-23".parse().unwrap(),
        catalogue: Arc::new(catalogue),
        link: Link::Up {
            cnap: "ЦНАП «Приклад»".into(),
            kiosk: "Термінал 1".into(),
        },
        availability: None,
        camera: Camera::Device,
        sound: Sound {
            microphone: true,
            speaker: true,
        },
        speaking: 4,
        text: Transcript::default(),
        pictures: Pictures::new(),
    }
}

fn topic() -> Topic {
    Topic {
        service: Some("id-card-exchange".parse().unwrap()),
        signing: Signing::Ukl,
        reading: "uk".into(),
    }
}

fn talking(picture: view::Picture) -> view::Talking {
    view::Talking {
        interpreter: InterpreterId(14),
        picture,
        interpreter_has_camera: true,
        linked: true,
    }
}

fn call(picture: view::Picture) -> call::Call {
    call::Call::new(talking(picture), topic(), Language::Uk)
}

fn queued(stage: view::Stage, place: Option<u16>) -> view::Waiting {
    view::Waiting {
        stage,
        place,
        waited_s: 83,
        estimate: Some(WaitRange {
            low_min: 2,
            high_min: 5,
        }),
        linked: true,
    }
}

fn typed(context: &mut Context, side: Side, words: &str) {
    for letter in words.chars() {
        context.text.apply(side, Edit::Insert(letter));
    }
}

fn fonts() -> Vec<Cow<'static, [u8]>> {
    font::FILES.into_iter().map(Cow::Borrowed).collect()
}

fn simulator<'a, Message>(
    size: Size,
    element: impl Into<Element<'a, Message>>,
) -> Simulator<'a, Message, Theme, Renderer> {
    let settings = Settings {
        fonts: fonts(),
        default_font: font::REGULAR,
        ..Settings::default()
    };
    Simulator::with_size(settings, size, element)
}

/// Whether a screen says exactly these words somewhere on the glass.
fn says<Message>(screen: &mut Simulator<'_, Message, Theme, Renderer>, words: &str) -> bool {
    screen
        .find(words)
        .is_ok_and(|text| text.visible_bounds().is_some())
}

/// A screen as it stands on the glass: one logical pixel is one physical pixel.
struct Glass {
    width: usize,
    rgba: Vec<u8>,
}

impl Glass {
    fn pixel(&self, x: usize, y: usize) -> [u8; 4] {
        let at = (y * self.width + x) * 4;
        self.rgba[at..at + 4].try_into().unwrap()
    }
}

/// Draws a screen whose living pictures have got the frames they asked for.
fn draw<'a, Message>(context: &Context, name: &str, element: impl Into<Element<'a, Message>>) -> Glass {
    for file in fonts() {
        let mut fonts = iced_test::renderer::graphics::text::font_system()
            .write()
            .unwrap();
        fonts.load_font(file);
    }
    let size = Size::new(context.panel.width_px, context.panel.height_px);
    let mut renderer = futures::executor::block_on(<Renderer as Headless>::new(
        font::REGULAR,
        Pixels(16.0),
        Some("tiny-skia"),
    ))
    .unwrap();
    let mut screen = UserInterface::build(element, size, user_interface::Cache::default(), &mut renderer);
    let (cursor, mut clipboard, mut messages) =
        (mouse::Cursor::Unavailable, clipboard::Null, Vec::<Message>::new());
    for _ in 0..2 {
        // First the screen says how large its pictures are, then it takes them.
        let redraw = Event::Window(window::Event::RedrawRequested(std::time::Instant::now()));
        let _ = screen.update(&[redraw], cursor, &mut renderer, &mut clipboard, &mut messages);
        for (slot, shirt) in [
            (&context.pictures.own, [200, 140, 30]),
            (&context.pictures.remote, [60, 74, 66]),
        ] {
            if let Want::Fit { width, height } = slot.wanted() {
                let (width, height) = fit(640, 480, (width, height));
                slot.put(width, height, person(width, height, shirt));
            }
        }
    }
    let style = Style {
        text_color: Color::BLACK,
    };
    screen.draw(&mut renderer, &Theme::Light, &style, cursor);
    let (width, height) = (size.width as u32, size.height as u32);
    let rgba = renderer.screenshot(Size::new(width, height), 1.0, colour::FOG);
    if let Some(folder) = std::env::var_os("ZHEST_SHOTS") {
        let mut picture = format!("P6\n{width} {height}\n255\n").into_bytes();
        picture.extend(rgba.chunks_exact(4).flat_map(|pixel| &pixel[..3]));
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.ppm")), picture).unwrap();
    }
    Glass {
        width: width as usize,
        rgba,
    }
}

/// A drawn person from head to waist. The outermost pixels differ from their neighbours, so that a picture that was
/// moved or scaled by a single pixel is found out.
fn person(width: u32, height: u32, shirt: [u8; 3]) -> Bytes {
    let (w, h) = (width as f32, height as f32);
    let mut rgba = Vec::with_capacity((width * height * 4) as usize);
    for y in 0..height {
        for x in 0..width {
            let (across, down) = ((x as f32 - w / 2.0) / h, y as f32 / h);
            let head = (across / 0.12).powi(2) + ((down - 0.26) / 0.155).powi(2) < 1.0;
            let body = down > 0.5 && across.abs() < 0.18 + 0.2 * ((down - 0.5) * 4.0).min(1.0);
            let edge = x == 0 || y == 0 || x == width - 1 || y == height - 1;
            let colour = match (edge, head, body) {
                (true, _, _) => [(x % 251) as u8, (y % 241) as u8, 77],
                (_, true, _) => [205, 160, 130],
                (_, _, true) => shirt,
                _ => [125, 147, 164],
            };
            rgba.extend(colour);
            rgba.push(255);
        }
    }
    rgba.into()
}

fn panels() -> [(&'static str, Size); 2] {
    [("portrait", PORTRAIT), ("landscape", LANDSCAPE)]
}

#[test]
fn a_picture_reaches_the_glass_pixel_by_pixel() {
    let context = context(PORTRAIT);
    let call = call(view::Picture::Flowing);
    let glass = draw(&context, "call-portrait", call.view(&context));
    let frame = context.pictures.remote.latest().unwrap();
    assert_eq!((frame.width, frame.height), (1080, 810));
    let top = 112 + (1152 - 810) / 2;
    for y in 0..810 {
        for x in 0..1080 {
            let at = (y * 1080 + x) * 4;
            assert_eq!(
                glass.pixel(x, top + y)[..3],
                frame.rgba[at..at + 3],
                "at {x}, {y}"
            );
        }
    }
}

#[test]
fn every_screen_of_a_call_fits_both_panels() {
    for (panel, size) in panels() {
        let mut shown = context(size);
        let framing = framing::Framing::new(topic());
        draw(&shown, &format!("framing-{panel}"), framing.view(&shown));
        for (name, waiting) in [
            ("queued", queued(view::Stage::Queued, Some(3))),
            ("ringing", queued(view::Stage::Ringing, None)),
            (
                "unlinked",
                view::Waiting {
                    linked: false,
                    ..queued(view::Stage::Queued, Some(3))
                },
            ),
        ] {
            let waiting = waiting::Waiting::new(waiting);
            draw(&shown, &format!("waiting-{name}-{panel}"), waiting.view(&shown));
        }
        for (name, reason) in [("visitor", view::Ended::ByVisitor), ("lost", view::Ended::Lost)] {
            let ended = ended::Ended::new(reason);
            draw(&shown, &format!("ended-{name}-{panel}"), ended.view(&shown));
        }
        typed(&mut shown, Side::Other, "Яка адреса у вас записана?");
        shown.text.apply(Side::Other, Edit::NewLine);
        typed(&mut shown, Side::Own, "вул. Садова, 12, кв");
        let mut flowing = call(view::Picture::Flowing);
        draw(&shown, &format!("call-text-{panel}"), flowing.view(&shown));
        flowing.update(call::Message::Keys);
        draw(&shown, &format!("call-keys-{panel}"), flowing.view(&shown));
        flowing.update(call::Message::End);
        draw(&shown, &format!("call-sure-{panel}"), flowing.view(&shown));
        let gone = call(view::Picture::Gone);
        draw(&shown, &format!("call-gone-{panel}"), gone.view(&shown));
        let connecting = call(view::Picture::Connecting);
        shown.pictures.remote.clear();
        draw(
            &shown,
            &format!("call-connecting-{panel}"),
            connecting.view(&shown),
        );
    }
}
