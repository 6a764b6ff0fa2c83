//! The facts of an article, each a label and a value on a separate line: those that only some kinds
//! have, and those that only machines need.

use super::composer::{Composer, shown_url};
use super::section::More;
use crate::app::glyphs::Sign;
use crate::format::clean::Clean;
use crate::format::line::{Line, TextRole};
use crate::format::{listed_fields, number, wrap};
use crate::model::{Article, ListedField, ListedFlag, ListedName, ListedNumber, Person};

/// Labels of facts are padded to this width.
const LABEL_COLUMNS: usize = 13;

/// Something a page says on a line of its own.
pub(super) struct PageFact {
    label: String,
    value: String,
    /// The link's target, as written.
    url: Option<String>,
}

impl PageFact {
    fn new(label: &str, value: String) -> Self {
        Self {
            label: label.to_owned(),
            value,
            url: None,
        }
    }
}

impl Composer<'_> {
    pub(super) fn facts(&mut self, heading: &'static str, facts: &[PageFact]) {
        if facts.is_empty() {
            return;
        }
        self.part();
        self.text(heading, TextRole::Heading);
        for fact in facts {
            self.fact(fact);
        }
    }

    /// Adds a label in its own column, with its value wrapped beside it.
    fn fact(&mut self, fact: &PageFact) {
        let PageFact { label, value, url } = fact;
        let link = url.as_deref().map(|url| self.link_to(url));
        let columns = usize::from(self.layout.columns);
        let label = Clean::new(label);
        let beside = columns.saturating_sub(LABEL_COLUMNS);
        if beside < LABEL_COLUMNS || label.width() >= LABEL_COLUMNS {
            let lines = wrap::text(&format!("{label}: {value}"), columns, TextRole::Text);
            self.lines
                .extend(lines.into_iter().map(|line| line.leading_to(link)));
            return;
        }
        let padding = " ".repeat(LABEL_COLUMNS - label.width());
        let mut first = Some(label);
        for value_line in wrap::text(value, beside, TextRole::Text) {
            let mut line = Line::new();
            match first.take() {
                Some(label) => {
                    line.push(label, TextRole::Faint);
                    line.push(Clean::new(&padding), TextRole::Text);
                }
                None => line.push(Clean::new(&" ".repeat(LABEL_COLUMNS)), TextRole::Text),
            }
            line.runs.extend(value_line.leading_to(link).runs);
            self.lines.push(line);
        }
    }

    /// Facts that only some kinds have.
    pub(super) fn particulars(&self, article: &Article) -> Vec<PageFact> {
        let mut facts: Vec<PageFact> = Vec::new();
        let updated = article.updated_at.map(|at| self.when(at));
        facts.extend(updated.map(|when| PageFact::new("updated", when)));
        if let Some(affiliation) = &article.affiliation {
            facts.push(PageFact::new("affiliation", affiliation.label().to_owned()));
        }
        for (label, person) in [
            ("twitter", &article.twitter),
            ("linkedin", &article.linkedin),
        ] {
            facts.extend(person.as_ref().map(|person| PageFact {
                url: person.url.clone(),
                ..PageFact::new(label, self.person(person))
            }));
        }
        facts.extend(article.featured.iter().map(|url| PageFact {
            url: Some(url.clone()),
            ..PageFact::new("featured", shown_url(url))
        }));
        facts
    }

    /// Adds what only machines need, at the end: the amount, and all of it when unfolded.
    pub(super) fn more(&mut self, article: &Article) {
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
            TextRole::Heading,
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
}

/// The listed fields shown at the top of the page.
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
fn machine_fields(article: &Article) -> Vec<PageFact> {
    let urls = &article.urls;
    let addresses = [("AMP", &urls.amp), ("AMP on a CDN", &urls.cdn_amp)];
    let addresses = addresses.into_iter().filter_map(|(label, url)| {
        let url = url.as_deref()?;
        Some(PageFact {
            url: Some(url.to_owned()),
            ..PageFact::new(label, shown_url(url))
        })
    });
    let sizes = article.images.iter().filter_map(|image| {
        let size = format!("{} x {}", image.width?, image.height?);
        Some(PageFact::new("image", size))
    });
    let secured = article.secured.map(|secured| {
        let bytes = number::grouped(secured.bytes as i64);
        PageFact::new("secured", format!("{bytes} bytes"))
    });
    let listed = listed_fields().filter(|(_, field)| !AT_THE_TOP.contains(field));
    let listed = listed.filter_map(|(name, field)| {
        let value = article.listed.text(field)?;
        Some(PageFact::new(name, value))
    });
    let unnamed = article.more.iter();
    let unnamed = unnamed.map(|(label, value)| PageFact::new(label, value.clone()));
    addresses
        .chain(sizes)
        .chain(secured)
        .chain(listed)
        .chain(unnamed)
        .collect()
}
