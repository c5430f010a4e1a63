//! A light window for looking, an ink counter for touching: below it on a portrait panel, at its right on a
//! landscape one. Nothing above 1220 mm is touched, and only the window grows with the panel.

use iced::widget::{Column, Row, column, container, row, scrollable, space};
use iced::{Background, Border, Element, Fill, Padding, Theme};

use super::swipe::swipe;
use super::{text, tile};
use crate::kiosk::theme::colour;
use crate::kiosk::theme::panel::Panel;

/// A screen whose window is scrolled: what is longer goes on behind the counter's edge.
pub fn scrolled<'a, Message: 'a>(
    panel: &Panel,
    header: impl Into<Element<'a, Message>>,
    head: Option<Element<'a, Message>>,
    content: impl Into<Element<'a, Message>>,
    counter: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let end = space().height(panel.px(36.0));
    let window = column![]
        .push(head)
        .push(scroll(panel, column![content.into(), end]))
        .spacing(panel.px(36.0));
    whole(panel, header, window, counter, 0.0)
}

/// A whole screen.
pub fn frame<'a, Message: 'a>(
    panel: &Panel,
    header: impl Into<Element<'a, Message>>,
    window: impl Into<Element<'a, Message>>,
    counter: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    whole(panel, header, window, counter, panel.px(36.0))
}

fn whole<'a, Message: 'a>(
    panel: &Panel,
    header: impl Into<Element<'a, Message>>,
    window: impl Into<Element<'a, Message>>,
    counter: impl Into<Element<'a, Message>>,
    below: f32,
) -> Element<'a, Message> {
    let window = container(window)
        .padding(Padding::ZERO.horizontal(panel.px(56.0)).bottom(below))
        .width(Fill)
        .height(Fill);
    let window = container(column![header.into(), window])
        .width(Fill)
        .height(Fill)
        .style(tile::filled(colour::FOG, 0.0));
    beside(panel, window, counter)
}

/// A window of the screen's own and the counter, placed as the panel stands.
pub fn beside<'a, Message: 'a>(
    panel: &Panel,
    window: impl Into<Element<'a, Message>>,
    counter: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let counter = container(counter).style(tile::filled(colour::INK, 0.0));
    if panel.is_landscape() {
        let side = panel.px(56.0);
        let counter = counter
            .padding([panel.px(56.0), side])
            .width(panel.px(620.0))
            .height(Fill);
        row![window.into(), counter].into()
    } else {
        let padding = Padding::new(panel.px(56.0))
            .top(panel.px(36.0))
            .bottom(panel.px(40.0));
        column![window.into(), counter.padding(padding).width(Fill)].into()
    }
}

/// A window of tiles to choose from, two in a row, under a title and a line.
pub fn choice<'a, Message: 'a>(
    panel: &Panel,
    title: impl Into<String>,
    line: impl Into<String>,
    mut tiles: impl Iterator<Item = Element<'a, Message>>,
) -> Element<'a, Message> {
    let gap = panel.px(20.0);
    let mut rows = Column::new().spacing(gap);
    while let Some(first) = tiles.next() {
        let second = tiles.next().unwrap_or_else(|| space().width(Fill).into());
        rows = rows.push(row![first, second].spacing(gap));
    }
    // On a tall panel the title fills what lies above 1220 mm, where nothing is touched.
    let above = if panel.is_landscape() { 0.0 } else { 36.0 };
    let head = column![
        text::title(panel, title),
        text::body(panel, line).color(colour::MUTED)
    ]
    .spacing(panel.px(16.0))
    .padding(Padding::ZERO.vertical(panel.px(above)));
    column![head, rows.height(Fill)]
        .spacing(panel.px(28.0))
        .width(Fill)
        .into()
}

/// The counter's content: one primary action, and tools in a row (portrait) or two by two (landscape).
///
/// `story` stands at the top of the tall landscape counter, which would be empty there, and is left out in portrait.
pub fn counter<'a, Message: 'a>(
    panel: &Panel,
    story: Option<Element<'a, Message>>,
    primary: Option<Element<'a, Message>>,
    tools: Vec<Element<'a, Message>>,
) -> Element<'a, Message> {
    let gap = panel.px(20.0);
    if panel.is_landscape() {
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
            .spacing(panel.px(24.0))
            .into()
    } else {
        let tools = (!tools.is_empty()).then(|| Row::with_children(tools).spacing(gap));
        column![].push(primary).push(tools).spacing(panel.px(24.0)).into()
    }
}

/// Content that may be longer than the window: a broad bar at the right, dragged or swiped.
fn scroll<'a, Message: 'a>(panel: &Panel, content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let bar = scrollable::Scrollbar::new()
        .width(panel.px(20.0))
        .scroller_width(panel.px(20.0))
        .spacing(panel.px(20.0));
    let content = scrollable(content)
        .direction(scrollable::Direction::Vertical(bar))
        .width(Fill)
        .height(Fill)
        .style(|theme: &Theme, status| {
            let rail = scrollable::Rail {
                background: Some(Background::Color(colour::KEY)),
                border: Border::default().rounded(10),
                scroller: scrollable::Scroller {
                    background: Background::Color(colour::CONTROL),
                    border: Border::default().rounded(10),
                },
            };
            scrollable::Style {
                vertical_rail: rail,
                ..scrollable::default(theme, status)
            }
        });
    swipe(content, panel.px(20.0), panel.px(40.0))
}
