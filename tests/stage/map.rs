//! Where the words of the kiosk are: the same interface, laid out in this process and walked along with the real one.
//!
//! A story names words; the map knows their place, and what the glass must look like there.

use std::sync::Arc;

use bytes::Bytes;
use iced::advanced::clipboard;
use iced::advanced::renderer::{Headless, Style};
use iced::{Color, Event, Pixels, Point, Rectangle, Renderer, Settings, Size, Theme, mouse, window};
use iced_test::Simulator;
use iced_test::runtime::{UserInterface, user_interface};
use zhest::catalogue::Catalogue;
use zhest::kiosk::app::{App, Message};
use zhest::kiosk::driver::{Camera, Link, Update};
use zhest::kiosk::hall::Hall;
use zhest::kiosk::handout::Handout;
use zhest::kiosk::screen::{Clips, Context, Sound};
use zhest::kiosk::theme::{Look, font, panel::Panel};
use zhest::kiosk::widget::text::bound;
use zhest::locale::{Language, Words};
use zhest::media::frame::{FrameSlot, Pictures, Want, fit};
use zhest::protocol::Availability;

use super::display::Pixels as Glass;
use crate::picture_code::Area;

pub struct Map {
    app: App,
    pictures: Pictures,
    size: Size,
}

impl Map {
    /// The first screen of a kiosk whose relay is in reach and has somebody free.
    pub fn new(width: usize, height: usize) -> Self {
        let size = Size::new(width as f32, height as f32);
        let (catalogue, _) = Catalogue::embedded();
        let pictures = Pictures::new();
        let app = App::new(Context {
            words: Words::new(Language::Uk),
            look: Look::new(Panel::new(27.0, size)),
            scale: 1.0,
            date: "2026-11-23".parse().expect("a date"),
            catalogue: Arc::new(catalogue),
            handout: Handout {
                public: "https://relay.example".to_owned(),
                printer: None,
            },
            link: Link::Down,
            availability: None,
            camera: Camera::Off,
            sound: Sound {
                microphone: true,
                speaker: true,
            },
            speaking: 0,
            text: Default::default(),
            pictures: pictures.clone(),
            clips: Clips::default(),
            hall: Hall::default(),
        });
        let mut map = Self { app, pictures, size };
        map.told(Update::Link(Link::Up {
            cnap: "ЦНАП «Прибережний»".to_owned(),
            kiosk: "Кіоск у залі".to_owned(),
        }));
        map.told(Update::Availability(Availability::Open { free: 1, on_duty: 1 }));
        map.told(Update::Camera(Camera::File));
        map
    }

    /// What the real kiosk was told too.
    pub fn told(&mut self, update: Update) {
        self.app.update(Message::Driver(update));
        self.app.commands();
    }

    /// A second passes.
    pub fn tick(&mut self) {
        self.app.update(Message::Tick);
        self.app.commands();
    }

    /// Whether these very words are on the screen.
    pub fn says(&self, words: &str) -> bool {
        self.simulator().find(words).is_ok()
    }

    /// The words as they stand on the screen: there some spaces and hyphens may not be broken.
    fn written(&self, words: &str) -> String {
        if self.says(words) {
            words.to_owned()
        } else {
            bound(words)
        }
    }

    /// The words' rectangle on the screen.
    pub fn place(&self, words: &str) -> Rectangle {
        self.simulator()
            .find(self.written(words))
            .unwrap_or_else(|error| panic!("«{words}» is not on the kiosk's screen: {error}"))
            .bounds()
    }

    /// Taps the words here, as the story taps them there; the middle of them.
    pub fn tap(&mut self, words: &str) -> Point {
        let middle = self.place(words).center();
        let mut simulator = self.simulator();
        simulator
            .click(self.written(words))
            .unwrap_or_else(|error| panic!("«{words}» can be tapped: {error}"));
        let messages: Vec<Message> = simulator.into_messages().collect();
        assert!(!messages.is_empty(), "«{words}» is no button");
        for message in messages {
            self.app.update(message);
        }
        self.app.commands();
        middle
    }

    /// Where the remote or own picture of 4:3 stands.
    pub fn picture(&self, of: impl Fn(&Pictures) -> &FrameSlot) -> Area {
        const PAINT: [u8; 4] = [255, 0, 254, 255];
        let slot = of(&self.pictures);
        slot.clear();
        let glass = self.draw(|| {
            if let (Want::Fit { width, height }, None) = (slot.wanted(), slot.latest()) {
                let (width, height) = fit(640, 480, (width, height));
                let pixels = PAINT.repeat((width * height) as usize);
                slot.put(width, height, Bytes::from(pixels));
            }
        });
        slot.clear();
        let painted = |index: &usize| glass.rgba[index * 4..][..3] == PAINT[..3];
        let mut found = (0..glass.width * glass.height).filter(painted);
        let first = found.next().expect("this screen shows the picture");
        let last = found.next_back().expect("a picture has more than one pixel");
        let (x, y) = (first % glass.width, first / glass.width);
        Area {
            x,
            y,
            width: last % glass.width - x + 1,
            height: last / glass.width - y + 1,
        }
    }

    /// How far the real glass is from this one around the words: the mean difference of a colour, of 255.
    pub fn difference(&self, words: &str, look: impl Fn(&Area) -> Glass) -> f64 {
        let place = self.place(words);
        let area = Area {
            x: place.x.max(0.0) as usize,
            y: place.y.max(0.0) as usize,
            width: (place.width.min(self.size.width - place.x)) as usize,
            height: place.height as usize,
        };
        let here = self.draw(|| {});
        let there = look(&area);
        let mut sum = 0u64;
        for y in 0..area.height {
            let at = ((area.y + y) * here.width + area.x) * 4;
            let row = &here.rgba[at..][..area.width * 4];
            let other = &there.rgba[y * area.width * 4..][..area.width * 4];
            let colours = row.chunks_exact(4).zip(other.chunks_exact(4));
            sum += colours
                .flat_map(|(a, b)| a[..3].iter().zip(&b[..3]))
                .map(|(a, b)| u64::from(a.abs_diff(*b)))
                .sum::<u64>();
        }
        sum as f64 / (area.width * area.height * 3) as f64
    }

    fn simulator(&self) -> Simulator<'_, Message, Theme, Renderer> {
        let settings = Settings {
            fonts: font::FILES.iter().map(|file| (*file).into()).collect(),
            default_font: font::REGULAR,
            ..Settings::default()
        };
        Simulator::with_size(settings, self.size, self.app.view())
    }

    /// Draws the screen by the renderer that kiosks have; `between` runs when the pictures have said their size.
    fn draw(&self, between: impl Fn()) -> Glass {
        {
            let mut fonts = iced_test::renderer::graphics::text::font_system()
                .write()
                .expect("nobody panicked with the fonts");
            for file in font::FILES {
                fonts.load_font(file.into());
            }
        }
        let renderer = <Renderer as Headless>::new(font::REGULAR, Pixels(16.0), Some("tiny-skia"));
        let mut renderer =
            futures::executor::block_on(renderer).expect("the software renderer needs nothing");
        let cache = user_interface::Cache::default();
        let mut screen = UserInterface::build(self.app.view(), self.size, cache, &mut renderer);
        let (cursor, mut clipboard) = (mouse::Cursor::Unavailable, clipboard::Null);
        for _ in 0..2 {
            let redraw = Event::Window(window::Event::RedrawRequested(std::time::Instant::now()));
            let mut messages = Vec::new();
            let _ = screen.update(&[redraw], cursor, &mut renderer, &mut clipboard, &mut messages);
            between();
        }
        let style = Style {
            text_color: Color::BLACK,
        };
        screen.draw(&mut renderer, &Theme::Light, &style, cursor);
        let (width, height) = (self.size.width as u32, self.size.height as u32);
        Glass {
            rgba: renderer.screenshot(Size::new(width, height), 1.0, self.app.ground()),
            width: width as usize,
            height: height as usize,
        }
    }
}
