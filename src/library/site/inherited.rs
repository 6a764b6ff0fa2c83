//! What files of a site set for all articles below them: sections in Hugo and Zola, and folder
//! metadata in Quarto. What an article sets itself is handled elsewhere.

use std::path::Path;

use serde_yaml::Value;

use super::Site;
use super::recognised::text;
use crate::format::Container;
use crate::format::publication::Inherited;
use crate::format::settings::SiteSettings;
use crate::model::Generator;

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
        Generator::Hugo => {
            above.find_map(|folder| said_in(folder, root, &["_index.md", "_index.html"], cascade))
        }
        Generator::Zola => above.find_map(|folder| said_in(folder, root, &["_index.md"], draft)),
        Generator::Quarto => above.find_map(|folder| said_in(folder, root, &FILES[2..], draft)),
        Generator::Jekyll
        | Generator::Hexo
        | Generator::Docusaurus
        | Generator::Astro
        | Generator::Eleventy
        | Generator::Pelican
        | Generator::Quartz
        | Generator::Obsidian
        | Generator::Unknown => None,
    }
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
        let text = text(&path)?;
        let settings = match Container::from_name(name) {
            Some(Container::Yaml) | None => SiteSettings::parse(name, &text),
            Some(container) => SiteSettings::of_front_matter(text.as_bytes(), container),
        };
        let (said, shows) = read(&settings)?;
        let shown = path.strip_prefix(root).unwrap_or(&path).display();
        Some(Inherited {
            said: format!("{said} in {shown}"),
            shows,
        })
    })
}

fn draft(settings: &SiteSettings) -> Option<(&'static str, Option<bool>)> {
    (settings.flag("draft") == Some(true)).then_some(("draft", Some(false)))
}

/// What Hugo cascades: fields for all pages, or for those that a target names.
#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
fn cascade(settings: &SiteSettings) -> Option<(&'static str, Option<bool>)> {
    match settings.get("cascade")? {
        Value::Sequence(each) => each.iter().find_map(handed_down),
        one => handed_down(one),
    }
}

fn handed_down(fields: &Value) -> Option<(&'static str, Option<bool>)> {
    let target = ["target", "_target"]
        .iter()
        .find_map(|name| fields.get(name));
    let is_for_all = target.is_none();
    let draft = fields.get("draft").and_then(Value::as_bool);
    let build = ["build", "_build"].iter().find_map(|name| fields.get(name));
    let render = build.and_then(|build| build.get("render"));
    let is_never =
        |it: &Value| it.as_bool() == Some(false) || matches!(it.as_str(), Some("never" | "link"));
    let (said, shows) = match (draft, render) {
        (Some(draft), _) => ("cascade of draft", !draft),
        (None, Some(render)) => ("cascade of build.render", !is_never(render)),
        (None, None) => return None,
    };
    Some((said, is_for_all.then_some(shows)))
}
