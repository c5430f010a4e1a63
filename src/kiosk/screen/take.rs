//! The list of one service to take home: on the visitor's phone by a picture code, on paper where there is a printer.

use iced::widget::svg::Handle;
use iced::widget::{column, container, row, svg};
use iced::{Center, Element, Fill};
use qrcode::QrCode;
use qrcode::render::svg::Color;

use super::Context;
use crate::id::ServiceId;
use crate::kiosk::widget::banner::banner;
use crate::kiosk::widget::chip::Tone;
use crate::kiosk::widget::icon::icon;
use crate::kiosk::widget::{button, layout, text, tile};
use crate::locale::fl;

/// How broad the code is with its quiet zone at least, in steps: 137 mm, so that a phone reads it at arm's length.
pub const CODE: f32 = 440.0;
/// And on a tall panel, which has the room.
const TALL_CODE: f32 = 560.0;

#[derive(Debug)]
pub struct Take {
    service: ServiceId,
    address: String,
    code: Code,
    paper: Paper,
}

#[derive(Debug)]
struct Code {
    drawing: Handle,
    /// Squares from edge to edge.
    squares: u16,
}

/// How far the printing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Paper {
    NotAsked,
    /// The sheet of that number.
    Printing(u32),
    Printed,
    Failed,
}

#[derive(Debug, Clone)]
pub enum Message {
    Print,
    Call,
    Back,
    Finish,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    None,
    /// On the kiosk's printer; [`Take::printing`] and [`Take::printed`] say how it goes.
    Print(ServiceId),
    Call,
    Back,
    Finish,
}

impl Take {
    /// `address` is that of the page.
    pub fn new(service: ServiceId, address: String) -> Self {
        Self {
            service,
            code: Code::of(&address),
            address,
            paper: Paper::NotAsked,
        }
    }

    pub fn printing(&mut self, number: u32) {
        self.paper = Paper::Printing(number);
    }

    /// The printer is done with the sheet of that number, or could not.
    pub fn printed(&mut self, number: u32, well: bool) {
        if self.paper == Paper::Printing(number) {
            self.paper = if well { Paper::Printed } else { Paper::Failed };
        }
    }

    /// What the visitor reads about.
    pub fn service(&self) -> &ServiceId {
        &self.service
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Print => Action::Print(self.service.clone()),
            Message::Call => Action::Call,
            Message::Back => Action::Back,
            Message::Finish => Action::Finish,
        }
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        let name = context.catalogue.service(&self.service);
        let name = name.map_or("", |service| service.title(context.language()));
        let head = column![
            text::title(look, fl!(words, "take-title")),
            text::body(look, name).color(look.colour.second),
        ]
        .spacing(look.px(16.0));
        let line = |mark: Element<'a, Message>, line: String| {
            row![mark, text::body(look, line).width(Fill)]
                .spacing(look.px(28.0))
                .align_y(Center)
        };
        let number = |number: &'static str| -> Element<'a, Message> {
            let number = text::action(look, number).color(look.colour.on_counter);
            container(number)
                .center(look.px(72.0))
                .style(tile::sheet(look, look.colour.counter, 20.0))
                .into()
        };
        let keeps = container(icon("check", look.px(56.0), look.colour.done)).center(look.px(72.0));
        let how = column![
            line(number("1"), fl!(words, "take-camera")),
            line(number("2"), fl!(words, "take-open")),
            line(keeps.into(), fl!(words, "take-keeps")),
        ]
        .spacing(look.px(28.0));
        let address = text::small(look, &self.address).color(look.colour.second);
        let code = self.code.draw(context);
        let card: Element<'a, Message> = if look.is_landscape() {
            row![code, how.width(Fill)]
                .spacing(look.px(56.0))
                .align_y(Center)
                .into()
        } else {
            column![container(code).center_x(Fill), how]
                .spacing(look.px(36.0))
                .into()
        };
        let card = tile::card(look, column![card, address].spacing(look.px(28.0)));
        let window = column![head]
            .push(self.told(context))
            .push(card)
            .spacing(look.px(28.0));
        let back = button::tool(look, "arrow_back", fl!(words, "back"), Some(Message::Back));
        let finish = button::tool(look, "close", fl!(words, "finish"), Some(Message::Finish));
        let print = context.handout.printer.is_some().then(|| {
            let free = !matches!(self.paper, Paper::Printing(_));
            button::tool(
                look,
                "print",
                fl!(words, "take-print"),
                free.then_some(Message::Print),
            )
        });
        let tools = [Some(back), print, Some(finish)];
        let call = context.caller(fl!(words, "call-about-service"), Message::Call);
        let tools = tools.into_iter().flatten().collect();
        let counter = layout::counter(look, Some(context.story_words()), Some(call), tools);
        layout::scrolled(look, context.header(), None, window, counter)
    }

    /// How the printing goes; else that the page cannot be opened now.
    fn told<'a>(&self, context: &Context) -> Option<Element<'a, Message>> {
        let (look, words) = (&context.look, &context.words);
        let (tone, name, title, line) = match self.paper {
            Paper::Printing(_) => (
                Tone::Plain,
                "print",
                fl!(words, "take-printing"),
                fl!(words, "take-printing-line"),
            ),
            Paper::Printed => (
                Tone::Good,
                "check",
                fl!(words, "take-printed"),
                fl!(words, "take-printed-line"),
            ),
            Paper::Failed => (
                Tone::Warning,
                "warning",
                fl!(words, "take-print-failed"),
                fl!(words, "take-print-failed-line"),
            ),
            Paper::NotAsked if !context.is_linked() => (
                Tone::Warning,
                "wifi_off",
                fl!(words, "unavailable-link"),
                fl!(words, "take-offline-line"),
            ),
            Paper::NotAsked => return None,
        };
        Some(banner(look, tone, name, title, line))
    }
}

impl Code {
    fn of(address: &str) -> Self {
        let code = QrCode::new(address).expect("the configuration keeps addresses short");
        let quiet = 2 * 4;
        let squares = code.width() + quiet;
        let drawing = code
            .render()
            .module_dimensions(1, 1)
            .dark_color(Color("#000"))
            .light_color(Color("#fff"))
            .build();
        Self {
            drawing: Handle::from_memory(drawing.into_bytes()),
            squares: u16::try_from(squares).expect("the largest code has 177 squares"),
        }
    }

    /// Black on white whatever the look, each square a whole number of physical pixels.
    fn draw<'a, Message: 'a>(&self, context: &Context) -> Element<'a, Message> {
        let look = &context.look;
        let steps = if look.is_landscape() { CODE } else { TALL_CODE };
        let squares = f32::from(self.squares);
        let pixels = (look.px(steps) * context.scale / squares).floor().max(1.0);
        let side = pixels * squares / context.scale;
        svg(self.drawing.clone()).width(side).height(side).into()
    }
}
