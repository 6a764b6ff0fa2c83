//! Circles of files within a layer: files that need each other can only be understood together. A
//! module and the modules inside it count as one and may use each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::mentions::{Mention, module_of};

/// A source: its path under `src/`, with `/`, and what it names.
pub struct Source {
    pub file: String,
    pub mentions: Vec<Mention>,
}

/// Every circle within a layer, as the shortest way around it: `a.rs -> b.rs -> a.rs`.
pub fn circles(sources: &[Source]) -> Vec<String> {
    let graph = Graph::new(sources);
    let mut found = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for source in sources {
        let file = source.file.as_str();
        if seen.contains(file) {
            continue;
        }
        if let Some(way) = graph.way_back(file) {
            seen.extend(way.iter().copied());
            found.push(way.join(" -> "));
        }
    }
    found
}

/// Which file uses which others of its layer.
struct Graph<'a> {
    uses: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Graph<'a> {
    fn new(sources: &'a [Source]) -> Self {
        let modules = Modules::new(sources);
        let uses = sources.iter().map(|source| {
            let own = module_of(&source.file);
            let used = source
                .mentions
                .iter()
                .filter(|mention| !mention.in_tests)
                .filter_map(|mention| modules.file_of(&own, mention))
                .filter(|file| {
                    let other = module_of(file);
                    other.first() == own.first()
                        && !other.starts_with(&own)
                        && !own.starts_with(&other)
                });
            (source.file.as_str(), used.collect())
        });
        Self {
            uses: uses.collect(),
        }
    }

    /// The shortest way from a file back to itself.
    fn way_back(&self, start: &'a str) -> Option<Vec<&'a str>> {
        let mut ways = std::collections::VecDeque::from([vec![start]]);
        let mut seen = BTreeSet::new();
        while let Some(way) = ways.pop_front() {
            let last = *way.last()?;
            for next in self.uses.get(last)? {
                let longer = [way.as_slice(), &[next]].concat();
                if *next == start {
                    return Some(longer);
                }
                if seen.insert(*next) {
                    ways.push_back(longer);
                }
            }
        }
        None
    }
}

type Module = Vec<String>;

/// The modules that are files, and what they re-export from modules inside them.
struct Modules<'a> {
    files: BTreeMap<Module, &'a str>,
    /// A name as reached through a module, and the module that defines it.
    handed_on: BTreeMap<(Module, String), Module>,
}

impl<'a> Modules<'a> {
    fn new(sources: &'a [Source]) -> Self {
        let files = sources
            .iter()
            .map(|source| (module_of(&source.file), source.file.as_str()));
        let mut modules = Self {
            files: files.collect(),
            handed_on: BTreeMap::new(),
        };
        for source in sources {
            let own = module_of(&source.file);
            for mention in source.mentions.iter().filter(|it| !it.in_tests) {
                let inner = modules.longest(&[own.as_slice(), &mention.path].concat());
                let name = mention.alias.as_ref().or(mention.path.last());
                let (Some(inner), Some(name)) = (inner, name) else {
                    continue;
                };
                let depth = inner.len() - own.len().min(inner.len());
                if depth > 0 && mention.path.len() > depth {
                    modules.handed_on.insert((own.clone(), name.clone()), inner);
                }
            }
        }
        modules
    }

    /// The longest prefix of a path that is a module with a file.
    fn longest(&self, path: &[String]) -> Option<Module> {
        (1..=path.len())
            .rev()
            .map(|end| path[..end].to_vec())
            .find(|module| self.files.contains_key(module))
    }

    /// The file that defines what a module mentions.
    fn file_of(&self, own: &[String], mention: &Mention) -> Option<&'a str> {
        let path = match mention.path.split_first() {
            Some((root, path)) if root == "crate" => path.to_vec(),
            _ => [own, &mention.path].concat(),
        };
        let mut module = self.longest(&path)?;
        while let Some(name) = path.get(module.len())
            && let Some(inner) = self.handed_on.get(&(module.clone(), name.clone()))
            && *inner != module
        {
            module = inner.clone();
        }
        self.files.get(&module).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mentions::mentions;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let sources: Vec<Source> = files
            .iter()
            .map(|(file, text)| Source {
                file: (*file).to_owned(),
                mentions: mentions(file, text).expect("Rust"),
            })
            .collect();
        circles(&sources)
    }

    #[test]
    fn files_that_use_each_other_are_a_circle() {
        let circle = [
            ("query/a.rs", "use super::b::B;"),
            ("query/b.rs", "fn f() { crate::query::c::g() }"),
            ("query/c.rs", "use crate::query::{a, d};"),
            ("query/d.rs", ""),
        ];
        assert_eq!(
            found(&circle),
            ["query/a.rs -> query/b.rs -> query/c.rs -> query/a.rs"]
        );
        assert_eq!(found(&circle[1..]), [""; 0]);
    }

    #[test]
    fn what_a_module_hands_on_belongs_to_the_file_that_has_it() {
        let circle = [
            (
                "query/mod.rs",
                "mod a; mod b; pub use a::A; use b::{C as B, f}; struct C;",
            ),
            ("query/a.rs", "use super::B;"),
            ("query/b.rs", "use crate::query::A;"),
        ];
        assert_eq!(found(&circle), ["query/a.rs -> query/b.rs -> query/a.rs"]);
        let none = [circle[0], ("query/a.rs", "use super::C;"), circle[2]];
        assert_eq!(found(&none), [""; 0]);
    }

    #[test]
    fn a_module_and_those_inside_it_are_one_thing() {
        assert_eq!(
            found(&[
                ("library/mod.rs", "mod scan; pub struct Id; use scan::Scan;"),
                (
                    "library/scan/mod.rs",
                    "mod walk; use super::Id; use walk::W;"
                ),
                (
                    "library/scan/walk.rs",
                    "use super::Scan; use super::super::Id;"
                ),
            ]),
            [""; 0]
        );
    }

    #[test]
    fn tests_and_other_layers_are_no_part_of_a_circle() {
        assert_eq!(
            found(&[
                (
                    "query/a.rs",
                    "#[cfg(test)] mod tests { use super::super::b; }"
                ),
                ("query/b.rs", "use super::a;"),
                ("desk/c.rs", "use crate::query::b;"),
            ]),
            [""; 0]
        );
    }
}
