//! Finds out which generator builds a site from a folder, and by which rule: from the nearest
//! configuration in or above it, even above the folder that was opened. `format::publication`
//! implements the rules.

mod authors;
mod inherited;
mod memo;
pub mod own;
mod recognised;

use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use authors::Authors;
use memo::Memo;

use crate::format::lossy::lossy;
use crate::format::publication::{FolderPlace, Rule};
use crate::format::{
    AddedName, Bare, Categories, Conventions, DateOrder, Headline, Languages, ListSeparator,
    Ruling, SiteOverrides,
};
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
    /// The languages named in its configuration, if there are several.
    pub languages: Vec<String>,
    /// What the person configured about it, in `newsdesk.toml` or the configuration.
    pub overrides: SiteOverrides,
}

impl Site {
    /// What its generator takes the files of a folder for, which is given from the site's root.
    fn place(&self, folder: &Path) -> FolderPlace {
        const APART: FolderPlace = FolderPlace::LeftOut("the name of its folder begins with _");
        let mut parts = folder.iter().map(OsStr::to_string_lossy);
        let is_apart = |part: &str| part.starts_with('_');
        match self.rule.generator {
            Generator::Jekyll => {
                let place = match parts.by_ref().find(|part| is_apart(part)).as_deref() {
                    None => FolderPlace::Pages,
                    Some("_posts") => FolderPlace::Posts,
                    Some(_) => FolderPlace::Any,
                };
                match parts.any(|part| is_apart(&part)) {
                    true => APART,
                    false => place,
                }
            }
            Generator::Astro | Generator::Docusaurus | Generator::Quarto => {
                match parts.any(|part| is_apart(&part)) {
                    true => APART,
                    false => FolderPlace::Any,
                }
            }
            Generator::Hugo
            | Generator::Zola
            | Generator::Hexo
            | Generator::Eleventy
            | Generator::Pelican
            | Generator::Quartz
            | Generator::Obsidian
            | Generator::Unknown => FolderPlace::Any,
        }
    }
}

/// How the articles of a folder are published, and a fingerprint that changes with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderRule {
    pub rule: Rule,
    conventions: Conventions,
    authors: Arc<Authors>,
    /// Zero for a folder without a site.
    pub fingerprint: u64,
}

impl FolderRule {
    /// How files under this rule are read.
    pub fn conventions(&self) -> &Conventions {
        &self.conventions
    }

    /// Replaces author ids of the site with names.
    pub fn name_authors(&self, authors: &mut [String]) {
        authors::name(authors, &self.authors);
    }

    /// What the site does with an article in the folder, in a file with this name, and why.
    pub fn ruling(&self, name: &OsStr, article: &Article) -> Ruling {
        let name = lossy(name.as_encoded_bytes());
        let verdict = self
            .rule
            .judge_file(&name, &article.signals, article.published_at);
        Ruling {
            generator: self.rule.generator,
            verdict,
        }
    }

    /// Sets what the site would do with an article in the folder, in a file with this name.
    pub fn judge(&self, name: &OsStr, headline: &mut Headline) {
        let signals = std::mem::take(&mut headline.signals);
        let name = lossy(name.as_encoded_bytes());
        let verdict = self.rule.judge_file(&name, &signals, headline.published_at);
        headline.publication = verdict.publication;
        self.name_authors(&mut headline.authors);
        if signals.names_published {
            headline.has = headline.has | Has::PUBLISHED;
        }
    }
}

/// A site's rule, and the languages named in its configuration.
type Recognised = (Rule, Vec<String>);

/// The sites of folders in one library, each determined once, under the same overrides.
#[derive(Debug, Default)]
pub struct Sites {
    sites: Memo<PathBuf, Arc<Site>>,
    rules: Memo<PathBuf, Arc<FolderRule>>,
    authors: Memo<PathBuf, Arc<Authors>>,
    /// What is in the folders above others: each is above many, and dozens of names are looked for.
    own: Memo<PathBuf, Option<SiteOverrides>>,
    recognised: Memo<(PathBuf, Option<Generator>), Option<Recognised>>,
}

impl Sites {
    /// The rule for the files of a folder, in a library with these `overrides`.
    pub fn rule(&self, folder: &Path, overrides: &SiteOverrides) -> Arc<FolderRule> {
        let find = || self.find_rule(folder, overrides);
        self.rules.get(folder.to_path_buf(), find)
    }

    fn find_rule(&self, folder: &Path, overrides: &SiteOverrides) -> Arc<FolderRule> {
        let (real, site) = self.found(folder, overrides);
        let mut rule = site.rule.clone();
        let below = match &site.root {
            Some(root) => real.strip_prefix(root).unwrap_or(&real),
            None => &real,
        };
        rule.is_drafts = below.iter().any(|part| part == "_drafts");
        rule.place = site.place(below);
        rule.inherited = inherited::by(&site, &real);
        rule.inherited_dates = inherited::dates(&site, &real);
        let names = Arc::clone(&site.overrides.names);
        let parts = below.iter().filter_map(OsStr::to_str);
        let language = |part: &str| {
            site.languages
                .iter()
                .find(|it| it.eq_ignore_ascii_case(part))
        };
        let languages = Arc::new(Languages {
            of_folder: parts.filter_map(language).next_back().cloned(),
            of_site: site.languages.clone(),
        });
        let top = site.root.clone().unwrap_or_else(|| real.clone());
        let authors = self.authors(&real, &top);
        Arc::new(FolderRule {
            fingerprint: fingerprint(&rule, &names, &languages, &authors),
            conventions: conventions(rule.generator, names, languages),
            rule,
            authors,
        })
    }

    /// The authors listed in the nearest folder on the way up to `top`.
    fn authors(&self, folder: &Path, top: &Path) -> Arc<Authors> {
        self.authors.get(folder.to_path_buf(), || {
            let above = folder.parent().filter(|_| folder != top);
            match (authors::in_folder(folder), above) {
                (Some(authors), _) => Arc::new(authors),
                (None, Some(above)) => self.authors(above, top),
                (None, None) => Arc::default(),
            }
        })
    }

    /// The site of a folder, in a library with these `overrides`.
    pub fn site(&self, folder: &Path, overrides: &SiteOverrides) -> Arc<Site> {
        self.found(folder, overrides).1
    }

    /// The site that a folder is in, and the folder's path there. Links may lead into a site, or out of one
    /// that has them built all the same: if it is in none as its path is written, the links count.
    fn found(&self, folder: &Path, overrides: &SiteOverrides) -> (PathBuf, Arc<Site>) {
        let written = written_out(folder);
        let site = self.site_of(&written, overrides);
        if site.root.is_none()
            && site.overrides == *overrides
            && let Ok(real) = written.canonicalize()
            && real != written
        {
            let site = self.site_of(&real, overrides);
            return (real, site);
        }
        (written, site)
    }

    fn site_of(&self, folder: &Path, overrides: &SiteOverrides) -> Arc<Site> {
        self.sites
            .get(folder.to_path_buf(), || self.find_site(folder, overrides))
    }

    fn find_site(&self, folder: &Path, overrides: &SiteOverrides) -> Arc<Site> {
        let above = || folder.ancestors().take(HIGHEST);
        let told = above().find_map(|it| Some((it, self.own_in(it, folder)?)));
        let (own_folder, own) = told.unzip();
        let overrides = overrides.before(&own.unwrap_or_default());
        let named = overrides.generator;
        let found = above().find_map(|it| Some((it, self.recognised_in(it, named, folder)?)));
        Arc::new(match found {
            Some((root, (rule, languages))) => Site {
                root: Some(root.to_path_buf()),
                rule,
                languages,
                overrides,
            },
            None => Site {
                root: named.and(own_folder).map(Path::to_path_buf),
                rule: Rule {
                    generator: named.unwrap_or_default(),
                    ..Rule::default()
                },
                languages: Vec::new(),
                overrides,
            },
        })
    }

    /// [`own::in_folder`] of a folder that is, or is above, `asked`.
    fn own_in(&self, folder: &Path, asked: &Path) -> Option<SiteOverrides> {
        let find = || own::in_folder(folder);
        match folder == asked {
            true => find(),
            false => self.own.get(folder.to_path_buf(), find),
        }
    }

    /// [`recognised::in_folder`] of a folder that is, or is above, `asked`.
    fn recognised_in(
        &self,
        folder: &Path,
        named: Option<Generator>,
        asked: &Path,
    ) -> Option<Recognised> {
        let find = || recognised::in_folder(folder, named);
        match folder == asked {
            true => find(),
            false => self.recognised.get((folder.to_path_buf(), named), find),
        }
    }
}

/// The absolute path of a folder, which is empty for the current one.
fn written_out(folder: &Path) -> PathBuf {
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let has_parent = folder.components().any(|it| it == Component::ParentDir);
    let path = match has_parent {
        // What `..` means depends on the links before it.
        true => folder.canonicalize(),
        false => std::path::absolute(folder),
    };
    path.unwrap_or_else(|_| folder.to_path_buf())
}

/// The generator whose configuration is in a folder.
pub fn configured_in(folder: &Path) -> Option<Generator> {
    recognised::in_folder(folder, None).map(|(rule, _)| rule.generator)
}

/// The folders above a root that affect its articles: those up to the site's configuration, if that is
/// above the root.
pub fn folders_above(root: &Path, overrides: &SiteOverrides) -> Vec<PathBuf> {
    let site = Sites::default().site(root, overrides);
    let Some(top) = site.root.as_deref().filter(|top| *top != root) else {
        return Vec::new();
    };
    let above = root.ancestors().skip(1);
    let above = above.take_while(|it| it.starts_with(top));
    let deeper = [top.join("config"), top.join("config/_default")];
    let deeper = deeper.into_iter().filter(|it| it.is_dir());
    above.map(Path::to_path_buf).chain(deeper).collect()
}

/// Whether a file of this name affects the articles around it, so that they must be judged again when
/// it changes.
pub fn is_configuration(name: &str) -> bool {
    name == own::NAME
        || authors::is_of_authors(name)
        || recognised::is_configuration(name)
        || inherited::FILES.contains(&name)
}

/// How a generator's files are read.
fn conventions(
    generator: Generator,
    names: Arc<[AddedName]>,
    languages: Arc<Languages>,
) -> Conventions {
    let usual = Conventions {
        names,
        languages,
        ..Conventions::default()
    };
    match generator {
        Generator::Hugo => Conventions {
            dates: DateOrder::Hugo,
            ..usual
        },
        Generator::Quarto => Conventions {
            categories: Categories::AsTopics,
            ..usual
        },
        Generator::Jekyll => Conventions {
            words: ListSeparator::Blanks,
            bare: Bare::Skipped,
            ..usual
        },
        Generator::Zola | Generator::Pelican | Generator::Astro => Conventions {
            bare: Bare::Skipped,
            ..usual
        },
        Generator::Hexo
        | Generator::Docusaurus
        | Generator::Eleventy
        | Generator::Quartz
        | Generator::Obsidian
        | Generator::Unknown => usual,
    }
}

fn fingerprint(rule: &Rule, names: &[AddedName], languages: &Languages, authors: &Authors) -> u64 {
    let is_plain = *rule == Rule::default()
        && names.is_empty()
        && *languages == Languages::default()
        && authors.is_empty();
    if is_plain {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    (rule, names, languages, authors).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
