//! Who else tells an article's story: when, why it is the same story, and how the titles differ.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::composer::{Composer, letters};
use crate::format::clean::Clean;
use crate::format::line::{Line, TextRole};
use crate::library::{ArticleId, ArticleRef, Articles, Because, Member, Story};
use crate::model::Moment;

/// Most tellers named on a page.
const MOST: usize = 8;

/// What a page says about its article's story.
#[derive(Clone, Debug, Default)]
pub struct StoryLines {
    /// Who leads it, if another article does.
    pub lead: Option<String>,
    /// How many others tell it.
    pub others: usize,
    /// The first tellers, earliest first.
    pub tellers: Vec<Teller>,
}

/// Another article of the same story. Its texts are not sanitised yet.
#[derive(Clone, Debug)]
pub struct Teller {
    provider: String,
    title: String,
    published_at: Option<Moment>,
    why: String,
}

impl StoryLines {
    /// What an article's page says about its story.
    pub fn new(story: &Story, shown: ArticleId, articles: &Articles) -> Self {
        let lead = articles.article(story.lead);
        let own = story.members.iter().find(|it| it.article == shown);
        let others = story.members.iter().filter(|it| it.article != shown);
        let there = others.filter(|it| !articles.is_gone(it.article));
        let first = there.clone().take(MOST);
        Self {
            others: there.count(),
            lead: (story.lead != shown).then(|| called(lead)),
            tellers: first.map(|it| Teller::new(it, own, articles)).collect(),
        }
    }
}

impl Teller {
    /// Reasons refer to the lead, so the reason for the lead itself is what it has in common with the
    /// article shown.
    fn new(member: &Member, shown: Option<&Member>, articles: &Articles) -> Self {
        let article = articles.article(member.article);
        let why = match (member.because, shown) {
            (Because::Leads, Some(shown)) => {
                format!("leads, {}", why(shown.because, None))
            }
            (because, _) => why(because, None),
        };
        Self {
            provider: called(article),
            title: article.title().into_owned(),
            published_at: article.published_at(),
            why,
        }
    }
}

/// The article's provider, or else its site.
fn called(article: ArticleRef<'_>) -> String {
    match article.provider() {
        "" => article.domain().to_owned(),
        name => name.to_owned(),
    }
}

/// Why an article belongs to a story. Names what it is compared with, unless that is clear.
pub fn why(because: Because, compared: Option<&str>) -> String {
    let to = compared.map_or_else(String::new, |it| format!(" as {it}"));
    match because {
        Because::Leads => "leads".to_owned(),
        Because::Joined => "joined by you".to_owned(),
        Because::SamePage => format!("the same page{to}"),
        Because::Related => "listed as related".to_owned(),
        Because::Alike(Reverse(percent)) => format!("nearly the same words{to}, {percent}%"),
    }
}

impl Composer<'_> {
    /// Adds who else tells the story of the article with this title.
    pub(super) fn story(&mut self, told: &StoryLines, title: &str) {
        if told.others == 0 {
            return;
        }
        self.part();
        self.text(&format!("Also told by {}", told.others), TextRole::Heading);
        let own = folded_words(title);
        for teller in &told.tellers {
            let when = teller.published_at.map(|at| self.ago(at));
            let who = Some(teller.provider.clone()).filter(|it| !it.is_empty());
            let mut said: Vec<String> = who.into_iter().chain(when).collect();
            said.push(teller.why.clone());
            let theirs = folded_words(&teller.title);
            if own == theirs {
                said.push("the same title".to_owned());
            }
            self.joined(&said, TextRole::Text);
            if own != theirs {
                self.other_title(&teller.title, &own);
            }
        }
        let more = told.others.saturating_sub(MOST);
        if more > 0 {
            self.text(&format!("and {more} more"), TextRole::Faint);
        }
    }

    /// Adds another title on a single line, highlighting the words that this one does not have.
    fn other_title(&mut self, title: &str, own: &[String]) {
        const INDENT: usize = 2;
        let columns = usize::from(self.layout.columns).saturating_sub(INDENT);
        let own: HashSet<&String> = own.iter().collect();
        let whole = Clean::new(title);
        let shown = whole.cut_with(columns, self.layout.glyphs.ellipsis);
        let left_out = letters(whole.as_str()).saturating_sub(letters(shown.as_str()));
        self.cut.push((self.lines.len(), left_out));
        let mut line = Line::new();
        line.push(Clean::new(&" ".repeat(INDENT)), TextRole::Faint);
        for word in shown.as_str().split_inclusive(' ') {
            let is_known = folded(word).is_none_or(|it| own.contains(&it));
            let role = if is_known {
                TextRole::Faint
            } else {
                TextRole::Strong
            };
            line.push(Clean::new(word), role);
        }
        self.lines.push(line);
    }
}

/// The words of a title as they are compared.
fn folded_words(title: &str) -> Vec<String> {
    title.split_whitespace().filter_map(folded).collect()
}

/// A word in lower case and without punctuation; `None` if nothing is left.
fn folded(word: &str) -> Option<String> {
    let letters = word.chars().filter(|letter| letter.is_alphanumeric());
    let word: String = letters.flat_map(char::to_lowercase).collect();
    (!word.is_empty()).then_some(word)
}
