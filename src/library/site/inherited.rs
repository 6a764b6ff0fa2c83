//! What files of a site set for all articles below them: sections in Hugo and Zola, folder metadata
//! in Quarto, and the configuration in Jekyll and Hugo. What an article sets itself is handled
//! elsewhere.

use std::path::Path;

use serde_yaml::Value;

use super::Site;
use super::recognised::text;
use crate::format::Container;
use crate::format::date;
use crate::format::publication::{Inherited, InheritedDates};
use crate::format::settings::SiteSettings;
use crate::model::{Generator, Moment};

/// The files that apply to everything below.
pub const FILES: [&str; 5] = [
    "_index.md",
    "_index.html",
    "_metadata.yml",
    "_metadata.yaml",
    "_quarto.yml",
];

/// What applies in a folder of a site, from the nearest file that sets something, looking upwards.
pub fn by(site: &Site, folder: &Path) -> Option<Inherited> {
    let root = site.root.as_deref()?;
    let mut above = folder.ancestors().take_while(|it| it.starts_with(root));
    match site.rule.generator {
        Generator::Hugo => above
            .find_map(|folder| said_in(folder, root, &SECTIONS, cascade))
            .or_else(|| said_in(root, root, &HUGO, cascade)),
        // A draft section takes all its pages with it, whatever they say.
        Generator::Zola => above
            .find_map(|folder| said_in(folder, root, &SECTIONS[..1], draft))
            .map(|said| Inherited {
                may_be_overridden: false,
                ..said
            }),
        Generator::Quarto => above.find_map(|folder| said_in(folder, root, &FILES[2..], draft)),
        Generator::Jekyll => defaults(root, folder.strip_prefix(root).ok()?),
        Generator::Hexo
        | Generator::Docusaurus
        | Generator::Astro
        | Generator::Eleventy
        | Generator::Pelican
        | Generator::Quartz
        | Generator::Obsidian
        | Generator::Unknown => None,
    }
}

/// Hugo's files of sections, and its configuration, which may cascade too.
const SECTIONS: [&str; 2] = ["_index.md", "_index.html"];
const HUGO: [&str; 6] = [
    "hugo.toml",
    "hugo.yaml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.json",
];

/// The dates that Hugo's sections hand down, each from the nearest file.
pub fn dates(site: &Site, folder: &Path) -> InheritedDates {
    let mut dates = InheritedDates::default();
    let Some(root) = site.root.as_deref() else {
        return dates;
    };
    if site.rule.generator != Generator::Hugo {
        return dates;
    }
    let above = folder.ancestors().take_while(|it| it.starts_with(root));
    let sections = above.flat_map(|folder| SECTIONS.map(|name| folder.join(name)));
    for path in sections.chain(HUGO.map(|name| root.join(name))) {
        let Some(settings) = settings(&path) else {
            continue;
        };
        let fields = for_all(&settings);
        let said = |names: &[&str]| {
            let values = fields
                .iter()
                .flat_map(|fields| names.iter().map(|it| field(fields, it)));
            values.flatten().find_map(moment)
        };
        let mut take = |place: fn(&mut InheritedDates) -> &mut Option<Moment>, names: &[&str]| {
            if let (None, Some(found)) = (*place(&mut dates), said(names)) {
                *place(&mut dates) = Some(found);
                let shown = path.strip_prefix(root).unwrap_or(&path).display();
                dates.said = format!("cascade of {} in {shown}", names[0]);
            }
        };
        take(|it| &mut it.date, &["date"]);
        take(
            |it| &mut it.publish_at,
            &["publishDate", "pubdate", "published"],
        );
        take(|it| &mut it.expire_at, &["expiryDate", "unpublishdate"]);
    }
    dates
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
fn moment(value: &Value) -> Option<Moment> {
    match value {
        Value::String(text) => date::parse(text),
        // A date of TOML.
        Value::Mapping(inner) => date::parse(inner.values().next()?.as_str()?),
        _ => None,
    }
}

/// What is cascaded to all pages, not only to those that a target names.
fn for_all(settings: &SiteSettings) -> Vec<&Value> {
    let each = match settings.get("cascade") {
        Some(Value::Sequence(each)) => each.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    each.into_iter().filter(|it| !has_target(it)).collect()
}

fn has_target(fields: &Value) -> bool {
    ["target", "_target"]
        .iter()
        .any(|name| fields.get(name).is_some())
}

/// The value of a field, whose name ignores case.
fn field<'v>(fields: &'v Value, name: &str) -> Option<&'v Value> {
    let mut fields = fields.as_mapping()?.iter();
    let is_it = |key: &Value| key.as_str().is_some_and(|it| it.eq_ignore_ascii_case(name));
    fields.find(|(key, _)| is_it(key)).map(|(_, value)| value)
}

/// What Jekyll's `defaults` set for the documents of a folder, given from the site's root: the
/// longest path counts, then the type.
fn defaults(root: &Path, folder: &Path) -> Option<Inherited> {
    let name = ["_config.yml", "_config.yaml", "_config.toml"]
        .into_iter()
        .find(|name| root.join(name).is_file())?;
    let settings = settings(&root.join(name))?;
    let parts: Vec<_> = folder.iter().map(|it| it.to_string_lossy()).collect();
    let kind = match parts.iter().find_map(|part| part.strip_prefix('_')) {
        _ if parts.iter().any(|it| it == "_drafts") => "drafts",
        Some(collection) => collection,
        None => "pages",
    };
    let text = |scope: Option<&Value>, key: &str| {
        let text = scope.and_then(|it| it.get(key)).and_then(Value::as_str);
        text.unwrap_or_default().trim_matches('/').to_owned()
    };
    let set = |default: &Value| {
        let scope = default.get("scope");
        let (path, of) = (text(scope, "path"), text(scope, "type"));
        let shows = default.get("values")?.get("published")?.as_bool()?;
        let has_pattern = path.contains('*');
        let is_above = path.is_empty() || has_pattern || folder.starts_with(&path);
        let is_of = of.is_empty() || of == kind;
        (is_above && is_of).then_some(((path.len(), of.len()), (!has_pattern).then_some(shows)))
    };
    let all = settings.get("defaults")?.as_sequence()?;
    let (_, shows) = all.iter().filter_map(set).max_by_key(|(rank, _)| *rank)?;
    (shows != Some(true)).then(|| Inherited {
        said: format!("published in the defaults of {name}"),
        may_be_overridden: true,
        shows,
    })
}

/// The key that decides for files below, and its value; `None` if the value is unclear.
type Decided = (&'static str, Option<bool>);

/// What the first matching file in a folder sets.
fn said_in(
    folder: &Path,
    root: &Path,
    names: &[&str],
    read: fn(&SiteSettings) -> Option<Decided>,
) -> Option<Inherited> {
    names.iter().find_map(|name| {
        let path = folder.join(name);
        let settings = settings(&path)?;
        let (said, shows) = read(&settings)?;
        let shown = path.strip_prefix(root).unwrap_or(&path).display();
        Some(Inherited {
            said: format!("{said} in {shown}"),
            may_be_overridden: said != RENDER,
            shows,
        })
    })
}

/// What a file sets: a configuration, or the front matter of a section.
fn settings(path: &Path) -> Option<SiteSettings> {
    let name = path.file_name()?.to_str()?;
    let text = text(path)?;
    Some(match Container::from_name(name) {
        Some(Container::Yaml) | None => SiteSettings::parse(name, &text),
        Some(container) => SiteSettings::of_front_matter(text.as_bytes(), container),
    })
}

fn draft(settings: &SiteSettings) -> Option<Decided> {
    (settings.flag("draft") == Some(true)).then_some(("draft", Some(false)))
}

const RENDER: &str = "cascade of build.render";

/// What Hugo cascades: fields for all pages, or for those that a target names.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
fn cascade(settings: &SiteSettings) -> Option<(&'static str, Option<bool>)> {
    match settings.get("cascade")? {
        Value::Sequence(each) => each.iter().find_map(handed_down),
        one => handed_down(one),
    }
}

fn handed_down(fields: &Value) -> Option<(&'static str, Option<bool>)> {
    let is_for_all = !has_target(fields);
    let flag = |name| field(fields, name).and_then(Value::as_bool);
    let build = ["build", "_build"].iter().find_map(|name| fields.get(name));
    let render = build.and_then(|build| build.get("render"));
    let is_never =
        |it: &Value| it.as_bool() == Some(false) || matches!(it.as_str(), Some("never" | "link"));
    let (said, shows) = match (render, flag("draft"), flag("published")) {
        // Whatever pages say themselves.
        (Some(render), ..) if is_never(render) => (RENDER, false),
        (_, Some(draft), _) => ("cascade of draft", !draft),
        (_, None, Some(published)) => ("cascade of published", published),
        (Some(_), None, None) => (RENDER, true),
        (None, None, None) => return None,
    };
    Some((said, is_for_all.then_some(shows)))
}
