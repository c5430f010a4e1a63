//! The window: connects [`App`] to the driver, the clock and the panel.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use futures::{Stream, StreamExt};
use iced::{Element, Event, Size, Subscription, Task, Theme, event, mouse, touch, window};
use jiff::Zoned;

use super::app::{App, Message};
use super::config::Config;
use super::driver::{self, Camera, Handle, Link};
use super::hall::Hall;
use super::link::LinkError;
use super::screen::{Clips, Context, Sound};
use super::surface;
use super::theme::Look;
use super::theme::font;
use super::theme::panel::Panel;
use crate::catalogue::Catalogue;
use crate::locale::Words;
use crate::media::error::MediaError;
use crate::media::factory;
use crate::media::frame::{Pictures, Redraws};
use crate::protocol::Availability;
use crate::text::Transcript;

/// What the program ends with when its driver died.
const EXIT_DRIVER: i32 = 70;

/// A panel of the drawing board, until the window has told its size.
const BOARD: Size = Size::new(1080.0, 1920.0);

#[derive(Debug, thiserror::Error)]
pub enum RunError {
    #[error("the system gives no threads: {0}. Close other programs")]
    Runtime(std::io::Error),
    #[error(transparent)]
    Media(#[from] MediaError),
    #[error(transparent)]
    Link(#[from] LinkError),
    #[error("no window opens: {0}. Start the kiosk where DISPLAY or WAYLAND_DISPLAY is set")]
    Window(iced::Error),
}

/// Runs until the window is closed.
pub fn run(config: Config) -> Result<(), RunError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(RunError::Runtime)?;
    let handle = {
        let _inside = runtime.enter();
        driver::start(driver::Settings {
            relay: config.relay,
            camera: config.camera,
            sound: config.sound,
            codecs: config.codecs,
            printer: config.handout.printer.clone(),
            clips: config.clips,
            alarm_file: config.alarm_file,
            loopback: config.loopback,
        })?
    };
    let (catalogue, problems) = Catalogue::embedded();
    for problem in problems {
        tracing::warn!(
            file = problem.file,
            "the catalogue has a fault: {}",
            problem.fault
        );
    }
    for service in config.windows.of.keys() {
        if catalogue.service(service).is_none() {
            tracing::warn!(%service, "a window is set for a service that is not in the catalogue");
        }
    }
    let size = config.windowed.map_or(BOARD, Size::from);
    let context = Context {
        words: Words::new(config.language),
        look: Look::new(Panel::new(config.panel_inches, size)),
        scale: 1.0,
        date: Zoned::now().date(),
        catalogue: Arc::new(catalogue),
        handout: config.handout,
        link: Link::Down,
        availability: None::<Availability>,
        camera: Camera::Off,
        sound: Sound {
            microphone: true,
            speaker: true,
        },
        speaking: 0,
        text: Transcript::default(),
        pictures: handle.pictures.clone(),
        clips: Clips::default(),
        hall: Hall {
            shelter: config.shelter,
            windows: config.windows,
            ..Hall::default()
        },
    };
    let pictures = handle.pictures.clone();
    let program = RefCell::new(Some(Program {
        app: App::new(context),
        handle,
        threads: runtime.handle().clone(),
        fullscreen: config.windowed.is_none(),
        opened: false,
    }));
    let boot = move || {
        let program = program.borrow_mut().take().expect("a program boots once");
        (program, Task::none())
    };
    let mut application = iced::application(boot, Program::update, Program::view)
        .title(title)
        .subscription(Program::subscription)
        .theme(theme)
        .default_font(font::REGULAR)
        .window(window::Settings {
            size,
            fullscreen: config.windowed.is_none(),
            decorations: config.windowed.is_some(),
            ..window::Settings::default()
        });
    for file in font::FILES {
        application = application.font(file);
    }
    let ended = application.run().map_err(RunError::Window);
    surface::take_down(&pictures);
    runtime.shutdown_timeout(Duration::from_secs(2));
    // It may be why the window has closed.
    crate::media::init()?;
    ended
}

struct Program {
    app: App,
    handle: Handle,
    /// For what takes long.
    threads: tokio::runtime::Handle,
    fullscreen: bool,
    /// The window has told its size.
    opened: bool,
}

fn title(_: &Program) -> String {
    "Жест".to_owned()
}

fn theme(program: &Program) -> Theme {
    program.app.theme()
}

impl Program {
    fn update(&mut self, message: Message) -> Task<Message> {
        let task = match &message {
            Message::Tick => {
                self.app.today(Zoned::now().date());
                Task::none()
            }
            // A window that has just opened says its size alone.
            Message::Resized(_) => {
                let scale = window::latest().and_then(window::scale_factor);
                let opens = !std::mem::replace(&mut self.opened, true);
                let fill = (opens && self.fullscreen).then(cover);
                let hang = opens.then(|| hang(self.handle.pictures.clone()));
                let media = opens.then(|| start_media(&self.threads));
                let once = [fill, hang, media].into_iter().flatten();
                Task::batch(once.chain([scale.map(Message::Rescaled)]))
            }
            _ => Task::none(),
        };
        self.app.update(message);
        for command in self.app.commands() {
            self.handle.send(command);
        }
        task
    }

    fn view(&self) -> Element<'_, Message> {
        self.app.view()
    }

    fn subscription(&self) -> Subscription<Message> {
        Subscription::batch([
            Subscription::run_with(Driver(self.handle.clone()), updates),
            Subscription::run_with(Living(self.handle.pictures.clone()), redraws),
            iced::time::every(Duration::from_secs(1)).map(|_| Message::Tick),
            event::listen_with(noticed),
        ])
    }
}

/// Without a window manager nobody hears the wish for the whole screen, so the window takes it by itself.
fn cover() -> Task<Message> {
    window::latest().and_then(|id| {
        window::monitor_size(id).and_then(move |size| {
            Task::batch([window::move_to(id, iced::Point::ORIGIN), window::resize(id, size)])
        })
    })
}

/// Finds out what this machine can send and receive, so that the first visitor need not wait for it. Without its cache
/// of plugins GStreamer takes a second to start, for which the window shall not wait either; if it does not start, the
/// window closes.
fn start_media(threads: &tokio::runtime::Handle) -> Task<Message> {
    let started = threads.spawn_blocking(|| {
        factory::usable();
        crate::media::init().is_ok()
    });
    Task::future(started).then(|starts| match starts {
        Ok(true) => Task::none(),
        Ok(false) | Err(_) => iced::exit(),
    })
}

/// Gives the pictures surfaces of their own, where the window system has them.
fn hang(pictures: Pictures) -> Task<Message> {
    window::latest().and_then(move |id| surface::hang(id, pictures.clone()))
}

/// Any touch is a sign of life, also one that a button takes.
fn noticed(event: Event, _: event::Status, _: window::Id) -> Option<Message> {
    match event {
        Event::Mouse(mouse::Event::ButtonPressed(_) | mouse::Event::WheelScrolled { .. })
        | Event::Touch(touch::Event::FingerPressed { .. })
        | Event::Keyboard(_) => Some(Message::Touched),
        Event::Window(window::Event::Opened { size, .. } | window::Event::Resized(size)) => {
            Some(Message::Resized(size))
        }
        Event::Window(window::Event::Rescaled(scale)) => Some(Message::Rescaled(scale)),
        _ => None,
    }
}

/// There is one driver, so every handle to it is the same subscription.
struct Driver(Handle);

impl Hash for Driver {
    fn hash<H: Hasher>(&self, state: &mut H) {
        "driver".hash(state);
    }
}

/// The driver lives as long as the window, or nothing works any more: then the program ends, and whatever watches over
/// the kiosk starts it anew.
fn updates(driver: &Driver) -> impl Stream<Item = Message> + use<> {
    let died = futures::stream::once(async {
        tracing::error!("the driver died; the kiosk ends so that it can be started anew");
        std::process::exit(EXIT_DRIVER)
    });
    driver.0.updates().map(Message::Driver).chain(died)
}

struct Living(Pictures);

impl Hash for Living {
    fn hash<H: Hasher>(&self, state: &mut H) {
        "pictures".hash(state);
    }
}

/// All pictures together make one redraw.
fn redraws(living: &Living) -> impl Stream<Item = Message> + use<> {
    futures::stream::unfold(Redraws::of(living.0.clone()), |mut redraws| async move {
        redraws.next().await;
        Some((Message::Pictures, redraws))
    })
}
