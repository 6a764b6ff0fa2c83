//! The folder of a site that a machine fills: what can happen to its files, and where each article
//! is by now.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::Rng as _;
use proptest::test_runner::TestRng;

/// The test's name for an article, which stays no matter what happens to its file.
pub type Number = usize;

/// Number of articles at the start.
const ARTICLES: usize = 1_500;

/// The articles of a site.
pub struct Site {
    root: PathBuf,
    articles: Vec<Article>,
    fresh: usize,
}

struct Article {
    path: PathBuf,
    url: String,
    title: String,
    provider: usize,
    published: bool,
    secured: u64,
}

/// What has happened, and to which article.
pub type Event = (&'static str, Number);

impl Site {
    pub fn new(root: &Path) -> Self {
        let mut site = Self {
            root: root.to_path_buf(),
            articles: Vec::new(),
            fresh: 0,
        };
        for _ in 0..ARTICLES {
            let fresh = site.fresh();
            site.add(Article {
                path: root.join(format!(
                    "_news/2026-11-{:02}-story-{fresh}.md",
                    fresh % 30 + 1
                )),
                url: format!("https://example.org/{fresh}/"),
                title: format!("Story {fresh}"),
                provider: fresh % 20,
                published: fresh.is_multiple_of(3),
                secured: 0,
            });
        }
        site
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where an article is.
    pub fn path(&self, number: Number) -> PathBuf {
        self.articles[number].path.clone()
    }

    pub fn any(&self, random: &mut TestRng) -> Number {
        (random.next_u64() % self.articles.len() as u64) as usize
    }

    /// Lets something happen to a file that has not been `touched` yet: what happens to a file at
    /// once is a single event. Records which paths have changed.
    pub fn happen(
        &mut self,
        random: &mut TestRng,
        touched: &mut BTreeSet<Number>,
        changed: &mut BTreeSet<PathBuf>,
    ) -> Event {
        let number = self.any(random);
        if !touched.insert(number) {
            return ("left", number);
        }
        let fresh = self.fresh();
        let before = self.path(number);
        let article = &mut self.articles[number];
        let event = match random.next_u64() % 10 {
            0..4 => {
                article.secured = random.next_u64();
                ("secured", number)
            }
            4 | 5 => {
                article.published = !article.published;
                ("published", number)
            }
            6 => {
                let name = before.file_name().expect("a name");
                let (year, month) = (fresh % 9, fresh % 12);
                article.path = self
                    .root
                    .join(format!("_archive/{year}/{month}"))
                    .join(name);
                ("archived", number)
            }
            7 => {
                article.url = format!("https://example.org/{fresh}/corrected/");
                ("corrected", number)
            }
            8 => {
                article
                    .path
                    .set_file_name(format!("2026-11-30-named-{fresh}.md"));
                ("renamed", number)
            }
            _ => {
                let copy = self.copy(number, fresh);
                changed.insert(copy.path.clone());
                let to = self.add(copy);
                touched.insert(to);
                return ("copied", number);
            }
        };
        let after = self.path(number);
        if after != before {
            fs::create_dir_all(after.parent().expect("a folder")).expect("a folder");
            fs::rename(&before, &after).expect("a move");
        } else {
            self.write(number);
        }
        changed.extend([before, after]);
        event
    }

    /// The same words at another URL, by another publisher.
    fn copy(&self, number: Number, fresh: usize) -> Article {
        let from = &self.articles[number];
        Article {
            path: self.root.join(format!("_news/2026-11-29-copy-{fresh}.md")),
            url: format!("https://copies.example/{fresh}"),
            title: from.title.clone(),
            provider: from.provider + 1,
            published: false,
            secured: 0,
        }
    }

    fn add(&mut self, article: Article) -> Number {
        self.articles.push(article);
        let number = self.articles.len() - 1;
        self.write(number);
        number
    }

    /// Writes the file as most machines do: a new one that replaces it.
    fn write(&self, number: Number) {
        let article = &self.articles[number];
        let folder = article.path.parent().expect("a folder");
        fs::create_dir_all(folder).expect("a folder");
        let Article {
            url,
            title,
            provider,
            published,
            secured,
            ..
        } = article;
        let text = format!(
            "---\ntitle: {title}\nexcerpt: What {title} is about\noriginalUrl: {url}\n\
             publishedDateTime: 2026-11-{:02}T08:00:00Z\npublished: {published}\n\
             provider:\n  name: Publisher {provider}\ntopics:\n  - Topic {}\n\
             secured: \"{secured:016x}\"\n---\nThe text of {title}.\n",
            number % 30 + 1,
            number % 12,
        );
        let beside = folder.join(format!(".{number}.new"));
        fs::write(&beside, text).expect("a file");
        fs::rename(&beside, &article.path).expect("its place");
    }

    fn fresh(&mut self) -> usize {
        self.fresh += 1;
        self.fresh
    }
}
