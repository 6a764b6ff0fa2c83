//! An article's page: everything its file says, in reading order, as lines of a given width.
//! Composed once per article and width, not for each frame.

mod composer;
mod facts;
mod links;
mod loaded;
mod matches;
mod section;
mod story;

pub use links::{LinkGroup, PageLink, links_of};
pub use loaded::LoadedArticle;
pub use matches::Match;
pub use section::{More, Page, PageLayout, Section};
pub use story::{StoryLines, why};

use crate::app::glyphs::Sign;
use crate::format::clean::Clean;
use crate::format::line::{Line, TextRole};
use crate::format::link::Link;
use crate::format::{date, duration, number, reading, wrap};
use crate::model::{
    Article, ArticleAction, Diagnostic, Image, ListedFlag, ListedName, ListedNumber,
};
use composer::{Composer, shown_url};

/// Enough lines of a body to fill more than a screen.
const FIRST_LINES: usize = 200;

/// What is known about an article when the head of its page is composed.
pub struct HeadFacts<'a> {
    /// The article, as far as it is known.
    pub article: &'a Article,
    /// How many words its text has, once the text has been read.
    pub words: Option<usize>,
    /// How its site treats it, and why.
    pub publication: &'a [String],
    /// Its mark, in words.
    pub decided: &'a [(String, TextRole)],
    /// The story it tells.
    pub told: &'a StoryLines,
    /// Why nothing more is known.
    pub failure: Option<&'a str>,
}

impl Section {
    /// Composes the head of a page: what is known about the article without its body, and its mark.
    pub fn head(known: &HeadFacts<'_>, layout: &PageLayout) -> Self {
        let mut composer = Composer::new(layout);
        composer.head(known);
        if let Some(reason) = known.failure {
            composer.part();
            composer.text(reason, TextRole::Error);
        }
        composer.finish()
    }

    /// Composes the beginning of the rest, enough for the first screen; `None` if composing all of
    /// it is just as quick.
    pub fn beginning(loaded: &LoadedArticle, layout: &PageLayout) -> Option<Self> {
        let mut composer = Composer::of_body(loaded, layout);
        composer.lines.push(Line::blank());
        composer.body(wrap::beginning(
            &loaded.document,
            &composer.wrapping(),
            FIRST_LINES,
        ));
        (composer.lines.len() > FIRST_LINES).then(|| composer.finish())
    }

    /// Composes everything below the head.
    pub fn rest(loaded: &LoadedArticle, layout: &PageLayout) -> Self {
        let mut composer = Composer::of_body(loaded, layout);
        composer.lines.push(Line::blank());
        composer.rest(loaded);
        if composer.lines.len() == 1 {
            composer.lines.clear();
        }
        composer.finish()
    }
}

impl Composer<'_> {
    /// Adds title, provider and date, topics, URL and excerpt.
    fn head(&mut self, known: &HeadFacts<'_>) {
        let article = known.article;
        self.text(&article.title, TextRole::Title);
        let mut whence: Vec<String> = Vec::new();
        whence.extend(Some(article.provider.label().to_owned()).filter(|label| !label.is_empty()));
        whence.extend(
            article
                .provider
                .authors
                .iter()
                .map(|author| format!("by {author}")),
        );
        whence.extend(
            article
                .published_at
                .map(|at| date::absolute(at, &self.layout.zone)),
        );
        whence.extend(article.published_at.map(|at| self.ago(at)));
        self.joined(&whence, TextRole::Text);
        self.joined(&self.verdict(known), TextRole::Faint);
        self.joined(&self.at_a_glance(known.article), TextRole::Text);
        for action in &article.actions {
            self.action(action);
        }
        for (said, role) in known.decided {
            self.text(said, *role);
        }
        if !article.topics.is_empty() {
            self.text(&article.topics.join(", "), TextRole::Accent);
        }
        if let Some(url) = article.urls.original() {
            self.link(url);
        }
        let said = [&article.excerpt, &article.bio];
        for text in said.into_iter().filter(|text| !text.is_empty()) {
            self.part();
            self.text(text, TextRole::Text);
        }
        self.story(known.told, &article.title);
    }

    /// Adds everything below the excerpt.
    fn rest(&mut self, loaded: &LoadedArticle) {
        let article = &loaded.article;
        if !loaded.document.is_empty() {
            self.part();
            self.body(wrap::lines(&loaded.document, &self.wrapping()));
        }
        if !article.images.is_empty() {
            self.part();
            for image in &article.images {
                self.image(image);
            }
        }
        self.facts("About it", &self.particulars(article));
        self.warnings(&loaded.warnings);
        self.more(article);
    }

    /// Kind, numbers and publication.
    fn verdict(&self, known: &HeadFacts<'_>) -> Vec<String> {
        let article = known.article;
        let mut said: Vec<String> = Vec::new();
        let kind = article.listed[ListedName::Kind].as_ref();
        said.push(kind.map_or("article", String::as_str).to_owned());
        let other = |category: &&String| kind != Some(*category);
        said.extend(article.categories.iter().filter(other).cloned());
        let quality = article.listed[ListedNumber::Quality];
        said.extend(quality.map(|quality| format!("quality {quality}")));
        let lead = known.told.lead.as_deref();
        let heat = article.listed[ListedNumber::Heat];
        said.extend(heat.map(|heat| heat_words(heat, lead)));
        said.extend(known.publication.iter().cloned());
        for (flag, word) in [
            (ListedFlag::Removed, "removed"),
            (ListedFlag::Deleted, "deleted"),
        ] {
            said.extend((article.listed[flag] == Some(true)).then(|| word.to_owned()));
        }
        said.extend(known.words.and_then(reading_time));
        said
    }

    /// What a reader wants to know first about its kind: how long a video is and where to watch it,
    /// what a course requires, what a collection contains.
    fn at_a_glance(&self, article: &Article) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        said.extend(article.levels.iter().cloned());
        said.extend(article.length.map(duration::words));
        if article.listed.name(ListedName::Kind) == "video" {
            let page = article.featured.first().map(String::as_str);
            let host = page.or(article.urls.original()).map(Link::parse);
            let host = host.and_then(Result::ok);
            said.extend(host.map(|link| format!("watch on {}", link.host())));
        }
        said.extend(article.price.clone());
        if let Some(ratings) = article.ratings {
            said.extend(ratings.average.map(|average| format!("{average:.1} of 5")));
            let count = ratings.count.map(number::grouped);
            said.extend(count.map(|count| format!("{count} ratings")));
        }
        said.extend(article.location.clone());
        let members = article.members.map(number::grouped);
        said.extend(members.map(|members| format!("{members} members")));
        match article.items.len() {
            0 => {}
            1 => said.push("1 item, in related".to_owned()),
            items => said.push(format!("{items} items, in related")),
        }
        said
    }

    /// Adds something that a page offers: a download, a registration.
    fn action(&mut self, action: &ArticleAction) {
        let title = action.title.as_deref().or(action.kind.as_deref());
        let credit = action.attribution.as_ref();
        let credit = credit.map(|name| format!(" ({name})")).unwrap_or_default();
        let title = title.unwrap_or("link");
        let url = shown_url(&action.url);
        let glyphs = self.layout.glyphs;
        let shown = format!("{title}{credit}{}{url}", glyphs.dot);
        let shown = glyphs.before(Sign::Outside, &shown);
        self.cut_link(&shown, TextRole::Link, &action.url);
    }

    fn image(&mut self, image: &Image) {
        let url = format!("[image] {}", shown_url(&image.url));
        self.cut_link(&url, TextRole::Faint, &image.url);
        let mut credit: Vec<String> = image.title.clone().into_iter().collect();
        credit.extend(image.attribution.as_ref().map(|name| format!("by {name}")));
        self.joined(&credit, TextRole::Faint);
        self.picture(&image.url, &Clean::label(""));
    }

    fn warnings(&mut self, warnings: &[Diagnostic]) {
        if warnings.is_empty() {
            return;
        }
        self.part();
        self.text("Problems in the file", TextRole::Heading);
        for warning in warnings {
            let line = warning
                .place
                .map(|place| format!("line {}: ", place.line))
                .unwrap_or_default();
            let field = warning
                .field
                .as_ref()
                .map(|field| format!("{field}: "))
                .unwrap_or_default();
            self.text(
                &format!("{line}{field}{}", warning.reason),
                TextRole::Warning,
            );
            if let Some(hint) = &warning.hint {
                self.text(hint, TextRole::Faint);
            }
        }
    }
}

/// A heat in words: `-1` means that another article leads the story, named by `lead` if known.
fn heat_words(heat: i64, lead: Option<&str>) -> String {
    match (heat, lead) {
        (-1, Some(lead)) if !lead.is_empty() => format!("heat -1, {lead} leads the story"),
        (-1, _) => "heat -1, another leads the story".to_owned(),
        _ => format!("heat {heat}"),
    }
}

/// How long a text takes to read; `None` if it takes only a glance.
fn reading_time(words: usize) -> Option<String> {
    let minutes = reading::minutes(words);
    (minutes > 1).then(|| format!("{minutes} min to read"))
}
