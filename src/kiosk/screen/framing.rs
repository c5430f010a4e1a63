//! Before the call: the visitor sees themselves as the interpreter will, and what to mend. It advises and never blocks.
//!
//! What they may wish for is one tap aside; who wants nothing of it is not slowed.

use iced::widget::{Column, Row, column, container, row, stack};
use iced::{Center, Element, Fill};

use super::Context;
use crate::framing::{Look as Glance, Verdict, Watch};
use crate::kiosk::driver::Camera;
use crate::kiosk::theme::Letters;
use crate::kiosk::widget::banner::banner;
use crate::kiosk::widget::chip::{Tone, chip};
use crate::kiosk::widget::layout::{counter, frame};
use crate::kiosk::widget::{button, icon, picture, text, tile};
use crate::locale::fl;
use crate::media::frame::Frame;
use crate::protocol::Topic;

use advice::{Advice, State};
use outline::Posture;
use wishes::Choice;

mod advice;
mod outline;
mod wishes;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    Call,
    Back,
    Posture,
    /// Opens the sheet of wishes, or closes it.
    Wishes,
    Choose(Choice),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    None,
    Call(Topic),
    Back,
}

#[derive(Debug)]
pub struct Framing {
    /// What the call is to be about.
    topic: Topic,
    posture: Posture,
    watch: Watch,
    /// None until the camera was looked at.
    verdict: Option<Verdict>,
    /// The sheet of wishes is open.
    wishing: bool,
}

impl Framing {
    pub fn new(topic: Topic) -> Self {
        Self {
            topic,
            posture: Posture::Standing,
            watch: Watch::default(),
            verdict: None,
            wishing: false,
        }
    }

    /// What the call is to be about, as it is wished for now.
    pub fn topic(&self) -> &Topic {
        &self.topic
    }

    /// The camera's picture as it is now, about once a second.
    pub fn look(&mut self, frame: &Frame) {
        let (width, height) = (frame.width as usize, frame.height as usize);
        if let Some(glance) = Glance::of_rgba(width, height, &frame.rgba) {
            self.verdict = Some(self.watch.look(glance));
        }
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Call => return Action::Call(self.topic.clone()),
            Message::Back => return Action::Back,
            Message::Posture => self.posture = self.posture.other(),
            Message::Wishes => self.wishing = !self.wishing,
            Message::Choose(choice) => choice.make(&mut self.topic),
        }
        Action::None
    }

    fn writes(&self) -> bool {
        self.topic.wishes.text_only
    }

    pub fn view<'a>(&'a self, context: &'a Context) -> Element<'a, Message> {
        let (look, words) = (&context.look, &context.words);
        if self.wishing {
            return wishes::sheet(context, &self.topic);
        }
        let header = context.header_with(chip(
            look,
            Tone::Plain,
            "videocam_off",
            fl!(words, "framing-private"),
        ));
        let (window, story) = if look.is_landscape() {
            let window = column![self.sight(context)].push(self.checks(context));
            let story = column![self.told(context), who(context)].spacing(look.px(28.0));
            (window, Some(story.into()))
        } else {
            // Large letters need the room of a few lines more.
            let height = match look.letters {
                Letters::Usual => 726.0,
                Letters::Large => 650.0,
            };
            let sight = container(self.sight(context)).height(look.px(height));
            let window = column![sight]
                .push(self.checks(context))
                .push(container(self.told(context)).center_y(Fill))
                .push(who(context));
            (window, None)
        };
        let call = button::primary(
            look,
            fl!(words, "framing-call"),
            fl!(words, "framing-call-line"),
            Message::Call,
        );
        let back = button::tool(look, "arrow_back", fl!(words, "back"), Some(Message::Back));
        let posture = self.posture.other();
        let posture = (!self.writes() && context.camera == Camera::Device).then(|| {
            let (name, label) = posture.words(words);
            button::tool(look, name, label, Some(Message::Posture))
        });
        let posture = posture.unwrap_or_else(|| button::no_tool(look));
        let wishes = button::tool(look, "tune", fl!(words, "wishes-open"), Some(Message::Wishes));
        let tools = counter(look, story, Some(call), vec![back, wishes, posture]);
        frame(look, header, window.spacing(look.px(28.0)), tools)
    }

    /// Own picture with an outline; or why there is none.
    fn sight<'a>(&self, context: &Context) -> Element<'a, Message> {
        let look = &context.look;
        let instead = |words: String| {
            let words = text::body(look, words)
                .color(look.colour.on_counter)
                .align_x(Center);
            container(words)
                .center(Fill)
                .style(tile::filled(look.colour.stage, 0.0))
        };
        if self.writes() {
            return instead(fl!(context.words, "framing-unseen")).into();
        }
        let living = picture::own(&context.pictures, look.colour.stage, context.scale);
        match context.camera {
            Camera::Off => instead(fl!(context.words, "framing-opening")).into(),
            Camera::Device => stack![living.under(), outline::outline(look, self.posture)].into(),
            Camera::File | Camera::Generated => living.into(),
        }
    }

    /// Head, hands, light; none where there is nobody to look at.
    fn checks<'a>(&self, context: &Context) -> Option<Element<'a, Message>> {
        let stands = !self.writes() && matches!(context.camera, Camera::Off | Camera::Device);
        stands.then(|| {
            let checks = advice::checks(self.verdict, &context.words);
            let checks = checks.map(|(state, label)| check(context, state, label));
            Row::with_children(checks).spacing(context.look.px(16.0)).into()
        })
    }

    /// One thing to do, or what is sent in the camera's place.
    fn told<'a>(&self, context: &Context) -> Element<'a, Message> {
        let (look, words) = (&context.aside(), &context.words);
        let instead = |title, line| banner(look, Tone::Warning, "videocam_off", title, line);
        if self.writes() {
            return told(
                context,
                "keyboard",
                fl!(words, "framing-unseen"),
                fl!(words, "framing-unseen-line"),
            );
        }
        match context.camera {
            Camera::Generated => instead(fl!(words, "framing-drawing"), fl!(words, "framing-drawing-line")),
            Camera::File => instead(fl!(words, "framing-file"), fl!(words, "framing-file-line")),
            Camera::Off | Camera::Device => {
                let Advice { icon, title, line } = advice::first(self.verdict, words);
                told(context, icon, title, line)
            }
        }
    }
}

fn told<'a>(context: &Context, name: &str, title: String, line: String) -> Element<'a, Message> {
    let look = &context.aside();
    if look.is_landscape() {
        let ink = look.colour.on_counter;
        return column![
            text::action(look, title).color(ink),
            text::body(look, line).color(look.colour.second_on_counter),
        ]
        .spacing(look.px(10.0))
        .into();
    }
    let drawing = container(icon::icon(name, look.px(88.0), look.colour.on_counter))
        .center(look.px(152.0))
        .style(tile::sheet(look, look.colour.counter, 36.0));
    let words = Column::new()
        .push(text::heading(look, title))
        .push(text::body(look, line).color(look.colour.second))
        .spacing(look.px(10.0))
        .width(Fill);
    row![drawing, words].spacing(look.px(36.0)).align_y(Center).into()
}

fn check<'a>(context: &Context, state: State, label: String) -> Element<'a, Message> {
    let look = &context.look.measured();
    let (tone, name) = match state {
        State::Unknown => (Tone::Plain, "visibility"),
        State::Well => (Tone::Good, "check"),
        State::Mend => (Tone::Warning, "error"),
    };
    let (ground, ink) = tone.colours(look);
    let label = match state {
        State::Unknown => text::small(look, label),
        State::Well | State::Mend => text::strong(look, label),
    };
    let content = row![icon::icon(name, look.px(50.0), ink), label.color(ink).width(Fill)]
        .spacing(look.px(16.0))
        .align_y(Center);
    container(content)
        .padding([0.0, look.px(20.0)])
        .center_y(look.px(112.0))
        .width(Fill)
        .style(tile::sheet(look, ground, 28.0))
        .into()
}

/// Who sees and hears.
fn who<'a>(context: &Context) -> Element<'a, Message> {
    let look = &context.aside();
    let line = row![
        icon::icon("lock", look.px(50.0), look.colour.done),
        text::body(look, fl!(context.words, "framing-who"))
            .color(look.colour.done)
            .width(Fill),
    ]
    .spacing(look.px(20.0))
    .align_y(Center);
    container(line)
        .padding([look.px(20.0), look.px(28.0)])
        .style(tile::sheet(look, look.colour.done_tint, 28.0))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framing::Stand;

    #[test]
    fn a_picture_gets_a_verdict() {
        let topic = Topic {
            service: None,
            signing: crate::protocol::Signing::Ukl,
            reading: "uk".into(),
            wishes: Default::default(),
        };
        let mut framing = Framing::new(topic);
        let frame = Frame {
            width: 4,
            height: 4,
            rgba: vec![120; 64].into(),
            sequence: 1,
        };
        framing.look(&frame);
        assert_eq!(framing.verdict.map(|verdict| verdict.stand), Some(None));
        for _ in 0..4 {
            framing.look(&frame);
        }
        assert_eq!(
            framing.verdict.and_then(|verdict| verdict.stand),
            Some(Stand::Nobody)
        );
    }
}
