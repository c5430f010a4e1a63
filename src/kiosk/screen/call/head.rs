//! What stands around the picture: with whom, about what; the voice; one's own picture.

use iced::widget::text::Wrapping;
use iced::widget::{Row, column, container, row, space};
use iced::{Bottom, Center, Element, Fill, Theme};

use super::Message;
use crate::call::view::Talking;
use crate::kiosk::driver::Camera;
use crate::kiosk::quality::Quality;
use crate::kiosk::screen::Context;
use crate::kiosk::theme::font;
use crate::kiosk::widget::{icon, picture, text, tile};
use crate::locale::fl;
use crate::protocol::{Signing, Topic};

/// Of what stands below the number in the head; more ends with an ellipsis.
const ABOUT_CHARS: usize = 36;

const BARS: u8 = 5;

pub fn head<'a>(
    context: &Context,
    talking: &Talking,
    topic: &Topic,
    quality: Quality,
) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let service = topic
        .service
        .as_ref()
        .and_then(|id| context.catalogue.service(id))
        .map(|service| service.title(context.language()).to_owned());
    let way = match (topic.wishes.text_only, topic.signing) {
        (true, _) => fl!(words, "talk-writing"),
        (false, Signing::Ukl) => fl!(words, "talk-signing"),
        (false, Signing::Rsl) => fl!(words, "wishes-rsl"),
        (false, Signing::Ils) => fl!(words, "wishes-ils"),
    };
    // The most that is known of the connection in few words; what is worse has a banner.
    let weak = match quality {
        Quality::Unknown | Quality::Good => None,
        Quality::Halting => Some(fl!(words, "talk-halting")),
        Quality::Blurred => Some(fl!(words, "talk-blurred")),
    };
    let is_weak = weak.is_some();
    let about = weak.unwrap_or_else(|| {
        let good = (quality == Quality::Good).then(|| fl!(words, "talk-good"));
        let about = [Some(way), good, service];
        shorten(
            &about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            ABOUT_CHARS,
        )
    });
    let number = talking.interpreter.to_string();
    let names = column![
        text::action(look, fl!(words, "talk-interpreter", number = number)).color(look.colour.on_counter),
        text::small(look, about)
            .color(look.colour.second_on_counter)
            .wrapping(Wrapping::None),
    ]
    .width(Fill)
    .clip(true);
    // A trouble is read whole; the drawing says the promise alone then.
    let private =
        (!is_weak).then(|| text::small(look, fl!(words, "talk-private")).color(look.colour.on_counter));
    let private = row![icon::icon("videocam_off", look.px(44.0), look.colour.on_counter)]
        .push(private)
        .spacing(look.px(14.0))
        .align_y(Center);
    let private = container(private)
        .padding([look.px(8.0), look.px(22.0)])
        .style(tile::sheet(look, look.colour.counter, 32.0));
    let content = row![icon::logo(look.px(72.0)), names, private]
        .spacing(look.px(20.0))
        .align_y(Center);
    container(content)
        .padding([0.0, look.px(40.0)])
        .center_y(look.px(112.0))
        .width(Fill)
        .style(tile::filled(look.colour.stage, 0.0))
        .clip(true)
        .into()
}

fn shorten(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_string();
    }
    let kept: String = words.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

/// The interpreter asks for the visitor's eyes.
pub fn bell<'a>(context: &Context) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let line = row![
        icon::icon("notifications_active", look.px(50.0), look.colour.sun),
        text::label(look, fl!(words, "talk-bell"))
            .font(font::SEMIBOLD)
            .color(look.colour.on_counter)
    ]
    .spacing(look.px(20.0))
    .align_y(Center);
    container(line).center_y(look.px(64.0)).into()
}

/// Whether the interpreter speaks, or which half of the sound does not work.
pub fn voice<'a>(context: &Context) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let line = |name, words: String| {
        row![
            icon::icon(name, look.px(50.0), look.colour.on_counter),
            text::label(look, words)
                .font(font::SEMIBOLD)
                .color(look.colour.on_counter)
        ]
        .spacing(look.px(20.0))
        .align_y(Center)
    };
    let content = if !context.sound.speaker {
        line("volume_off", fl!(words, "talk-no-speaker"))
    } else if !context.sound.microphone {
        line("mic_off", fl!(words, "talk-no-microphone"))
    } else if context.speaking > 0 {
        line("record_voice_over", fl!(words, "talk-speaking")).push(bars(context))
    } else {
        line("record_voice_over", fl!(words, "talk-quiet")).push(bars(context))
    };
    container(content).center_y(look.px(64.0)).into()
}

fn bars<'a>(context: &Context) -> Element<'a, Message> {
    let look = &context.look;
    let bars = (1..=BARS).map(|bar| {
        let lit = bar <= context.speaking;
        let ground = if lit {
            look.colour.level
        } else {
            look.colour.tool_pressed
        };
        container(space())
            .width(look.px(16.0))
            .height(look.px(8.0 + 7.0 * f32::from(bar)))
            .style(tile::filled(ground, look.px(6.0)))
            .into()
    });
    Row::with_children(bars)
        .spacing(look.px(8.0))
        .align_y(Bottom)
        .into()
}

/// What the interpreter sees, mirrored, and what it is called; the picture is `width` steps wide.
pub fn own<'a>(context: &Context, topic: &Topic, held: bool, width: f32) -> Element<'a, Message> {
    let (look, words) = (&context.look, &context.words);
    let closed = match (topic.wishes.text_only, held) {
        (true, _) => Some(fl!(words, "talk-unseen")),
        (false, true) => Some(fl!(words, "talk-closed")),
        (false, false) => None,
    };
    if let Some(closed) = closed {
        let drawing = icon::icon("videocam_off", look.px(72.0), look.colour.on_counter);
        let closed = text::small(&look.measured(), closed)
            .color(look.colour.on_counter)
            .align_x(Center);
        let (rim, white) = (look.rim(), look.colour.on_counter);
        let sheet = tile::sheet(look, look.colour.counter, 12.0);
        let rimmed = move |theme: &Theme| {
            let style = sheet(theme);
            let border = style.border.width(rim).color(white);
            container::Style { border, ..style }
        };
        // The narrow counter of a landscape panel is short of height, too.
        return if held && look.is_landscape() {
            container(row![drawing, closed].spacing(look.px(20.0)).align_y(Center))
                .padding([look.px(12.0), look.px(28.0)])
                .style(rimmed)
                .into()
        } else {
            container(column![drawing, closed].spacing(look.px(12.0)).align_x(Center))
                .center_x(look.px(width))
                .padding([look.px(28.0), look.px(12.0)])
                .style(rimmed)
                .into()
        };
    }
    let label = match context.camera {
        Camera::Off | Camera::Device => fl!(words, "talk-you"),
        Camera::File => fl!(words, "talk-file"),
        Camera::Generated => fl!(words, "talk-drawing"),
    };
    let living = picture::own(&context.pictures, look.colour.stage, context.scale);
    // Most cameras have this shape; another one gets bars.
    let living = container(living)
        .width(look.px(width))
        .height(look.px(width * 0.75));
    let label = text::label(look, label)
        .font(font::SEMIBOLD)
        .color(look.colour.counter);
    container(column![living, label].align_x(Center))
        .padding(look.px(6.0))
        .style(tile::filled(look.colour.on_counter, look.px(12.0)))
        .into()
}
