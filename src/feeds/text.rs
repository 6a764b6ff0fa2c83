//! Full texts for articles that are files already. An article that has a text keeps it until a
//! person has seen the new one.

use std::path::{Path, PathBuf};

use crate::desk::publish::StagedChange;
use crate::format::Container;
use crate::library::read_shown;

/// An article whose full text is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedText {
    pub title: String,
    pub path: PathBuf,
    /// Its page.
    pub url: String,
}

/// A new text for an article that has a different one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewText {
    pub title: String,
    pub path: PathBuf,
    pub old: String,
    pub new: String,
}

/// What became of the wanted texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextResults {
    pub written: usize,
    /// Articles that already have this text.
    pub same: usize,
    /// Articles that have a different one, and keep it for now.
    pub differing: Vec<NewText>,
    /// Why some have none, one sentence each.
    pub failed: Vec<String>,
}

impl TextResults {
    /// Takes the text of an article's page, and writes it if the article has none.
    pub fn take(&mut self, article: &WantedText, new: String) {
        let old = match text_of(&article.path) {
            Ok(old) => old,
            Err(why) => return self.failed(&article.title, &why),
        };
        if old.trim() == new.trim() {
            self.same += 1;
        } else if old.trim().is_empty() {
            self.write(&article.title, &article.path, &new);
        } else {
            self.differing.push(NewText {
                title: article.title.clone(),
                path: article.path.clone(),
                old,
                new,
            });
        }
    }

    /// Notes why an article has none.
    pub fn failed(&mut self, title: &str, why: &str) {
        self.failed.push(format!("“{title}”: {why}"));
    }

    fn write(&mut self, title: &str, path: &Path, text: &str) {
        let folder = path.parent().unwrap_or(path);
        let text = format!("\n{}\n", text.trim_end());
        let written = StagedChange::with_body(path, folder, Vec::new(), Some(text))
            .and_then(|change| change.map_or(Ok(()), |change| change.write().map(drop)));
        match written {
            Ok(()) => self.written += 1,
            Err(refusal) => self.failed(title, &refusal.to_string()),
        }
    }
}

/// Replaces texts, unless they have changed since.
pub fn write(new: &[NewText]) -> TextResults {
    let mut texts = TextResults::default();
    for text in new {
        match text_of(&text.path) {
            Ok(old) if old == text.old => texts.write(&text.title, &text.path, &text.new),
            Ok(_) => texts.failed(&text.title, "its file has changed meanwhile"),
            Err(why) => texts.failed(&text.title, &why),
        }
    }
    texts
}

/// The text in a file, if it may be replaced.
fn text_of(path: &Path) -> Result<String, String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if Container::from_name(&name) != Some(Container::Markdown) {
        return Err("full texts are Markdown, and its file is not".to_owned());
    }
    let shown = read_shown(path).map_err(|error| error.to_string())?;
    Ok(shown.body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_where_there_is_none_and_shown_where_there_is_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let wanted = |name: &str, body: &str| {
            let path = folder.path().join(name);
            std::fs::write(
                &path,
                format!("---\ntitle: {name}\ndate: 2026-03-05\n---\n{body}"),
            )
            .expect("a file");
            WantedText {
                title: name.to_owned(),
                path,
                url: "https://a.example".into(),
            }
        };
        let text = |it: &WantedText| std::fs::read_to_string(&it.path).expect("a file");
        let (empty, same, other) = (
            wanted("a.md", ""),
            wanted("b.md", "\nWhole.\n"),
            wanted("c.md", "\nMine.\n"),
        );
        let mut texts = TextResults::default();
        for article in [&empty, &same, &other] {
            texts.take(article, "Whole.\n".to_owned());
        }
        assert_eq!(
            (texts.written, texts.same, texts.failed.len()),
            (1, 1, 0),
            "{texts:?}"
        );
        assert_eq!(
            text(&empty),
            "---\ntitle: a.md\ndate: 2026-03-05\n---\n\nWhole.\n"
        );
        assert_eq!(
            text(&other),
            "---\ntitle: c.md\ndate: 2026-03-05\n---\n\nMine.\n"
        );
        // A person has agreed, unless the file has changed since.
        assert_eq!(write(&texts.differing).written, 1);
        assert_eq!(
            text(&other),
            "---\ntitle: c.md\ndate: 2026-03-05\n---\n\nWhole.\n"
        );
        assert_eq!(write(&texts.differing).failed.len(), 1);
    }

    #[test]
    fn a_file_that_is_not_markdown_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in [
            ("a.yaml", "title: A\ndate: 2026-03-05\npublished: true\n"),
            ("a.html", "---\ntitle: A\ndate: 2026-03-05\n---\n"),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("a file");
            let mut texts = TextResults::default();
            let (title, url) = (name.to_owned(), "https://a.example".to_owned());
            let wanted = WantedText { title, path, url };
            texts.take(&wanted, "*Whole*.\n".to_owned());
            let failed = write(&[NewText {
                title: wanted.title,
                path: wanted.path.clone(),
                old: String::new(),
                new: "*Whole*.\n".into(),
            }]);
            let why = format!("“{name}”: full texts are Markdown, and its file is not");
            assert_eq!(
                (&texts.failed, &failed.failed),
                (&vec![why.clone()], &vec![why])
            );
            assert_eq!(std::fs::read_to_string(&wanted.path).expect("a file"), text);
        }
    }
}
