//! Articles in a form that can be read elsewhere: text, Markdown, HTML or JSON.

use std::io::{self, Write};
use std::path::Path;

use serde_json::json;

use super::markup::{HtmlPage, markdown};
use super::text::text;
use super::{entry, json as printed};
use crate::library::{ArticleRef, Shown};
use crate::model::Mark;

/// A comfortable line width, used if no other is given.
pub const COMFORTABLE: usize = 78;

/// The form in which articles are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputForm {
    Text,
    Markdown,
    Html,
    /// One object per article, one per line, with everything that the file says and its text.
    Json,
}

impl OutputForm {
    pub const ALL: [OutputForm; 4] = [
        OutputForm::Text,
        OutputForm::Markdown,
        OutputForm::Html,
        OutputForm::Json,
    ];

    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            OutputForm::Text => "text",
            OutputForm::Markdown => "markdown",
            OutputForm::Html => "html",
            OutputForm::Json => "json",
        }
    }

    /// The form with a name.
    pub fn named(word: &str) -> Option<OutputForm> {
        OutputForm::ALL.into_iter().find(|it| it.word() == word)
    }

    /// The form for a file, by its extension.
    pub fn of_file(path: &Path) -> Option<OutputForm> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "txt" | "text" => Some(OutputForm::Text),
            "md" | "markdown" => Some(OutputForm::Markdown),
            "html" | "htm" => Some(OutputForm::Html),
            "json" | "jsonl" => Some(OutputForm::Json),
            _ => None,
        }
    }
}

/// Writes articles one after another.
pub struct ArticleWriter<'a> {
    form: OutputForm,
    /// The width of text, in columns.
    columns: usize,
    written: usize,
    page: HtmlPage,
    out: &'a mut dyn Write,
}

impl<'a> ArticleWriter<'a> {
    pub fn new(form: OutputForm, columns: usize, out: &'a mut dyn Write) -> Self {
        Self {
            form,
            columns,
            written: 0,
            page: HtmlPage::default(),
            out,
        }
    }

    /// Writes an article.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&mut self, article: ArticleRef<'_>, shown: &Shown, mark: &Mark) -> io::Result<()> {
        let is_first = self.written == 0;
        self.written += 1;
        // Articles that are written together may have footnotes with the same name.
        let notes = match self.written {
            1 => String::new(),
            number => format!("{number}-"),
        };
        match self.form {
            OutputForm::Text => {
                if !is_first {
                    writeln!(self.out, "\n{}\n", "─".repeat(self.columns))?;
                }
                text(article, shown, self.columns, self.out)
            }
            OutputForm::Markdown => {
                if !is_first {
                    writeln!(self.out, "\n***\n")?;
                }
                markdown(article, shown, &notes, self.out)
            }
            OutputForm::Html => self.page.article(article, shown, &notes, self.out),
            OutputForm::Json => object(article, shown, mark, self.out),
        }
    }

    /// Writes what comes after the last article.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        match self.form {
            OutputForm::Html => self.page.finish(self.out),
            OutputForm::Text | OutputForm::Markdown | OutputForm::Json => Ok(()),
        }
    }
}

/// The article's entry, with the text of the file.
fn object(
    article: ArticleRef<'_>,
    shown: &Shown,
    mark: &Mark,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut object = entry::whole(article).unwrap_or_else(|_| entry::listed(article));
    object.insert(entry::MARKS.to_owned(), entry::marks(mark));
    object.insert("body".to_owned(), json!(shown.body));
    printed::write(&object, out)?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_a_name_and_a_file_has_a_form() {
        for form in OutputForm::ALL {
            assert_eq!(OutputForm::named(form.word()), Some(form));
        }
        let of = |name: &str| OutputForm::of_file(Path::new(name));
        assert_eq!(of("a b.MD"), Some(OutputForm::Markdown));
        assert_eq!(of("a.b.htm"), Some(OutputForm::Html));
        assert_eq!(of("a.txt"), Some(OutputForm::Text));
        assert_eq!((of("a"), of("a.pdf")), (None, None));
    }
}
