//! Commands on an article: opening, copying, marking as read, following what is related.

use super::App;
use super::layers::Step;
use crate::app::effect::Request;
use crate::app::event::OpenFailure;
use crate::app::geometry::Pane;
use crate::app::overlays::links::FoundLink;
use crate::app::overlays::msg::OverlaySpec;
use crate::app::page::{LinkGroup, Match, PageLink, links_of};
use crate::app::requests::Asker;
use crate::command::{Command, Context};
use crate::config::MarkRead;
use crate::format::block::Document;
use crate::format::clean::Clean;
use crate::format::link::{self, Link};
use crate::library::{ArticleId, Source};
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

impl App {
    /// Returns what commands act on: the related entry under the cursor if that pane has the focus,
    /// otherwise the article shown.
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
        self.detail
            .article()
            .map_or(Target::Nothing, Target::Article)
    }

    /// The article of the library that commands act on.
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
                let article = self.shared.catalog.library().article(id);
                let url = Some(article.original().to_owned()).filter(|url| !url.is_empty());
                Some((article.title().to_owned(), url))
            }
            Target::Outside { title, url } => Some((title, url)),
            Target::Nothing => None,
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

    /// Opens a URL if it is safe to open.
    pub(super) fn open_url(&mut self, url: &str) {
        match Link::parse(url) {
            Ok(link) => {
                match link.warning() {
                    Some(warning) => self.warn(&format!("Opening {}: {warning}", link.host())),
                    None => self.say(&format!("Opening {}", link.host())),
                }
                self.ask(Asker::App, Request::Open(link));
            }
            Err(refusal) => self.warn(&format!("Not opened: {refusal}")),
        }
    }

    /// Reports how opening a link went.
    pub(super) fn opened(&mut self, outcome: Result<(), OpenFailure>) {
        match outcome {
            Ok(()) => {}
            // Offer the link to be copied, unless that would cover something the person is doing.
            Err(OpenFailure::NoBrowser { link, reason }) if self.layers.is_empty() => {
                self.warn(&reason);
                let label = "the link".to_owned();
                let url = link.as_str().to_owned();
                let group = LinkGroup::Reading;
                let link = PageLink { label, url, group };
                self.open(OverlaySpec::Links(vec![FoundLink {
                    link,
                    article: None,
                }]));
            }
            Err(OpenFailure::NoBrowser { link, reason }) => {
                self.warn(&format!("{reason} {link}", link = link.as_str()));
            }
            Err(OpenFailure::Failed { link, reason }) => {
                self.warn(&format!("{} was not opened: {reason}", link.host()));
            }
        }
    }

    /// Offers all links of what commands act on.
    pub(super) fn pick_link(&mut self) {
        let links = match self.target() {
            Target::Article(id) => match self.detail.links() {
                Some(links) if self.detail.article() == Some(id) => links.to_vec(),
                _ => {
                    let library = self.shared.catalog.library();
                    links_without_file(library.article(id).original())
                }
            },
            Target::Outside { url, .. } => links_without_file(&url.unwrap_or_default()),
            Target::Nothing => Vec::new(),
        };
        if links.is_empty() {
            self.say("It has no links.");
        } else {
            let found = links.into_iter().map(|link| self.looked_up(link)).collect();
            self.open(OverlaySpec::Links(found));
        }
    }

    /// Adds to a link the article of the library that it leads to, unless that is the one shown.
    pub(super) fn looked_up(&self, link: PageLink) -> FoundLink {
        let library = self.shared.catalog.library();
        let article = match (link::Target::parse(&link.url), self.target()) {
            (link::Target::File(path), Target::Article(id)) => library.linked_from(id, &path),
            _ => library.by_url(&link.url),
        };
        let shown = self.detail.article();
        FoundLink {
            article: article.filter(|id| Some(*id) != shown),
            link,
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
        self.ask(Asker::App, Request::Copy { text, what });
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
            Target::Article(id) => {
                let path = self.shared.catalog.library().article(id).path();
                let text = Clean::new(&path.to_string_lossy()).to_string();
                self.copy(text, "the path");
            }
            Target::Outside { .. } => self.say("It is not in this library, so it has no path."),
            Target::Nothing => self.say("There is no article here."),
        }
    }

    /// Opens an article's file in the person's editor.
    pub(super) fn edit_file(&mut self) {
        match self.target() {
            Target::Article(_) if *self.shared.catalog.source() == Source::Sample => {
                self.say("The sample library has no files that could be edited.");
            }
            Target::Article(id) => {
                let path = self.shared.catalog.library().article(id).path();
                self.ask(Asker::App, Request::Edit(path));
            }
            Target::Outside { .. } => self.say("It is not in this library, so it has no file."),
            Target::Nothing => self.say("There is no article here."),
        }
    }

    /// Goes to the related article under the cursor, leaving a way back.
    pub(super) fn follow_related(&mut self) {
        let Some(entry) = self.related.current() else {
            return;
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
        if let Some(from) = self.detail.article() {
            self.trail.push(Step {
                article: self.shared.catalog.library().article(from).key(),
                focus: self.focus,
                letters: self.detail.letters_before(),
                related: self.related.cursor().at,
            });
        }
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

    /// Goes back to where the last related article was followed from.
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

/// The links known to the library without reading the file.
fn links_without_file(original: &str) -> Vec<PageLink> {
    let urls = Urls {
        original: Some(original.to_owned()),
        ..Urls::default()
    };
    let article = Article {
        urls,
        ..Article::default()
    };
    links_of(&article, &Document::default())
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
