//! What there is to see of a session: its screen, its state, and what has left it.

use newsdesk::app::geometry::Pane;
use newsdesk::app::{FacetsRow, Panel, Placement, Tone, ValueRow, text_of};
use newsdesk::library::ArticleId;
use newsdesk::query::FacetField;

use super::{Deed, Session};

impl Session {
    /// Whether an overlay is open.
    pub fn has_overlay(&self) -> bool {
        self.panel(Placement::Box).is_some()
    }

    /// Whether a prompt is open.
    pub fn has_prompt(&self) -> bool {
        self.panel(Placement::Line).is_some()
    }

    fn panel(&self, placement: Placement) -> Option<Panel> {
        self.app.panels().find(|it| it.placement == placement)
    }

    /// The text of the prompt.
    pub fn typed(&self) -> String {
        let panel = self.panel(Placement::Line).expect("a line");
        panel.input.expect("a line").input.value().to_owned()
    }

    /// What is wrong with it, and which bytes.
    pub fn complaint(&self) -> Option<(std::ops::Range<usize>, String)> {
        let panel = self.panel(Placement::Line).expect("a line");
        let wrong = panel.input.expect("a line").wrong?;
        let rows = panel.body.iter().flat_map(|row| &row.cells);
        let rows: Vec<String> = rows.map(|cell| text_of(&cell.line)).collect();
        Some((wrong, rows.join(" ")))
    }

    // What a person sees.

    /// The title of the article shown.
    pub fn shown(&self) -> &'static str {
        self.title(self.app.detail().article())
    }

    /// The title of the article under the list's cursor.
    pub fn selected(&self) -> &'static str {
        self.title(self.app.list().current())
    }

    /// A title that is never freed, so that it can be compared with a literal, in a tuple as well.
    fn title(&self, id: Option<ArticleId>) -> &'static str {
        id.map_or("", |id| self.app.cx().title(id).into_owned().leak())
    }

    /// The titles in the list.
    pub fn titles(&self) -> Vec<String> {
        let title = |id: &ArticleId| self.app.cx().title(*id).into_owned();
        self.app.list().rows().iter().map(title).collect()
    }

    /// Rows between the top of the list and its cursor.
    pub fn cursor_on_screen(&self) -> usize {
        self.app.list().cursor().at - self.app.list().cursor().top
    }

    /// The text of the page, line by line.
    pub fn page(&self) -> Vec<String> {
        let lines = self.app.detail().page().lines_from(0);
        lines.map(text_of).collect()
    }

    /// The first visible line of the page.
    pub fn first_line(&self) -> String {
        self.page()
            .into_iter()
            .nth(self.app.detail().scroll())
            .unwrap_or_default()
    }

    /// What the bottom line says, if anything.
    pub fn said(&self) -> &str {
        let message = self.app.message();
        message.map_or("", |message| message.text.as_str())
    }

    /// The error in the bottom line.
    pub fn error(&self) -> &str {
        match self.app.message() {
            Some(message) if message.tone == Tone::Error => message.text.as_str(),
            _ => "",
        }
    }

    pub fn focus(&self) -> Pane {
        self.app.focus()
    }

    /// What has left the program since the last call.
    pub fn take_outside(&mut self) -> Vec<Deed> {
        std::mem::take(&mut self.world.deeds)
    }

    /// The URLs passed to the browser since the last call.
    pub fn opened(&mut self) -> Vec<String> {
        let deeds = self.take_outside().into_iter();
        let opened = deeds.filter_map(|deed| match deed {
            Deed::Open(link) => Some(link.as_str().to_owned()),
            _ => None,
        });
        opened.collect()
    }

    /// The texts copied since the last call.
    pub fn copied(&mut self) -> Vec<String> {
        let deeds = self.take_outside().into_iter();
        let copied = deeds.filter_map(|deed| match deed {
            Deed::Copy { text, .. } => Some(text),
            _ => None,
        });
        copied.collect()
    }

    /// The count beside a topic; `None` if it is not listed.
    pub fn count_of(&self, topic: &str) -> Option<u64> {
        self.values(FacetField::Topic)
            .into_iter()
            .find(|row| row.value == topic)
            .map(|row| row.count)
    }

    /// The visible values of a facet.
    pub fn values(&self, field: FacetField) -> Vec<ValueRow> {
        let rows = self.app.facets().rows().iter();
        let values = rows.filter_map(FacetsRow::value);
        values.filter(|row| row.field == field).cloned().collect()
    }
}
