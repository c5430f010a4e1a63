//! What is done when a screen wants something: one method a screen.

use super::phase::Phase;
use super::{App, Presence};
use crate::call::view::{self, Stage};
use crate::id::ServiceId;
use crate::kiosk::driver::Command;
use crate::kiosk::paper::Sheet;
use crate::kiosk::screen::alarm::Plea;
use crate::kiosk::screen::{
    alarm, appearance, attract, call, ended, framing, home, idle, languages, search, service, services,
    steps, take, ticket, unavailable, waiting,
};
use crate::protocol::Topic;

impl App {
    pub(super) fn idle(&mut self, message: idle::Message) {
        let Presence::Asked(idle) = &mut self.presence else {
            return;
        };
        match idle.update(message) {
            idle::Action::StillHere => self.presence = Presence::Touched(0),
            idle::Action::Finish => self.wipe(),
        }
    }

    pub(super) fn attract(&mut self, message: attract::Message) {
        let Phase::Attract(screen) = &mut self.phase else {
            return;
        };
        match screen.update(message) {
            attract::Action::Start(language) => {
                self.speak(language);
                self.enter(Phase::Home(home::Home::new()));
            }
            attract::Action::Languages => self.choose_language(),
            attract::Action::Appearance => self.choose_appearance(),
        }
    }

    fn choose_language(&mut self) {
        self.go_deeper(|back| Phase::Languages(languages::Languages::new(), back));
    }

    fn choose_appearance(&mut self) {
        self.go_deeper(|back| Phase::Appearance(appearance::Appearance::new(), back));
    }

    pub(super) fn appearance(&mut self, message: appearance::Message) {
        let Phase::Appearance(screen, _) = &mut self.phase else {
            return;
        };
        let look = &mut self.context.look;
        match screen.update(message) {
            appearance::Action::Letters => look.letters = look.letters.other(),
            appearance::Action::Contrast => look.colour = look.colour.other(),
            appearance::Action::Back => self.go_back(),
            appearance::Action::Finish => self.wipe(),
        }
    }

    pub(super) fn languages(&mut self, message: languages::Message) {
        let Phase::Languages(screen, back) = &mut self.phase else {
            return;
        };
        match screen.update(message) {
            languages::Action::Choose(language) => {
                let begins = matches!(**back, Phase::Attract(_));
                self.speak(language);
                if begins {
                    self.enter(Phase::Home(home::Home::new()));
                } else {
                    self.go_back();
                }
            }
            languages::Action::Back => self.go_back(),
            languages::Action::Finish => self.wipe(),
        }
    }

    pub(super) fn home(&mut self, message: home::Message) {
        let Phase::Home(screen) = &mut self.phase else {
            return;
        };
        match screen.update(message) {
            home::Action::Event(event) => self.enter(Phase::Services(services::Services::new(event))),
            home::Action::Search => {
                let language = self.context.words.language();
                self.enter(Phase::Search(search::Search::new(
                    &self.context.catalogue,
                    language,
                )));
            }
            home::Action::Call => self.ask(),
            home::Action::Ticket => self.go_deeper(|back| Phase::Ticket(ticket::Ticket::new(), back)),
            home::Action::Languages => self.choose_language(),
            home::Action::Appearance => self.choose_appearance(),
            home::Action::Finish => self.wipe(),
        }
    }

    pub(super) fn search(&mut self, message: search::Message) {
        let Phase::Search(screen) = &mut self.phase else {
            return;
        };
        match screen.update(message) {
            search::Action::None => {}
            search::Action::Service(id) => self.read_about(id),
            search::Action::Call => self.ask(),
            search::Action::Back => self.enter(Phase::Home(home::Home::new())),
            search::Action::Finish => self.wipe(),
        }
    }

    pub(super) fn ticket(&mut self, message: ticket::Message) {
        let Phase::Ticket(screen, _) = &mut self.phase else {
            return;
        };
        let called = self.context.hall.tickets.as_deref().unwrap_or_default();
        match screen.update(message, called) {
            ticket::Action::None => {}
            ticket::Action::Back => self.go_back(),
            ticket::Action::Finish => self.wipe(),
        }
    }

    pub(super) fn services(&mut self, message: services::Message) {
        let Phase::Services(screen) = &mut self.phase else {
            return;
        };
        match screen.update(message) {
            services::Action::Service(id) => self.read_about(id),
            services::Action::Call => self.ask(),
            services::Action::Back => self.enter(Phase::Home(home::Home::new())),
            services::Action::Finish => self.wipe(),
        }
    }

    fn read_about(&mut self, id: ServiceId) {
        self.go_deeper(|back| Phase::Service(service::Service::new(id), back));
    }

    pub(super) fn service(&mut self, message: service::Message) {
        let Phase::Service(screen, _) = &mut self.phase else {
            return;
        };
        match screen.update(message) {
            service::Action::None => {}
            service::Action::Slow => self.context.clips.toggle_slow(),
            service::Action::Steps(id) => {
                let steps = self.context.catalogue.service(&id);
                let steps = steps.map_or(0, |service| service.steps.len());
                if let Some(screen) = steps::Steps::new(id, steps) {
                    self.go_deeper(|back| Phase::Steps(screen, back));
                }
            }
            service::Action::Take(id) => {
                let language = self.context.words.language();
                let address = self.context.handout.address(&id, language);
                self.go_deeper(|back| Phase::Take(take::Take::new(id, address), back));
            }
            service::Action::Call => self.ask(),
            service::Action::Back => self.go_back(),
            service::Action::Finish => self.wipe(),
        }
    }

    pub(super) fn steps(&mut self, message: steps::Message) {
        let Phase::Steps(screen, _) = &mut self.phase else {
            return;
        };
        match screen.update(message) {
            steps::Action::None => {}
            steps::Action::Slow => self.context.clips.toggle_slow(),
            steps::Action::Call => self.ask(),
            steps::Action::Back => self.go_back(),
            steps::Action::Finish => self.wipe(),
        }
    }

    pub(super) fn take(&mut self, message: take::Message) {
        let Phase::Take(screen, _) = &mut self.phase else {
            return;
        };
        match screen.update(message) {
            take::Action::None => {}
            take::Action::Print(id) => {
                let number = self.print(&id);
                if let (Phase::Take(screen, _), Some(number)) = (&mut self.phase, number) {
                    screen.printing(number);
                }
            }
            take::Action::Call => self.ask(),
            take::Action::Back => self.go_back(),
            take::Action::Finish => self.wipe(),
        }
    }

    /// The number of the sheet that is asked for, if there is one to print.
    fn print(&mut self, id: &ServiceId) -> Option<u32> {
        let context = &self.context;
        let language = context.words.language();
        let service = context.catalogue.service(id)?;
        let card = service.card(language.tag(), context.date);
        let address = context.handout.address(id, language);
        let date = language.date(context.date);
        let window = context.hall.windows.of.get(id).map(String::as_str);
        let sheet = Sheet::of(&card, &context.words, date, window, address);
        self.sheets += 1;
        let number = self.sheets;
        self.commands.push(Command::Print { number, sheet });
        Some(number)
    }

    pub(super) fn unavailable(&mut self, message: unavailable::Message) {
        let Phase::Unavailable(screen, about, _) = &mut self.phase else {
            return;
        };
        match screen.update(message) {
            unavailable::Action::Browse => self.enter(Phase::Home(home::Home::new())),
            unavailable::Action::Call => {
                let about = about.clone();
                self.go_back();
                self.ask_about(about);
            }
            unavailable::Action::Back => self.go_back(),
            unavailable::Action::Finish => self.wipe(),
        }
    }

    pub(super) fn framing(&mut self, message: framing::Message) {
        let Phase::Framing(screen, _) = &mut self.phase else {
            return;
        };
        match screen.update(message) {
            framing::Action::Call(topic) => self.call_about(topic),
            framing::Action::Back => self.go_back(),
            framing::Action::None => {}
        }
    }

    /// The tap is seen at once; the driver corrects this a moment later.
    fn call_about(&mut self, topic: Topic) {
        self.commands.push(Command::Call(topic.clone()));
        let asking = view::Waiting {
            stage: Stage::Asking,
            place: None,
            waited_s: 0,
            estimate: None,
            linked: self.context.is_linked(),
            transferred: false,
        };
        self.enter(Phase::Waiting(waiting::Waiting::new(asking), topic));
    }

    pub(super) fn waiting(&mut self, message: waiting::Message) {
        let Phase::Waiting(screen, _) = &mut self.phase else {
            return;
        };
        match screen.update(message) {
            waiting::Action::None => {}
            waiting::Action::Cancel => self.commands.push(Command::Cancel),
        }
    }

    pub(super) fn call(&mut self, message: call::Message) {
        let Phase::Call(screen) = &mut self.phase else {
            return;
        };
        match screen.update(message) {
            call::Action::None => {}
            call::Action::Type(edit) => self.commands.push(Command::Type(edit)),
            call::Action::Requeue => self.commands.push(Command::Requeue),
            call::Action::Hold(on) => self.commands.push(Command::Hold(on)),
            call::Action::HangUp => self.commands.push(Command::HangUp),
            call::Action::TakeStill => {
                self.shots += 1;
                screen.shoots(self.shots);
                self.commands.push(Command::TakeStill(self.shots));
            }
            call::Action::SendStill => self.commands.push(Command::SendStill),
            call::Action::WipeStill => self.commands.push(Command::WipeStill),
        }
    }

    pub(super) fn ended(&mut self, message: ended::Message) {
        let Phase::Ended(screen) = &mut self.phase else {
            return;
        };
        match screen.update(message) {
            ended::Action::CallAgain => {
                let about = screen.topic().clone();
                self.commands.push(Command::Dismiss);
                self.enter(Phase::Home(home::Home::new()));
                self.ask_about(about);
            }
            ended::Action::Services => {
                self.commands.push(Command::Dismiss);
                self.enter(Phase::Home(home::Home::new()));
            }
            ended::Action::Done => self.wipe(),
            ended::Action::None => {}
            ended::Action::Answer(question, face) => self.commands.push(Command::Answer(question, face)),
            ended::Action::Service(id) => {
                self.commands.push(Command::Dismiss);
                self.enter(Phase::Home(home::Home::new()));
                self.read_about(id);
            }
        }
    }

    pub(super) fn alarm_says(&mut self, message: alarm::Message) {
        let Some(alarm) = &mut self.alarm else {
            return;
        };
        match alarm.update(message) {
            alarm::Action::None => {}
            alarm::Action::Help => self.plead(),
        }
    }

    /// Does what can be done now for somebody who cannot go alone; the rest when the trouble is over.
    pub(super) fn plead(&mut self) {
        let Some(alarm) = &mut self.alarm else {
            return;
        };
        if alarm.plea == Plea::Untold && self.context.is_linked() {
            self.commands.push(Command::Help);
            alarm.plea = Plea::Told;
        }
        if alarm.plea == Plea::Told && self.context.trouble().is_none() {
            alarm.plea = Plea::Called;
            if !matches!(self.phase, Phase::Waiting(..) | Phase::Call(..)) {
                self.call_about(self.topic());
            }
        }
    }

    /// «Покликати перекладача»: first the visitor's own picture, or why nobody can come.
    fn ask(&mut self) {
        self.ask_about(self.topic());
    }

    /// With all that was wished for before.
    fn ask_about(&mut self, topic: Topic) {
        if self.context.trouble().is_some() {
            self.go_deeper(|back| Phase::Unavailable(unavailable::Unavailable::new(), topic, back));
        } else {
            self.go_deeper(|back| Phase::Framing(framing::Framing::new(topic), back));
        }
    }
}
