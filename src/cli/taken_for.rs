//! Says in a sentence what a folder was recognised as: which generator's site, and what was found
//! in it. What is wrong with its files is not reported here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::format::SiteOverrides;
use crate::library::site::Sites;
use crate::library::{Library, SAMPLE_ROOT, Source, folder_of, undotted};
use crate::model::{Generator, Skip, Standing};

/// A folder of at least this many files without an article was probably not meant.
const MANY: usize = 5;

/// One line per root.
pub fn lines(library: &Library, source: &Source) -> Vec<String> {
    match source {
        Source::Sample => vec![line(
            library,
            Path::new(SAMPLE_ROOT),
            "Sample library",
            Sections::None,
        )],
        Source::Roots(roots, overrides) => roots
            .iter()
            .map(|root| of_root(library, root, overrides))
            .collect(),
    }
}

fn of_root(library: &Library, root: &Path, overrides: &SiteOverrides) -> String {
    let rule = &Sites::default().rule(folder_of(root), overrides).rule;
    let (what, sections) = match rule.generator {
        Generator::Unknown => ("Folder of files".to_owned(), Sections::None),
        it @ (Generator::Hugo | Generator::Zola) => (format!("{it} site"), Sections::Counted),
        it @ (Generator::Obsidian | Generator::Quartz) => (format!("{it} vault"), Sections::None),
        it @ (Generator::Jekyll
        | Generator::Hexo
        | Generator::Docusaurus
        | Generator::Quarto
        | Generator::Astro
        | Generator::Eleventy
        | Generator::Pelican) => (format!("{it} site"), Sections::None),
    };
    line(library, undotted(root), &what, sections)
}

/// Whether files named `_index.md` are sections.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sections {
    None,
    Counted,
}

fn line(library: &Library, root: &Path, what: &str, sections: Sections) -> String {
    let now = Timestamp::now();
    let mut folders = BTreeSet::new();
    let mut standings: BTreeMap<Standing, usize> = BTreeMap::new();
    let (mut articles, mut drafts) = (0, 0);
    for id in library.ids() {
        let article = library.article(id);
        let path = article.path();
        if !path.starts_with(root) {
            continue;
        }
        articles += 1;
        folders.insert(path.parent().unwrap_or(Path::new("")).to_path_buf());
        let publication = article.publication();
        if publication.is_draft {
            drafts += 1;
        } else {
            *standings.entry(publication.at(now)).or_default() += 1;
        }
    }
    let common = common(&folders);
    let below = common.as_deref().and_then(|it| it.strip_prefix(root).ok());
    let place = below.filter(|it| !it.as_os_str().is_empty());
    let place = place.map_or(String::new(), |it| format!(" in {}", it.display()));
    let mut parts = vec![format!(
        "{}{place}",
        counted(articles, "article", "articles")
    )];
    if sections == Sections::Counted {
        let is_section = |path: &Path| path.starts_with(root) && path.ends_with("_index.md");
        let count = library
            .skipped()
            .filter(|(path, _)| is_section(path))
            .count();
        parts.extend((count > 0).then(|| counted(count, "section", "sections")));
    }
    parts.extend((drafts > 0).then(|| counted(drafts, "draft", "drafts")));
    for standing in [
        Standing::Unpublished,
        Standing::Scheduled,
        Standing::Expired,
    ] {
        let count = standings.get(&standing).copied().unwrap_or_default();
        parts.extend((count > 0).then(|| format!("{count} {standing}")));
    }
    format!("{what}: {}", parts.join(", "))
}

/// The deepest folder that contains all of these.
fn common(folders: &BTreeSet<PathBuf>) -> Option<PathBuf> {
    let (first, last) = (folders.first()?, folders.last()?);
    let same = first.iter().zip(last.iter()).take_while(|(a, b)| a == b);
    Some(same.map(|(part, _)| part).collect())
}

fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// Says why there is no article among many files, and what is likely to help.
pub fn nothing_found(library: &Library) -> Option<String> {
    let tally = library.tally();
    if tally.articles > 0 || tally.files < MANY {
        return None;
    }
    if tally.errors * 2 > tally.files {
        let (errors, files) = (tally.errors, tally.files);
        return Some(format!(
            "no articles among {files} files; {errors} could not be read: fix the first one, and see whether the others have the same problem"
        ));
    }
    let mut reasons: BTreeMap<Skip, usize> = BTreeMap::new();
    for (_, skip) in library.skipped() {
        *reasons.entry(skip).or_default() += 1;
    }
    let (skip, count) = reasons.into_iter().max_by_key(|(_, count)| *count)?;
    let remedy = match skip {
        Skip::NoFrontMatter => {
            "start each article with a title and a date between two lines of ---"
        }
        Skip::NotAnArticle => "give each article a date, a link or some text",
        Skip::LinkOutside => "open the folder that the files are in",
        Skip::Hidden
        | Skip::EditorTemporary
        | Skip::OtherKind
        | Skip::NotRegular
        | Skip::LinkBroken
        | Skip::LinkLoop
        | Skip::Section
        | Skip::Template
        | Skip::Script
        | Skip::SiteFolder
        | Skip::SiteData => "open the folder that the articles are in",
    };
    Some(format!(
        "no articles among {} files; {count} were skipped ({}): {remedy}",
        tally.files,
        skip.reason()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deepest_common_folder() {
        let of = |paths: &[&str]| common(&paths.iter().map(PathBuf::from).collect());
        assert_eq!(of(&["a/b/c", "a/b/d"]), Some(PathBuf::from("a/b")));
        assert_eq!(of(&["a/b", "a/bc"]), Some(PathBuf::from("a")));
        assert_eq!(of(&["a"]), Some(PathBuf::from("a")));
        assert_eq!(of(&[]), None);
    }
}
