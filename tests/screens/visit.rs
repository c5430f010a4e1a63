//! One visit to a simulated kiosk: what the visitor touches and reads, what the driver tells and is told.

use iced::Size;
use iced_test::Simulator;
use iced_test::core::Settings;
use iced_test::selector::{Candidate, Target};
use jiff::civil::date;
use std::sync::{Arc, Once};
use zhest::call::view::{self, Picture, Stage, View};
use zhest::catalogue::Catalogue;
use zhest::catalogue::load::Problem;
use zhest::id::InterpreterId;
use zhest::kiosk::app::{App, Message};
use zhest::kiosk::driver::{Camera, Command, Link, Update};
use zhest::kiosk::hall::Hall;
use zhest::kiosk::handout::Handout;
use zhest::kiosk::player::{Shown, Stage as ClipStage, Wanted};
use zhest::kiosk::screen::{Clips, Context, Sound};
use zhest::kiosk::theme::panel::Panel;
use zhest::kiosk::theme::{Look, font};
use zhest::locale::{Language, Words, fl};
use zhest::media::frame::{Pictures, Want};
use zhest::protocol::{Availability, Topic, WaitRange};
use zhest::text::Transcript;

use crate::glass;

/// Half of the drawing board: a simulated window is drawn with two physical pixels a logical one.
pub const PORTRAIT: Size = Size::new(540.0, 960.0);

pub const LANDSCAPE: Size = Size::new(960.0, 540.0);

/// A panel of 10 : 16.
pub const STOUT: Size = Size::new(400.0, 640.0);

pub const HOME: &str = "Що вам потрібно?";

pub const CALL: &str = "Покликати перекладача";

pub const ATTRACT: &str = "Тут говорять жестовою мовою";

pub const RESIDENCE: &str = "residence-registration";

pub struct Visit {
    pub app: App,
    pub size: Size,
    pub pictures: Pictures,
}

impl Visit {
    /// A kiosk whose relay is in reach, with two interpreters free.
    pub fn begin(size: Size, language: Language) -> Self {
        let mut visit = Self::unlinked(size, language);
        visit.told(Update::Link(Link::Up {
            cnap: "ЦНАП «Прибережний»".to_owned(),
            kiosk: "Кіоск 1".to_owned(),
        }));
        visit.told(Update::Availability(Availability::Open { free: 2, on_duty: 3 }));
        visit
    }

    pub fn unlinked(size: Size, language: Language) -> Self {
        Self::with_catalogue(size, language, Catalogue::embedded())
    }

    pub fn with_catalogue(
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
    pub fn home() -> Self {
        let mut visit = Self::begin(PORTRAIT, Language::Uk);
        visit.tap("Українська жестова мова");
        visit
    }

    pub fn told(&mut self, update: Update) {
        self.app.update(Message::Driver(update));
    }

    pub fn ui(&self) -> Simulator<'_, Message> {
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
    pub fn tap(&mut self, words: &str) {
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
    pub fn sees(&self, words: &str) {
        assert!(
            self.ui().find(reading(words)).is_ok(),
            "«{words}» is not on the screen"
        );
    }

    #[track_caller]
    pub fn sees_not(&self, words: &str) {
        assert!(
            self.ui().find(reading(words)).is_err(),
            "«{words}» is on the screen"
        );
    }

    /// Whether the screen, as last drawn, has a place for a living picture.
    pub fn shows_pictures(&self) -> bool {
        let slots = [&self.pictures.own, &self.pictures.remote, &self.pictures.clip];
        slots.iter().any(|slot| matches!(slot.wanted(), Want::Fit { .. }))
    }

    /// A kiosk that has clips for these places.
    pub fn has_clips(&mut self, places: &[&str]) {
        let places = places.iter().map(|place| place.parse().expect("a place"));
        self.told(Update::Clips(places.collect()));
    }

    /// What the driver tells of the clip that is open.
    pub fn clip_is(&mut self, place: &str, stage: ClipStage) {
        self.told(Update::Clip(Some(Shown {
            id: place.parse().expect("a place"),
            stage,
            percent: 40,
        })));
    }

    /// What the driver was told of clips since the last time.
    pub fn clips(&mut self) -> Vec<Option<Wanted>> {
        let said = self.app.commands().into_iter();
        let clips = said.filter_map(|command| match command {
            Command::Clip(wanted) => Some(wanted),
            _ => None,
        });
        clips.collect()
    }

    /// Whether the screen, drawn anew, has a place for a clip.
    pub fn shows_clip(&self) -> bool {
        let mut ui = self.ui();
        ui.snapshot(&self.app.theme()).expect("the screen is drawn");
        matches!(self.pictures.clip.wanted(), Want::Fit { .. })
    }

    /// On the Ukrainian keys of the screen.
    #[track_caller]
    pub fn types(&mut self, letters: &str) {
        if self.ui().find(reading("ї")).is_err() {
            self.tap("УКР");
        }
        for letter in letters.chars() {
            self.tap(&letter.to_string());
        }
    }

    /// Seen by the camera for a few seconds.
    pub fn sways(&mut self, left: usize, right: usize, top: usize) {
        for look in 0..6 {
            glass::sways(&self.pictures, left, right, top, look);
            self.seconds_pass(1);
        }
    }

    /// From a screen with the call on it to the sheet of wishes, where signing is given up.
    pub fn writes_only(&mut self, words: &Words) {
        self.tap(&fl!(words, "call-interpreter"));
        self.tap(&fl!(words, "wishes-open"));
        self.tap(&fl!(words, "wishes-write"));
    }

    pub fn seconds_pass(&mut self, seconds: u16) {
        for _ in 0..seconds {
            self.app.update(Message::Tick);
        }
    }

    /// The driver was told to call about that service, since it was asked last.
    #[track_caller]
    pub fn calls_about(&mut self, service: &str) {
        let commands = self.app.commands();
        let about = topics(&commands)[0].service.as_ref().map(|id| id.as_str());
        assert_eq!(about, Some(service));
    }
}

/// Finds words as a visitor reads them, wherever lines may be broken.
pub fn reading(words: &str) -> impl FnMut(Candidate<'_>) -> Option<Target> + Send + use<> {
    let plain = |words: &str| words.replace('\u{A0}', " ").replace('\u{2011}', "-");
    let words = plain(words);
    move |candidate| match candidate {
        Candidate::Text { content, .. } if plain(content) == words => Some(Target::from(candidate)),
        _ => None,
    }
}

const HOW: &str = "run with ICED_TEST_BACKEND=tiny-skia";

pub fn waiting(stage: Stage, place: u16) -> Update {
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
pub fn given(stage: Stage) -> Update {
    let Update::Call(View::Waiting(waiting)) = waiting(stage, 1) else {
        unreachable!("a waiting visitor")
    };
    Update::Call(View::Waiting(view::Waiting {
        transferred: true,
        ..waiting
    }))
}

pub fn talking(picture: Picture) -> Update {
    Update::Call(View::Talking(view::Talking {
        interpreter: InterpreterId(7),
        picture,
        interpreter_has_camera: true,
        unread: None,
        linked: true,
    }))
}

pub fn ended(how: view::Ended) -> Update {
    Update::Call(View::Ended(how))
}

pub fn topics(commands: &[Command]) -> Vec<&Topic> {
    let topics = commands.iter().filter_map(|command| match command {
        Command::Call(topic) => Some(topic),
        _ => None,
    });
    topics.collect()
}

/// On the card of a service.
pub fn residence() -> Visit {
    let mut visit = Visit::home();
    visit.tap("Житло й реєстрація");
    visit.tap("Реєстрація місця проживання");
    visit
}

/// In a conversation; what the driver was told before is forgotten.
pub fn in_call() -> Visit {
    let mut visit = Visit::home();
    visit.told(talking(Picture::Flowing));
    visit.app.commands();
    visit
}
