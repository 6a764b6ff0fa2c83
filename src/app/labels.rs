//! Labels on the links of the screen: a letter or two each, to be typed. What is visible where, and
//! what typing leads to, is decided elsewhere.

use crate::format::link::{Link, LinkTarget};
use crate::library::ArticleId;

/// The letters of labels, the easiest to type first.
const LETTERS: &str = "fjdksalghrueiwoytncmvbxpzq";

/// A link on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenLink {
    pub place: LinkPlace,
    pub words: String,
    /// As written; empty if it leads nowhere but to an article of the library.
    pub url: String,
    pub lead: Lead,
}

/// Where a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPlace {
    /// In a line of the page, after this many columns.
    Text { line: usize, column: usize },
    /// A related entry, counted from the first.
    Related(usize),
}

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// An article of the library.
    Article(ArticleId),
    /// The other end of a footnote: a line of the page.
    Line(usize),
    /// A page on the web, or nothing that can be opened.
    Outside,
}

/// A link, and the letters that stand for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub letters: String,
    pub link: SeenLink,
}

impl SeenLink {
    /// Where it leads, in a word or two: the host of a page.
    pub fn whither(&self) -> String {
        match (self.lead, LinkTarget::parse(&self.url)) {
            (Lead::Article(_), _) => "in this library".to_owned(),
            (Lead::Line(_), _) => "a footnote".to_owned(),
            (Lead::Outside, LinkTarget::Page(link)) => link.host().to_owned(),
            (Lead::Outside, LinkTarget::File(_)) => "not in this library".to_owned(),
            (Lead::Outside, LinkTarget::Unfit(_)) => "cannot be opened".to_owned(),
        }
    }

    /// What to know before opening it.
    pub fn warning(&self) -> Option<String> {
        match self.lead {
            Lead::Article(_) | Lead::Line(_) => None,
            Lead::Outside => Link::parse(&self.url).ok()?.warning(),
        }
    }
}

/// The labels of a screen, and the letters typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    all: Vec<Label>,
    typed: String,
}

/// What a typed letter means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelTyped {
    /// This link.
    Link(SeenLink),
    /// More than one; another letter says which.
    Several,
    /// None. The letters are those that no label begins with.
    None(String),
}

impl Labels {
    /// Gives each link its letters, in order: one letter if there are enough of them, otherwise
    /// two. `is_taken` says which letters do something else. More links than there are pairs of
    /// letters get none.
    pub fn new(links: Vec<SeenLink>, is_taken: impl Fn(char) -> bool) -> Self {
        let names = names(links.len(), is_taken);
        let all = names.into_iter().zip(links);
        Self {
            all: all.map(|(letters, link)| Label { letters, link }).collect(),
            typed: String::new(),
        }
    }

    /// The labels that begin with the letters typed.
    pub fn left(&self) -> impl Iterator<Item = &Label> {
        let all = self.all.iter();
        all.filter(|it| it.letters.starts_with(&self.typed))
    }

    /// Whether these are the links that have labels.
    pub fn are_on(&self, links: &[SeenLink]) -> bool {
        let labelled = self.all.iter().map(|it| &it.link);
        labelled.eq(links.iter().take(self.all.len()))
    }

    /// Takes a letter.
    pub fn push(&mut self, letter: char) -> LabelTyped {
        self.typed.push(letter);
        let Some(first) = self.left().next() else {
            let typed = self.typed.clone();
            self.typed.pop();
            return LabelTyped::None(typed);
        };
        match first.letters == self.typed {
            true => LabelTyped::Link(first.link.clone()),
            false => LabelTyped::Several,
        }
    }

    /// Removes the last letter.
    pub fn pop(&mut self) {
        self.typed.pop();
    }
}

fn names(count: usize, is_taken: impl Fn(char) -> bool) -> Vec<String> {
    let letters: Vec<char> = LETTERS.chars().filter(|it| !is_taken(*it)).collect();
    let single = letters.iter().map(char::to_string);
    let pairs = letters
        .iter()
        .flat_map(|first| letters.iter().map(move |second| format!("{first}{second}")));
    match count > letters.len() {
        true => pairs.collect(),
        false => single.collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn links(count: usize) -> Vec<SeenLink> {
        let link = |at: usize| SeenLink {
            place: LinkPlace::Related(at),
            words: String::new(),
            url: format!("https://{at}.example/"),
            lead: Lead::Outside,
        };
        (0..count).map(link).collect()
    }

    #[test]
    fn no_label_begins_another_and_none_has_a_letter_of_a_command() {
        for count in [0, 1, 24, 25, 300] {
            let labels = Labels::new(links(count), |it| ['y', 's', 'f'].contains(&it));
            let names: BTreeSet<&str> = labels.left().map(|it| it.letters.as_str()).collect();
            assert_eq!(names.len(), count, "each its own");
            let lengths: BTreeSet<usize> = names.iter().map(|it| it.len()).collect();
            assert!(lengths.len() <= 1, "{lengths:?}");
            assert!(!names.iter().any(|it| it.contains(['y', 's', 'f'])));
        }
    }

    #[test]
    fn few_links_have_one_letter_and_no_more_are_labelled_than_there_are_letters_for() {
        let first = |count| names(count, |_| false)[0].clone();
        assert_eq!((first(26).as_str(), first(27).as_str()), ("f", "ff"));
        let most = Labels::new(links(10_000), |_| false);
        assert_eq!(most.left().count(), 26 * 26);
        assert!(most.are_on(&links(10_000)) && !most.are_on(&links(500)));
    }

    #[test]
    fn letters_narrow_and_a_wrong_one_changes_nothing() {
        let mut labels = Labels::new(links(30), |_| false);
        assert_eq!(labels.push('j'), LabelTyped::Several);
        assert_eq!(labels.left().count(), 4, "the second letter of 30 = 26 + 4");
        assert_eq!(labels.push('z'), LabelTyped::None("jz".into()));
        let LabelTyped::Link(found) = labels.push('f') else {
            panic!("a label typed whole");
        };
        assert_eq!(found.url, "https://26.example/");
        let mut labels = Labels::new(links(30), |_| false);
        labels.push('j');
        labels.pop();
        assert_eq!(labels.left().count(), 30);
    }

    #[test]
    fn the_host_is_the_one_that_would_be_asked() {
        let whither = |url: &str, lead| {
            let [mut link] = <[SeenLink; 1]>::try_from(links(1)).expect("one");
            (link.url, link.lead) = (url.to_owned(), lead);
            (link.whither(), link.warning().is_some())
        };
        let outside = |url| whither(url, Lead::Outside);
        assert_eq!(
            outside("https://bank.example@evil.example/"),
            ("evil.example".into(), true)
        );
        assert!(!outside("https://a.example/x").1);
        assert_eq!(outside("./second.md").0, "not in this library");
        assert_eq!(outside("javascript:x()").0, "cannot be opened");
        assert_eq!(whither("#1", Lead::Line(3)).0, "a footnote");
    }
}
