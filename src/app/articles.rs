//! What is done with an article: opening, copying, marking as read, following what is related.

use super::event::Effect;
use super::geometry::Pane;
use super::links::{PageLink, links_of};
use super::state::{Anchor, State, Step};
use crate::config::MarkRead;
use crate::format::block::Document;
use crate::format::clean::Clean;
use crate::format::link::Link;
use crate::library::ArticleId;
use crate::model::{Article, Urls};

/// What an article command acts on.
enum Target {
    Article(ArticleId),
    /// A related entry that is not in the library.
    Outside {
        title: String,
        url: Option<String>,
    },
    Nothing,
}

impl State {
    /// The article that commands act on: the related entry under the cursor where that pane has the
    /// focus, else the article that is shown.
    fn target(&self) -> Target {
        if self.reading_pane() == Pane::Related
            && let Some(entry) = self.related.current()
        {
            return match entry.article {
                Some(id) => Target::Article(id),
                None => Target::Outside {
                    title: entry.title.clone(),
                    url: entry.url.clone(),
                },
            };
        }
        self.detail.article.map_or(Target::Nothing, Target::Article)
    }

    /// The article of this library that commands act on.
    pub(super) fn target_article(&self) -> Option<ArticleId> {
        match self.target() {
            Target::Article(id) => Some(id),
            Target::Outside { .. } | Target::Nothing => None,
        }
    }

    /// Title and URL of what commands act on.
    fn title_and_url(&self) -> Option<(String, Option<String>)> {
        match self.target() {
            Target::Article(id) => {
                let article = self.library.article(id);
                let url = Some(article.original().to_owned()).filter(|url| !url.is_empty());
                Some((article.title().to_owned(), url))
            }
            Target::Outside { title, url } => Some((title, url)),
            Target::Nothing => None,
        }
    }

    pub(super) fn open_original(&mut self) -> Vec<Effect> {
        let mut effects = match self.title_and_url() {
            Some((_, Some(url))) => self.open(&url),
            Some((_, None)) => self.without_link(),
            None => self.without_article(),
        };
        if self.mark_read == MarkRead::OnOpen
            && !effects.is_empty()
            && let Some(id) = self.target_article()
        {
            effects.extend(self.mark_as_read(id));
        }
        effects
    }

    /// Opens a URL if it is fit for that.
    pub(super) fn open(&mut self, url: &str) -> Vec<Effect> {
        match Link::parse(url) {
            Ok(link) => {
                match link.warning() {
                    Some(warning) => self.error(&format!("Opening {}: {warning}", link.host())),
                    None => self.notice(&format!("Opening {}", link.host())),
                }
                vec![Effect::Open(link)]
            }
            Err(refusal) => {
                self.error(&format!("Not opened: {refusal}"));
                Vec::new()
            }
        }
    }

    /// Offers all links of what is under the cursor.
    pub(super) fn pick_link(&mut self) {
        let links = match self.target() {
            Target::Article(id) if self.detail.article == Some(id) => {
                self.detail.page.links.clone()
            }
            Target::Article(id) => {
                let original = self.library.article(id).original().to_owned();
                self.links_without_file(original)
            }
            Target::Outside { url, .. } => self.links_without_file(url.unwrap_or_default()),
            Target::Nothing => Vec::new(),
        };
        if links.is_empty() {
            self.notice("There is no link on it.");
        } else {
            self.open_links(links);
        }
    }

    fn links_without_file(&self, original: String) -> Vec<PageLink> {
        let urls = Urls {
            original: Some(original),
            ..Urls::default()
        };
        links_of(
            &Article {
                urls,
                ..Article::default()
            },
            &Document::default(),
        )
    }

    pub(super) fn copy_link(&mut self) -> Vec<Effect> {
        match self.title_and_url() {
            Some((_, Some(url))) => self.copy_url(&url),
            Some((_, None)) => self.without_link(),
            None => self.without_article(),
        }
    }

    /// Copies a URL, checked: a line end in the clipboard could run something in a shell.
    pub(super) fn copy_url(&mut self, url: &str) -> Vec<Effect> {
        match Link::parse(url) {
            Ok(link) => vec![Effect::Copy {
                text: link.as_str().to_owned(),
                what: "the link",
            }],
            Err(refusal) => {
                self.error(&format!("Not copied: {refusal}"));
                Vec::new()
            }
        }
    }

    pub(super) fn copy_title(&mut self) -> Vec<Effect> {
        match self.title_and_url() {
            Some((title, _)) => vec![Effect::Copy {
                text: Clean::new(&title).to_string(),
                what: "the title",
            }],
            None => self.without_article(),
        }
    }

    pub(super) fn copy_markdown(&mut self) -> Vec<Effect> {
        match self.title_and_url() {
            Some((title, Some(url))) => match Link::parse(&url) {
                Ok(link) => {
                    let text = markdown_link(&Clean::new(&title), &link);
                    vec![Effect::Copy {
                        text,
                        what: "the Markdown link",
                    }]
                }
                Err(refusal) => {
                    self.error(&format!("Not copied: {refusal}"));
                    Vec::new()
                }
            },
            Some((_, None)) => self.without_link(),
            None => self.without_article(),
        }
    }

    pub(super) fn copy_path(&mut self) -> Vec<Effect> {
        match self.target() {
            Target::Article(id) => {
                let path = self.library.article(id).path();
                let text = Clean::new(&path.to_string_lossy()).to_string();
                vec![Effect::Copy {
                    text,
                    what: "the path",
                }]
            }
            Target::Outside { .. } => {
                self.notice("It is not in this library: it has no path.");
                Vec::new()
            }
            Target::Nothing => self.without_article(),
        }
    }

    /// Goes to the related article under the cursor, leaving a way back.
    pub(super) fn follow_related(&mut self) -> Vec<Effect> {
        let Some(entry) = self.related.current() else {
            return Vec::new();
        };
        let Some(to) = entry.article else {
            let how = if entry.url.is_some() {
                "o opens it in the browser."
            } else {
                "it has no link either."
            };
            self.notice(&format!("It is not in this library; {how}"));
            return Vec::new();
        };
        if let Some(from) = self.detail.article {
            let article = self.library.article(from).key();
            self.trail.push(Step {
                article,
                focus: self.focus,
                place: self.place(),
            });
        }
        self.focus = Pane::Detail;
        self.go_to(to)
    }

    /// Comes back to where the last related article was followed from.
    pub(super) fn come_back(&mut self) -> Vec<Effect> {
        while let Some(step) = self.trail.pop() {
            if let Some(id) = self.library.by_key(step.article) {
                self.focus = step.focus;
                let effects = self.go_to(id);
                self.return_to(step.place);
                return effects;
            }
        }
        self.notice("There is nothing to come back to.");
        Vec::new()
    }

    /// Shows an article, and selects it where it is listed.
    fn go_to(&mut self, id: ArticleId) -> Vec<Effect> {
        match self.list.rows.iter().position(|row| *row == id) {
            Some(at) => {
                self.list.cursor.at = at;
                self.anchored = Anchor::Article;
            }
            None => self.notice("The list does not show it: what is filtered leaves it out."),
        }
        self.show(id)
    }

    fn without_link(&mut self) -> Vec<Effect> {
        self.notice("It has no link.");
        Vec::new()
    }

    fn without_article(&mut self) -> Vec<Effect> {
        self.notice("There is no article here.");
        Vec::new()
    }
}

/// `[title](url)`, with what would end either escaped (CommonMark, 6.3).
fn markdown_link(title: &Clean, link: &Link) -> String {
    let title = title
        .as_str()
        .replace('\\', "\\\\")
        .replace('[', "\\[")
        .replace(']', "\\]");
    format!(
        "[{title}](<{}>)",
        link.as_str().replace('<', "%3C").replace('>', "%3E")
    )
}
