//! A light window for looking, an ink counter for touching: below it on a portrait panel, at its right on a
//! landscape one. Nothing above 1220 mm is touched, and only the window grows with the panel.

use iced::widget::{Column, Container, Row, column, container, keyed_column, row, scrollable, space};
use iced::{Background, Border, Element, Fill, Length, Padding, Theme};

use super::swipe::swipe;
use super::{text, tile};
use crate::kiosk::theme::Look;

/// A screen whose window is scrolled: what is longer goes on behind the counter's edge.
pub fn scrolled<'a, Message: 'a>(
    look: &Look,
    header: impl Into<Element<'a, Message>>,
    head: Option<Element<'a, Message>>,
    content: impl Into<Element<'a, Message>>,
    counter: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let scrolled = Scrolled {
        content: content.into(),
        begins_anew: 0,
    };
    // However short the head is, the list begins below 1220 mm.
    let least = if look.is_landscape() { 0.0 } else { 220.0 };
    let head = head.map(|head| row![head, space().height(look.px(least))].into());
    beside(look, reading(look, header, head, scrolled), counter)
}

/// What is scrolled, from its beginning whenever the number is another one.
pub struct Scrolled<'a, Message> {
    pub content: Element<'a, Message>,
    pub begins_anew: u32,
}

/// A screen to type on: any window, with keys in the counter, above its tools.
pub fn typing<'a, Message: 'a>(
    look: &Look,
    window: impl Into<Element<'a, Message>>,
    primary: Option<Element<'a, Message>>,
    keys: Element<'a, Message>,
    tools: Vec<Element<'a, Message>>,
) -> Element<'a, Message> {
    // Twelve keys of 20 mm need the broader column, and nearly all of it.
    let side = if look.is_landscape() { 15.0 } else { 20.0 };
    let keys = container(keys).height(look.px(406.0)).width(Fill);
    let tools = Row::with_children(tools).spacing(look.px(20.0));
    let above = look.is_landscape().then(|| space().height(Fill));
    let counter = column![]
        .push(above)
        .push(primary)
        .push(keys)
        .push(tools)
        .spacing(look.px(24.0));
    let padding = Padding::new(look.px(side)).vertical(look.px(36.0));
    parted(look, window, container(counter).padding(padding), 920.0)
}

/// The window of [`scrolled`].
pub fn reading<'a, Message: 'a>(
    look: &Look,
    header: impl Into<Element<'a, Message>>,
    head: Option<Element<'a, Message>>,
    scrolled: Scrolled<'a, Message>,
) -> Element<'a, Message> {
    let end = space().height(look.px(36.0));
    let content = scroll(look, column![scrolled.content, end]);
    let content = keyed_column([(scrolled.begins_anew, content)]).height(Fill);
    let window = column![].push(head).push(content).spacing(look.px(36.0));
    looking(look, header, window, 0.0)
}

/// A whole screen.
pub fn frame<'a, Message: 'a>(
    look: &Look,
    header: impl Into<Element<'a, Message>>,
    window: impl Into<Element<'a, Message>>,
    counter: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    beside(look, looking(look, header, window, look.px(36.0)), counter)
}

/// The window with its header, and so much room at its lower edge.
pub fn looking<'a, Message: 'a>(
    look: &Look,
    header: impl Into<Element<'a, Message>>,
    window: impl Into<Element<'a, Message>>,
    below: f32,
) -> Element<'a, Message> {
    let window = container(window)
        .padding(Padding::ZERO.horizontal(look.px(56.0)).bottom(below))
        .width(Fill)
        .height(Fill);
    container(column![header.into(), window])
        .width(Fill)
        .height(Fill)
        .style(tile::filled(look.colour.window, 0.0))
        .into()
}

/// A window of the screen's own and the counter, placed as the panel stands.
pub fn beside<'a, Message: 'a>(
    look: &Look,
    window: impl Into<Element<'a, Message>>,
    counter: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let padding = if look.is_landscape() {
        Padding::new(look.px(56.0))
    } else {
        Padding::new(look.px(56.0))
            .top(look.px(36.0))
            .bottom(look.px(40.0))
    };
    parted(look, window, container(counter).padding(padding), 620.0)
}

/// As [`beside`]; in landscape the counter is `width` steps wide.
fn parted<'a, Message: 'a>(
    look: &Look,
    window: impl Into<Element<'a, Message>>,
    counter: Container<'a, Message>,
    width: f32,
) -> Element<'a, Message> {
    let counter = counter.style(tile::filled(look.colour.counter, 0.0));
    let line = look.colour.line.map(|line| {
        let width = look.rim();
        let (across, along) = (Length::Fixed(width), Fill);
        let (width, height) = if look.is_landscape() {
            (across, along)
        } else {
            (along, across)
        };
        container(space())
            .width(width)
            .height(height)
            .style(tile::filled(line, 0.0))
    });
    if look.is_landscape() {
        let counter = counter.width(look.px(width)).height(Fill);
        row![window.into()].push(line).push(counter).into()
    } else {
        column![window.into()].push(line).push(counter.width(Fill)).into()
    }
}

/// The question of a screen and a line below it.
pub fn head<'a, Message: 'a>(
    look: &Look,
    title: impl Into<String>,
    line: impl Into<String>,
) -> Element<'a, Message> {
    // On a tall panel the title fills what lies above 1220 mm, where nothing is touched.
    let above = if look.is_landscape() { 0.0 } else { 40.0 };
    column![
        text::title(look, title),
        text::body(look, line).color(look.colour.second)
    ]
    .spacing(look.px(16.0))
    .padding(Padding::ZERO.vertical(look.px(above)))
    .into()
}

/// A window of tiles to choose from, two in a row, under a title and a line.
pub fn choice<'a, Message: 'a>(
    look: &Look,
    title: impl Into<String>,
    line: impl Into<String>,
    mut tiles: impl Iterator<Item = Element<'a, Message>>,
) -> Element<'a, Message> {
    let gap = look.px(20.0);
    let mut rows = Column::new().spacing(gap);
    while let Some(first) = tiles.next() {
        let second = tiles.next().unwrap_or_else(|| space().width(Fill).into());
        rows = rows.push(row![first, second].spacing(gap));
    }
    column![head(look, title, line), rows.height(Fill)]
        .spacing(look.px(28.0))
        .width(Fill)
        .into()
}

/// The counter's content: one primary action, and tools in a row (portrait) or two by two (landscape).
///
/// `story` stands at the top of the tall landscape counter, which would be empty there, and is left out in portrait.
pub fn counter<'a, Message: 'a>(
    look: &Look,
    story: Option<Element<'a, Message>>,
    primary: Option<Element<'a, Message>>,
    tools: Vec<Element<'a, Message>>,
) -> Element<'a, Message> {
    let gap = look.px(20.0);
    if look.is_landscape() {
        let mut rows = Column::new().spacing(gap);
        let mut tools = tools.into_iter();
        while let Some(first) = tools.next() {
            rows = rows.push(row![first].push(tools.next()).spacing(gap));
        }
        column![]
            .push(story)
            .push(space().height(Fill))
            .push(primary)
            .push(rows)
            .spacing(look.px(24.0))
            .into()
    } else {
        let tools = (!tools.is_empty()).then(|| Row::with_children(tools).spacing(gap));
        column![].push(primary).push(tools).spacing(look.px(24.0)).into()
    }
}

/// Content that may be longer than the window: a broad bar at the right, dragged or swiped.
fn scroll<'a, Message: 'a>(look: &Look, content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let bar = scrollable::Scrollbar::new()
        .width(look.px(20.0))
        .scroller_width(look.px(20.0))
        .spacing(look.px(20.0));
    let content = scrollable(content)
        .direction(scrollable::Direction::Vertical(bar))
        .width(Fill)
        .height(Fill)
        .style(|theme: &Theme, status| {
            let rail = scrollable::Rail {
                background: Some(Background::Color(look.colour.shade)),
                border: Border::default().rounded(10),
                scroller: scrollable::Scroller {
                    background: Background::Color(look.colour.control),
                    border: Border::default().rounded(10),
                },
            };
            scrollable::Style {
                vertical_rail: rail,
                ..scrollable::default(theme, status)
            }
        });
    swipe(content, look.px(20.0), look.px(40.0))
}
