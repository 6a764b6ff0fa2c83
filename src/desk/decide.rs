//! Turns wanted values of marks into a decision for the desk. Nothing is stored here.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::bonds::Bonded;
use super::marked::MarkedArticles;
use super::{Marked, NewDecision, Staged, edit};
use crate::library::{ArticleId, ArticleRef, on_threads};
use crate::model::{Identity, MarkChange, MarkField, MarkValue, Standing, Subject};

/// Files read at a time: a cold disk is fastest with many requests.
const READERS: usize = 16;
/// Articles prepared in one batch.
const PART: usize = 4096;

/// A field and the value it should get, the same for every article.
pub type FieldWish = (MarkField, MarkValue);

/// The wishes for one article, completed, and without staging what its site already does.
pub fn wishes_for(article: ArticleRef<'_>, wishes: &[FieldWish], now: Timestamp) -> Vec<FieldWish> {
    let mut wishes = complete(wishes.to_vec());
    for (_, value) in &mut wishes {
        if matches!(value, MarkValue::Staged(Some(to)) if is_published(article, now) == Some(*to)) {
            *value = MarkValue::Staged(None);
        }
    }
    wishes
}

/// Whether an article's site already shows it, or already does not. Scheduled and unsaid are
/// neither.
pub fn is_published(article: ArticleRef<'_>, now: Timestamp) -> Option<bool> {
    match article.publication().at(now) {
        Standing::Published => Some(true),
        Standing::Unpublished | Standing::Expired => Some(false),
        Standing::Scheduled | Standing::Unsaid => None,
    }
}

/// Adds what follows from the wishes: handling an article one way ends the other ways, and a done
/// article has been read. Explicit wishes stay.
pub fn complete(mut wishes: Vec<FieldWish>) -> Vec<FieldWish> {
    let handles = |(field, value): &&FieldWish| field.is_handling() && *value != field.untouched();
    let Some((handled, _)) = wishes.iter().rfind(handles).cloned() else {
        return wishes;
    };
    let others = MarkField::HANDLINGS.into_iter().filter(|it| *it != handled);
    wishes.retain(|(field, _)| *field == handled || !field.is_handling());
    wishes.extend(others.map(|it| {
        let untouched = it.untouched();
        (it, untouched)
    }));
    let says_read = wishes.iter().any(|(field, _)| *field == MarkField::Read);
    if handled == MarkField::Done && !says_read {
        wishes.push((MarkField::Read, MarkValue::Flag(true)));
    }
    wishes
}

/// Finds the journal's subjects for the articles of a library, and what changes in their marks.
pub struct Decider<'a> {
    library: &'a MarkedArticles,
    /// Subjects given to articles here.
    given: HashSet<Subject>,
    drawn: HashMap<ArticleId, Subject>,
    /// The articles decided on.
    about: Vec<(Subject, ArticleId, Identity)>,
}

impl<'a> Decider<'a> {
    pub fn new(library: &'a MarkedArticles) -> Self {
        Self {
            library,
            given: HashSet::new(),
            drawn: HashMap::new(),
            about: Vec::new(),
        }
    }

    /// Adds to a decision the changes that give an article the wanted values. Returns whether there
    /// are any.
    ///
    /// If several marks follow one article, all of them are changed: otherwise a later one would
    /// prevail.
    pub fn add(&mut self, id: ArticleId, wishes: &[FieldWish], decision: &mut NewDecision) -> bool {
        match Prepared::new(self.library, id, wishes.to_vec()) {
            Some(prepared) => {
                self.take(prepared, decision);
                true
            }
            None => false,
        }
    }

    /// The same for many articles, whose files are read in parallel. Returns the articles with
    /// changes.
    pub fn add_all(
        &mut self,
        ids: &[ArticleId],
        wishes: impl Fn(ArticleRef<'_>) -> Vec<FieldWish> + Sync,
        decision: &mut NewDecision,
    ) -> Vec<ArticleId> {
        let library = self.library;
        let prepare = |id: &ArticleId| Prepared::new(library, *id, wishes(library.article(*id)));
        let mut added = Vec::new();
        for part in ids.chunks(PART) {
            for prepared in on_threads(READERS, part, prepare).into_iter().flatten() {
                added.push(prepared.id);
                self.take(prepared, decision);
            }
        }
        added
    }

    /// Adds to a decision the changes that give pairs of articles their bonds.
    pub fn bind(&mut self, bonds: &[Bonded], decision: &mut NewDecision) {
        let mut marks: HashMap<ArticleId, Vec<Marked>> = HashMap::new();
        for ((one, other), _) in bonds {
            for id in [*one, *other] {
                if marks.contains_key(&id) {
                    continue;
                }
                let identity = self.library.identity(id);
                let mut own: Vec<Marked> = self.library.marks_of(id).cloned().collect();
                if own.is_empty() {
                    own.push(Marked::untouched(self.draw(id, &identity)));
                }
                for marked in &own {
                    self.about.push((marked.subject, id, identity.clone()));
                    decision.articles.push((marked.subject, identity.clone()));
                }
                marks.insert(id, own);
            }
        }
        for ((one, other), bond) in bonds {
            for (from, to) in [(one, other), (other, one)] {
                for marked in &marks[from] {
                    let others = marks[to]
                        .iter()
                        .map(|other| MarkField::Story(other.subject));
                    let after = MarkValue::Bond(*bond);
                    decision.changes.extend(others.filter_map(|field| {
                        MarkChange::new(marked.subject, &marked.mark, field, after.clone())
                    }));
                }
            }
        }
    }

    fn take(&mut self, prepared: Prepared, decision: &mut NewDecision) {
        let Prepared {
            id,
            identity,
            mut marks,
            wishes,
        } = prepared;
        if marks.is_empty() {
            marks.push(Marked::untouched(self.draw(id, &identity)));
        }
        for marked in &marks {
            decision.changes.extend(changes(marked, &wishes));
            let subject = marked.subject;
            self.about.push((subject, id, identity.clone()));
            decision.articles.push((subject, identity.clone()));
        }
    }

    /// An article's subjects, with what is staged for each; a new subject if it has none.
    pub fn staged(&mut self, id: ArticleId) -> Vec<(Subject, Staged)> {
        let known = self.library.marks_of(id);
        let known: Vec<_> = known
            .map(|it| (it.subject, Staged::from(&it.mark)))
            .collect();
        if known.is_empty() {
            let now = self.library.identity(id);
            return vec![(self.draw(id, &now), Staged::default())];
        }
        known
    }

    /// What an article is now.
    pub fn identity(&self, id: ArticleId) -> Identity {
        self.library.identity(id)
    }

    /// The articles decided on, by subject.
    pub fn about(self) -> Vec<(Subject, ArticleId, Identity)> {
        self.about
    }

    fn draw(&mut self, id: ArticleId, now: &Identity) -> Subject {
        let Self { library, given, .. } = self;
        let is_taken = |name| given.contains(&name) || library.mark(name).is_some();
        let draw = || now.subject(is_taken);
        let subject = *self.drawn.entry(id).or_insert_with(draw);
        self.given.insert(subject);
        subject
    }
}

/// An article that gets other marks.
struct Prepared {
    id: ArticleId,
    identity: Identity,
    /// Empty if it has none yet.
    marks: Vec<Marked>,
    wishes: Vec<FieldWish>,
}

impl Prepared {
    /// `None` if nothing changes.
    fn new(library: &MarkedArticles, id: ArticleId, wishes: Vec<FieldWish>) -> Option<Self> {
        let marks: Vec<Marked> = library.marks_of(id).cloned().collect();
        let changes_it = |it: &Marked| !changes(it, &wishes).is_empty();
        let is_changed = match marks.is_empty() {
            // Whichever subject it gets.
            true => changes_it(&Marked::untouched(Subject(0))),
            false => marks.iter().any(changes_it),
        };
        is_changed.then(|| Self {
            id,
            identity: library.identity(id),
            marks,
            wishes,
        })
    }
}

/// What changes in a mark. A handling that is overridden by another is not in effect but still set:
/// it is cleared along with that one, or it would come back.
fn changes(marked: &Marked, wishes: &[FieldWish]) -> Vec<MarkChange> {
    let Marked { subject, mark, .. } = marked;
    let change = |(field, value): &FieldWish| {
        let value = match (field, value) {
            (MarkField::Edit(name), MarkValue::Text(more)) => {
                let before = mark.edits.get(name).map_or("", String::as_str);
                MarkValue::Text(edit::joined(before, more))
            }
            _ => value.clone(),
        };
        MarkChange::new(*subject, mark, field.clone(), value)
    };
    let mut changes: Vec<MarkChange> = wishes.iter().filter_map(change).collect();
    if !changes.iter().any(|it| it.field.is_handling()) {
        return changes;
    }
    let is_overridden = |(field, value): &&FieldWish| {
        let was_decided = marked.stamps.iter().any(|(it, _)| it == field);
        field.is_handling()
            && was_decided
            && *value == field.untouched()
            && *value == mark.get(field)
    };
    let overridden = wishes.iter().filter(is_overridden);
    // The desk ignores those that are not set.
    changes.extend(overridden.map(|(field, value)| MarkChange {
        article: *subject,
        field: field.clone(),
        before: value.clone(),
        after: value.clone(),
    }));
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::edit::Asking;
    use crate::library::{Library, ReadDepth, Source, sample_library};
    use crate::model::{ChangeStamp, Mark, TransactionId};

    #[test]
    fn handling_one_way_ends_the_other_ways() {
        let on = MarkValue::Flag(true);
        let off = MarkValue::Flag(false);
        let completed = complete(vec![(MarkField::Done, on.clone())]);
        assert_eq!(
            completed,
            [
                (MarkField::Done, on.clone()),
                (MarkField::Rejected, off.clone()),
                (MarkField::Later, MarkValue::Until(None)),
                (MarkField::Read, on.clone()),
            ]
        );
        let completed = complete(vec![
            (MarkField::Rejected, on.clone()),
            (MarkField::Starred, on.clone()),
        ]);
        assert!(completed.contains(&(MarkField::Done, off.clone())));
        assert!(completed.iter().all(|(field, _)| *field != MarkField::Read));
    }

    #[test]
    fn taking_a_handling_back_says_nothing_of_the_others() {
        let taken_back = vec![(MarkField::Done, MarkValue::Flag(false))];
        assert_eq!(complete(taken_back.clone()), taken_back);
    }

    #[test]
    fn a_handling_that_was_decided_before_is_cleared_with_another() {
        let stamp = ChangeStamp {
            when: Timestamp::UNIX_EPOCH,
            transaction: TransactionId(1),
        };
        let marked = Marked {
            stamps: vec![(MarkField::Later, stamp)],
            ..Marked::untouched(Subject(1))
        };
        let fields = |wish| {
            let changes = changes(&marked, &complete(vec![wish]));
            let fields = changes.into_iter().map(|it| it.field);
            fields.collect::<Vec<MarkField>>()
        };
        let rejected = fields((MarkField::Rejected, MarkValue::Flag(true)));
        assert_eq!(rejected, [MarkField::Rejected, MarkField::Later]);
        let starred = fields((MarkField::Starred, MarkValue::Flag(true)));
        assert_eq!(starred, [MarkField::Starred]);
    }

    #[test]
    fn entries_come_to_those_that_are_staged() {
        let add = |item: &str| Asking::Add(item.to_owned());
        let staged = ("topics".to_owned(), edit::text(&[add("a")]));
        let mark = Mark {
            edits: [staged].into(),
            ..Mark::default()
        };
        let marked = Marked {
            mark,
            ..Marked::untouched(Subject(1))
        };
        let changes = changes(&marked, &[edit::wish("topics", &[add("b")])]);
        let after: Vec<&MarkValue> = changes.iter().map(|it| &it.after).collect();
        let both = edit::text(&[add("a"), add("b")]);
        assert_eq!(after, [&MarkValue::Text(both)]);
    }

    #[test]
    fn an_article_does_not_get_the_subject_of_another() {
        let articles = sample_library().articles().clone();
        let id = ArticleId::from_row(0);
        let with = |marks| MarkedArticles::new(articles.clone(), Source::Sample, marks);
        let taken = with(Vec::new()).identity(id).subject(|_| false);
        let marked = with(vec![Marked::untouched(taken)]);
        let mut decision = NewDecision::default();
        let wish = (MarkField::Starred, MarkValue::Flag(true));
        assert!(Decider::new(&marked).add(id, &[wish], &mut decision));
        assert_ne!(decision.changes[0].article, taken);
    }

    #[test]
    fn what_a_site_does_already_is_not_staged() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        };
        write("hugo.toml", "baseURL = 'https://a.example'\n");
        write("content/bare.md", "---\ntitle: bare\n---\nText.\n");
        write(
            "content/wip.md",
            "---\ntitle: wip\ndraft: true\n---\nText.\n",
        );
        write(
            "content/soon.md",
            "---\ntitle: soon\ndate: 2099-01-01\n---\nText.\n",
        );
        write(
            "content/over.md",
            "---\ntitle: over\nexpiryDate: 2001-01-01\n---\nText.\n",
        );
        let source = Source::new(&[folder.path().to_path_buf()]).expect("a folder");
        let library = Library::load(&source, ReadDepth::List);
        let now = Timestamp::from_second(1_700_000_000).expect("a time");
        let mut so: Vec<(String, Option<bool>)> = library
            .ids()
            .map(|id| library.article(id))
            .map(|article| (article.title().into_owned(), is_published(article, now)))
            .collect();
        so.sort_unstable();
        let so: Vec<_> = so.iter().map(|(title, so)| (&**title, *so)).collect();
        assert_eq!(
            so,
            [
                ("bare", Some(true)),
                ("over", Some(false)),
                ("soon", None),
                ("wip", Some(false)),
            ]
        );
        for (id, to) in library.ids().flat_map(|id| [(id, true), (id, false)]) {
            let article = library.article(id);
            let wished = (MarkField::Publication, MarkValue::Staged(Some(to)));
            let staged = wishes_for(article, std::slice::from_ref(&wished), now);
            let is_so = is_published(article, now) == Some(to);
            assert_eq!(staged.contains(&wished), !is_so, "{}", article.title());
        }
    }
}
