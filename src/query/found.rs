//! What a query has found. If it asks for bodies, which are not in memory, one part is certain and
//! the other is decided by the files.

use std::path::Path;
use std::sync::Arc;

use roaring::RoaringBitmap;

use super::raw::{Raw, Run};
use super::text::Matcher;
use crate::format::block::{Block, plain};
use crate::format::body::{Markup, body};
use crate::library::{ArticleRef, Bodies, read_shown};
use crate::model::Has;

/// The articles that a query selects.
#[derive(Clone, Debug)]
pub struct Found {
    /// Those selected whatever the bodies say.
    pub certain: RoaringBitmap,
    /// Those that the bodies decide.
    pub open: Option<Open>,
}

/// What is left to decide.
#[derive(Clone, Debug)]
pub struct Open {
    /// The articles whose bodies have to be searched.
    pub candidates: RoaringBitmap,
    rest: Verdict,
    bodies: Arc<Bodies>,
}

/// An expression evaluated as far as possible without bodies.
#[derive(Clone, Debug)]
pub(super) enum Verdict {
    Set(RoaringBitmap),
    Body(Vec<BodyTest>),
    And(Vec<Verdict>),
    Or(Vec<Verdict>),
    /// The set minus the verdict.
    Without(RoaringBitmap, Box<Verdict>),
}

/// What is looked for in bodies.
#[derive(Clone, Debug)]
pub(super) struct BodyTest {
    matcher: Matcher,
    /// Letters that a body has in any case that matches, where that can be told.
    run: Option<Run>,
}

impl BodyTest {
    pub(super) fn new(matcher: Matcher) -> Self {
        let run = match &matcher {
            Matcher::Needle(needle) => Run::longest(&needle.text),
            Matcher::Whole(whole) => Run::longest(whole),
            Matcher::Regex(_) | Matcher::Alike(_) => None,
        };
        Self { matcher, run }
    }

    fn may_be_in(&self, raw: &Raw) -> bool {
        self.run.as_ref().is_none_or(|run| raw.may_say(run))
    }
}

impl Found {
    pub(super) fn certain(set: RoaringBitmap) -> Self {
        Self {
            certain: set,
            open: None,
        }
    }

    /// Makes it from a verdict on the rows in `within`.
    pub(super) fn from_verdict(verdict: Verdict, within: &RoaringBitmap) -> Self {
        if let Verdict::Set(set) = verdict {
            return Self::certain(set);
        }
        let certain = verdict.at_least();
        let candidates = verdict.at_most(within) - &certain;
        Self {
            certain,
            open: Some(Open {
                candidates,
                rest: verdict,
                bodies: Arc::default(),
            }),
        }
    }
}

impl Open {
    /// Whether a candidate is selected, given its plain text.
    pub fn decide(&self, row: u32, text: &str) -> bool {
        let mut folded = String::new();
        self.rest.holds(row, text, &mut folded)
    }

    /// The same, reading its file. A file that cannot be read has no text. Most files are ruled out
    /// by their raw bytes, before their markup is parsed.
    pub fn decide_file(&self, article: ArticleRef<'_>) -> bool {
        let row = article.id().row();
        if !article.has().contains(Has::BODY) {
            return self.decide(row, "");
        }
        let path = article.path();
        match self.bodies.body(article) {
            Some(body) if self.rest.may_be_said(&Raw::new(&body)) => {
                self.decide(row, &plain_text_of(&path, &String::from_utf8_lossy(&body)))
            }
            // Nothing of what is looked for is in a text without words either.
            Some(_) => self.decide(row, ""),
            None => {
                let shown = read_shown(&path);
                let text =
                    shown.map_or_else(|_| String::new(), |shown| plain_text_of(&path, &shown.body));
                self.decide(row, &text)
            }
        }
    }
}

fn plain_text_of(path: &Path, body: &str) -> String {
    plain_text(Markup::from_path(path), body)
}

impl Verdict {
    /// The rows that are selected whatever the bodies say.
    fn at_least(&self) -> RoaringBitmap {
        match self {
            Verdict::Set(set) => set.clone(),
            Verdict::Body(_) => RoaringBitmap::new(),
            Verdict::And(parts) => parts
                .iter()
                .map(Verdict::at_least)
                .reduce(|common, set| common & set)
                .unwrap_or_default(),
            Verdict::Or(parts) => parts
                .iter()
                .map(Verdict::at_least)
                .fold(RoaringBitmap::new(), |union, set| union | set),
            Verdict::Without(set, inner) => set - inner.at_most(set),
        }
    }

    /// The rows of `within` that may be selected.
    fn at_most(&self, within: &RoaringBitmap) -> RoaringBitmap {
        match self {
            Verdict::Set(set) => set & within,
            Verdict::Body(_) => within.clone(),
            Verdict::And(parts) => parts
                .iter()
                .fold(within.clone(), |common, part| part.at_most(&common)),
            Verdict::Or(parts) => parts.iter().fold(RoaringBitmap::new(), |union, part| {
                union | part.at_most(within)
            }),
            Verdict::Without(set, inner) => (set & within) - inner.at_least(),
        }
    }

    /// Whether any of what is looked for in bodies may be in this one.
    fn may_be_said(&self, raw: &Raw) -> bool {
        match self {
            Verdict::Set(_) => false,
            Verdict::Body(any) => any.iter().any(|it| it.may_be_in(raw)),
            Verdict::And(parts) | Verdict::Or(parts) => {
                parts.iter().any(|part| part.may_be_said(raw))
            }
            Verdict::Without(_, inner) => inner.may_be_said(raw),
        }
    }

    fn holds(&self, row: u32, text: &str, folded: &mut String) -> bool {
        match self {
            Verdict::Set(set) => set.contains(row),
            Verdict::Body(any) => any.iter().any(|it| it.matcher.matches(text, folded)),
            Verdict::And(parts) => parts.iter().all(|part| part.holds(row, text, folded)),
            Verdict::Or(parts) => parts.iter().any(|part| part.holds(row, text, folded)),
            Verdict::Without(set, inner) => set.contains(row) && !inner.holds(row, text, folded),
        }
    }
}

/// The words of a body without its markup.
pub fn plain_text(markup: Markup, text: &str) -> String {
    let mut words = String::new();
    gather(&body(markup, text).blocks, &mut words);
    words
}

fn gather(blocks: &[Block], words: &mut String) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => words.push_str(&plain(text)),
            Block::Quote(blocks) => gather(blocks, words),
            Block::List(items) => {
                for item in items {
                    gather(&item.blocks, words);
                }
            }
            Block::Code(code) => words.push_str(code),
            Block::Table { header, rows } => {
                for cell in header.iter().chain(rows.iter().flatten()) {
                    words.push_str(&plain(cell));
                    words.push('\n');
                }
            }
            Block::Image { alt, .. } => words.push_str(alt),
            Block::Rule => {}
        }
        words.push('\n');
    }
}
