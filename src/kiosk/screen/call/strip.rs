//! The text of both sides: newest at the bottom, the sender told by label and by the row's fill. One's own row is
//! live, with a caret.

use iced::widget::{Column, container, row, scrollable};
use iced::{Element, Fill, Top};

use super::Message;
use crate::id::InterpreterId;
use crate::kiosk::screen::Context;
use crate::kiosk::theme::{colour, font};
use crate::kiosk::widget::{text, tile};
use crate::locale::fl;
use crate::text::{Row, Side};

/// What one may scroll back to.
const ROWS: usize = 30;

const CARET: char = '|';

/// Fills its room. `typing`: the keys are open.
pub fn strip<'a>(context: &Context, interpreter: InterpreterId, typing: bool) -> Element<'a, Message> {
    let panel = &context.panel;
    let mut rows: Vec<Row> = context.text.rows().rev().take(ROWS).collect();
    rows.reverse();
    let mine_is_live = rows.iter().any(|row| row.live && row.side == Side::Own);
    let lines = rows.iter().map(|row| line(context, interpreter, *row, typing));
    let next = (typing && !mine_is_live).then(|| {
        let row = Row {
            side: Side::Own,
            text: "",
            live: true,
        };
        line(context, interpreter, row, typing)
    });
    let hint = rows.is_empty().then(|| {
        let words = if typing {
            fl!(context.words, "talk-text-type")
        } else {
            fl!(context.words, "talk-text-none")
        };
        container(text::body(panel, words).color(colour::MUTED)).padding(panel.px(16.0))
    });
    let content = Column::with_children(lines)
        .push(hint)
        .push(next)
        .spacing(panel.px(4.0));
    let content = scrollable(content.width(Fill))
        .direction(scrollable::Direction::Vertical(scrollable::Scrollbar::hidden()))
        .anchor_bottom()
        .width(Fill);
    container(content)
        .padding(panel.px(12.0))
        .width(Fill)
        .height(Fill)
        .align_bottom(Fill)
        .style(tile::filled(colour::PAPER, panel.px(28.0)))
        .into()
}

fn line<'a>(context: &Context, interpreter: InterpreterId, row: Row, typing: bool) -> Element<'a, Message> {
    let panel = &context.panel;
    let mut content = row.text.to_string();
    if typing && row.live && row.side == Side::Own {
        content.push(CARET);
    }
    let (label, ink, ground) = match row.side {
        Side::Own => (fl!(context.words, "talk-you"), colour::INK, colour::KEY),
        Side::Other => (interpreter.to_string(), colour::SPRUCE, colour::PAPER),
    };
    let label = text::small(panel, label).font(font::BOLD).color(ink);
    let content = text::body(panel, content).width(Fill);
    let line = row![container(label).width(panel.px(84.0)), content].align_y(Top);
    container(line)
        .padding([panel.px(8.0), panel.px(16.0)])
        .width(Fill)
        .style(tile::filled(ground, panel.px(20.0)))
        .into()
}
