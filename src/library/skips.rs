//! Decides what is skipped before it is opened, because of its name or where it leads. [`Skip`]
//! lists the reasons.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs::FileType;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::site;
use crate::format::{Container, SiteOverrides};
use crate::model::{Generator, Skip};

/// A root, as it was named and as the system spells it.
#[derive(Clone, Copy)]
pub struct Root<'a> {
    pub named: &'a Path,
    pub real: &'a Path,
    pub overrides: &'a Arc<SiteOverrides>,
}

/// Something met below a root.
#[derive(Clone, Copy)]
pub struct FoundPath<'a> {
    pub path: &'a Path,
    pub name: &'a OsStr,
    /// For a link, the type of its target.
    pub kind: FileType,
    pub link: LinkKind,
}

/// How something is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// Directly.
    No,
    /// By a symbolic link.
    Symbolic,
}

impl FoundPath<'_> {
    /// Why it is skipped, if it is.
    pub fn skip(&self, root: Root<'_>) -> Option<Skip> {
        // Anything further down has a longer path; comparing lengths is much faster than comparing
        // paths.
        let is_below = self.path.as_os_str().len() > root.named.as_os_str().len() + 1;
        let text = self.name.to_str();
        if is_below || self.path != root.named {
            if let Some(skip) = by_name(self.name).or_else(|| self.of_a_site(text?)) {
                return Some(skip);
            }
            if self.link == LinkKind::Symbolic
                && let Some(skip) = self.skipped_link(root)
            {
                return Some(skip);
            }
        }
        // A folder may have any name, even that of an article.
        if self.kind.is_dir() {
            return None;
        }
        if !self.kind.is_file() {
            return Some(Skip::NotRegular);
        }
        let name = text.map_or_else(|| self.name.to_string_lossy(), Cow::Borrowed);
        Container::from_name(&name)
            .is_none()
            .then_some(Skip::OtherKind)
    }

    /// Parts of a site that are not articles.
    fn of_a_site(&self, name: &str) -> Option<Skip> {
        const FOLDERS: [&str; 5] = [
            "_layouts",
            "_includes",
            "_partials",
            "node_modules",
            "_site",
        ];
        /// Folders that are skipped only beside the configuration of a generator.
        const BESIDE: [&str; 4] = ["themes", "layouts", "public", "resources"];
        const DATA: [&str; 6] = [
            site::own::NAME,
            "_config.yml",
            "_config.yaml",
            "_quarto.yml",
            "_quarto.yaml",
            "_metadata.yml",
        ];
        if self.kind.is_dir() {
            return match name {
                "_data" => Some(Skip::SiteData),
                _ if FOLDERS.contains(&name) => Some(Skip::SiteFolder),
                _ if BESIDE.contains(&name) => self.is_beside_a_configuration(),
                _ => None,
            };
        }
        DATA.contains(&name).then_some(Skip::SiteData)
    }

    /// Collections of notes have folders with these names too, full of notes.
    fn is_beside_a_configuration(&self) -> Option<Skip> {
        let generator = site::configured_in(self.path.parent()?)?;
        (generator != Generator::Obsidian).then_some(Skip::SiteFolder)
    }

    /// Links are followed within the root. A folder is not reached through two nested links: links
    /// to one another would multiply endlessly.
    fn skipped_link(&self, root: Root<'_>) -> Option<Skip> {
        let target = match self.path.canonicalize() {
            Ok(target) => target,
            Err(error) => return Some(leads_nowhere(&error)),
        };
        if !target.starts_with(root.real) {
            return Some(Skip::LinkOutside);
        }
        let parent = self.path.parent()?;
        let below = parent.strip_prefix(root.named).ok()?;
        let through_a_link = parent.canonicalize().ok()? != root.real.join(below);
        (self.kind.is_dir() && through_a_link).then_some(Skip::LinkLoop)
    }
}

/// Why a link that the system cannot follow is skipped.
pub fn leads_nowhere(error: &io::Error) -> Skip {
    if is_loop(error) {
        Skip::LinkLoop
    } else {
        Skip::LinkBroken
    }
}

/// Whether a link leads to itself, directly or through others.
pub fn is_loop(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

/// Hidden files, and what editors leave behind (Emacs, Vim, and most others' `.tmp`).
pub fn by_name(name: &OsStr) -> Option<Skip> {
    match name.as_encoded_bytes() {
        [.., b'~']
        | [.., b'.', b's', b'w', b'p' | b'o' | b'x']
        | [.., b'.', b't', b'm', b'p']
        | b"4913"
        | [b'#', .., b'#'] => Some(Skip::EditorTemporary),
        [b'.', ..] => Some(Skip::Hidden),
        _ => None,
    }
}
