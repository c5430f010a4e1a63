//! The text of both sides: newest at the bottom, the sender told by label and by the row's fill. One's own row is
//! live, with a caret.

use iced::widget::{Column, container, row, scrollable};
use iced::{Element, Fill, Theme, Top};

use super::Message;
use crate::id::InterpreterId;
use crate::kiosk::screen::Context;
use crate::kiosk::theme::font;
use crate::kiosk::widget::{text, tile};
use crate::locale::fl;
use crate::text::{Row, Side};

/// What one may scroll back to.
const ROWS: usize = 30;

const CARET: char = '|';

/// Fills its room. `typing`: the keys are open. `lit`: it has a broad border for this second.
pub fn strip<'a>(
    context: &Context,
    interpreter: InterpreterId,
    typing: bool,
    lit: bool,
) -> Element<'a, Message> {
    let look = &context.look;
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
        container(text::body(look, words).color(look.colour.second)).padding(look.px(16.0))
    });
    let content = Column::with_children(lines)
        .push(hint)
        .push(next)
        .spacing(look.px(4.0));
    let content = scrollable(content.width(Fill))
        .direction(scrollable::Direction::Vertical(scrollable::Scrollbar::hidden()))
        .anchor_bottom()
        .width(Fill);
    let (sheet, broad) = (tile::sheet(look, look.colour.card, 28.0), look.px(12.0));
    let sun = look.colour.sun;
    container(content)
        .padding(look.px(12.0))
        .width(Fill)
        .height(Fill)
        .align_bottom(Fill)
        .style(move |theme: &Theme| {
            let style = sheet(theme);
            if lit {
                let border = style.border.width(broad).color(sun);
                container::Style { border, ..style }
            } else {
                style
            }
        })
        .into()
}

fn line<'a>(context: &Context, interpreter: InterpreterId, row: Row, typing: bool) -> Element<'a, Message> {
    let look = &context.look;
    let mut content = row.text.to_string();
    if typing && row.live && row.side == Side::Own {
        content.push(CARET);
    }
    let colour = look.colour;
    let (label, name, ink, ground) = match row.side {
        Side::Own => (
            fl!(context.words, "talk-you"),
            colour.on_key,
            colour.on_key,
            colour.key,
        ),
        Side::Other => (interpreter.to_string(), colour.done, colour.words, colour.card),
    };
    let label = text::label(look, label).font(font::BOLD).color(name);
    let content = text::body(look, content).color(ink).width(Fill);
    let line = row![container(label).width(look.px(84.0)), content].align_y(Top);
    container(line)
        .padding([look.px(8.0), look.px(16.0)])
        .width(Fill)
        .style(tile::filled(ground, look.px(20.0)))
        .into()
}
