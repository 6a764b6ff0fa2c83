//! From what is wanted of articles to a decision for the desk. Nothing is kept here.

use std::collections::{HashMap, HashSet};

use super::Decision;
use super::marked::MarkedArticles;
use crate::library::ArticleId;
use crate::model::{Change, Field, Identity, Mark, Subject, Value};

/// What a field is to say, of every article alike.
pub type Wish = (Field, Value);

/// Names the articles of a library for the journal, and finds what changes of their marks.
pub struct Decider<'a> {
    library: &'a MarkedArticles,
    /// The names that cannot be given to an article any more.
    taken: HashSet<Subject>,
    drawn: HashMap<ArticleId, Subject>,
    /// What decisions were made about.
    about: Vec<(Subject, ArticleId, Identity)>,
}

impl<'a> Decider<'a> {
    pub fn new(library: &'a MarkedArticles) -> Self {
        Self {
            library,
            taken: library.marks().iter().map(|it| it.subject).collect(),
            drawn: HashMap::new(),
            about: Vec::new(),
        }
    }

    /// Adds to a decision what makes an article say what is wanted. Answers whether that is
    /// anything.
    ///
    /// Where several marks follow one article, all of them come to say it: the later of them would
    /// hold otherwise.
    pub fn add(&mut self, id: ArticleId, wishes: &[Wish], decision: &mut Decision) -> bool {
        let marks = self.library.marks_of(id);
        let mut marks: Vec<(Subject, Mark)> =
            marks.map(|it| (it.subject, it.mark.clone())).collect();
        if marks.is_empty() {
            let untouched = |(field, value): &Wish| field.untouched() == *value;
            if wishes.iter().all(untouched) {
                return false;
            }
            marks.push((self.draw(id), Mark::default()));
        }
        let before = decision.changes.len();
        for (subject, mark) in &marks {
            let changes = wishes.iter().filter_map(|(field, value)| {
                Change::of(*subject, mark, field.clone(), value.clone())
            });
            decision.changes.extend(changes);
        }
        if decision.changes.len() == before {
            return false;
        }
        let identity = self.library.identity(id);
        for (subject, _) in &marks {
            self.about.push((*subject, id, identity.clone()));
            decision.articles.push((*subject, identity.clone()));
        }
        true
    }

    /// The names of an article that was marked, or has got one here.
    pub fn subjects(&self, id: ArticleId) -> impl Iterator<Item = Subject> {
        let known = self.library.marks_of(id).map(|it| it.subject);
        known.chain(self.drawn.get(&id).copied())
    }

    /// The articles that decisions were made about, by the names that the journal has for them.
    pub fn about(self) -> Vec<(Subject, ArticleId, Identity)> {
        self.about
    }

    fn draw(&mut self, id: ArticleId) -> Subject {
        let Self { library, taken, .. } = self;
        let draw = || library.identity(id).subject(|name| taken.contains(&name));
        let subject = *self.drawn.entry(id).or_insert_with(draw);
        self.taken.insert(subject);
        subject
    }
}
