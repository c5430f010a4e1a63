//! Visits to the kiosk, told by taps on words: each screen is built, laid out and touched as it is in the window.
//!
//! With `ZHEST_SHOTS=folder` the last test also writes a picture of every screen there.
#![cfg(feature = "kiosk")]

mod arrival;
mod glass;
#[path = "glass/kept.rs"]
mod kept;

use std::sync::{Arc, Once};

use iced::advanced::text::Paragraph as _;
use iced::{Event, Point, Size, mouse, touch};
use iced_test::Simulator;
use iced_test::core::Settings;
use iced_test::selector::{Candidate, Target};
use jiff::civil::date;
use kept::Kept;
use zhest::call::view::{self, Picture, Stage, View};
use zhest::catalogue::Catalogue;
use zhest::catalogue::load::Problem;
use zhest::clip::ClipId;
use zhest::document::Place;
use zhest::id::InterpreterId;
use zhest::kiosk::app::{App, COUNTDOWN_S, Message, QUIET_S};
use zhest::kiosk::desk::{Arrival, Paper};
use zhest::kiosk::driver::{Camera, Command, Link, Update};
use zhest::kiosk::hall::Hall;
use zhest::kiosk::handout::Handout;
use zhest::kiosk::paper::Line;
use zhest::kiosk::player::{Shown, Stage as ClipStage, Wanted};
use zhest::kiosk::quality::Quality;
use zhest::kiosk::screen::{Clips, Context, Sound};
use zhest::kiosk::theme::colour::{self, Colours};
use zhest::kiosk::theme::font;
use zhest::kiosk::theme::panel::{Panel, Type};
use zhest::kiosk::theme::{Letters, Look};
use zhest::locale::{Language, Words, fl};
use zhest::media::clip::Wish;
use zhest::media::frame::{Pictures, Want};
use zhest::protocol::{Alarm, Availability, Face, Gender, Question, Signing, Topic, WaitRange};
use zhest::text::{Edit, Side, Transcript};

/// Half of the drawing board: a simulated window is drawn with two physical pixels a logical one.
const PORTRAIT: Size = Size::new(540.0, 960.0);
const LANDSCAPE: Size = Size::new(960.0, 540.0);
/// A panel of 10 : 16.
const STOUT: Size = Size::new(400.0, 640.0);

const HOME: &str = "Що вам потрібно?";
const CALL: &str = "Покликати перекладача";
const ATTRACT: &str = "Тут говорять жестовою мовою";

struct Visit {
    app: App,
    size: Size,
    pictures: Pictures,
}

impl Visit {
    /// A kiosk whose relay is in reach, with two interpreters free.
    fn begin(size: Size, language: Language) -> Self {
        let mut visit = Self::unlinked(size, language);
        visit.told(Update::Link(Link::Up {
            cnap: "ЦНАП «Прибережний»".to_owned(),
            kiosk: "Кіоск 1".to_owned(),
        }));
        visit.told(Update::Availability(Availability::Open { free: 2, on_duty: 3 }));
        visit
    }

    fn unlinked(size: Size, language: Language) -> Self {
        Self::with_catalogue(size, language, Catalogue::embedded())
    }

    fn with_catalogue(
        size: Size,
        language: Language,
        (catalogue, problems): (Catalogue, Vec<Problem>),
    ) -> Self {
        assert!(problems.is_empty(), "{problems:?}");
        let pictures = Pictures::new();
        let app = App::new(Context {
            words: Words::new(language),
            look: Look::new(Panel::new(27.0, size)),
            scale: 2.0,
            date: date(2026, 11, 23),
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
            text: Transcript::default(),
            pictures: pictures.clone(),
            clips: Clips::default(),
            hall: Hall::default(),
        });
        Self { app, size, pictures }
    }

    /// A visitor who has come as far as the first choice.
    fn home() -> Self {
        let mut visit = Self::begin(PORTRAIT, Language::Uk);
        visit.tap("Українська жестова мова");
        visit
    }

    fn told(&mut self, update: Update) {
        self.app.update(Message::Driver(update));
    }

    fn ui(&self) -> Simulator<'_, Message> {
        static BACKEND: Once = Once::new();
        // The software renderer is what kiosks have; `.cargo/config.toml` names it.
        BACKEND.call_once(|| {
            let backend = std::env::var("ICED_TEST_BACKEND");
            assert_eq!(backend.as_deref(), Ok("tiny-skia"), "{HOW}");
        });
        static FONTS: Once = Once::new();
        let mut settings = Settings {
            default_font: font::REGULAR,
            ..Settings::default()
        };
        FONTS.call_once(|| settings.fonts = font::FILES.iter().map(|file| (*file).into()).collect());
        Simulator::with_size(settings, self.size, self.app.view())
    }

    #[track_caller]
    fn tap(&mut self, words: &str) {
        let mut ui = self.ui();
        if let Err(error) = ui.click(reading(words)) {
            panic!("«{words}» cannot be tapped: {error}");
        }
        let messages: Vec<Message> = ui.into_messages().collect();
        assert!(!messages.is_empty(), "«{words}» is no button");
        for message in messages {
            self.app.update(message);
        }
    }

    #[track_caller]
    fn sees(&self, words: &str) {
        assert!(
            self.ui().find(reading(words)).is_ok(),
            "«{words}» is not on the screen"
        );
    }

    #[track_caller]
    fn sees_not(&self, words: &str) {
        assert!(
            self.ui().find(reading(words)).is_err(),
            "«{words}» is on the screen"
        );
    }

    /// Whether the screen, as last drawn, has a place for a living picture.
    fn shows_pictures(&self) -> bool {
        let slots = [&self.pictures.own, &self.pictures.remote, &self.pictures.clip];
        slots.iter().any(|slot| matches!(slot.wanted(), Want::Fit { .. }))
    }

    /// A kiosk that has clips for these places.
    fn has_clips(&mut self, places: &[&str]) {
        let places = places.iter().map(|place| place.parse().expect("a place"));
        self.told(Update::Clips(places.collect()));
    }

    /// What the driver tells of the clip that is open.
    fn clip_is(&mut self, place: &str, stage: ClipStage) {
        self.told(Update::Clip(Some(Shown {
            id: place.parse().expect("a place"),
            stage,
            percent: 40,
        })));
    }

    /// What the driver was told of clips since the last time.
    fn clips(&mut self) -> Vec<Option<Wanted>> {
        let said = self.app.commands().into_iter();
        let clips = said.filter_map(|command| match command {
            Command::Clip(wanted) => Some(wanted),
            _ => None,
        });
        clips.collect()
    }

    /// Whether the screen, drawn anew, has a place for a clip.
    fn shows_clip(&self) -> bool {
        let mut ui = self.ui();
        ui.snapshot(&self.app.theme()).expect("the screen is drawn");
        matches!(self.pictures.clip.wanted(), Want::Fit { .. })
    }

    /// On the Ukrainian keys of the screen.
    #[track_caller]
    fn types(&mut self, letters: &str) {
        if self.ui().find(reading("ї")).is_err() {
            self.tap("УКР");
        }
        for letter in letters.chars() {
            self.tap(&letter.to_string());
        }
    }

    /// Seen by the camera for a few seconds.
    fn sways(&mut self, left: usize, right: usize, top: usize) {
        for look in 0..6 {
            glass::sways(&self.pictures, left, right, top, look);
            self.seconds_pass(1);
        }
    }

    /// From a screen with the call on it to the sheet of wishes, where signing is given up.
    fn writes_only(&mut self, words: &Words) {
        self.tap(&fl!(words, "call-interpreter"));
        self.tap(&fl!(words, "wishes-open"));
        self.tap(&fl!(words, "wishes-write"));
    }

    fn seconds_pass(&mut self, seconds: u16) {
        for _ in 0..seconds {
            self.app.update(Message::Tick);
        }
    }
}

/// Finds words as a visitor reads them, wherever lines may be broken.
fn reading(words: &str) -> impl FnMut(Candidate<'_>) -> Option<Target> + Send + use<> {
    let plain = |words: &str| words.replace('\u{A0}', " ").replace('\u{2011}', "-");
    let words = plain(words);
    move |candidate| match candidate {
        Candidate::Text { content, .. } if plain(content) == words => Some(Target::from(candidate)),
        _ => None,
    }
}

const HOW: &str = "run with ICED_TEST_BACKEND=tiny-skia";

fn waiting(stage: Stage, place: u16) -> Update {
    Update::Call(View::Waiting(view::Waiting {
        stage,
        place: Some(place),
        waited_s: 40,
        estimate: Some(WaitRange {
            low_min: 1,
            high_min: 3,
        }),
        linked: true,
        transferred: false,
    }))
}

/// The interpreter gives the visitor to a colleague.
fn given(stage: Stage) -> Update {
    let Update::Call(View::Waiting(waiting)) = waiting(stage, 1) else {
        unreachable!("a waiting visitor")
    };
    Update::Call(View::Waiting(view::Waiting {
        transferred: true,
        ..waiting
    }))
}

fn talking(picture: Picture) -> Update {
    Update::Call(View::Talking(view::Talking {
        interpreter: InterpreterId(7),
        picture,
        interpreter_has_camera: true,
        linked: true,
    }))
}

fn ended(how: view::Ended) -> Update {
    Update::Call(View::Ended(how))
}

fn topics(commands: &[Command]) -> Vec<&Topic> {
    let topics = commands.iter().filter_map(|command| match command {
        Command::Call(topic) => Some(topic),
        _ => None,
    });
    topics.collect()
}

#[test]
fn a_visitor_reads_about_a_service_and_calls_about_it() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    visit.sees(ATTRACT);
    visit.tap("Українська жестова мова");
    visit.sees(HOME);
    visit.sees("Зараз вільні: 2. Безоплатно.");
    visit.tap("Житло й реєстрація");
    visit.tap("Реєстрація місця проживання");
    visit.sees("49,92 грн");
    visit.sees("Дані уточнюємо");
    visit.sees("Паспорт або ID-картка");
    visit.tap("Запитати про цю послугу");
    assert!(matches!(visit.app.commands()[..], [Command::Camera(true)]));
    visit.tap("Покликати");
    let commands = visit.app.commands();
    let topic = topics(&commands)[0];
    assert_eq!(
        topic.service.as_ref().map(|id| id.as_str()),
        Some("residence-registration")
    );
    assert_eq!(topic.reading, "uk");

    visit.told(waiting(Stage::Queued, 2));
    visit.told(talking(Picture::Flowing));
    visit.told(ended(view::Ended::ByInterpreter));
    visit.sees("Розмова закінчилася");
    assert!(matches!(visit.app.commands()[..], [Command::Camera(false)]));
    visit.tap("Готово");
    visit.sees(ATTRACT);
    assert!(matches!(visit.app.commands()[..], [Command::Dismiss]));
}

#[test]
fn after_a_lost_call_the_visitor_calls_again_about_the_same_service() {
    let mut visit = Visit::home();
    visit.tap("Житло й реєстрація");
    visit.tap("Реєстрація місця проживання");
    visit.tap("Запитати про цю послугу");
    visit.tap("Покликати");
    visit.told(waiting(Stage::Ringing, 1));
    visit.told(talking(Picture::Flowing));
    visit.told(ended(view::Ended::Lost));
    visit.tap("Покликати знову");
    visit.told(Update::Call(View::Idle));
    visit.app.commands();
    visit.tap("Покликати");
    let commands = visit.app.commands();
    let about = topics(&commands)[0].service.as_ref().map(|id| id.as_str());
    assert_eq!(about, Some("residence-registration"));
}

#[test]
fn a_service_is_found_by_an_everyday_word_while_it_is_typed() {
    let mut visit = Visit::home();
    visit.tap("Знайти послугу");
    visit.sees("Напишіть назву або звичайне слово.");
    visit.types("пропис");
    visit.sees("пропис|");
    visit.tap("Реєстрація місця проживання");
    visit.sees("49,92 грн");
    visit.tap("Назад");
    visit.sees("пропис|");
    visit.tap("⌫");
    visit.sees("пропи|");
    visit.tap("Назад");
    visit.sees(HOME);
    visit.tap("Знайти послугу");
    visit.sees("|");
}

#[test]
fn a_slip_of_the_finger_finds_what_was_meant_and_says_that_it_guesses() {
    let mut visit = Visit::home();
    visit.tap("Знайти послугу");
    visit.types("собсидія");
    visit.sees("Можливо, ви шукаєте це:");
    visit.sees("Житлова субсидія");
}

#[test]
fn when_nothing_is_found_an_interpreter_is_one_tap_away() {
    let mut visit = Visit::home();
    visit.tap("Знайти послугу");
    visit.types("щщщ");
    visit.sees("Ми такого не знайшли");
    visit.sees("Зараз вільні: 2. Безоплатно.");
    visit.tap(CALL);
    assert!(matches!(visit.app.commands()[..], [Command::Camera(true)]));
    visit.tap("Назад");
    visit.sees("щщщ|");
}

#[test]
fn each_example_of_a_word_finds_services_in_every_language() {
    for language in Language::ALL {
        let words = &Words::new(language);
        for example in [
            fl!(words, "search-example-passport"),
            fl!(words, "search-example-home"),
            fl!(words, "search-example-bills"),
        ] {
            let mut visit = Visit::begin(PORTRAIT, language);
            visit.tap(&fl!(words, "attract-signing"));
            visit.tap(&fl!(words, "search-title"));
            visit.tap(&example);
            visit.sees(&format!("{example}|"));
            visit.sees_not(&fl!(words, "search-none"));
            visit.sees_not(&fl!(words, "search-guess"));
        }
    }
}

#[test]
fn what_was_typed_is_wiped_with_an_abandoned_visit() {
    let mut visit = Visit::home();
    visit.tap("Знайти послугу");
    visit.types("пенсія");
    visit.seconds_pass(QUIET_S + COUNTDOWN_S);
    visit.tap("Українська жестова мова");
    visit.tap("Знайти послугу");
    visit.sees("|");
}

fn residence() -> Visit {
    let mut visit = Visit::home();
    visit.tap("Житло й реєстрація");
    visit.tap("Реєстрація місця проживання");
    visit
}

#[test]
fn papers_are_ticked_one_by_one_and_stay_ticked_while_one_reads_on() {
    let mut visit = residence();
    visit.sees("Готово: 0 з 3");
    visit.tap("Заява");
    visit.tap("Паспорт або ID-картка");
    visit.sees("Готово: 2 з 3");
    visit.tap("Кроки");
    visit.tap("Назад");
    visit.sees("Готово: 2 з 3");
    visit.tap("Заява");
    visit.sees("Готово: 1 з 3");
    visit.tap("Завершити");
    let visit = residence();
    visit.sees("Готово: 0 з 3");
}

#[test]
fn a_service_says_its_window_in_this_house_and_shows_the_way_to_it() {
    let mut visit = residence();
    visit.sees_not("Вікно 3");
    let windows = &mut visit.app.context.hall.windows;
    windows.of = [("residence-registration".parse().unwrap(), "3".to_owned())].into();
    windows.plan = Some(iced::widget::image::Handle::from_rgba(1, 1, vec![0; 4]));
    visit.sees("Вікно 3");
    visit.tap("Назад");
    visit.tap("Зняття з реєстрації");
    visit.sees_not("Вікно 3");
}

#[test]
fn steps_are_told_one_at_a_time_and_the_last_leads_back_to_the_service() {
    let mut visit = residence();
    visit.tap("Кроки");
    for (number, verb) in [
        (1, "Підготуйте документи"),
        (2, "Візьміть талон"),
        (3, "Сплатіть"),
        (4, "Подайте заяву"),
    ] {
        visit.sees(&format!("Крок {number} з 5"));
        visit.sees(verb);
        visit.tap(&format!("Далі: крок {}", number + 1));
    }
    visit.sees("Крок 5 з 5");
    visit.tap("Назад");
    visit.sees("Крок 4 з 5");
    visit.tap("Далі: крок 5");
    visit.tap("Готово");
    visit.sees("Скільки коштує");
}

fn wanted(place: &str, wish: Wish) -> Option<Wanted> {
    let id: ClipId = place.parse().expect("a place");
    Some(Wanted { id, wish })
}

fn once(plays: bool, slow: bool, round: u32) -> Wish {
    Wish::Once { plays, slow, round }
}

const RESIDENCE: &str = "residence-registration";

/// On the card of a service with a clip.
fn signed_residence() -> Visit {
    let mut visit = residence();
    visit.has_clips(&[RESIDENCE, "residence-registration.2"]);
    visit
}

#[test]
fn a_clip_waits_for_a_touch_and_does_what_it_is_told() {
    let mut visit = signed_residence();
    assert_eq!(visit.clips(), [wanted(RESIDENCE, once(false, false, 0))]);
    assert!(visit.shows_clip());
    visit.seconds_pass(5);
    assert_eq!(visit.clips(), [], "it never begins by itself");
    for (touch, wish) in [
        ("Дивитися", once(true, false, 0)),
        ("Пауза", once(false, false, 0)),
        ("Повільно", once(false, true, 0)),
        ("Дивитися", once(true, true, 0)),
        ("Ще раз", once(true, true, 1)),
        ("Повільно", once(true, false, 1)),
    ] {
        visit.tap(touch);
        assert_eq!(visit.clips(), [wanted(RESIDENCE, wish)], "{touch}");
    }
    visit.sees("Пауза");
    visit.clip_is(RESIDENCE, ClipStage::Ended(0));
    visit.sees("Пауза");
    assert_eq!(visit.clips(), [], "the end of a round that was begun anew");
    visit.clip_is(RESIDENCE, ClipStage::Ended(1));
    assert_eq!(visit.clips(), [wanted(RESIDENCE, once(false, false, 1))]);
    visit.sees("Дивитися");
}

#[test]
fn a_place_without_a_clip_has_no_player() {
    let mut visit = residence();
    visit.has_clips(&["passport", "residence-registration.2"]);
    visit.sees_not("Дивитися");
    assert!(!visit.shows_clip());
    assert_eq!(visit.clips(), []);
    visit.tap("Кроки");
    visit.sees_not("Дивитися");
    visit.tap("Далі: крок 2");
    visit.sees("Дивитися");
    assert_eq!(
        visit.clips(),
        [wanted("residence-registration.2", once(false, false, 0))]
    );
    // A file that turned out to be broken.
    visit.has_clips(&["passport"]);
    visit.sees_not("Дивитися");
    assert!(!visit.shows_clip());
    assert_eq!(visit.clips(), [None]);
}

#[test]
fn slow_stays_for_the_clips_that_follow_and_playing_does_not() {
    let mut visit = signed_residence();
    visit.tap("Повільно");
    visit.tap("Дивитися");
    visit.tap("Кроки");
    visit.tap("Далі: крок 2");
    visit.clips();
    visit.tap("Дивитися");
    let step = "residence-registration.2";
    assert_eq!(visit.clips(), [wanted(step, once(true, true, 0))]);
    visit.tap("Далі: крок 3");
    assert_eq!(visit.clips(), [None]);
    visit.tap("Назад");
    assert_eq!(visit.clips(), [wanted(step, once(false, true, 0))]);
    visit.tap("Назад");
    visit.tap("Назад");
    visit.clips();
    visit.sees("Скільки коштує");
    visit.sees("Дивитися");
    visit.tap("Повільно");
    assert_eq!(visit.clips(), [wanted(RESIDENCE, once(false, false, 0))]);
}

#[test]
fn nobody_who_watches_a_clip_is_asked_whether_they_are_there() {
    let mut visit = signed_residence();
    visit.tap("Дивитися");
    visit.clip_is(RESIDENCE, ClipStage::Playing);
    visit.seconds_pass(3 * QUIET_S);
    visit.sees("Пауза");
    visit.clip_is(RESIDENCE, ClipStage::Ended(0));
    visit.seconds_pass(QUIET_S - 1);
    visit.sees("Дивитися");
    visit.seconds_pass(1);
    visit.sees("Ви ще тут?");
    visit.tap("Я ще тут");
    visit.tap("Дивитися");
    visit.clip_is(RESIDENCE, ClipStage::Playing);
    visit.tap("Пауза");
    visit.clip_is(RESIDENCE, ClipStage::Paused);
    visit.seconds_pass(QUIET_S);
    visit.sees("Ви ще тут?");
}

#[test]
fn a_clip_that_never_opens_keeps_no_visit_alive() {
    let mut visit = signed_residence();
    visit.tap("Дивитися");
    visit.clip_is(RESIDENCE, ClipStage::Opening);
    visit.seconds_pass(QUIET_S);
    visit.sees("Ви ще тут?");
}

#[test]
fn an_abandoned_visit_takes_its_clip_and_its_pace_along() {
    let mut visit = signed_residence();
    visit.tap("Повільно");
    visit.clips();
    visit.seconds_pass(QUIET_S + COUNTDOWN_S);
    visit.sees(ATTRACT);
    assert_eq!(visit.clips(), [None]);
    visit.tap("Українська жестова мова");
    visit.tap("Житло й реєстрація");
    visit.tap("Реєстрація місця проживання");
    assert_eq!(visit.clips(), [wanted(RESIDENCE, once(false, false, 0))]);
}

#[test]
fn a_greeting_signs_by_itself_until_somebody_comes_and_again_when_they_have_gone() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    assert!(!visit.shows_clip());
    visit.has_clips(&["greeting", "waiting"]);
    assert_eq!(visit.clips(), [wanted("greeting", Wish::Loop)]);
    assert!(visit.shows_clip());
    visit.sees_not("Пауза");
    visit.tap("Українська жестова мова");
    assert_eq!(visit.clips(), [None]);
    visit.tap("Завершити");
    assert_eq!(visit.clips(), [wanted("greeting", Wish::Loop)]);
}

#[test]
fn a_greeting_that_nobody_began_keeps_no_visit_alive() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    visit.has_clips(&["greeting"]);
    visit.clip_is("greeting", ClipStage::Playing);
    visit.tap("Українська жестова мова");
    visit.seconds_pass(QUIET_S);
    visit.sees("Ви ще тут?");
}

#[test]
fn who_waits_sees_a_clip_and_who_signs_or_writes_sees_none() {
    let mut visit = Visit::home();
    visit.has_clips(&["waiting", "greeting", RESIDENCE]);
    visit.told(waiting(Stage::Queued, 2));
    assert_eq!(visit.clips(), [wanted("waiting", Wish::Loop)]);
    assert!(visit.shows_clip());
    visit.sees("Ваше місце в черзі");
    visit.sees("2");
    visit.tap("Написати працівникові");
    assert_eq!(visit.clips(), [None]);
    visit.tap("Сховати");
    assert_eq!(visit.clips(), [wanted("waiting", Wish::Loop)]);
    visit.told(talking(Picture::Flowing));
    assert_eq!(visit.clips(), [None]);
    assert!(!visit.shows_clip());
    visit.told(ended(view::Ended::ByInterpreter));
    assert_eq!(visit.clips(), []);
}

#[test]
fn after_an_alarm_the_clip_waits_for_a_touch_again() {
    let mut visit = signed_residence();
    visit.tap("Дивитися");
    visit.clips();
    visit.told(Update::Alarm(Some(Alarm::AirRaid)));
    assert_eq!(visit.clips(), [None]);
    visit.told(Update::Alarm(None));
    assert_eq!(visit.clips(), [wanted(RESIDENCE, once(false, false, 0))]);
}

#[test]
fn calling_from_a_card_closes_its_clip() {
    let mut visit = signed_residence();
    visit.tap("Дивитися");
    visit.clip_is(RESIDENCE, ClipStage::Playing);
    visit.clips();
    visit.tap("Запитати про цю послугу");
    assert_eq!(visit.clips(), [None]);
    visit.tap("Назад");
    assert_eq!(visit.clips(), [wanted(RESIDENCE, once(false, false, 0))]);
}

#[test]
fn in_the_middle_of_the_steps_the_interpreter_is_asked_about_the_service() {
    let mut visit = residence();
    visit.tap("Кроки");
    visit.tap("Далі: крок 2");
    visit.tap(CALL);
    visit.app.commands();
    visit.tap("Покликати");
    let commands = visit.app.commands();
    let about = topics(&commands)[0].service.as_ref().map(|id| id.as_str());
    assert_eq!(about, Some("residence-registration"));
}

/// What a phone reads on the glass.
fn scanned(visit: &Visit) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut ui = visit.ui();
    let glass = ui.snapshot(&visit.app.theme()).expect("the screen is drawn");
    glass.matches_image(folder.path().join("glass")).unwrap();
    let file = std::fs::File::open(folder.path().join("glass-tiny-skia.png")).unwrap();
    let mut reader = png::Decoder::new(std::io::BufReader::new(file))
        .read_info()
        .unwrap();
    let mut rgba = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut rgba).unwrap();
    let (width, height) = (info.width as usize, info.height as usize);
    let grey = |x: usize, y: usize| rgba[(y * width + x) * 4];
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    let codes = picture.detect_grids();
    assert_eq!(codes.len(), 1, "one code is on the glass");
    codes[0].decode().expect("the code is whole").1
}

#[test]
fn the_code_on_the_glass_leads_a_phone_to_the_same_list_in_the_visitors_language() {
    for (size, language) in [
        (PORTRAIT, Language::Uk),
        (LANDSCAPE, Language::Crh),
        (STOUT, Language::Hu),
    ] {
        let words = Words::new(language);
        for (letters, colour) in [
            (Letters::Usual, &colour::DAY),
            (Letters::Large, &colour::CONTRAST),
        ] {
            let mut visit = Visit::begin(size, language);
            visit.app.context.look.letters = letters;
            visit.app.context.look.colour = colour;
            visit.tap(&fl!(words, "attract-signing"));
            visit.tap(&fl!(words, "search-title"));
            visit.tap(&fl!(words, "search-example-home"));
            visit.tap("Реєстрація місця проживання");
            visit.tap(&fl!(words, "service-take"));
            let language = language.tag();
            let page = format!("https://relay.example/take/residence-registration?lang={language}");
            assert_eq!(scanned(&visit), page);
            visit.sees(&page);
        }
    }
}

#[test]
fn a_code_is_larger_than_60_mm_on_a_27_inch_panel() {
    let panel = Look::new(Panel::new(27.0, Size::new(1080.0, 1920.0)));
    let mm = panel.px(zhest::kiosk::screen::take::CODE) / 3.2122;
    assert!(mm > 120.0, "{mm} mm");
}

#[test]
fn a_list_is_printed_where_there_is_a_printer_and_its_end_is_told() {
    let mut visit = residence();
    visit.tap("Взяти із собою");
    visit.sees_not("Надрукувати");
    visit.tap("Назад");
    for (well, told) in [(true, "Надруковано"), (false, "Не вдалося надрукувати")]
    {
        visit.app.context.handout.printer = Some("Canon".to_owned());
        visit.tap("Взяти із собою");
        visit.tap("Надрукувати");
        let commands = visit.app.commands();
        let &[Command::Print { number, ref sheet }] = &commands[..] else {
            panic!("{commands:?}");
        };
        assert!(
            sheet
                .lines
                .contains(&Line::Tick("Паспорт або ID-картка".to_owned()))
        );
        assert!(
            sheet
                .lines
                .contains(&Line::Step(1, "Підготуйте документи".to_owned()))
        );
        assert!(sheet.address.ends_with("/take/residence-registration?lang=uk"));
        visit.sees("Друкуємо");
        // What became of an earlier visitor's sheet is nobody else's business.
        visit.told(Update::Printed {
            number: number - 1,
            well,
        });
        visit.sees("Друкуємо");
        visit.told(Update::Printed { number, well });
        visit.sees(told);
        visit.tap("Назад");
        visit.tap("Взяти із собою");
        visit.told(Update::Printed { number, well });
        visit.sees_not(told);
        visit.tap("Назад");
    }
}

#[test]
fn while_the_relay_is_away_the_code_says_that_it_may_not_open() {
    let mut visit = residence();
    visit.tap("Взяти із собою");
    visit.told(Update::Link(Link::Down));
    visit.sees("Список може не відкритися. Спробуйте пізніше.");
}

#[test]
fn who_wishes_for_nothing_is_not_slowed_and_who_does_is_heard() {
    let mut visit = Visit::home();
    visit.tap(CALL);
    visit.tap("Покликати");
    let commands = visit.app.commands();
    assert_eq!(topics(&commands)[0].wishes, Default::default());

    let mut visit = Visit::home();
    visit.tap(CALL);
    visit.tap("Побажання");
    visit.tap("Міжнародні жести");
    visit.tap("Жінка");
    visit.sees("Ми пошукаємо такого перекладача. Довго чекати не доведеться.");
    visit.tap("Готово");
    visit.tap("Покликати");
    let commands = visit.app.commands();
    let topic = topics(&commands)[0];
    assert_eq!(topic.signing, Signing::Ils);
    assert_eq!(topic.wishes.interpreter, Some(Gender::Woman));
}

#[test]
fn who_only_writes_is_seen_by_nobody_and_has_the_keys_at_once() {
    let mut visit = Visit::home();
    visit.writes_only(&Words::new(Language::Uk));
    let commands = visit.app.commands();
    assert!(
        matches!(commands[..], [Command::Camera(true), Command::Camera(false)]),
        "{commands:?}"
    );
    for (choice, seen) in [("Жестовою мовою", true), ("Лише текстом", false)] {
        visit.tap(choice);
        assert!(matches!(visit.app.commands()[..], [Command::Camera(on)] if on == seen));
    }
    visit.tap("Готово");
    visit.sees("Ви писатимете. Перекладач вас не бачитиме.");
    visit.tap("Покликати");
    let commands = visit.app.commands();
    assert!(topics(&commands)[0].wishes.text_only);
    visit.told(talking(Picture::Flowing));
    visit.sees("Камеру вимкнено");
    visit.sees("й");
    visit.sees_not("Документ");
}

#[test]
fn who_calls_again_is_not_asked_again_for_wishes_and_whoever_writes_stays_unseen() {
    let mut visit = Visit::home();
    visit.writes_only(&Words::new(Language::Uk));
    visit.tap("Готово");
    visit.tap("Покликати");
    visit.told(ended(view::Ended::Lost));
    visit.app.commands();
    visit.tap("Покликати знову");
    visit.sees("Ви писатимете. Перекладач вас не бачитиме.");
    visit.tap("Покликати");
    let commands = visit.app.commands();
    assert!(
        matches!(&commands[..], [Command::Dismiss, Command::Call(topic)] if topic.wishes.text_only),
        "{commands:?}"
    );
}

#[test]
fn a_visitor_is_told_one_thing_to_mend_and_may_call_anyway() {
    let mut visit = Visit::home();
    visit.tap(CALL);
    visit.told(Update::Camera(Camera::Device));
    visit.sees("Поворушіть руками");
    visit.sees("Покажіть руки");
    visit.sways(0, 170, 20);
    visit.sees("Посуньтеся назад");
    visit.tap("Покликати");
    assert_eq!(topics(&visit.app.commands()).len(), 1);

    let mut visit = Visit::home();
    visit.tap(CALL);
    visit.told(Update::Camera(Camera::Device));
    visit.sways(50, 110, 20);
    visit.sees("Вас добре видно");
    visit.sees("Руки");
}

#[test]
fn a_bell_is_seen_for_a_few_seconds() {
    let mut visit = Visit::home();
    visit.told(talking(Picture::Flowing));
    visit.told(Update::Bell);
    visit.sees("Перекладач кличе вас");
    visit.seconds_pass(5);
    visit.sees_not("Перекладач кличе вас");
}

#[test]
fn the_connection_is_named_beside_the_language_and_a_weak_one_alone() {
    let mut visit = Visit::home();
    visit.told(talking(Picture::Flowing));
    visit.sees("УЖМ");
    visit.told(Update::Quality(Quality::Good));
    visit.sees("УЖМ · Зв’язок добрий");
    visit.told(Update::Quality(Quality::Halting));
    visit.sees("Зв’язок слабкий: відео повільне");
}

/// As broad as these small words are on one line, in logical pixels.
fn breadth(look: &Look, words: &str) -> f32 {
    type Paragraph = <iced::Renderer as iced::advanced::text::Renderer>::Paragraph;
    let text = iced::advanced::Text {
        content: words,
        bounds: Size::INFINITE,
        size: look.letters(Type::Small).into(),
        line_height: Default::default(),
        font: font::REGULAR,
        align_x: Default::default(),
        align_y: iced::alignment::Vertical::Top,
        shaping: Default::default(),
        wrapping: Default::default(),
    };
    Paragraph::with_text(text).min_width()
}

#[test]
fn what_is_wrong_with_the_network_is_read_whole() {
    for (language, letters) in Language::ALL
        .into_iter()
        .flat_map(|one| SIZES.map(|size| (one, size)))
    {
        let words = Words::new(language);
        for size in [PORTRAIT, LANDSCAPE, STOUT] {
            for (quality, told) in [
                (Quality::Halting, fl!(words, "talk-halting")),
                (Quality::Blurred, fl!(words, "talk-blurred")),
            ] {
                let mut visit = Visit::begin(size, language);
                visit.app.context.look.letters = letters;
                visit.told(talking(Picture::Flowing));
                visit.told(Update::Quality(quality));
                let room = visit.ui().find(told.as_str()).unwrap().bounds().width;
                let breadth = breadth(&visit.app.context.look, &told);
                assert!(
                    breadth > 100.0 && breadth <= room + 0.5,
                    "{told}: {breadth} > {room}, {letters:?} {size:?}"
                );
            }
        }
    }
}

#[test]
fn a_note_for_the_clerk_stays_on_the_screen_and_is_forgotten_with_it() {
    let mut visit = Visit::home();
    visit.told(waiting(Stage::Queued, 2));
    visit.app.commands();
    visit.tap("Написати працівникові");
    for key in ["д", "е", "⏎", "к"] {
        visit.tap(key);
    }
    visit.sees("де\nк|");
    visit.told(waiting(Stage::Ringing, 1));
    visit.sees("де\nк|");
    visit.tap("Сховати");
    visit.sees("Ми кличемо перекладача");
    visit.tap("Написати працівникові");
    visit.tap("Стерти");
    visit.sees("Пишіть. Текст буде лише на екрані.");
    visit.told(talking(Picture::Flowing));
    visit.sees_not("Сховати");
    assert!(visit.app.commands().is_empty(), "nothing of it is sent");
}

#[test]
fn a_face_is_an_answer_that_is_given_once_to_each_question() {
    let mut visit = Visit::home();
    visit.told(talking(Picture::Flowing));
    visit.told(ended(view::Ended::ByInterpreter));
    visit.app.commands();
    visit.tap("Не все");
    let commands = visit.app.commands();
    assert!(
        matches!(
            commands[..],
            [Command::Answer(Question::Understood, Face::Partly)]
        ),
        "{commands:?}"
    );
    visit.sees("Чи добре було видно перекладача?");
    visit.sees_not("Не все");
    visit.tap("Так");
    let commands = visit.app.commands();
    assert!(
        matches!(commands[..], [Command::Answer(Question::Seen, Face::Yes)]),
        "{commands:?}"
    );
    visit.sees("Дякуємо. Відповідь анонімна.");
    visit.sees_not("Так");
}

#[test]
fn after_the_call_the_steps_of_its_service_are_one_tap_away() {
    let mut visit = Visit::home();
    visit.tap("Житло й реєстрація");
    visit.tap("Реєстрація місця проживання");
    visit.tap("Запитати про цю послугу");
    visit.tap("Покликати");
    visit.told(talking(Picture::Flowing));
    visit.told(ended(view::Ended::ByInterpreter));
    visit.tap("Що робити далі");
    visit.sees("Паспорт або ID-картка");
    visit.tap("Назад");
    visit.sees(HOME);
}

#[test]
fn the_seconds_to_the_wiping_are_shown_and_a_touch_gives_them_back() {
    let mut visit = Visit::home();
    visit.told(talking(Picture::Flowing));
    visit.told(ended(view::Ended::ByInterpreter));
    visit.seconds_pass(45);
    visit.sees("Ми зітремо решту через 15 с");
    visit.app.update(Message::Touched);
    visit.sees("Ми зітремо решту через 60 с");
    visit.seconds_pass(59);
    visit.sees("Розмова закінчилася");
    visit.seconds_pass(1);
    visit.sees(ATTRACT);
}

#[test]
fn back_leads_to_what_was_left() {
    let mut visit = Visit::home();
    visit.tap("Житло й реєстрація");
    visit.tap("Реєстрація місця проживання");
    visit.tap("Запитати про цю послугу");
    visit.tap("Назад");
    let commands = visit.app.commands();
    assert!(
        matches!(commands[..], [Command::Camera(true), Command::Camera(false)]),
        "{commands:?}"
    );
    visit.sees("Запитати про цю послугу");
    visit.tap("Назад");
    visit.sees("Житло й реєстрація");
    visit.tap("Назад");
    visit.sees(HOME);
}

#[test]
fn who_gives_up_waiting_goes_on_with_the_visit() {
    let mut visit = Visit::home();
    visit.tap(CALL);
    visit.tap("Покликати");
    visit.told(waiting(Stage::Queued, 3));
    visit.app.commands();
    visit.tap("Не чекати");
    assert!(matches!(visit.app.commands()[..], [Command::Cancel]));
    visit.told(ended(view::Ended::ByVisitor));
    visit.told(Update::Call(View::Idle));
    visit.sees(HOME);
    let commands = visit.app.commands();
    assert!(
        matches!(commands[..], [Command::Dismiss, Command::Camera(false)]),
        "{commands:?}"
    );
}

#[test]
fn hanging_up_asks_once_and_then_ends() {
    let mut visit = Visit::home();
    visit.told(talking(Picture::Flowing));
    visit.app.commands();
    visit.tap("Завершити");
    visit.tap("Так, завершити");
    assert!(matches!(visit.app.commands()[..], [Command::HangUp]));
}

/// What is told of the shot of that number.
fn paper(number: u32, paper: Paper) -> Update {
    Update::Paper { number, paper }
}

fn taken(number: u32) -> Update {
    paper(number, Paper::Taken(glass::paper()))
}

/// Both look at it, and the interpreter may point at a place.
fn both_look_at(number: u32, place: Option<Place>) -> Update {
    let arrival = Arrival::Whole;
    let still = glass::paper();
    paper(
        number,
        Paper::Sent {
            still,
            arrival,
            place,
        },
    )
}

/// In a call, with a paper before the camera.
fn shows_a_paper() -> Visit {
    let mut visit = Visit::home();
    visit.told(talking(Picture::Flowing));
    visit.tap("Документ");
    visit.app.commands();
    visit
}

#[test]
fn a_paper_is_shown_pointed_at_and_wiped() {
    let mut visit = shows_a_paper();
    visit.sees("Тримайте документ у рамці");
    visit.tap("Зняти");
    assert!(matches!(visit.app.commands()[..], [Command::TakeStill(1)]));
    visit.told(paper(1, Paper::Taking));
    visit.told(taken(1));
    visit.sees("Цей знімок побачить лише перекладач.");
    visit.tap("Показати");
    assert!(matches!(visit.app.commands()[..], [Command::SendStill]));
    visit.told(both_look_at(1, None));
    visit.sees("Перекладач бачить знімок");
    visit.told(both_look_at(1, Some(Place { x: 1, y: 2 })));
    visit.sees("Перекладач показує це місце.");

    visit.tap("Ще знімок");
    assert!(matches!(visit.app.commands()[..], [Command::WipeStill]));
    visit.told(paper(1, Paper::None));
    visit.sees("Тримайте документ у рамці");
    visit.tap("Зняти");
    assert!(matches!(visit.app.commands()[..], [Command::TakeStill(2)]));
    visit.told(paper(2, Paper::Taking));
    visit.told(taken(2));
    visit.told(both_look_at(2, None));
    visit.tap("Стерти");
    assert!(matches!(visit.app.commands()[..], [Command::WipeStill]));
    visit.sees("Писати");
}

#[test]
fn what_comes_late_of_a_shot_that_was_put_away_is_not_shown_for_the_next() {
    let mut visit = shows_a_paper();
    visit.tap("Зняти");
    visit.told(taken(1));
    visit.told(both_look_at(1, None));
    visit.tap("Ще знімок");
    // The finger was on its way, and the wiping after it.
    visit.told(both_look_at(1, Some(Place { x: 1, y: 2 })));
    visit.sees("Тримайте документ у рамці");
    visit.told(paper(1, Paper::None));
    visit.sees("Тримайте документ у рамці");
    visit.app.commands();
    visit.tap("Зняти");
    assert!(matches!(visit.app.commands()[..], [Command::TakeStill(2)]));
    visit.sees("Знімаємо");
    visit.told(taken(1));
    visit.sees("Знімаємо");
    visit.told(taken(2));
    visit.sees("Цей знімок побачить лише перекладач.");
}

#[test]
fn a_paper_that_the_interpreter_puts_away_leaves_the_visitor_in_the_conversation() {
    let mut visit = shows_a_paper();
    visit.tap("Зняти");
    visit.told(paper(1, Paper::Taking));
    visit.told(taken(1));
    visit.told(both_look_at(1, None));
    visit.told(paper(1, Paper::None));
    visit.sees("Писати");
    visit.sees_not("Тримайте документ у рамці");
}

#[test]
fn when_the_interpreter_is_gone_the_visitor_queues_again() {
    let mut visit = Visit::home();
    visit.told(talking(Picture::Gone));
    visit.app.commands();
    visit.tap("Покликати знову");
    assert!(matches!(visit.app.commands()[..], [Command::Requeue]));
}

#[test]
fn a_hold_and_its_end_are_asked_of_the_driver() {
    let mut visit = Visit::home();
    visit.told(talking(Picture::Flowing));
    visit.app.commands();
    visit.tap("Пауза");
    assert!(matches!(visit.app.commands()[..], [Command::Hold(true)]));
    visit.told(talking(Picture::Held { for_s: 35 }));
    visit.tap("Продовжити");
    assert!(matches!(visit.app.commands()[..], [Command::Hold(false)]));
}

#[test]
fn who_is_given_to_a_colleague_waits_again_and_then_talks() {
    let mut visit = Visit::home();
    visit.told(talking(Picture::Flowing));
    visit.told(given(Stage::Queued));
    visit.sees("Вас передають іншому перекладачеві");
    visit.told(given(Stage::Ringing));
    visit.sees("Вас передають іншому перекладачеві");
    visit.told(talking(Picture::Flowing));
    visit.sees("Завершити");
    visit.told(given(Stage::Queued));
    visit.app.commands();
    visit.tap("Не чекати");
    assert!(matches!(visit.app.commands()[..], [Command::Cancel]));
}

#[test]
fn each_reason_why_nobody_comes_is_told_and_the_services_stay() {
    for (update, title) in [
        (Update::Link(Link::Down), "Немає зв’язку"),
        (
            Update::Availability(Availability::Unstaffed),
            "Зараз немає перекладачів",
        ),
        (
            Update::Availability(Availability::Closed {
                opens: Some("2026-11-24T09:00".to_owned()),
            }),
            "Знову працюємо 24.11 з 09:00.",
        ),
        (
            Update::Availability(Availability::Closed {
                opens: Some("soon".to_owned()),
            }),
            "Приходьте в робочий час.",
        ),
    ] {
        let mut visit = Visit::home();
        visit.told(update);
        visit.tap(CALL);
        visit.sees(title);
        visit.sees("Покажіть це працівникові");
        visit.tap("Переглянути послуги");
        visit.tap("Дитина й сім’я");
        visit.sees_not("Тут поки немає послуг");
        let commands = visit.app.commands();
        assert!(commands.is_empty(), "{title}: {commands:?}");
    }
}

#[test]
fn the_relay_that_comes_back_is_seen_at_once() {
    let mut visit = Visit::unlinked(PORTRAIT, Language::Uk);
    visit.tap("Українська жестова мова");
    visit.tap(CALL);
    visit.sees("Немає зв’язку");
    visit.told(Update::Link(Link::Up {
        cnap: "ЦНАП".to_owned(),
        kiosk: "Кіоск".to_owned(),
    }));
    visit.told(Update::Availability(Availability::Open { free: 1, on_duty: 1 }));
    visit.sees("Перекладачі знову на зв’язку");
    visit.tap(CALL);
    assert!(matches!(visit.app.commands()[..], [Command::Camera(true)]));
}

#[test]
fn an_abandoned_visit_counts_down_and_is_wiped() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    visit.tap("English");
    visit.tap("Home and registration");
    visit.seconds_pass(QUIET_S - 1);
    visit.app.update(Message::Touched);
    visit.seconds_pass(QUIET_S - 1);
    visit.sees("Home and registration");
    visit.seconds_pass(1);
    visit.sees("Are you still here?");
    visit.seconds_pass(COUNTDOWN_S - 1);
    visit.tap("I am still here");
    visit.sees("Home and registration");
    visit.seconds_pass(QUIET_S + COUNTDOWN_S);
    visit.sees(ATTRACT);
}

#[test]
fn whatever_a_visitor_left_on_any_screen_nothing_of_it_is_remembered() {
    let remembered = |visit: &mut Visit| {
        visit.app.commands();
        format!("{:#?}", visit.app.remembered())
    };
    let before = remembered(&mut Visit::begin(PORTRAIT, Language::Uk));
    for (name, mut visit) in gallery(PORTRAIT, Language::Uk) {
        visit.app.context.look.letters = Letters::Large;
        visit.app.context.look.colour = &colour::CONTRAST;
        assert_ne!(remembered(&mut visit), before, "{name}");
        // An alarm ends, and so does a call, and a clip.
        for (plays, place) in [
            ("service-clip-plays", RESIDENCE),
            ("steps-clip", "residence-registration.2"),
        ] {
            if name == plays {
                visit.clip_is(place, ClipStage::Ended(0));
            }
        }
        visit.told(Update::Alarm(None));
        visit.told(Update::AlarmHere(None));
        if ["call", "paper", "waiting", "ringing", "alarm-call"]
            .iter()
            .any(|busy| name.starts_with(busy))
        {
            visit.told(ended(view::Ended::ByInterpreter));
        }
        let longest = zhest::kiosk::screen::ticket::PATIENCE_S;
        visit.seconds_pass(longest + COUNTDOWN_S);
        // What the driver makes of it.
        for update in [
            Update::Text(Default::default()),
            Update::Speaking(0),
            Update::Camera(Camera::Off),
            Update::Call(View::Idle),
            // The greeting is nobody's.
            Update::Clips(Default::default()),
        ] {
            visit.told(update);
        }
        assert_eq!(remembered(&mut visit), before, "{name}");
    }
}

#[test]
fn an_abandoned_mirror_closes_the_camera() {
    let mut visit = Visit::home();
    visit.tap(CALL);
    visit.app.commands();
    visit.seconds_pass(QUIET_S + COUNTDOWN_S);
    visit.sees(ATTRACT);
    assert!(matches!(visit.app.commands()[..], [Command::Camera(false)]));
}

#[test]
fn nobody_is_hurried_while_waiting_or_signing() {
    for update in [
        waiting(Stage::Queued, 1),
        talking(Picture::Flowing),
        talking(Picture::Held { for_s: 35 }),
    ] {
        let mut visit = Visit::home();
        visit.told(update);
        visit.app.commands();
        visit.seconds_pass(3 * (QUIET_S + COUNTDOWN_S));
        visit.sees_not("Ви ще тут?");
        visit.sees_not(ATTRACT);
        assert!(visit.app.commands().is_empty());
    }
}

#[test]
fn who_walks_away_when_nobody_is_left_to_wait_for_or_to_talk_to_is_forgotten() {
    let cut_off = || {
        let Update::Call(View::Waiting(waiting)) = waiting(Stage::Queued, 2) else {
            unreachable!("a waiting visitor")
        };
        Update::Call(View::Waiting(view::Waiting {
            linked: false,
            ..waiting
        }))
    };
    for (left, leaves) in [
        (cut_off(), Command::Cancel),
        (talking(Picture::Gone), Command::HangUp),
    ] {
        let mut visit = Visit::home();
        visit.told(left);
        visit.app.commands();
        visit.seconds_pass(QUIET_S + COUNTDOWN_S);
        visit.sees(ATTRACT);
        let said = visit.app.commands();
        let leaves = std::mem::discriminant(&leaves);
        assert!(
            said.iter()
                .any(|command| std::mem::discriminant(command) == leaves)
        );
        assert!(
            matches!(said[..], [.., Command::Dismiss, Command::Camera(false)]),
            "{said:?}"
        );
        // What the driver makes of it brings no screen back.
        visit.told(ended(view::Ended::ByVisitor));
        visit.told(Update::Call(View::Idle));
        visit.sees(ATTRACT);
    }
}

#[test]
fn a_call_that_could_not_be_made_is_about_the_same_service_when_the_relay_is_back() {
    let mut visit = Visit::home();
    visit.tap("Житло й реєстрація");
    visit.tap("Реєстрація місця проживання");
    visit.tap("Запитати про цю послугу");
    visit.tap("Покликати");
    visit.told(talking(Picture::Flowing));
    visit.told(ended(view::Ended::Lost));
    visit.told(Update::Link(Link::Down));
    visit.tap("Покликати знову");
    visit.told(Update::Call(View::Idle));
    visit.told(Update::Link(Link::Up {
        cnap: "ЦНАП".to_owned(),
        kiosk: "Кіоск".to_owned(),
    }));
    visit.tap(CALL);
    visit.app.commands();
    visit.tap("Покликати");
    let commands = visit.app.commands();
    let about = topics(&commands)[0].service.as_ref().map(|id| id.as_str());
    assert_eq!(about, Some("residence-registration"));
}

#[test]
fn an_ended_call_that_nobody_dismisses_is_wiped() {
    let mut visit = Visit::home();
    visit.told(talking(Picture::Flowing));
    visit.told(ended(view::Ended::ByInterpreter));
    visit.app.commands();
    visit.seconds_pass(QUIET_S + COUNTDOWN_S);
    visit.sees(ATTRACT);
    assert!(matches!(visit.app.commands()[..], [Command::Dismiss]));
}

#[test]
fn the_law_is_one_tap_away() {
    let mut visit = Visit::home();
    visit.size = Size::new(540.0, 3000.0);
    visit.tap("Житло й реєстрація");
    visit.tap("Реєстрація місця проживання");
    visit.sees_not("Постанова Кабінету Міністрів України № 265 (2022)");
    visit.tap("На чому це засновано");
    visit.sees("Постанова Кабінету Міністрів України № 265 (2022)");
    visit.tap("Сховати закони");
    visit.sees_not("Постанова Кабінету Міністрів України № 265 (2022)");
}

#[test]
fn a_swipe_that_begins_on_a_row_scrolls_and_opens_nothing() {
    let mut visit = Visit::home();
    visit.tap("Житло й реєстрація");
    for touched in [true, false] {
        let row = "Реєстрація місця проживання";
        let mut ui = visit.ui();
        let before = ui.find(reading(row)).expect("the list begins with it").bounds();
        let mut place = before.center();
        let event = |what: &str, position: Point| match (what, touched) {
            ("press", true) => Event::Touch(touch::Event::FingerPressed { id: FINGER, position }),
            ("press", false) => Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)),
            ("move", true) => Event::Touch(touch::Event::FingerMoved { id: FINGER, position }),
            ("move", false) => Event::Mouse(mouse::Event::CursorMoved { position }),
            (_, true) => Event::Touch(touch::Event::FingerLifted { id: FINGER, position }),
            (_, false) => Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)),
        };
        ui.point_at(place);
        ui.simulate([event("press", place)]);
        for _ in 0..10 {
            place.y -= 12.0;
            ui.point_at(place);
            ui.simulate([event("move", place)]);
        }
        ui.simulate([event("lift", place)]);
        let after = ui.find(reading(row)).expect("still in the tree");
        assert!(after.visible_bounds().is_none(), "the row has left the window");
        let messages: Vec<Message> = ui.into_messages().collect();
        assert!(messages.is_empty(), "{messages:?}");
    }
}

const FINGER: touch::Finger = touch::Finger(1);

#[test]
fn who_reads_another_language_finds_it_in_two_taps() {
    for language in Language::ALL {
        let words = &Words::new(language);
        let mut visit = Visit::begin(PORTRAIT, Language::Uk);
        visit.tap("Мова / Language");
        visit.sees("Мова екрана");
        visit.tap(language.own_name());
        visit.sees(&fl!(words, "home-title"));
        visit.tap(&fl!(words, "finish"));
        visit.sees(ATTRACT);
    }
}

#[test]
fn the_language_is_changed_in_the_middle_of_a_visit_and_goes_with_the_call() {
    let mut visit = Visit::home();
    visit.tap("Мова");
    visit.tap("Română");
    visit.sees("De ce aveți nevoie?");
    visit.tap("Limba");
    visit.tap("Magyar");
    visit.tap("Tolmács hívása");
    visit.tap("Hívás");
    let commands = visit.app.commands();
    assert_eq!(topics(&commands)[0].reading, "hu");
    visit.told(ended(view::Ended::ByInterpreter));
    visit.tap("Kész");
    visit.sees(ATTRACT);
}

#[test]
fn who_wants_no_other_language_goes_back_to_what_was_left() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    visit.tap("Мова / Language");
    visit.tap("Назад");
    visit.sees(ATTRACT);
    visit.tap("English");
    visit.tap("Language");
    visit.tap("Back");
    visit.sees("What do you need?");
}

#[test]
fn an_abandoned_choice_of_language_is_wiped() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    visit.tap("Мова / Language");
    visit.seconds_pass(QUIET_S);
    visit.sees("Ви ще тут?");
    visit.seconds_pass(COUNTDOWN_S);
    visit.sees(ATTRACT);
}

#[test]
fn sums_terms_and_dates_are_written_as_the_visitor_reads_them() {
    let mut visit = Visit::begin(PORTRAIT, Language::Hu);
    visit.tap("Ukrán jelnyelv");
    visit.tap("Lakás és lakcím");
    visit.tap("Реєстрація місця проживання");
    visit.sees("49,92 UAH");
    visit.sees("Az ár napja: 2026. 11. 23.");
    visit.told(Update::Availability(Availability::Closed {
        opens: Some("2026-11-24T09:00".to_owned()),
    }));
    visit.tap("Kérdés erről a szolgáltatásról");
    visit.sees("Újra dolgozunk: 11. 24. 09:00");
}

#[test]
fn a_catalogue_with_gaps_says_what_it_does_not_know() {
    let events = r#"
        [[event]]
        id = "empty"
        icon = "no_such_icon"
        name = { uk = "Порожня тема" }
        [[event]]
        id = "sparse"
        icon = "home"
        name = { uk = "Тема з послугою" }
    "#;
    let service = r#"
        order = 1
        events = ["sparse"]
        name = { uk = "Послуга з надзвичайно довгою назвою, яка не вміщується в один рядок екрана" }
        needs_review = true
        summary = { uk = "Про неї ще нічого не відомо." }
        provider = { uk = "ЦНАП" }
    "#;
    let minimums = "2026 = \"3328\"\n";
    let files = [
        ("events.toml", events),
        ("long.toml", service),
        ("subsistence-minimum.toml", minimums),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
    let mut visit = Visit::with_catalogue(PORTRAIT, Language::Uk, Catalogue::load(files));
    visit.tap("English");
    visit.tap("Порожня тема");
    visit.sees("No services here yet");
    visit.tap("Back");
    visit.tap("Тема з послугою");
    visit.sees("ask for the price");
    visit.tap("Послуга з надзвичайно довгою назвою, яка не вміщується в один рядок екрана");
    visit.sees("We are still checking this");
    visit.sees("Ask which papers you need.");
    visit.sees("Nobody has checked this yet.");
}

const SIZES: [Letters; 2] = [Letters::Usual, Letters::Large];

/// How a visitor may have it: what a picture's name ends with, letters, colours.
static WAYS: [(&str, Letters, &Colours); 3] = [
    ("", Letters::Usual, &colour::DAY),
    ("-large", Letters::Large, &colour::DAY),
    ("-contrast", Letters::Usual, &colour::CONTRAST),
];

/// Every screen by name, in a panel's size and a language.
fn gallery(size: Size, language: Language) -> Vec<(&'static str, Visit)> {
    let words = &Words::new(language);
    let (catalogue, _) = Catalogue::embedded();
    let service = catalogue.service(&"residence-registration".parse().unwrap());
    let service_title = service.unwrap().title(language.tag());
    let mut events = catalogue.events().iter();
    let event = events.find(|event| event.id.as_str() == "home").unwrap();
    let event = event.name.get(language.tag());
    let start = || {
        let mut visit = Visit::begin(size, language);
        visit.tap(&fl!(words, "attract-signing"));
        visit
    };
    let mut screens = vec![("attract", Visit::begin(size, language)), ("home", start())];

    let mut languages = start();
    languages.tap(&fl!(words, "change-language"));
    screens.push(("languages", languages));

    let mut appearance = start();
    appearance.tap(&fl!(words, "appearance"));
    screens.push(("appearance", appearance));

    let mut busy = start();
    busy.told(Update::Availability(Availability::Open { free: 0, on_duty: 3 }));
    screens.push(("home-busy", busy));

    let mut search = start();
    search.tap(&fl!(words, "search-title"));
    screens.push(("search", search));

    let mut found = start();
    found.tap(&fl!(words, "search-title"));
    found.tap(&fl!(words, "search-example-passport"));
    screens.push(("search-found", found));

    let mut nothing = start();
    nothing.tap(&fl!(words, "search-title"));
    nothing.types("щщщ");
    screens.push(("search-none", nothing));

    let mut services = start();
    services.tap(event);
    screens.push(("services", services));

    let about = || {
        let mut visit = start();
        visit.tap(event);
        visit.tap(service_title);
        visit
    };
    screens.push(("service", about()));

    for (name, stage) in [
        ("service-clip", ClipStage::Paused),
        ("service-clip-plays", ClipStage::Playing),
    ] {
        let mut clip = about();
        clip.has_clips(&[RESIDENCE]);
        if stage == ClipStage::Playing {
            clip.tap(&fl!(words, "clip-play"));
            clip.tap(&fl!(words, "clip-slow"));
        }
        clip.clip_is(RESIDENCE, stage);
        screens.push((name, clip));
    }

    let mut greeting = Visit::begin(size, language);
    greeting.has_clips(&["greeting"]);
    screens.push(("attract-clip", greeting));

    let mut ticked = about();
    ticked.tap(service.unwrap().documents[0].name.get(language.tag()));
    screens.push(("service-ticked", ticked));

    let mut step = about();
    step.tap(&fl!(words, "service-steps-tool"));
    step.tap(&fl!(words, "steps-next", number = 2));
    screens.push(("steps", step));

    let mut signed = about();
    signed.has_clips(&["residence-registration.2"]);
    signed.tap(&fl!(words, "service-steps-tool"));
    signed.tap(&fl!(words, "steps-next", number = 2));
    signed.tap(&fl!(words, "clip-play"));
    signed.clip_is("residence-registration.2", ClipStage::Playing);
    screens.push(("steps-clip", signed));

    let mut last = about();
    last.tap(&fl!(words, "service-steps-tool"));
    for number in 2..=service.unwrap().steps.len() {
        last.tap(&fl!(words, "steps-next", number = number));
    }
    screens.push(("steps-last", last));

    let mut take = about();
    take.tap(&fl!(words, "service-take"));
    screens.push(("take", take));

    for (name, printed) in [
        ("take-printing", None),
        ("take-printed", Some(true)),
        ("take-unprinted", Some(false)),
    ] {
        let mut visit = about();
        visit.app.context.handout.printer = Some("Canon".to_owned());
        visit.tap(&fl!(words, "service-take"));
        visit.tap(&fl!(words, "take-print"));
        if let Some(well) = printed {
            visit.told(Update::Printed { number: 1, well });
        }
        screens.push((name, visit));
    }

    for (name, update) in [
        ("unavailable-link", Update::Link(Link::Down)),
        ("unavailable-staff", Update::Availability(Availability::Unstaffed)),
        (
            "unavailable-closed",
            Update::Availability(Availability::Closed {
                opens: Some("2026-11-24T09:00".to_owned()),
            }),
        ),
    ] {
        let mut visit = start();
        visit.told(update);
        visit.tap(&fl!(words, "call-interpreter"));
        screens.push((name, visit));
    }

    let mut framing = start();
    framing.tap(&fl!(words, "call-interpreter"));
    framing.told(Update::Camera(Camera::Generated));
    screens.push(("framing", framing));

    let mut wishes = start();
    wishes.tap(&fl!(words, "call-interpreter"));
    wishes.tap(&fl!(words, "wishes-open"));
    wishes.tap(&fl!(words, "wishes-woman"));
    screens.push(("wishes", wishes));

    for (name, left, right, top) in [("framing-good", 50, 110, 20), ("framing-mend", 0, 170, 20)] {
        let mut visit = start();
        visit.tap(&fl!(words, "call-interpreter"));
        visit.told(Update::Camera(Camera::Device));
        visit.sways(left, right, top);
        screens.push((name, visit));
    }

    let mut seated = start();
    seated.tap(&fl!(words, "call-interpreter"));
    seated.told(Update::Camera(Camera::Device));
    seated.tap(&fl!(words, "framing-seated"));
    screens.push(("framing-seated", seated));

    let mut unseen = start();
    unseen.writes_only(words);
    unseen.tap(&fl!(words, "wishes-done"));
    screens.push(("framing-unseen", unseen));

    let mut writes = start();
    writes.writes_only(words);
    writes.tap(&fl!(words, "wishes-done"));
    writes.tap(&fl!(words, "framing-call"));
    writes.told(talking(Picture::Flowing));
    writes.told(Update::Text(conversation()));
    screens.push(("call-writes", writes));

    let mut note = start();
    note.told(waiting(Stage::Queued, 2));
    note.tap(&fl!(words, "waiting-note"));
    for key in ["123", "1", "2"] {
        note.tap(key);
    }
    screens.push(("waiting-note", note));

    let mut bell = start();
    bell.told(Update::Camera(Camera::Device));
    bell.told(talking(Picture::Flowing));
    bell.told(Update::Text(conversation()));
    bell.told(Update::Quality(Quality::Halting));
    bell.told(Update::Bell);
    screens.push(("call-bell", bell));

    let mut thanks = start();
    thanks.told(ended(view::Ended::ByVisitor));
    thanks.tap(&fl!(words, "ended-partly"));
    thanks.tap(&fl!(words, "ended-yes"));
    screens.push(("ended-thanks", thanks));

    let mut seen = start();
    seen.told(ended(view::Ended::ByVisitor));
    seen.tap(&fl!(words, "ended-yes"));
    screens.push(("ended-seen", seen));

    for (name, update) in [
        ("waiting", waiting(Stage::Queued, 2)),
        ("ringing", waiting(Stage::Ringing, 1)),
        ("call-connecting", talking(Picture::Connecting)),
        (
            "call-stalled",
            talking(Picture::Stalled {
                for_s: 7,
                sound: true,
            }),
        ),
        ("waiting-given", given(Stage::Queued)),
        ("call-held", talking(Picture::Held { for_s: 35 })),
        ("call-gone", talking(Picture::Gone)),
        ("ended", ended(view::Ended::ByInterpreter)),
        ("ended-lost", ended(view::Ended::Lost)),
        ("ended-closed", ended(view::Ended::Closed)),
        ("ended-unavailable", ended(view::Ended::Unavailable)),
    ] {
        let mut visit = start();
        visit.told(Update::Camera(Camera::Device));
        visit.told(update);
        screens.push((name, visit));
    }

    for (name, stage) in [("waiting-clip", Stage::Queued), ("ringing-clip", Stage::Ringing)] {
        let mut visit = start();
        visit.has_clips(&["waiting"]);
        visit.told(waiting(stage, 2));
        screens.push((name, visit));
    }

    let mut call = start();
    call.told(Update::Camera(Camera::Device));
    call.told(talking(Picture::Flowing));
    call.told(Update::Text(conversation()));
    call.told(Update::Speaking(3));
    screens.push(("call", call));

    let mut sure = start();
    sure.told(talking(Picture::Flowing));
    sure.tap(&fl!(words, "talk-end"));
    screens.push(("call-sure", sure));

    for (name, paper) in papers() {
        let mut visit = start();
        visit.told(Update::Camera(Camera::Device));
        visit.told(talking(Picture::Flowing));
        visit.tap(&fl!(words, "talk-paper"));
        if paper != Paper::None {
            visit.tap(&fl!(words, "paper-shoot"));
        }
        visit.told(Update::Paper { number: 1, paper });
        screens.push((name, visit));
    }

    let mut idle = start();
    idle.seconds_pass(QUIET_S);
    screens.push(("idle", idle));

    screens.extend(arrival::gallery(size, language));
    screens
}

/// What becomes of a paper that is held into the camera.
fn papers() -> [(&'static str, Paper); 7] {
    let sent = |arrival, place| Paper::Sent {
        still: glass::paper(),
        arrival,
        place,
    };
    let place = Place { x: 4200, y: 5600 };
    [
        ("paper", Paper::None),
        ("paper-taking", Paper::Taking),
        ("paper-not-taken", Paper::NotTaken),
        ("paper-taken", Paper::Taken(glass::paper())),
        ("paper-underway", sent(Arrival::Underway, None)),
        ("paper-damaged", sent(Arrival::Damaged, None)),
        ("paper-pointed", sent(Arrival::Whole, Some(place))),
    ]
}

fn conversation() -> Transcript {
    let mut text = Transcript::default();
    for (side, words) in [
        (Side::Other, "Добрий день! Покажіть довідку."),
        (Side::Own, "Ось вона"),
    ] {
        for letter in words.chars() {
            text.apply(side, Edit::Insert(letter));
        }
        text.apply(side, Edit::NewLine);
    }
    text
}

/// The first words that have more lines than they have places to break, or no room for a whole line: a word is parted,
/// or the lines below are lost.
fn ill_set(visit: &Visit) -> Option<String> {
    let panel = visit.app.context.look;
    let lines = [
        panel.letters(Type::Small) * 1.3,
        panel.letters(Type::Label) * 1.3,
        panel.measured().letters(Type::Text) * 1.3,
        panel.letters(Type::Text) * 1.3,
        panel.letters(Type::Action) * 1.15,
        panel.letters(Type::Heading) * 1.1,
        // What a step says.
        panel.letters(Type::Heading) * 1.3,
        panel.letters(Type::Title) * 1.1,
        panel.letters(Type::Hero) * 1.1,
        // The numbers of the countdown and of the place in the queue.
        panel.px(240.0) * 1.1,
        panel.letters(Type::Hero) * 3.0 * 1.1,
        // A key says one word, as high as the key.
        panel.px(94.0),
        // And of the window that calls.
        panel.letters(Type::Hero) * 5.0 * 1.1,
    ];
    let ill = move |candidate: Candidate<'_>| match candidate {
        Candidate::Text { content, bounds, .. } => {
            let breaks = |letter: char| letter.is_whitespace() || "-–/".contains(letter);
            let parts = content.split(breaks).filter(|part| !part.is_empty()).count();
            let fits = |line: f32| {
                let count = (bounds.height / line).round();
                count >= 1.0 && count <= parts as f32 && (bounds.height - count * line).abs() < 0.2
            };
            let good = parts == 0 || lines.into_iter().any(fits);
            (!good).then(|| format!("{content} {}", bounds.height))
        }
        _ => None,
    };
    visit.ui().find(ill).ok()
}

#[test]
fn no_words_are_cut_off_or_parted_on_any_panel_in_any_language() {
    let panels = [PORTRAIT, LANDSCAPE, STOUT, Size::new(STOUT.height, STOUT.width)];
    let mut found = Vec::new();
    for (language, letters) in Language::ALL
        .into_iter()
        .flat_map(|one| SIZES.map(|size| (one, size)))
    {
        for size in panels {
            for (name, mut visit) in gallery(size, language) {
                visit.app.context.look.letters = letters;
                let at = format!("{name} {} {letters:?} {size:?}", language.tag());
                // Keys have lines of their own.
                if !["call-writes", "waiting-note"].contains(&name) {
                    found.extend(ill_set(&visit).map(|words| format!("{at}: {words}")));
                }
                // The others go on below, or above, and are scrolled.
                let scrolled = ["services", "service", "search-found", "take", "call-writes"];
                if !scrolled.iter().any(|scrolled| name.starts_with(scrolled)) {
                    found.extend(glass::cut_off(&mut visit.ui()).map(|words| format!("{at}: {words}")));
                }
            }
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn letters_and_contrast_are_changed_in_two_taps_and_forgotten_with_the_visit() {
    let mut visit = Visit::home();
    let (letters, paper) = (visit.app.context.look.letters(Type::Text), visit.app.ground());
    visit.tap("Вигляд");
    visit.tap("Великі літери");
    visit.tap("Більший контраст");
    visit.tap("Готово");
    visit.sees("Що вам потрібно?");
    assert!(visit.app.context.look.letters(Type::Text) > letters * 1.15);
    assert_ne!(visit.app.ground(), paper);
    visit.tap("Завершити");
    visit.sees(ATTRACT);
    assert_eq!(visit.app.context.look.letters(Type::Text), letters);
    assert_eq!(visit.app.ground(), paper);
}

#[test]
fn who_switches_contrast_on_before_the_visit_begins_the_visit_with_it() {
    let mut visit = Visit::begin(PORTRAIT, Language::Uk);
    visit.tap("Вигляд");
    visit.tap("Більший контраст");
    visit.tap("Готово");
    visit.tap(ATTRACT);
    visit.sees("Що вам потрібно?");
    assert_eq!(*visit.app.context.look.colour, colour::CONTRAST);
}

#[test]
fn every_screen_is_drawn_on_both_panels() {
    let folder = std::env::var_os("ZHEST_SHOTS").map(std::path::PathBuf::from);
    // Drawing takes long, and laying out tells the same of the other languages; they are for somebody who looks.
    let drawn = if folder.is_some() { Language::ALL.len() } else { 1 };
    let written = tempfile::tempdir().unwrap();
    let folder = folder.unwrap_or_else(|| written.path().to_owned());
    let mut kept = Kept::open();
    for &language in &Language::ALL[..drawn] {
        // Of the ways to read, a run that nobody looks at draws the plain one.
        let ways = if drawn > 1 { &WAYS[..] } else { &WAYS[..1] };
        let panels = [("portrait", PORTRAIT), ("landscape", LANDSCAPE)];
        for ((panel, size), &(way, letters, colour)) in panels
            .into_iter()
            .flat_map(|panel| ways.iter().map(move |way| (panel, way)))
        {
            for (name, mut visit) in gallery(size, language) {
                visit.app.context.look.letters = letters;
                visit.app.context.look.colour = colour;
                let plain = format!("{name}-{}-{panel}{way}", language.tag());
                // The renderer's name is added to what is asked for, and an older picture would be compared with.
                let drawn = folder.join(format!("{plain}-tiny-skia.png"));
                let plain = folder.join(plain);
                let mut ui = visit.ui();
                let mut draw = || ui.snapshot(&visit.app.theme()).expect("the screen is drawn");
                // Being drawn, a screen asks for the pictures it shows.
                let mut snapshot = draw();
                if visit.shows_pictures() {
                    glass::own(&visit.pictures);
                    glass::clip(&visit.pictures);
                    if name != "call-connecting" {
                        glass::remote(&visit.pictures);
                    }
                    snapshot = draw();
                }
                snapshot.matches_image(&plain).expect("the folder takes pictures");
                let file = plain.with_extension("png");
                std::fs::rename(&drawn, &file).expect("the renderer is tiny-skia");
                let bytes = std::fs::metadata(&file).expect("just written").len();
                assert!(bytes > 10_000, "{name} is empty: {bytes} bytes");
                if language == Language::SOURCE && way.is_empty() {
                    kept.compare(&format!("{name}-{panel}"), &file);
                }
            }
        }
    }
    kept.close();
}
