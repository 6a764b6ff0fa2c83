//! Commands on an article: opening, copying, marking as read, following related articles.

use super::App;
use crate::app::effect::AppRequest;
use crate::app::geometry::Pane;
use crate::app::page::Match;
use crate::app::requests::Asker;
use crate::command::{Command, Context};
use crate::config::MarkRead;
use crate::format::clean::Clean;
use crate::format::link::Link;
use crate::library::{ArticleId, Source};

/// What an article command acts on.
pub(super) enum ArticleTarget {
    Article(ArticleId),
    /// A related entry that is not in the library.
    Outside {
        title: String,
        url: Option<String>,
    },
    Nothing,
}

impl App {
    /// Returns the target of commands: the related entry under the cursor if that pane has the
    /// focus, otherwise the article shown.
    pub(super) fn target(&self) -> ArticleTarget {
        if self.reading_pane() == Pane::Related
            && let Some(entry) = self.related.current()
        {
            return match entry.article {
                Some(id) => ArticleTarget::Article(id),
                None => ArticleTarget::Outside {
                    title: entry.title.clone(),
                    url: entry.url.clone(),
                },
            };
        }
        self.detail
            .article()
            .map_or(ArticleTarget::Nothing, ArticleTarget::Article)
    }

    /// The article of the library that commands act on.
    pub(super) fn target_article(&self) -> Option<ArticleId> {
        match self.target() {
            ArticleTarget::Article(id) => Some(id),
            ArticleTarget::Outside { .. } | ArticleTarget::Nothing => None,
        }
    }

    /// Title and URL of the target of commands.
    fn title_and_url(&self) -> Option<(String, Option<String>)> {
        match self.target() {
            ArticleTarget::Article(id) => {
                let article = self.shared.catalog.library().article(id);
                let url = Some(article.original().into_owned()).filter(|url| !url.is_empty());
                Some((article.title().into_owned(), url))
            }
            ArticleTarget::Outside { title, url } => Some((title, url)),
            ArticleTarget::Nothing => None,
        }
    }

    pub(super) fn open_original(&mut self) {
        match self.title_and_url() {
            Some((_, Some(url))) => self.open_url(&url),
            Some((_, None)) => return self.say("It has no link."),
            None => return self.say("There is no article here."),
        }
        if self.shared.env.config.mark_read == MarkRead::OnOpen
            && !self.has_error()
            && let Some(id) = self.target_article()
        {
            self.mark_as_read(id);
        }
    }

    pub(super) fn copy_link(&mut self) {
        match self.title_and_url() {
            Some((_, Some(url))) => self.copy_url(&url),
            Some((_, None)) => self.say("It has no link."),
            None => self.say("There is no article here."),
        }
    }

    /// Copies a URL after checking it: a newline in the clipboard could run a command in a shell.
    pub(super) fn copy_url(&mut self, url: &str) {
        match Link::parse(url) {
            Ok(link) => self.copy(link.as_str().to_owned(), "the link"),
            Err(refusal) => self.warn(&format!("Not copied: {refusal}")),
        }
    }

    fn copy(&mut self, text: String, what: &'static str) {
        self.ask(Asker::App, AppRequest::Copy { text, what });
    }

    pub(super) fn copy_title(&mut self) {
        match self.title_and_url() {
            Some((title, _)) => self.copy(Clean::new(&title).to_string(), "the title"),
            None => self.say("There is no article here."),
        }
    }

    pub(super) fn copy_markdown(&mut self) {
        match self.title_and_url() {
            Some((title, Some(url))) => match Link::parse(&url) {
                Ok(link) => {
                    let text = markdown_link(&Clean::new(&title), &link);
                    self.copy(text, "the Markdown link");
                }
                Err(refusal) => self.warn(&format!("Not copied: {refusal}")),
            },
            Some((_, None)) => self.say("It has no link."),
            None => self.say("There is no article here."),
        }
    }

    pub(super) fn copy_path(&mut self) {
        match self.target() {
            ArticleTarget::Article(id) => {
                let path = self.shared.catalog.library().article(id).path();
                let text = Clean::new(&path.to_string_lossy()).to_string();
                self.copy(text, "the path");
            }
            ArticleTarget::Outside { .. } => {
                self.say("It is not in this library, so it has no path.")
            }
            ArticleTarget::Nothing => self.say("There is no article here."),
        }
    }

    /// Opens an article's file in the person's editor.
    pub(super) fn edit_file(&mut self) {
        match self.target() {
            ArticleTarget::Article(_) if *self.shared.catalog.source() == Source::Sample => {
                self.say("The sample library has no files to edit.");
            }
            ArticleTarget::Article(id) => {
                let path = self.shared.catalog.library().article(id).path();
                self.ask(Asker::App, AppRequest::Edit(path));
            }
            ArticleTarget::Outside { .. } => {
                self.say("It is not in this library, so it has no file.")
            }
            ArticleTarget::Nothing => self.say("There is no article here."),
        }
    }

    /// Goes to the related article under the cursor, leaving a way back.
    pub(super) fn follow_related(&mut self) {
        let Some(entry) = self.related.current() else {
            let is_coming = self.detail.is_waiting() || self.related.is_waiting();
            return self.say(match is_coming {
                true => "The related articles are not loaded yet.",
                false => "There is no related entry here.",
            });
        };
        let Some(to) = entry.article else {
            let key = self.cx().env.key(Command::OpenOriginal, Context::Related);
            let how = match &entry.url {
                Some(_) => format!("{key} opens it in the browser."),
                None => "it has no link either.".to_owned(),
            };
            self.say(&format!("It is not in this library; {how}"));
            return;
        };
        self.follow(to);
    }

    /// Goes to an article, leaving a way back.
    pub(super) fn follow(&mut self, to: ArticleId) {
        let step = self.step();
        self.trail.extend(step);
        self.focus = Pane::Detail;
        self.go_to(to);
    }

    /// The search through the text is done.
    pub(super) fn found_in_text(&mut self, matches: Vec<Match>) {
        let msgs = self.detail.found_in_text(matches, self.shared.cx());
        self.deliver(Asker::App, msgs);
        if self.layers.is_empty() && self.message.is_none() {
            self.say_found();
        }
    }

    /// Says that there is no match, once that is known.
    pub(super) fn say_found(&mut self) {
        if let Some(said) = self.detail.no_match() {
            self.say(&said);
        }
    }

    /// Goes back to where the last article or footnote was followed from.
    pub(super) fn come_back(&mut self) {
        while let Some(step) = self.trail.pop() {
            if let Some(id) = self.shared.catalog.library().by_key(step.article) {
                self.focus = step.focus;
                self.go_to(id);
                self.detail.return_to(step.letters);
                self.related.return_to(step.related);
                return;
            }
        }
        self.say("There is nothing to go back to.");
    }

    /// Shows an article, and selects it if it is listed.
    fn go_to(&mut self, id: ArticleId) {
        if !self.list.select(id, self.shared.cx()) {
            self.say("It is not in the list: the query leaves it out.");
        }
        self.show(Some(id));
    }
}

/// Formats `[title](url)`, escaping what would end either part (CommonMark, 6.3).
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
