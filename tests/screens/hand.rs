//! The hand before the glass: it trembles, it lands too low, or it has a keypad instead of fingers.

use std::time::{Duration, Instant};

use iced::advanced::clipboard;
use iced::advanced::renderer::Headless;
use iced::keyboard::{self, Key, key::Named};
use iced::{Event, Pixels, Point, Rectangle, Renderer, mouse, window};
use iced_test::runtime::{UserInterface, user_interface::Cache};
use zhest::call::view::Picture;
use zhest::kiosk::app::Message;
use zhest::kiosk::driver::Command;
use zhest::kiosk::theme::font;
use zhest::kiosk::widget::touch::WITHIN;
use zhest::locale::Language;
use zhest::text::Edit;

use crate::visit::{ATTRACT, CALL, HOME, PORTRAIT, Visit, reading, talking};

/// One window that lives on while its screens change, as the real one does.
struct Live {
    visit: Visit,
    cache: Option<Cache>,
    renderer: Renderer,
    now: Instant,
}

impl Live {
    fn new(visit: Visit) -> Self {
        // Loads the letters.
        visit.ui();
        let renderer = <Renderer as Headless>::new(font::REGULAR, Pixels(16.0), Some("tiny-skia"));
        Self {
            visit,
            cache: Some(Cache::default()),
            renderer: futures::executor::block_on(renderer).expect("the software renderer needs nothing"),
            now: Instant::now(),
        }
    }

    fn happens(&mut self, place: Option<Point>, events: &[Event]) {
        let mut messages: Vec<Message> = Vec::new();
        let cache = self.cache.take().expect("it is put back each time");
        let view = self.visit.app.view();
        let mut screen = UserInterface::build(view, self.visit.size, cache, &mut self.renderer);
        let cursor = place.map_or(mouse::Cursor::Unavailable, mouse::Cursor::Available);
        let _ = screen.update(
            events,
            cursor,
            &mut self.renderer,
            &mut clipboard::Null,
            &mut messages,
        );
        self.cache = Some(screen.into_cache());
        for message in messages {
            self.visit.app.update(message);
        }
    }

    /// The screen is drawn so much later.
    fn later(&mut self, time: Duration) {
        self.now += time;
        let drawn = Event::Window(window::Event::RedrawRequested(self.now));
        self.happens(None, &[drawn]);
    }

    fn strike(&mut self, place: Point) {
        let events = [
            mouse::Event::ButtonPressed(mouse::Button::Left),
            mouse::Event::ButtonReleased(mouse::Button::Left),
        ];
        self.happens(Some(place), &events.map(Event::Mouse));
        self.later(Duration::ZERO);
    }

    fn press(&mut self, key: Named) {
        self.press_again(key, false);
    }

    fn press_again(&mut self, key: Named, repeat: bool) {
        self.strike_key(key, repeat);
        self.later(WITHIN);
        self.later(WITHIN);
    }

    /// What it did is drawn at once, and no time passes.
    fn strike_key(&mut self, key: Named, repeat: bool) {
        let key = Key::Named(key);
        let pressed = keyboard::Event::KeyPressed {
            key: key.clone(),
            modified_key: key,
            physical_key: keyboard::key::Physical::Unidentified(keyboard::key::NativeCode::Unidentified),
            location: keyboard::Location::Standard,
            modifiers: keyboard::Modifiers::default(),
            text: None,
            repeat,
        };
        self.happens(None, &[Event::Keyboard(pressed)]);
        self.later(Duration::ZERO);
    }

    /// The letters that were typed since the last time.
    fn typed(&mut self) -> String {
        let said = self.visit.app.commands().into_iter();
        let letters = said.filter_map(|command| match command {
            Command::Type(Edit::Insert(letter)) => Some(letter),
            _ => None,
        });
        letters.collect()
    }

    fn place(&self, words: &str) -> Rectangle {
        let found = self.visit.ui().find(reading(words));
        found
            .unwrap_or_else(|error| panic!("«{words}»: {error}"))
            .bounds()
    }
}

#[test]
fn a_second_strike_presses_nothing_on_the_screen_that_came_under_the_finger() {
    let mut live = Live::new(Visit::home());
    let place = live.place(CALL).center();
    live.strike(place);
    live.visit.sees("Вас бачить і чує лише перекладач.");
    live.strike(place + iced::Vector::new(4.0, 4.0));
    live.visit.sees("Вас бачить і чує лише перекладач.");
    live.later(WITHIN);
    live.strike(place);
    assert!(matches!(
        live.visit.app.commands()[..],
        [Command::Camera(true), Command::Call(_)]
    ));
}

#[test]
fn quick_fingers_at_different_places_are_all_heard() {
    let mut live = Live::new(Visit::home());
    let tile = live.place("Житло й реєстрація").center();
    live.strike(tile);
    let back = live.place("Назад").center();
    live.strike(back);
    live.visit.sees(HOME);
}

#[test]
fn a_second_strike_of_a_key_presses_nothing_where_the_ring_has_gone_meanwhile() {
    let mut live = Live::new(Visit::begin(PORTRAIT, Language::Uk));
    live.press(Named::Tab);
    live.strike_key(Named::Enter, false);
    live.visit.sees(HOME);
    live.strike_key(Named::Enter, false);
    live.visit.sees(HOME);
    live.strike_key(Named::Tab, false);
    live.strike_key(Named::Space, false);
    live.visit.sees(HOME);
    live.later(WITHIN);
    live.strike_key(Named::Enter, false);
    live.visit.sees_not(HOME);
}

#[test]
fn letters_are_typed_as_fast_as_one_likes() {
    let mut live = Live::new(Visit::home());
    live.visit.told(talking(Picture::Flowing));
    live.visit.tap("Писати");
    let key = live.place("н");
    live.strike(key.center());
    live.strike(key.center());
    assert_eq!(live.typed(), "нн");
    // Two fingers on either side of a gap, the second in the gap itself.
    let next = live.place("г");
    live.strike(Point::new(key.x + key.width - 1.0, key.center_y()));
    live.strike(Point::new(next.x - 1.0, next.center_y()));
    assert_eq!(live.typed(), "нг");
}

#[test]
fn a_finger_that_lands_just_below_a_button_presses_it() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    visit.tap("English");
    let mut live = Live::new(visit);
    let look = live.visit.app.context.look;
    let label = live.place("Appearance").center();
    let mut tool = Vec::new();
    let spy = |candidate: iced_test::selector::Candidate<'_>| {
        if let iced_test::selector::Candidate::Custom { bounds, .. } = candidate
            && bounds.contains(label)
        {
            tool.push(bounds);
        }
        None::<iced_test::selector::Target>
    };
    let _ = live.visit.ui().find(spy);
    let bottom = tool[0].y + tool[0].height;
    live.strike(Point::new(label.x, bottom + look.px(12.0)));
    live.visit.sees("What do you need?");
    live.later(WITHIN);
    live.later(WITHIN);
    live.strike(Point::new(label.x, bottom + look.px(9.0)));
    live.visit.sees("How would you rather read?");
}

#[test]
fn a_visit_is_begun_and_a_call_is_made_with_keys_alone() {
    let mut live = Live::new(Visit::begin(PORTRAIT, Language::Uk));
    live.press(Named::Enter);
    live.visit.sees(ATTRACT);
    live.press(Named::Tab);
    live.press(Named::Enter);
    live.visit.sees(HOME);
    for _ in 0..10 {
        live.press(Named::ArrowDown);
    }
    live.press(Named::ArrowUp);
    live.press(Named::Space);
    live.visit.sees("Вас бачить і чує лише перекладач.");
    live.press_again(Named::Enter, true);
    assert!(matches!(live.visit.app.commands()[..], [Command::Camera(true)]));
}

#[test]
fn a_list_is_turned_to_what_the_ring_is_around() {
    let mut live = Live::new(Visit::home());
    live.visit.tap("Житло й реєстрація");
    let rows = 8;
    for _ in 0..rows {
        live.press(Named::Tab);
    }
    live.press(Named::Enter);
    live.visit.sees_not("Оберіть послугу або запитайте перекладача.");
}

#[test]
fn the_ring_is_seen_around_what_a_key_chose_and_gone_when_a_finger_comes() {
    let shots = std::env::var_os("ZHEST_SHOTS").map(std::path::PathBuf::from);
    let written = tempfile::tempdir().unwrap();
    let folder = shots.unwrap_or_else(|| written.path().to_owned());
    let visit = Visit::home();
    let theme = visit.app.theme();
    let mut ui = visit.ui();
    let drawn = |name: &str, ui: &mut iced_test::Simulator<'_, Message>| {
        let file = folder.join(format!("{name}-tiny-skia.png"));
        let _ = std::fs::remove_file(&file);
        let shot = ui.snapshot(&theme).expect("the screen is drawn");
        shot.matches_image(folder.join(name))
            .expect("the folder takes pictures");
        std::fs::read(file).expect("just written")
    };
    let before = drawn("ring-none", &mut ui);
    ui.tap_key(Named::Tab);
    let tile = drawn("ring-tile", &mut ui);
    for _ in 0..6 {
        ui.tap_key(Named::Tab);
    }
    let tool = drawn("ring-counter", &mut ui);
    assert!(before != tile && tile != tool, "the ring is seen where it stands");
    ui.point_at(Point::new(1.0, 1.0));
    ui.simulate([Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))]);
    assert!(drawn("ring-gone", &mut ui) == before, "a finger hides it");
}
