//! Any chain of steps that a file may go through, each of them seen.

use proptest::prelude::*;

use super::*;

/// What happens to a file between two sightings of its library.
#[derive(Clone, Copy, Debug)]
enum Step {
    Move(usize),
    Rename(usize),
    Url(usize),
    Title(usize),
    /// Copied by another publisher, or into another folder.
    Copy(usize, Differs),
    Swap(usize, usize),
    Mark(usize),
}

#[derive(Clone, Copy, Debug)]
enum Differs {
    Nothing,
    Page,
    Title,
}

fn step() -> impl Strategy<Value = Step> {
    let any = 0..64_usize;
    let differs = prop::sample::select(vec![Differs::Nothing, Differs::Page, Differs::Title]);
    prop_oneof![
        any.clone().prop_map(Step::Move),
        any.clone().prop_map(Step::Rename),
        any.clone().prop_map(Step::Url),
        any.clone().prop_map(Step::Title),
        (any.clone(), differs).prop_map(|(at, differs)| Step::Copy(at, differs)),
        (any.clone(), any.clone()).prop_map(|(one, other)| Step::Swap(one, other)),
        any.prop_map(Step::Mark),
    ]
}

/// A library whose files change, and the marks of some of its articles.
struct World {
    /// For each article, where it is and what it says.
    files: Vec<Identity>,
    marks: Vec<Marked>,
    /// For each mark, its article.
    of: Vec<usize>,
    fresh: u64,
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            files: Vec::new(),
            marks: Vec::new(),
            of: Vec::new(),
            fresh: 0,
        };
        for number in 0..8 {
            let (page, words) = (world.fresh(), world.fresh());
            let page = if number % 4 == 0 { 0 } else { page };
            let path = format!("_news/{number}.md");
            world.files.push(article("/site", &path, page, words));
        }
        world
    }

    fn fresh(&mut self) -> u64 {
        self.fresh += 1;
        self.fresh
    }

    fn is_marked(&self, at: usize) -> bool {
        self.of.contains(&at)
    }

    /// Whether another, unmarked file could be taken for this one.
    fn has_double(&self, at: usize) -> bool {
        let file = &self.files[at];
        self.files.iter().enumerate().any(|(other, it)| {
            let is_page = it.page == file.page || file.page.is_none();
            other != at && !self.is_marked(other) && is_page && it.fingerprint == file.fingerprint
        })
    }

    /// Carries out a step, unless the mark could not be followed: see the top of `follow`.
    fn step(&mut self, step: Step) {
        let count = self.files.len();
        let fresh = self.fresh();
        match step {
            Step::Move(at) => {
                let file = &mut self.files[at % count];
                file.path = format!("_archive/{fresh}/{}", file.name());
            }
            Step::Rename(at) if !self.has_double(at % count) => {
                let file = &mut self.files[at % count];
                let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
                file.path = format!("{folder}/{fresh}.md");
            }
            Step::Url(at) => {
                let file = &mut self.files[at % count];
                file.page = file.page.map(|_| fresh);
            }
            Step::Title(at)
                if self.files[at % count].page.is_some() || !self.has_double(at % count) =>
            {
                self.files[at % count].fingerprint = Some(Fingerprint(fresh));
            }
            Step::Copy(at, differs) => {
                let mut copy = self.files[at % count].clone();
                copy.path = format!("_copies/{fresh}.md");
                match differs {
                    Differs::Nothing => {}
                    Differs::Page => copy.page = copy.page.map(|_| fresh),
                    Differs::Title => copy.fingerprint = Some(Fingerprint(fresh)),
                }
                self.files.push(copy);
            }
            Step::Swap(one, other) => self.swap(one % count, other % count),
            Step::Mark(at) if !self.is_marked(at % count) => {
                let second = i64::try_from(fresh).expect("a second");
                self.marks
                    .push(mark(self.files[at % count].clone(), second));
                self.of.push(at % count);
            }
            Step::Rename(_) | Step::Title(_) | Step::Mark(_) => {}
        }
    }

    fn swap(&mut self, one: usize, other: usize) {
        let (a, b) = (&self.files[one], &self.files[other]);
        let are_strangers = a.page != b.page && a.fingerprint != b.fingerprint;
        let differ = a.page != b.page || a.fingerprint != b.fingerprint;
        let are_marked = self.is_marked(one) && self.is_marked(other);
        let have_doubles = self.has_double(one) || self.has_double(other);
        if one != other && !have_doubles && (are_strangers || (differ && are_marked)) {
            let path = self.files[one].path.clone();
            self.files[one].path = std::mem::replace(&mut self.files[other].path, path);
        }
    }

    /// Looks at the library as it is now, and renews what the marks record.
    fn see(&mut self) -> Result<(), TestCaseError> {
        let matches = matched(&self.files, &self.marks);
        prop_assert_eq!(matches.waiting, [0_usize; 0]);
        for (at, follows) in matches.articles.iter().enumerate() {
            let found: Vec<usize> = follows
                .iter()
                .flat_map(|it| std::iter::once(it.mark).chain(it.also.iter().copied()))
                .collect();
            let own = |mark: &usize| self.of[*mark] == at;
            prop_assert!(
                found.iter().all(own),
                "{:?} of {at}: {:?}",
                found,
                self.files
            );
            for mark in found {
                self.marks[mark].renew(&self.files[at]);
            }
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_mark_follows_its_article_through_any_chain_of_single_steps(
        steps in prop::collection::vec(step(), 1..60)
    ) {
        let mut world = World::new();
        for at in [0, 1, 2, 5] {
            world.step(Step::Mark(at));
        }
        for step in steps {
            world.step(step);
            world.see()?;
        }
    }
}
