//! Libraries by name: their folders, and their own views.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Config;
use super::views::ViewTable;
use crate::format::SiteOverrides;
use crate::format::overrides::OneOrMore;

/// A library with a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedLibrary {
    pub name: String,
    pub roots: Vec<PathBuf>,
    /// Its own views: names and queries.
    pub views: Vec<(String, String)>,
    /// Names of views that it hides.
    pub hidden_views: Vec<String>,
    /// What the configuration says about its site.
    pub overrides: SiteOverrides,
}

/// The table of libraries in file order.
#[derive(Default, Deserialize)]
#[serde(try_from = "toml::Table")]
pub(super) struct LibraryTable(pub(super) Vec<(String, Library)>);

impl TryFrom<toml::Table> for LibraryTable {
    type Error = toml::de::Error;

    fn try_from(table: toml::Table) -> Result<Self, Self::Error> {
        let each = table
            .into_iter()
            .map(|(name, library)| Ok((name, library.try_into()?)));
        Ok(Self(each.collect::<Result<_, _>>()?))
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Library {
    pub(super) roots: Vec<String>,
    pub(super) views: ViewTable,
    pub(super) generator: Option<String>,
    pub(super) fields: BTreeMap<String, OneOrMore>,
}

impl Config {
    /// The library with this name, ignoring case.
    pub fn library_named(&self, name: &str) -> Option<&NamedLibrary> {
        let name = name.to_lowercase();
        let mut libraries = self.libraries.iter();
        libraries.find(|it| it.name.to_lowercase() == name)
    }

    /// Where saved pages go: this folder, or the folder of this file. It is the first root of the
    /// library with the name that is open, or else of the default one.
    pub fn root_of_pages(&self, opened: Option<&str>) -> Option<&Path> {
        let open = opened.and_then(|name| self.library_named(name));
        let root = open.and_then(|it| it.roots.first());
        root.map(PathBuf::as_path).or_else(|| self.first_root())
    }

    /// What the configuration says about the library that all of these paths belong to.
    pub fn overrides_of(&self, paths: &[PathBuf]) -> SiteOverrides {
        let real = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
        let paths: Vec<PathBuf> = paths.iter().map(real).collect();
        let is_below = |library: &&NamedLibrary| {
            let roots: Vec<PathBuf> = library.roots.iter().map(real).collect();
            let mut paths = paths.iter();
            paths.all(|path| roots.iter().any(|root| path.starts_with(root)))
        };
        let found = self.libraries.iter().find(is_below);
        found.map_or_else(SiteOverrides::default, |it| it.overrides.clone())
    }

    /// The configuration for whoever opens the library with this name: its own views come first,
    /// and replace others of the same name.
    #[must_use]
    pub fn opening(mut self, name: &str) -> Self {
        let Some(library) = self.library_named(name).cloned() else {
            return self;
        };
        let is_own = |name: &str| library.views.iter().any(|(own, _)| own == name);
        self.views.retain(|(name, _)| !is_own(name));
        self.hidden_views.retain(|name| !is_own(name));
        self.views.splice(0..0, library.views.clone());
        let hidden = &library.hidden_views;
        self.views.retain(|(name, _)| !hidden.contains(name));
        self.hidden_views.extend(library.hidden_views);
        self.opened = Some(library.name);
        self
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::XdgEnvironment;
    use crate::format::{AddedName, FieldRole};
    use crate::model::Generator;

    #[test]
    fn the_views_of_the_library_that_is_opened_come_first() {
        let text = "[views]\nA = \"a\"\nB = \"b\"\nC = \"c\"\n\
                    [libraries.Site]\nroots = [\"/site\"]\n\
                    [libraries.Site.views]\nB = \"own\"\nD = \"d\"\nC = false\nInbox = false\n";
        let config = Config::parse(text, Path::new("c.toml"), &XdgEnvironment::default());
        let config = config.expect("a configuration");
        let names = |config: &Config| -> Vec<String> {
            let views = config.views.iter();
            views
                .map(|(name, query)| format!("{name}={query}"))
                .collect()
        };
        assert_eq!(names(&config), ["A=a", "B=b", "C=c"]);
        assert_eq!(config.opened, None);
        let config = config.opening("site");
        assert_eq!(names(&config), ["B=own", "D=d", "A=a"]);
        assert_eq!(config.opened.as_deref(), Some("Site"));
        assert_eq!(config.hidden_views, ["C", "Inbox"]);
        assert_eq!(config.clone().opening("nowhere"), config);
    }

    #[test]
    fn what_is_said_of_a_library_holds_for_all_below_its_roots() {
        let text = "[libraries.z]\nroots = [\"/z\"]\n[libraries.Site]\nroots = [\"/site\", \"/b\"]\n\
                    generator = \"hugo\"\n[libraries.Site.fields]\ntopics = [\"labels\"]\n";
        let config = Config::parse(text, Path::new("c.toml"), &XdgEnvironment::default());
        let config = config.expect("a configuration");
        let said = |paths: &[&str]| {
            let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            config.overrides_of(&paths)
        };
        let site = SiteOverrides {
            generator: Some(Generator::Hugo),
            names: [AddedName::new("labels", FieldRole::Topics)].into(),
        };
        assert_eq!(said(&["/site", "/b/posts/a.md"]), site);
        for paths in [&["/site", "/elsewhere"][..], &["/z"], &["/sites"]] {
            assert_eq!(said(paths), SiteOverrides::default(), "{paths:?}");
        }
    }
}
