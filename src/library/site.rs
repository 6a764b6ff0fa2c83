//! Finds out which generator makes a site of a folder, and by which rule: from the nearest
//! configuration in or above it, even above the folder that was opened. `format::publication` says
//! what a rule decides.

mod inherited;
mod recognised;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::format::publication::Rule;
use crate::format::{Bare, Categories, Conventions, DateOrder, Headline, Ruling, Words};
use crate::model::{Article, Generator, Has};

/// How many folders up to look for a configuration.
const HIGHEST: usize = 40;

/// The site that a folder belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The folder of its configuration; `None` if there is none.
    pub root: Option<PathBuf>,
    /// The rule, without what sections and folders add.
    pub rule: Rule,
}

/// How the articles of a folder are published, and a fingerprint that changes when that does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderRule {
    pub rule: Rule,
    /// Zero for a folder without a site.
    pub fingerprint: u64,
}

impl FolderRule {
    /// How files under this rule are read.
    pub fn conventions(&self) -> Conventions {
        let generator = self.rule.generator;
        let usual = Conventions::default();
        Conventions {
            dates: match generator {
                Generator::Hugo => DateOrder::Hugo,
                Generator::Jekyll
                | Generator::Zola
                | Generator::Hexo
                | Generator::Docusaurus
                | Generator::Quarto
                | Generator::Astro
                | Generator::Eleventy
                | Generator::Pelican
                | Generator::Quartz
                | Generator::Obsidian
                | Generator::Unknown => usual.dates,
            },
            categories: match generator {
                Generator::Quarto => Categories::AsTopics,
                Generator::Jekyll
                | Generator::Hugo
                | Generator::Zola
                | Generator::Hexo
                | Generator::Docusaurus
                | Generator::Astro
                | Generator::Eleventy
                | Generator::Pelican
                | Generator::Quartz
                | Generator::Obsidian
                | Generator::Unknown => usual.categories,
            },
            words: match generator {
                Generator::Jekyll => Words::Blanks,
                Generator::Hugo
                | Generator::Zola
                | Generator::Hexo
                | Generator::Docusaurus
                | Generator::Quarto
                | Generator::Astro
                | Generator::Eleventy
                | Generator::Pelican
                | Generator::Quartz
                | Generator::Obsidian
                | Generator::Unknown => usual.words,
            },
            bare: match generator {
                Generator::Jekyll | Generator::Zola | Generator::Pelican | Generator::Astro => {
                    Bare::Skipped
                }
                Generator::Hugo
                | Generator::Hexo
                | Generator::Docusaurus
                | Generator::Quarto
                | Generator::Eleventy
                | Generator::Quartz
                | Generator::Obsidian
                | Generator::Unknown => usual.bare,
            },
        }
    }

    /// What the site does with an article in the folder, and why.
    pub fn ruling(&self, article: &Article) -> Ruling {
        Ruling {
            generator: self.rule.generator,
            verdict: self.rule.judge(&article.signals, article.published_at),
        }
    }

    /// Sets what the site would do with an article in the folder.
    pub fn judge(&self, headline: &mut Headline) {
        let signals = std::mem::take(&mut headline.signals);
        let verdict = self.rule.judge(&signals, headline.published_at);
        headline.publication = verdict.publication;
        if signals.names_published {
            headline.has = headline.has | Has::PUBLISHED;
        }
    }
}

/// The sites of folders, each determined once.
#[derive(Debug, Default)]
pub struct Sites {
    /// The generator named for the library, whatever is in its folders.
    named: Option<Generator>,
    sites: Mutex<HashMap<PathBuf, Arc<Site>>>,
    rules: Mutex<HashMap<PathBuf, Arc<FolderRule>>>,
}

impl Sites {
    pub fn new(named: Option<Generator>) -> Self {
        Self {
            named,
            ..Self::default()
        }
    }

    /// The rule for the files of a folder.
    pub fn rule(&self, folder: &Path) -> Arc<FolderRule> {
        if let Some(known) = lock(&self.rules).get(folder) {
            return Arc::clone(known);
        }
        let real = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        let site = self.site_of(&real);
        let mut rule = site.rule.clone();
        let below = match &site.root {
            Some(root) => real.strip_prefix(root).unwrap_or(&real),
            None => &real,
        };
        rule.is_drafts = below.iter().any(|part| part == "_drafts");
        rule.inherited = inherited::by(&site, &real);
        let rule = Arc::new(FolderRule {
            fingerprint: fingerprint(&rule),
            rule,
        });
        lock(&self.rules).insert(folder.to_path_buf(), Arc::clone(&rule));
        rule
    }

    /// The site of a folder.
    pub fn site(&self, folder: &Path) -> Arc<Site> {
        let real = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        self.site_of(&real)
    }

    fn site_of(&self, folder: &Path) -> Arc<Site> {
        if let Some(known) = lock(&self.sites).get(folder) {
            return Arc::clone(known);
        }
        let found = folder.ancestors().take(HIGHEST).find_map(|above| {
            let rule = recognised::in_folder(above, self.named)?;
            let root = Some(above.to_path_buf());
            Some(Site { root, rule })
        });
        let site = Arc::new(found.unwrap_or_else(|| Site {
            root: None,
            rule: Rule {
                generator: self.named.unwrap_or_default(),
                ..Rule::default()
            },
        }));
        lock(&self.sites).insert(folder.to_path_buf(), Arc::clone(&site));
        site
    }
}

/// The generator whose configuration lies in a folder.
pub fn configured_in(folder: &Path) -> Option<Generator> {
    recognised::in_folder(folder, None).map(|rule| rule.generator)
}

/// The folders above a root that say something of its articles: up to that of the configuration of
/// their site, if that lies above.
pub fn folders_above(root: &Path) -> Vec<PathBuf> {
    let site = Sites::default().site(root);
    let Some(top) = site.root.as_deref().filter(|top| *top != root) else {
        return Vec::new();
    };
    let above = root.ancestors().skip(1);
    let above = above.take_while(|it| it.starts_with(top));
    let deeper = [top.join("config"), top.join("config/_default")];
    let deeper = deeper.into_iter().filter(|it| it.is_dir());
    above.map(Path::to_path_buf).chain(deeper).collect()
}

/// Whether a file of this name says something of the articles around it, so that they are judged anew
/// when it changes.
pub fn is_configuration(name: &str) -> bool {
    recognised::is_configuration(name) || inherited::FILES.contains(&name)
}

fn fingerprint(rule: &Rule) -> u64 {
    if *rule == Rule::default() {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    rule.hash(&mut hasher);
    hasher.finish()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
