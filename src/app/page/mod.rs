//! An article's page: everything its file says, in reading order, as lines of a given width.
//! Composed once per article and width, not for each frame.

mod links;
mod loaded;
mod matches;
mod section;
mod story;

pub use links::{LinkGroup, PageLink, links_of};
pub use loaded::LoadedArticle;
pub use matches::Match;
pub use section::{Known, Layout, More, Page, Pictured, Section};
pub use story::{Told, why};

use crate::app::glyphs::Sign;
use crate::app::pictures::Below;
use crate::format::clean::Clean;
use crate::format::line::{Line, Role};
use crate::format::link::Link;
use crate::format::{date, duration, listed_fields, number, reading, wrap};
use crate::model::{
    Action, Article, Diagnostic, Image, ListedField, ListedFlag, ListedName, ListedNumber, Moment,
    Person,
};

/// Labels of facts are padded to this width.
const LABEL_COLUMNS: usize = 13;

fn letters(text: &str) -> usize {
    text.chars().filter(|sign| sign.is_alphanumeric()).count()
}

/// Something that a page says in a line of its own.
struct Fact {
    label: String,
    value: String,
    /// Where it leads, as written.
    url: Option<String>,
}

impl Fact {
    fn new(label: &str, value: String) -> Self {
        Self {
            label: label.to_owned(),
            value,
            url: None,
        }
    }
}

struct Composer<'a> {
    layout: &'a Layout,
    lines: Vec<Line>,
    /// Lines that were cut, each with the number of letters left out.
    cut: Vec<(usize, usize)>,
    /// Where its links lead; those of the body first.
    links: Vec<String>,
    pictures: Vec<Pictured>,
}

impl<'a> Composer<'a> {
    fn new(layout: &'a Layout) -> Self {
        Self {
            layout,
            lines: Vec::new(),
            cut: Vec::new(),
            links: Vec::new(),
            pictures: Vec::new(),
        }
    }

    /// For lines with the links of a body.
    fn of_body(loaded: &LoadedArticle, layout: &'a Layout) -> Self {
        Self {
            links: loaded.document.links.clone(),
            ..Self::new(layout)
        }
    }

    fn finish(self) -> Section {
        let mut cut = self.cut.into_iter().peekable();
        let mut sum = 0;
        let letters = self.lines.iter().enumerate().map(|(at, line)| {
            sum += line
                .runs
                .iter()
                .map(|run| letters(run.text.as_str()))
                .sum::<usize>();
            if let Some((_, left_out)) = cut.next_if(|(line, _)| *line == at) {
                sum += left_out;
            }
            sum
        });
        let letters = letters.collect();
        Section::new(self.lines, letters, self.links, self.pictures)
    }

    /// Title, provider and date, topics, URL and excerpt.
    fn head(&mut self, known: &Known<'_>) {
        let article = known.article;
        self.text(&article.title, Role::Title);
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
        self.joined(&whence, Role::Text);
        self.joined(&self.verdict(known), Role::Faint);
        self.joined(&self.at_a_glance(known.article), Role::Text);
        for action in &article.actions {
            self.action(action);
        }
        for (said, role) in known.decided {
            self.text(said, *role);
        }
        if !article.topics.is_empty() {
            self.text(&article.topics.join(", "), Role::Accent);
        }
        if let Some(url) = article.urls.original() {
            self.link(url);
        }
        let said = [&article.excerpt, &article.bio];
        for text in said.into_iter().filter(|text| !text.is_empty()) {
            self.part();
            self.text(text, Role::Text);
        }
        self.story(known.told, &article.title);
    }

    /// The layout for wrapping the body.
    fn wrapping(&self) -> wrap::Layout {
        wrap::Layout {
            signs: self.layout.glyphs.body,
            ..wrap::Layout::new(usize::from(self.layout.columns))
        }
    }

    /// The lines of the body, with its pictures.
    fn body(&mut self, wrapped: wrap::Wrapped) {
        let mut lines = wrapped.lines.into_iter();
        let mut taken = 0;
        for picture in wrapped.pictures {
            self.lines
                .extend(lines.by_ref().take(picture.below - taken));
            taken = picture.below;
            self.picture(&picture.url, &picture.margin);
        }
        self.lines.extend(lines);
    }

    /// Everything below the excerpt.
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

    fn ago(&self, moment: Moment) -> String {
        date::relative(moment, self.layout.now, &self.layout.zone)
    }

    fn when(&self, moment: Moment) -> String {
        let Layout { zone, glyphs, .. } = self.layout;
        format!(
            "{}{}{}",
            date::absolute(moment, zone),
            glyphs.dot,
            self.ago(moment)
        )
    }

    /// Kind, numbers and publication.
    fn verdict(&self, known: &Known<'_>) -> Vec<String> {
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

    /// What one wants to know first of its kind: how long a video is and where to watch it, what a
    /// course asks for, what a collection has in it.
    fn at_a_glance(&self, article: &Article) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        said.extend(article.levels.iter().cloned());
        said.extend(article.length.map(duration::words));
        if article.listed.name(ListedName::Kind) == "video" {
            let page = article.featured.first().map(String::as_str);
            let host = page.or(article.urls.original()).map(Link::parse);
            let host = host.and_then(Result::ok);
            said.extend(host.map(|link| format!("watch at {}", link.host())));
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

    /// Something to be had at a page: a download, a registration.
    fn action(&mut self, action: &Action) {
        let title = action.title.as_deref().or(action.kind.as_deref());
        let credit = action.attribution.as_ref();
        let credit = credit.map(|name| format!(" ({name})")).unwrap_or_default();
        let title = title.unwrap_or("link");
        let url = shown_url(&action.url);
        let glyphs = self.layout.glyphs;
        let shown = format!("{title}{credit}{}{url}", glyphs.dot);
        let shown = glyphs.before(Sign::Outside, &shown);
        self.cut_link(&shown, Role::Link, &action.url);
    }

    /// Facts that only some kinds have.
    fn particulars(&self, article: &Article) -> Vec<Fact> {
        let mut facts: Vec<Fact> = Vec::new();
        let updated = article.updated_at.map(|at| self.when(at));
        facts.extend(updated.map(|when| Fact::new("updated", when)));
        if let Some(affiliation) = &article.affiliation {
            facts.push(Fact::new("affiliation", affiliation.label().to_owned()));
        }
        for (label, person) in [
            ("twitter", &article.twitter),
            ("linkedin", &article.linkedin),
        ] {
            facts.extend(person.as_ref().map(|person| Fact {
                url: person.url.clone(),
                ..Fact::new(label, self.person(person))
            }));
        }
        facts.extend(article.featured.iter().map(|url| Fact {
            url: Some(url.clone()),
            ..Fact::new("featured", shown_url(url))
        }));
        facts
    }

    /// What only machines need, at the end: how much there is, and all of it when unfolded.
    fn more(&mut self, article: &Article) {
        let facts = machine_fields(article);
        if facts.is_empty() {
            return;
        }
        self.part();
        let glyphs = self.layout.glyphs;
        let sign = match self.layout.more {
            More::Folded => Sign::Folded,
            More::Open => Sign::Open,
        };
        self.text(
            &glyphs.before(sign, &format!("More fields: {}", facts.len())),
            Role::Heading,
        );
        if self.layout.more == More::Open {
            for fact in &facts {
                self.fact(fact);
            }
        }
    }

    fn person(&self, person: &Person) -> String {
        let name = person.username.as_ref().map(|name| format!("@{name}"));
        let url = person.url.as_deref().map(shown_url);
        let followers = person
            .followers
            .map(|count| format!("{} followers", number::grouped(count)));
        let parts: Vec<String> = name.into_iter().chain(url).chain(followers).collect();
        parts.join(self.layout.glyphs.dot)
    }

    fn image(&mut self, image: &Image) {
        let url = format!("[image] {}", shown_url(&image.url));
        self.cut_link(&url, Role::Faint, &image.url);
        let mut credit: Vec<String> = image.title.clone().into_iter().collect();
        credit.extend(image.attribution.as_ref().map(|name| format!("by {name}")));
        self.joined(&credit, Role::Faint);
        self.picture(&image.url, &Clean::label(""));
    }

    /// Room for a picture that can be shown, where it is on the page first; else why it is not.
    fn picture(&mut self, url: &str, margin: &Clean) {
        let is_new = || self.pictures.iter().all(|it| it.url != url);
        match self.layout.spaces.get(url) {
            Some(Below::Rows(rows)) if is_new() => {
                let first = self.lines.len();
                let after = first + usize::from(*rows);
                let line = Line::blank().after(margin.clone(), Role::Faint);
                self.lines.resize(after, line);
                self.pictures.push(Pictured {
                    lines: first..after,
                    indent: margin.width(),
                    url: url.to_owned(),
                });
            }
            Some(Below::Words(words)) => self.text(words, Role::Faint),
            Some(Below::Rows(_)) | None => {}
        }
    }

    fn link(&mut self, url: &str) {
        match Link::parse(url) {
            Ok(link) => {
                self.cut_link(&link.shown(), Role::Link, url);
                if let Some(warning) = link.warning() {
                    self.text(&warning, Role::Warning);
                }
            }
            Err(refusal) => {
                self.cut(url, Role::Faint, None);
                self.text(&refusal.to_string(), Role::Warning);
            }
        }
    }

    fn facts(&mut self, heading: &'static str, facts: &[Fact]) {
        if facts.is_empty() {
            return;
        }
        self.part();
        self.text(heading, Role::Heading);
        for fact in facts {
            self.fact(fact);
        }
    }

    /// A label in its own column, with its value wrapped beside it.
    fn fact(&mut self, fact: &Fact) {
        let Fact { label, value, url } = fact;
        let link = url.as_deref().map(|url| self.link_to(url));
        let columns = usize::from(self.layout.columns);
        let label = Clean::new(label);
        let beside = columns.saturating_sub(LABEL_COLUMNS);
        if beside < LABEL_COLUMNS || label.width() >= LABEL_COLUMNS {
            let lines = wrap::text(&format!("{label}: {value}"), columns, Role::Text);
            self.lines
                .extend(lines.into_iter().map(|line| line.leading_to(link)));
            return;
        }
        let padding = " ".repeat(LABEL_COLUMNS - label.width());
        let mut first = Some(label);
        for value_line in wrap::text(value, beside, Role::Text) {
            let mut line = Line::new();
            match first.take() {
                Some(label) => {
                    line.push(label, Role::Faint);
                    line.push(Clean::new(&padding), Role::Text);
                }
                None => line.push(Clean::new(&" ".repeat(LABEL_COLUMNS)), Role::Text),
            }
            line.runs.extend(value_line.leading_to(link).runs);
            self.lines.push(line);
        }
    }

    fn warnings(&mut self, warnings: &[Diagnostic]) {
        if warnings.is_empty() {
            return;
        }
        self.part();
        self.text("Problems in the file", Role::Heading);
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
            self.text(&format!("{line}{field}{}", warning.reason), Role::Warning);
            if let Some(hint) = &warning.hint {
                self.text(hint, Role::Faint);
            }
        }
    }

    /// Parts with dots between them; one that does not fit starts a new line.
    fn joined(&mut self, parts: &[String], role: Role) {
        let mut line = String::new();
        for part in parts {
            let longer = format!("{line}{}{part}", self.layout.glyphs.dot);
            if line.is_empty() {
                line = part.clone();
            } else if Clean::new(&longer).width() <= usize::from(self.layout.columns) {
                line = longer;
            } else {
                self.text(&std::mem::replace(&mut line, part.clone()), role);
            }
        }
        self.text(&line, role);
    }

    /// Text on a single line that leads to `url`. The beginning of an address says where, and `O`
    /// shows all of it.
    fn cut_link(&mut self, text: &str, role: Role, url: &str) {
        let link = self.link_to(url);
        self.cut(text, role, Some(link));
    }

    fn link_to(&mut self, url: &str) -> usize {
        self.links.push(url.to_owned());
        self.links.len() - 1
    }

    fn cut(&mut self, text: &str, role: Role, link: Option<usize>) {
        let columns = usize::from(self.layout.columns);
        let whole = Clean::new(text);
        let shown = whole.cut_with(columns, self.layout.glyphs.ellipsis);
        let left_out = letters(whole.as_str()) - letters(shown.as_str());
        self.cut.push((self.lines.len(), left_out));
        let mut line = Line::new();
        line.push(shown, role);
        self.lines.push(line.leading_to(link));
    }

    fn text(&mut self, text: &str, role: Role) {
        self.lines
            .extend(wrap::text(text, usize::from(self.layout.columns), role));
    }

    /// A blank line between parts.
    fn part(&mut self) {
        let ends_with_picture = || {
            let last = self.pictures.last();
            last.is_some_and(|it| it.lines.end == self.lines.len())
        };
        let last = self.lines.last();
        if last.is_some_and(|line| !line.is_blank()) || ends_with_picture() {
            self.lines.push(Line::blank());
        }
    }
}

/// The listed fields that the start of the page says.
const AT_THE_TOP: [ListedField; 6] = [
    ListedField::Name(ListedName::Kind),
    ListedField::Number(ListedNumber::Quality),
    ListedField::Number(ListedNumber::Heat),
    ListedField::Flag(ListedFlag::Published),
    ListedField::Flag(ListedFlag::Removed),
    ListedField::Flag(ListedFlag::Deleted),
];

/// Fields that only machines need: other URLs, image sizes, ciphertext, listed fields with no other
/// place on the page, and fields that the format does not know.
fn machine_fields(article: &Article) -> Vec<Fact> {
    let urls = &article.urls;
    let addresses = [("AMP", &urls.amp), ("AMP at a CDN", &urls.cdn_amp)];
    let addresses = addresses.into_iter().filter_map(|(label, url)| {
        let url = url.as_deref()?;
        Some(Fact {
            url: Some(url.to_owned()),
            ..Fact::new(label, shown_url(url))
        })
    });
    let sizes = article.images.iter().filter_map(|image| {
        let size = format!("{} x {}", image.width?, image.height?);
        Some(Fact::new("image", size))
    });
    let secured = article.secured.map(|secured| {
        let bytes = number::grouped(secured.bytes as i64);
        Fact::new("secured", format!("{bytes} bytes"))
    });
    let listed = listed_fields().filter(|(_, field)| !AT_THE_TOP.contains(field));
    let listed = listed.filter_map(|(name, field)| {
        let value = article.listed.text(field)?;
        Some(Fact::new(name, value))
    });
    let unnamed = article.more.iter();
    let unnamed = unnamed.map(|(label, value)| Fact::new(label, value.clone()));
    addresses
        .chain(sizes)
        .chain(secured)
        .chain(listed)
        .chain(unnamed)
        .collect()
}

/// A heat in words: `-1` says that another article leads the story, who perhaps is known.
fn heat_words(heat: i64, lead: Option<&str>) -> String {
    match (heat, lead) {
        (-1, Some(lead)) if !lead.is_empty() => format!("heat -1, {lead} leads the story"),
        (-1, _) => "heat -1, another leads the story".to_owned(),
        _ => format!("heat {heat}"),
    }
}

/// How long a text takes to read; `None` for one that is read at a glance.
fn reading_time(words: usize) -> Option<String> {
    let minutes = reading::minutes(words);
    (minutes > 1).then(|| format!("{minutes} min to read"))
}

/// A URL for display; a relative or unsafe one is shown as is.
fn shown_url(url: &str) -> String {
    Link::parse(url).map_or_else(|_| url.to_owned(), |link| link.shown())
}
