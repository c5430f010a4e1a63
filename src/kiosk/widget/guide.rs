//! Lines over a living picture, of whose brightness nobody knows: light ones on broader dark ones.

use iced::widget::canvas::{self, Canvas, Frame, LineCap, Path, Stroke};
use iced::{Color, Element, Fill, Rectangle, Renderer, Size, Theme, mouse};

use crate::kiosk::theme::Look;

/// Fills its room; `lines` are drawn for the size of it. `width` is that of the light line, in steps.
pub fn guide<'a, Message: 'a>(
    look: &Look,
    width: f32,
    lines: impl Fn(Size) -> Path + 'a,
) -> Element<'a, Message> {
    let guide = Canvas::new(Guide {
        lines,
        width: look.px(width),
        dark: look.colour.counter,
        light: look.colour.on_counter,
    });
    guide.width(Fill).height(Fill).into()
}

struct Guide<Lines> {
    lines: Lines,
    /// In logical pixels.
    width: f32,
    dark: Color,
    light: Color,
}

impl<Message, Lines: Fn(Size) -> Path> canvas::Program<Message> for Guide<Lines> {
    type State = ();

    fn draw(
        &self,
        _state: &(),
        renderer: &Renderer,
        _theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<canvas::Geometry> {
        let mut frame = Frame::new(renderer, bounds.size());
        let lines = (self.lines)(bounds.size());
        for (width, colour) in [(self.width * 2.0, self.dark), (self.width, self.light)] {
            let stroke = Stroke::default()
                .with_width(width)
                .with_color(colour)
                .with_line_cap(LineCap::Round);
            frame.stroke(&lines, stroke);
        }
        vec![frame.into_geometry()]
    }
}
