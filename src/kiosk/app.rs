//! The root: it alone switches screens.
//!
//! **Invariant:** what a visitor did lives in the variant of the [`Phase`] they are in, so leaving a phase wipes it.
//! [`App`] has no clock and no driver: seconds come as [`Message::Tick`], what the driver tells as [`App::apply`],
//! and what the driver shall do is drained by [`App::commands`]. `run` connects these to the world.

use std::fmt::Debug;

use iced::theme::Palette;
use iced::widget::column;
use iced::{Color, Element, Size, Theme};
use jiff::civil::Date;

use self::phase::{Back, Phase};
use super::driver::{Camera, Command, Update};
use super::player::{self, Wanted};
use super::screen::{
    Context, Sound, alarm, appearance, attract, call, ended, framing, home, idle, languages, search, service,
    services, steps, take, ticket, unavailable, waiting,
};
use super::theme::Look;
use super::theme::panel::Panel;
use super::widget::touch::hand;
use crate::call::view::{self, View};
use crate::clip::ClipId;
use crate::locale::{Language, Words};
use crate::media::clip::Wish;
use crate::protocol::{Signing, Topic, Wishes};

/// Without a touch for this long, the kiosk asks whether somebody is there.
pub const QUIET_S: u16 = 90;
/// And this long it waits for the answer.
pub const COUNTDOWN_S: u16 = 30;

mod answers;
mod phase;

pub struct App {
    pub context: Context,
    /// What the kiosk speaks between visits.
    language: Language,
    phase: Phase,
    presence: Presence,
    /// Lies over everything else, which is kept below it.
    alarm: Option<alarm::Alarm>,
    /// Whether the driver was told last that the camera is wanted.
    camera: bool,
    /// The clip that the driver was told last.
    clip: Option<Wanted>,
    /// Sheets that were printed since the kiosk began.
    sheets: u32,
    /// Stills that were asked for since the kiosk began.
    shots: u32,
    commands: Vec<Command>,
}

/// Whether somebody stands before the kiosk.
#[derive(Debug)]
enum Presence {
    /// Seconds since the last touch.
    Touched(u16),
    /// The countdown is shown.
    Asked(idle::Idle),
}

#[derive(Debug, Clone)]
pub enum Message {
    Driver(Update),
    /// A picture changed; drawing again is all that it takes.
    Pictures,
    /// A second has passed.
    Tick,
    /// The panel was touched, anywhere.
    Touched,
    Resized(Size),
    /// Physical pixels a logical one.
    Rescaled(f32),
    Attract(attract::Message),
    Languages(languages::Message),
    Appearance(appearance::Message),
    Home(home::Message),
    Search(search::Message),
    Ticket(ticket::Message),
    Services(services::Message),
    Service(service::Message),
    Steps(steps::Message),
    Take(take::Message),
    Unavailable(unavailable::Message),
    Framing(framing::Message),
    Waiting(waiting::Message),
    Call(call::Message),
    Ended(ended::Message),
    Idle(idle::Message),
    Alarm(alarm::Message),
}

impl App {
    /// Before anybody came.
    pub fn new(context: Context) -> Self {
        Self {
            language: context.words.language(),
            context,
            phase: Phase::Attract(attract::Attract::new()),
            presence: Presence::Touched(0),
            alarm: None,
            camera: false,
            clip: None,
            sheets: 0,
            shots: 0,
            commands: Vec::new(),
        }
    }

    /// What the driver shall do, in this order; drained.
    pub fn commands(&mut self) -> Vec<Command> {
        std::mem::take(&mut self.commands)
    }

    /// All that is known of a visit.
    pub fn remembered(&self) -> impl Debug {
        let Context {
            words,
            look,
            camera,
            speaking,
            text,
            clips,
            ..
        } = &self.context;
        (
            &self.phase,
            &self.commands,
            words.language(),
            look,
            camera,
            speaking,
            text,
            self.camera,
            &self.clip,
            clips.slow,
        )
    }

    /// Prices are those of this day from now on.
    pub fn today(&mut self, date: Date) {
        self.context.date = date;
    }

    pub fn update(&mut self, message: Message) {
        self.hear(message);
        let camera = self.wants_camera();
        if self.camera != camera {
            self.camera = camera;
            self.commands.push(Command::Camera(camera));
        }
        let place = |clip: &Option<Wanted>| clip.as_ref().map(|clip| clip.id.clone());
        if place(&self.wanted_clip()) != place(&self.clip)
            && let Some(clip) = self.phase.clip()
        {
            // Whatever brought it onto the screen, it waits for a touch.
            clip.rest();
        }
        let clip = self.wanted_clip();
        if self.clip != clip {
            self.clip = clip.clone();
            self.commands.push(Command::Clip(clip));
        }
    }

    fn hear(&mut self, message: Message) {
        match message {
            Message::Driver(update) => self.apply(update),
            Message::Pictures => {}
            Message::Tick => self.tick(),
            Message::Touched => {
                if let Presence::Touched(quiet) = &mut self.presence {
                    *quiet = 0;
                }
                if let Phase::Ended(screen) = &mut self.phase {
                    screen.touched();
                }
            }
            Message::Resized(size) => {
                let diagonal = self.context.look.panel.diagonal_inches;
                self.context.look.panel = Panel::new(diagonal, size);
            }
            Message::Rescaled(scale) => self.context.scale = scale,
            Message::Attract(message) => self.attract(message),
            Message::Languages(message) => self.languages(message),
            Message::Appearance(message) => self.appearance(message),
            Message::Home(message) => self.home(message),
            Message::Search(message) => self.search(message),
            Message::Ticket(message) => self.ticket(message),
            Message::Services(message) => self.services(message),
            Message::Service(message) => self.service(message),
            Message::Steps(message) => self.steps(message),
            Message::Take(message) => self.take(message),
            Message::Unavailable(message) => self.unavailable(message),
            Message::Framing(message) => self.framing(message),
            Message::Waiting(message) => self.waiting(message),
            Message::Call(message) => self.call(message),
            Message::Ended(message) => self.ended(message),
            Message::Idle(message) => self.idle(message),
            Message::Alarm(message) => self.alarm_says(message),
        }
    }

    /// Whether own picture is on the screen, or soon will be. An alarm covers the mirror; who waits under it is soon
    /// seen.
    fn wants_camera(&self) -> bool {
        match &self.phase {
            Phase::Framing(screen, _) => self.alarm.is_none() && !screen.topic().wishes.text_only,
            Phase::Waiting(_, topic) => !topic.wishes.text_only,
            Phase::Call(screen) => !screen.topic().wishes.text_only,
            _ => false,
        }
    }

    /// The clip that the present screen shows. Who leaves the screen leaves its clip.
    fn wanted_clip(&self) -> Option<Wanted> {
        let slow = self.context.clips.slow;
        let (id, wish) = match &self.phase {
            _ if self.alarm.is_some() => return None,
            Phase::Attract(_) => (ClipId::Greeting, Wish::Loop),
            Phase::Waiting(screen, _) if screen.shows_clip() => (ClipId::Waiting, Wish::Loop),
            Phase::Service(screen, _) => (screen.clip_id(), screen.clip.wish(slow)),
            Phase::Steps(screen, _) => (screen.clip_id()?, screen.clip.wish(slow)),
            _ => return None,
        };
        self.context.clips.has(&id).then_some(Wanted { id, wish })
    }

    /// A clip plays that somebody has begun: they look, and need not touch anything.
    fn is_watched(&self) -> bool {
        let plays = match &self.phase {
            Phase::Service(screen, _) => screen.clip.plays(),
            Phase::Steps(screen, _) => screen.clip.plays(),
            _ => false,
        };
        let (wanted, shown) = (&self.clip, &self.context.clips.shown);
        plays
            && wanted
                .as_ref()
                .zip(shown.as_ref())
                .is_some_and(|(wanted, shown)| wanted.id == shown.id && shown.stage == player::Stage::Playing)
    }

    pub fn view(&self) -> Element<'_, Message> {
        hand(&self.context.look, self.screen())
    }

    fn screen(&self) -> Element<'_, Message> {
        let context = &self.context;
        match &self.alarm {
            Some(alarm) if self.is_beside_call(alarm) => {
                column![self.visit(), alarm.beside(context).map(Message::Alarm)].into()
            }
            Some(alarm) => alarm.view(context, self.kept()).map(Message::Alarm),
            None => self.visit(),
        }
    }

    fn visit(&self) -> Element<'_, Message> {
        let context = &self.context;
        if let Presence::Asked(idle) = &self.presence {
            return idle.view(context).map(Message::Idle);
        }
        match &self.phase {
            Phase::Attract(screen) => screen.view(context).map(Message::Attract),
            Phase::Languages(screen, _) => screen.view(context).map(Message::Languages),
            Phase::Appearance(screen, _) => screen.view(context).map(Message::Appearance),
            Phase::Home(screen) => screen.view(context).map(Message::Home),
            Phase::Search(screen) => screen.view(context).map(Message::Search),
            Phase::Ticket(screen, _) => screen.view(context).map(Message::Ticket),
            Phase::Services(screen) => screen.view(context).map(Message::Services),
            Phase::Service(screen, _) => screen.view(context).map(Message::Service),
            Phase::Steps(screen, _) => screen.view(context).map(Message::Steps),
            Phase::Take(screen, _) => screen.view(context).map(Message::Take),
            Phase::Unavailable(screen, ..) => screen.view(context).map(Message::Unavailable),
            Phase::Framing(screen, _) => screen.view(context).map(Message::Framing),
            Phase::Waiting(screen, _) => screen.view(context).map(Message::Waiting),
            Phase::Call(screen) => screen.view(context).map(Message::Call),
            Phase::Ended(screen) => screen.view(context).map(Message::Ended),
        }
    }

    /// The colour of the window where nothing else is.
    pub fn ground(&self) -> Color {
        let colour = self.context.look.colour;
        match (&self.alarm, &self.presence, &self.phase) {
            (Some(alarm), ..) if !self.is_beside_call(alarm) => colour.alarm,
            (_, Presence::Touched(_), Phase::Call(..)) => colour.stage,
            _ => colour.window,
        }
    }

    /// [`App::ground`] as iced wants it.
    pub fn theme(&self) -> Theme {
        let palette = Palette {
            background: self.ground(),
            text: self.context.look.colour.words,
            ..Palette::LIGHT
        };
        Theme::custom("Жест", palette)
    }

    /// What the driver tells.
    pub fn apply(&mut self, update: Update) {
        match update {
            Update::Link(link) => {
                self.context.link = link;
                self.plead();
            }
            Update::Availability(availability) => {
                self.context.availability = Some(availability);
                self.plead();
            }
            Update::Tickets(called) => {
                if let Phase::Ticket(screen, _) = &mut self.phase
                    && screen.told(&called)
                {
                    self.presence = Presence::Touched(0);
                }
                self.context.hall.tickets = Some(called);
            }
            Update::Alarm(kind) => {
                self.context.hall.alarm = kind;
                self.alarm_changed();
            }
            Update::AlarmHere(kind) => {
                self.context.hall.alarm_here = kind;
                self.alarm_changed();
            }
            Update::Camera(camera) => self.context.camera = camera,
            Update::Speaking(bars) => self.context.speaking = bars,
            Update::Sound { microphone, speaker } => self.context.sound = Sound { microphone, speaker },
            Update::Text(text) => self.context.text = text,
            Update::Printed { number, well } => {
                if let Phase::Take(screen, _) = &mut self.phase {
                    screen.printed(number, well);
                }
            }
            Update::Quality(quality) => {
                if let Phase::Call(screen) = &mut self.phase {
                    screen.set_quality(quality);
                }
            }
            Update::Bell => {
                if let Phase::Call(screen) = &mut self.phase {
                    screen.ring();
                }
            }
            Update::Paper { number, paper } => {
                if let Phase::Call(screen) = &mut self.phase {
                    screen.set_paper(number, paper);
                }
            }
            Update::Clips(places) => self.context.clips.places = places,
            Update::Clip(shown) => {
                if let (Some(shown), Some(wanted)) = (&shown, &self.clip)
                    && shown.id == wanted.id
                    && let Some(clip) = self.phase.clip()
                {
                    clip.told(shown.stage);
                }
                self.context.clips.shown = shown;
            }
            Update::Call(view) => self.call_changed(view),
        }
    }

    fn call_changed(&mut self, view: View) {
        let topic = self.topic();
        if let (View::Ended(_), Some(alarm)) = (&view, &mut self.alarm) {
            alarm.ended();
        }
        match (view, &mut self.phase) {
            (View::Idle, Phase::Waiting(..) | Phase::Call(..) | Phase::Ended(..)) => self.wipe(),
            (View::Idle, _) => {}
            (View::Waiting(waiting), Phase::Waiting(screen, _)) => screen.set(waiting),
            (View::Waiting(waiting), _) => {
                self.enter(Phase::Waiting(waiting::Waiting::new(waiting), topic));
            }
            (View::Talking(talking), Phase::Call(screen)) => screen.set(talking),
            (View::Talking(talking), _) => {
                let call = call::Call::new(talking, topic, self.context.words.language());
                self.enter(Phase::Call(call));
                if let Some(alarm) = &mut self.alarm {
                    alarm.answered();
                }
            }
            // Who gives up waiting goes on with the visit; there was no conversation that could have ended.
            (View::Ended(view::Ended::ByVisitor), Phase::Waiting(..)) => {
                self.commands.push(Command::Dismiss);
                self.enter(Phase::Home(home::Home::new()));
            }
            // Who walked away was wiped already.
            (View::Ended(view::Ended::ByVisitor), Phase::Attract(_)) => {}
            (View::Ended(_), Phase::Ended(..)) => {}
            (View::Ended(ended), _) => self.enter(Phase::Ended(ended::Ended::new(ended, topic))),
        }
    }

    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.presence = Presence::Touched(0);
    }

    /// The visit is over: nothing of it is left.
    fn wipe(&mut self) {
        match self.phase {
            Phase::Waiting(..) => self.commands.extend([Command::Cancel, Command::Dismiss]),
            Phase::Call(..) => self.commands.extend([Command::HangUp, Command::Dismiss]),
            Phase::Ended(..) => self.commands.push(Command::Dismiss),
            _ => {}
        }
        self.look_as_ever();
        self.enter(Phase::Attract(attract::Attract::new()));
    }

    /// In the language of the house, in usual letters and colours, clips at their own speed.
    fn look_as_ever(&mut self) {
        self.speak(self.language);
        self.context.look = Look::new(self.context.look.panel);
        self.context.clips.slow = false;
    }

    fn speak(&mut self, language: Language) {
        if self.context.words.language() != language {
            self.context.words = Words::new(language);
        }
    }

    fn tick(&mut self) {
        if let Phase::Call(screen) = &mut self.phase {
            screen.tick();
        }
        if let Some(alarm) = &mut self.alarm {
            // Whoever went to the shelter finds the visit as it was.
            alarm.tick();
            self.presence = Presence::Touched(0);
            return;
        }
        if let Phase::Ticket(screen, _) = &mut self.phase {
            screen.tick();
        }
        if let Phase::Ended(screen) = &mut self.phase
            && screen.tick()
        {
            return self.wipe();
        }
        if let (Phase::Framing(screen, _), Camera::Device) = (&mut self.phase, self.context.camera)
            && let Some(frame) = self.context.pictures.own.latest()
        {
            screen.look(&frame);
        }
        if let (Phase::Attract(_), Presence::Touched(quiet)) = (&self.phase, &mut self.presence) {
            *quiet = quiet.saturating_add(1);
            // Somebody chose how to read, and began no visit.
            if *quiet == QUIET_S + COUNTDOWN_S {
                self.look_as_ever();
            }
            return;
        }
        if !self.phase.can_be_abandoned() || self.is_watched() {
            self.presence = Presence::Touched(0);
            return;
        }
        let over = match &mut self.presence {
            Presence::Touched(quiet) => {
                *quiet += 1;
                if *quiet >= self.phase.patience() {
                    self.presence = Presence::Asked(idle::Idle::new(COUNTDOWN_S));
                }
                false
            }
            Presence::Asked(idle) => idle.tick(),
        };
        if over {
            self.wipe();
        }
    }

    fn alarm_changed(&mut self) {
        let in_call = matches!(self.phase, Phase::Call(..));
        match (self.context.hall.alarm(), &self.alarm) {
            (Some(kind), Some(alarm)) if alarm.kind() == kind => {}
            (Some(kind), _) => self.alarm = Some(alarm::Alarm::new(kind, in_call)),
            (None, Some(_)) => {
                self.alarm = None;
                self.presence = Presence::Touched(0);
            }
            (None, None) => {}
        }
    }

    fn is_beside_call(&self, alarm: &alarm::Alarm) -> bool {
        alarm.is_beside() && matches!(self.phase, Phase::Call(..))
    }

    fn kept(&self) -> alarm::Kept {
        match self.phase {
            Phase::Attract(_) => alarm::Kept::Nothing,
            Phase::Waiting(..) => alarm::Kept::Queue,
            Phase::Call(..) => alarm::Kept::Call,
            _ => alarm::Kept::Visit,
        }
    }

    /// What the present call is about, or one that is made here and now would be, also by an alarm: what somebody has
    /// wished for before holds, and an interpreter knows what they were reading about.
    fn topic(&self) -> Topic {
        let known = self.phase.topic().cloned();
        known.unwrap_or_else(|| Topic {
            service: self.phase.service().cloned(),
            signing: Signing::Ukl,
            reading: self.context.language().to_owned(),
            wishes: Wishes::default(),
        })
    }

    /// Enters a phase that remembers the present one.
    fn go_deeper(&mut self, deeper: impl FnOnce(Back) -> Phase) {
        let here = std::mem::replace(&mut self.phase, Phase::Attract(attract::Attract::new()));
        self.enter(deeper(Box::new(here)));
    }

    fn go_back(&mut self) {
        let here = std::mem::replace(&mut self.phase, Phase::Attract(attract::Attract::new()));
        let (Phase::Languages(_, back)
        | Phase::Appearance(_, back)
        | Phase::Ticket(_, back)
        | Phase::Service(_, back)
        | Phase::Steps(_, back)
        | Phase::Take(_, back)
        | Phase::Unavailable(.., back)
        | Phase::Framing(_, back)) = here
        else {
            self.phase = here;
            return;
        };
        self.enter(*back);
    }
}
