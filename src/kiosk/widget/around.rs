//! A widget around one other widget.

/// Methods of a `Widget` that leaves them to its `content`. `draw then over` draws the content, and `Self::over` after
/// it.
macro_rules! left_to_content {
    (room) => {
        fn children(&self) -> Vec<Tree> {
            vec![Tree::new(&self.content)]
        }

        fn diff(&self, tree: &mut Tree) {
            tree.diff_children(std::slice::from_ref(&self.content));
        }

        fn size(&self) -> Size<Length> {
            self.content.as_widget().size()
        }

        fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
            let content = self.content.as_widget_mut();
            content.layout(&mut tree.children[0], renderer, limits)
        }

        fn mouse_interaction(
            &self,
            tree: &Tree,
            layout: Layout<'_>,
            cursor: mouse::Cursor,
            viewport: &Rectangle,
            renderer: &Renderer,
        ) -> mouse::Interaction {
            let content = self.content.as_widget();
            content.mouse_interaction(&tree.children[0], layout, cursor, viewport, renderer)
        }
    };
    (draw $(then $over:ident)?) => {
        fn draw(
            &self,
            tree: &Tree,
            renderer: &mut Renderer,
            theme: &Theme,
            style: &renderer::Style,
            layout: Layout<'_>,
            cursor: mouse::Cursor,
            viewport: &Rectangle,
        ) {
            let (content, below) = (self.content.as_widget(), &tree.children[0]);
            content.draw(below, renderer, theme, style, layout, cursor, viewport);
            $(self.$over(tree, renderer, layout);)?
        }
    };
}

pub(super) use left_to_content;
