//! What a query has found. If it asks for bodies, which are not in memory, one part is certain and
//! the files decide the other.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use roaring::RoaringBitmap;
use serde_json::{Map, Value};

use super::meta::FieldTest;
use super::raw::{LetterRun, Raw};
use super::seen::SeenValues;
use super::text::Matcher;
use crate::format::block::{Block, plain};
use crate::format::body::{Markup, body};
use crate::library::{ArticleRef, Bodies, read_article, read_front};
use crate::model::Has;

/// The articles that a query selects.
#[derive(Clone, Debug)]
pub struct Found {
    /// Those selected whatever the bodies say.
    pub certain: RoaringBitmap,
    /// Those that the bodies decide.
    pub open: Option<Undecided>,
}

/// What is left to decide.
#[derive(Clone, Debug)]
pub struct Undecided {
    /// The articles whose bodies have to be searched.
    pub candidates: RoaringBitmap,
    rest: PartialResult,
    bodies: Arc<Bodies>,
    /// The values met in files that were read.
    seen: Arc<Mutex<SeenValues>>,
}

/// An expression evaluated as far as possible without bodies.
#[derive(Clone, Debug)]
pub(super) enum PartialResult {
    Set(RoaringBitmap),
    Body(Vec<BodyTest>),
    Fields(FieldTest),
    And(Vec<PartialResult>),
    Or(Vec<PartialResult>),
    /// The set minus the verdict.
    Without(RoaringBitmap, Box<PartialResult>),
}

impl PartialResult {
    /// The set, or else what still depends on the files.
    pub(super) fn into_set(self) -> Result<RoaringBitmap, Self> {
        match self {
            Self::Set(set) => Ok(set),
            open @ (Self::Body(_)
            | Self::Fields(_)
            | Self::And(_)
            | Self::Or(_)
            | Self::Without(..)) => Err(open),
        }
    }
}

/// What to look for in bodies.
#[derive(Clone, Debug)]
pub(super) struct BodyTest {
    matcher: Matcher,
    /// Letters that every matching body contains: one run of each set.
    runs: Vec<Vec<LetterRun>>,
}

impl BodyTest {
    pub(super) fn new(matcher: Matcher) -> Self {
        let run = |text: &str| LetterRun::longest(text);
        let runs = match &matcher {
            Matcher::Needle(needle) => run(&needle.text).into_iter().map(|it| vec![it]).collect(),
            Matcher::Whole(whole) => run(whole).into_iter().map(|it| vec![it]).collect(),
            Matcher::Regex(regex) => {
                let sets = regex.required.iter();
                sets.map(|any| any.iter().filter_map(|it| run(it)).collect())
                    .collect()
            }
            Matcher::Alike(_) => Vec::new(),
        };
        Self { matcher, runs }
    }

    fn may_be_in(&self, raw: &Raw) -> bool {
        let may_say = |any: &Vec<LetterRun>| any.iter().any(|run| raw.may_say(run));
        self.runs.iter().all(may_say)
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
    pub(super) fn from_verdict(verdict: PartialResult, within: &RoaringBitmap) -> Self {
        if let PartialResult::Set(set) = verdict {
            return Self::certain(set);
        }
        let certain = verdict.at_least();
        let candidates = verdict.at_most(within) - &certain;
        Self {
            certain,
            open: Some(Undecided {
                candidates,
                rest: verdict,
                bodies: Arc::default(),
                seen: Arc::default(),
            }),
        }
    }
}

impl Undecided {
    /// Whether a candidate is selected, given its plain text.
    pub fn decide(&self, row: u32, text: &str) -> bool {
        let mut contents = Contents {
            text: Some(BodyText::Parsed(text.to_owned())),
            ..Contents::default()
        };
        self.rest.holds(row, &mut contents)
    }

    /// The same, reading as much of its file as is needed. A file that cannot be read counts as
    /// empty.
    pub fn decide_file(&self, article: ArticleRef<'_>) -> bool {
        let mut contents = Contents {
            file: Some((article, self)),
            ..Contents::default()
        };
        self.rest.holds(article.id().row(), &mut contents)
    }

    /// The values of the fields asked for, in the files that were read.
    pub fn seen(&self) -> SeenValues {
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// The contents of a file, read when needed.
#[derive(Default)]
struct Contents<'a> {
    file: Option<(ArticleRef<'a>, &'a Undecided)>,
    text: Option<BodyText>,
    fields: Option<Map<String, Value>>,
    /// Buffer to fold text in.
    folded: String,
}

/// A body as far as it has been looked at.
enum BodyText {
    /// Its bytes, and what they reveal before their markup is parsed.
    Bytes(Cow<'static, [u8]>, Raw),
    /// Its words.
    Parsed(String),
}

impl BodyText {
    fn read(article: ArticleRef<'_>, bodies: &Bodies) -> Self {
        if !article.has().contains(Has::BODY) {
            return Self::Parsed(String::new());
        }
        match bodies.body(article) {
            Some(body) => {
                let raw = Raw::new(&body);
                Self::Bytes(body, raw)
            }
            None => {
                let path = article.path();
                let shown = read_article(article);
                Self::Parsed(shown.map_or_else(
                    |_| String::new(),
                    |shown| plain_text(Markup::from_path(&path), &shown.body),
                ))
            }
        }
    }

    /// Its words, parsed now if they were not before.
    fn words(&mut self, markup: Markup) -> &str {
        if let Self::Bytes(body, _) = self {
            *self = Self::Parsed(plain_text(markup, &String::from_utf8_lossy(body)));
        }
        match self {
            Self::Parsed(words) => words,
            Self::Bytes(..) => "",
        }
    }
}

impl Contents<'_> {
    fn has_text(&mut self, any: &[BodyTest]) -> bool {
        let read = || match self.file {
            Some((article, open)) => BodyText::read(article, &open.bodies),
            None => BodyText::Parsed(String::new()),
        };
        let text = self.text.get_or_insert_with(read);
        if let BodyText::Bytes(_, raw) = text
            && !any.iter().any(|it| it.may_be_in(raw))
        {
            return false;
        }
        let path = self.file.map(|(article, _)| article.path());
        let words = text.words(Markup::from_path(&path.unwrap_or_default()));
        any.iter()
            .any(|it| it.matcher.matches(words, &mut self.folded))
    }

    fn has_field(&mut self, test: &FieldTest) -> bool {
        let fields = self.fields.get_or_insert_with(|| {
            let read = self
                .file
                .and_then(|(article, _)| read_front(&article.path()).ok());
            read.unwrap_or_default()
        });
        let mut seen = SeenValues::default();
        let holds = test.holds(fields, &mut self.folded, &mut seen);
        if let Some((_, open)) = self.file {
            let mut all = open.seen.lock().unwrap_or_else(PoisonError::into_inner);
            all.count(seen);
        }
        holds
    }
}

impl PartialResult {
    /// The rows that are selected whatever the bodies say.
    fn at_least(&self) -> RoaringBitmap {
        match self {
            PartialResult::Set(set) => set.clone(),
            PartialResult::Body(_) | PartialResult::Fields(_) => RoaringBitmap::new(),
            PartialResult::And(parts) => parts
                .iter()
                .map(PartialResult::at_least)
                .reduce(|common, set| common & set)
                .unwrap_or_default(),
            PartialResult::Or(parts) => parts
                .iter()
                .map(PartialResult::at_least)
                .fold(RoaringBitmap::new(), |union, set| union | set),
            PartialResult::Without(set, inner) => set - inner.at_most(set),
        }
    }

    /// The rows of `within` that may be selected.
    fn at_most(&self, within: &RoaringBitmap) -> RoaringBitmap {
        match self {
            PartialResult::Set(set) => set & within,
            PartialResult::Body(_) | PartialResult::Fields(_) => within.clone(),
            PartialResult::And(parts) => parts
                .iter()
                .fold(within.clone(), |common, part| part.at_most(&common)),
            PartialResult::Or(parts) => parts.iter().fold(RoaringBitmap::new(), |union, part| {
                union | part.at_most(within)
            }),
            PartialResult::Without(set, inner) => (set & within) - inner.at_least(),
        }
    }

    fn holds(&self, row: u32, file: &mut Contents<'_>) -> bool {
        match self {
            PartialResult::Set(set) => set.contains(row),
            PartialResult::Body(any) => file.has_text(any),
            PartialResult::Fields(test) => file.has_field(test),
            PartialResult::And(parts) => parts.iter().all(|part| part.holds(row, file)),
            PartialResult::Or(parts) => parts.iter().any(|part| part.holds(row, file)),
            PartialResult::Without(set, inner) => set.contains(row) && !inner.holds(row, file),
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
            Block::Code { text, .. } => words.push_str(text),
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
