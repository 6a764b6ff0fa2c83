//! Recognises the configuration of a generator in one folder. Parses TOML, YAML and JSON; searches
//! programs as text for the few words that matter.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde_yaml::Value;

use crate::format::publication::Rule;
use crate::format::settings::{LONGEST, SiteSettings};
use crate::model::Generator;

/// Names of configuration files, and how each identifies the generator.
const NAMES: &[(&str, Source)] = &[
    ("hugo.toml", Source::Values(Generator::Hugo)),
    ("hugo.yaml", Source::Values(Generator::Hugo)),
    ("hugo.yml", Source::Values(Generator::Hugo)),
    ("hugo.json", Source::Values(Generator::Hugo)),
    ("zola.toml", Source::Values(Generator::Zola)),
    ("config.toml", Source::HugoOrZola),
    ("config.yaml", Source::HugoOrZola),
    ("config.yml", Source::HugoOrZola),
    ("config.json", Source::HugoOrZola),
    ("config/_default/hugo.toml", Source::Values(Generator::Hugo)),
    ("config/_default/hugo.yaml", Source::Values(Generator::Hugo)),
    ("config/_default/hugo.yml", Source::Values(Generator::Hugo)),
    ("config/_default/config.toml", Source::HugoOrZola),
    ("config/_default/config.yaml", Source::HugoOrZola),
    ("config/_default/config.yml", Source::HugoOrZola),
    ("_config.yml", Source::JekyllOrHexo),
    ("_config.yaml", Source::JekyllOrHexo),
    ("_config.toml", Source::JekyllOrHexo),
    (
        "docusaurus.config.js",
        Source::Program(Generator::Docusaurus),
    ),
    (
        "docusaurus.config.ts",
        Source::Program(Generator::Docusaurus),
    ),
    (
        "docusaurus.config.mjs",
        Source::Program(Generator::Docusaurus),
    ),
    (
        "docusaurus.config.cjs",
        Source::Program(Generator::Docusaurus),
    ),
    (
        "docusaurus.config.mts",
        Source::Program(Generator::Docusaurus),
    ),
    ("astro.config.mjs", Source::Program(Generator::Astro)),
    ("astro.config.ts", Source::Program(Generator::Astro)),
    ("astro.config.js", Source::Program(Generator::Astro)),
    ("astro.config.cjs", Source::Program(Generator::Astro)),
    ("astro.config.mts", Source::Program(Generator::Astro)),
    ("eleventy.config.js", Source::Program(Generator::Eleventy)),
    ("eleventy.config.mjs", Source::Program(Generator::Eleventy)),
    ("eleventy.config.cjs", Source::Program(Generator::Eleventy)),
    ("eleventy.config.ts", Source::Program(Generator::Eleventy)),
    (".eleventy.js", Source::Program(Generator::Eleventy)),
    ("_quarto.yml", Source::Values(Generator::Quarto)),
    ("_quarto.yaml", Source::Values(Generator::Quarto)),
    ("pelicanconf.py", Source::Program(Generator::Pelican)),
    ("quartz.config.ts", Source::Program(Generator::Quartz)),
    ("quartz.config.yaml", Source::Values(Generator::Quartz)),
    (".obsidian", Source::Folder(Generator::Obsidian)),
];

/// How a file name identifies the generator.
#[derive(Clone, Copy)]
enum Source {
    Values(Generator),
    HugoOrZola,
    JekyllOrHexo,
    Program(Generator),
    Folder(Generator),
}

/// Fields of a `config.*` that only Hugo knows.
const HUGO: &[&str] = &[
    "baseURL",
    "languageCode",
    "buildDrafts",
    "buildFuture",
    "contentDir",
    "publishDir",
    "permalinks",
    "markup",
    "module",
    "params",
    "menu",
    "defaultContentLanguage",
    "paginate",
    "pagination",
    "taxonomies",
];

/// Fields of a `_config.yml` that only Hexo knows.
const HEXO: &[&str] = &[
    "new_post_name",
    "render_drafts",
    "post_asset_folder",
    "skip_render",
    "public_dir",
    "source_dir",
    "titlecase",
    "default_layout",
    "index_generator",
    "filename_case",
];

/// Fields of a `_config.yml` that only Jekyll knows.
const JEKYLL: &[&str] = &[
    "markdown",
    "kramdown",
    "plugins",
    "gems",
    "collections",
    "collections_dir",
    "defaults",
    "baseurl",
    "permalink",
    "exclude",
    "include",
    "highlighter",
    "sass",
    "remote_theme",
    "paginate_path",
    "show_drafts",
    "future",
    "unpublished",
    "incremental",
    "liquid",
    "whitelist",
    "safe",
    "destination",
    "jekyll-archives",
    "feed",
    "theme",
];

/// Files and folders found beside the configuration of a Jekyll site.
const BESIDE_JEKYLL: &[&str] = &["_posts", "_layouts", "_includes", "Gemfile"];

/// The rule and languages of the site whose configuration is in a folder; for the generator `named`
/// if given.
pub fn in_folder(folder: &Path, named: Option<Generator>) -> Option<(Rule, Vec<String>)> {
    NAMES.iter().find_map(|(name, source)| {
        let rule = source.rule(folder, name, named)?;
        Some((rule, source.languages(folder, name)))
    })
}

/// Whether a configuration file has this name.
pub fn is_configuration(name: &str) -> bool {
    NAMES.iter().any(|(known, _)| *known == name)
}

impl Source {
    /// The languages named in a configuration.
    fn languages(self, folder: &Path, name: &str) -> Vec<String> {
        let Some(text) = text(&folder.join(name)) else {
            return Vec::new();
        };
        match self {
            Self::Values(_) | Self::HugoOrZola | Self::JekyllOrHexo => {
                languages(&SiteSettings::parse(name, &text))
            }
            Self::Program(Generator::Docusaurus) => locales(&text),
            Self::Program(_) | Self::Folder(_) => Vec::new(),
        }
    }

    fn rule(self, folder: &Path, name: &str, named: Option<Generator>) -> Option<Rule> {
        let path = folder.join(name);
        if let Self::Folder(generator) = self {
            let is_it = path.is_dir() && named.is_none_or(|it| it == generator);
            return is_it.then(|| plain(generator));
        }
        let text = text(&path)?;
        match self {
            Self::Values(generator) => of_values(generator, &SiteSettings::parse(name, &text)),
            Self::HugoOrZola => {
                let settings = SiteSettings::parse(name, &text);
                // Hugo's keys ignore case, so only the one with an underscore is Zola's.
                let generator = if settings.has_any(&["base_url"]) {
                    Generator::Zola
                } else if settings.has_any(HUGO) {
                    Generator::Hugo
                } else {
                    named?
                };
                of_values(generator, &settings)
            }
            Self::JekyllOrHexo => {
                let settings = SiteSettings::parse(name, &text);
                let generator = if settings.has_any(HEXO) {
                    Generator::Hexo
                } else if settings.has_any(JEKYLL) || is_beside(folder, BESIDE_JEKYLL) {
                    Generator::Jekyll
                } else {
                    named?
                };
                of_values(generator, &settings)
            }
            Self::Program(generator) => Some(of_program(generator, folder, &text)),
            Self::Folder(_) => None,
        }
        .filter(|rule| named.is_none_or(|it| it == rule.generator))
    }
}

fn plain(generator: Generator) -> Rule {
    Rule {
        generator,
        ..Rule::default()
    }
}

fn of_values(generator: Generator, settings: &SiteSettings) -> Option<Rule> {
    let is_set = |name| settings.flag(name) == Some(true);
    let rule = plain(generator);
    Some(match generator {
        Generator::Jekyll => Rule {
            shows_future: is_set("future"),
            shows_drafts: is_set("show_drafts"),
            ..rule
        },
        Generator::Hexo => Rule {
            shows_future: settings.flag("future") != Some(false),
            shows_drafts: is_set("render_drafts"),
            ..rule
        },
        Generator::Hugo => Rule {
            shows_future: is_set("buildFuture"),
            shows_expired: is_set("buildExpired"),
            shows_drafts: is_set("buildDrafts"),
            ..rule
        },
        Generator::Quarto => Rule {
            shows_drafts: draft_mode(settings) == Some("visible"),
            ..rule
        },
        Generator::Zola
        | Generator::Docusaurus
        | Generator::Astro
        | Generator::Eleventy
        | Generator::Pelican
        | Generator::Quartz
        | Generator::Obsidian
        | Generator::Unknown => rule,
    })
}

/// The languages of Hugo and Zola, which are tables, and of Jekyll plugins and Hexo, which are
/// lists; and the default one.
fn languages(settings: &SiteSettings) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let several = ["languages", "language"].iter().find_map(|name| {
        Some(match settings.get(name)? {
            Value::Mapping(tables) => tables.keys().filter_map(text).collect::<Vec<_>>(),
            Value::Sequence(list) => list.iter().filter_map(text).collect(),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Tagged(_) => return None,
        })
    });
    let default = ["defaultContentLanguage", "default_language", "default_lang"];
    let default = default.iter().find_map(|name| text(settings.get(name)?));
    several.into_iter().flatten().chain(default).collect()
}

/// The languages in Docusaurus's `locales: ['en', 'de']`.
fn locales(program: &str) -> Vec<String> {
    let list = program.split_once("locales").and_then(|(_, rest)| {
        let rest = rest.trim_start().strip_prefix(':')?.trim_start();
        rest.strip_prefix('[')?.split_once(']')
    });
    let words = list.map_or("", |(list, _)| list).split(',');
    let words = words.map(|word| word.trim().trim_matches(['\'', '"', '`']));
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Quarto's `website: draft-mode:`.
fn draft_mode(settings: &SiteSettings) -> Option<&str> {
    let inner = settings
        .get("website")
        .and_then(|website| website.get("draft-mode"));
    inner.or_else(|| settings.get("draft-mode"))?.as_str()
}

fn of_program(generator: Generator, folder: &Path, program: &str) -> Rule {
    let code: String = program
        .lines()
        .filter(|line| !line.trim_start().starts_with("//") && !line.trim_start().starts_with('#'))
        .collect::<Vec<_>>()
        .join("\n");
    let rule = plain(generator);
    match generator {
        // https://docs.getpelican.com/en/latest/settings.html: on unless turned off.
        Generator::Pelican => Rule {
            shows_future: !says(&code, "WITH_FUTURE_DATES", "False"),
            ..rule
        },
        Generator::Quartz => Rule {
            is_opt_in: code.contains("ExplicitPublish"),
            ..rule
        },
        Generator::Astro => Rule {
            knows_draft: [
                "src/content.config.ts",
                "src/content/config.ts",
                "src/content.config.mjs",
            ]
            .iter()
            .any(|name| text(&folder.join(name)).is_some_and(|it| it.contains("draft"))),
            ..rule
        },
        Generator::Eleventy => Rule {
            knows_draft: code.contains("draft"),
            ..rule
        },
        Generator::Jekyll
        | Generator::Hugo
        | Generator::Zola
        | Generator::Hexo
        | Generator::Docusaurus
        | Generator::Quarto
        | Generator::Obsidian
        | Generator::Unknown => rule,
    }
}

/// Whether a program sets a name to a value.
fn says(code: &str, name: &str, value: &str) -> bool {
    code.lines()
        .filter_map(|line| line.trim().strip_prefix(name)?.trim().strip_prefix('='))
        .any(|it| it.trim().starts_with(value))
}

fn is_beside(folder: &Path, names: &[&str]) -> bool {
    names.iter().any(|name| folder.join(name).exists())
}

/// The contents of a regular file, up to a limit.
pub fn text(path: &Path) -> Option<String> {
    if !std::fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    file.take(LONGEST as u64 + 1).read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    Some(text.trim_start_matches('\u{feff}').to_owned())
}
