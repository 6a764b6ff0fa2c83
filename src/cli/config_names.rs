//! Names in a configuration that lead nowhere: the default library, views in the order of views, and
//! libraries without roots.

use crate::config::{Config, Problem};
use crate::format::nearest::nearest;
use crate::query::views;

/// All of them, in the text that the configuration was read from.
pub fn problems(config: &Config, text: &str) -> Vec<Problem> {
    let libraries = config.libraries.iter();
    let without_roots = libraries.filter(|it| it.roots.is_empty()).map(|it| {
        let name = it.name.as_str();
        let reason = format!("the library “{name}” has no roots: list its folders in `roots`");
        Problem::with(text, &["libraries", name], &reason)
    });
    without_roots
        .chain(wrong_default(config).map(|it| Problem::with(text, &["default_library"], &it)))
        .chain(wrong_order(config).map(|it| Problem::with(text, &["view_order"], &it)))
        .collect()
}

/// Why the default library does not exist.
pub fn wrong_default(config: &Config) -> Option<String> {
    let name = config.default_library.as_deref()?;
    if config.library_named(name).is_some() {
        return None;
    }
    let names = config.libraries.iter().map(|it| it.name.as_str());
    Some(format!("there is no library “{name}”{}", hint(names, name)))
}

/// Why the first view that does not exist cannot be put in order.
pub fn wrong_order(config: &Config) -> Option<String> {
    let of_libraries = config.libraries.iter().flat_map(|it| &it.views);
    let own = config.views.iter().chain(of_libraries);
    let hidden = config.hidden_views.iter().map(String::as_str);
    let built_in = views::BUILT_IN.iter().map(|(name, _)| *name);
    let names: Vec<&str> = own
        .map(|(name, _)| name.as_str())
        .chain(built_in)
        .chain(hidden)
        .collect();
    let mut order = config.view_order.iter();
    let wrong = order.find(|it| !names.contains(&it.as_str()))?;
    let hint = hint(names.into_iter(), wrong);
    Some(format!("there is no view “{wrong}”{hint}"))
}

/// The name probably meant, or else all there are.
fn hint<'a>(names: impl Iterator<Item = &'a str> + Clone, wrong: &str) -> String {
    match nearest(names.clone(), wrong) {
        Some(near) => format!("; did you mean “{near}”?"),
        None => match names.collect::<Vec<_>>() {
            names if names.is_empty() => String::new(),
            names => format!("; there is {}", names.join(", ")),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::XdgEnvironment;

    fn said(text: &str) -> Vec<String> {
        let config = Config::parse(text, Path::new("c.toml"), &XdgEnvironment::default());
        let config = config.expect("a configuration");
        let problems = problems(&config, text);
        problems.iter().map(Problem::to_string).collect()
    }

    #[test]
    fn a_name_that_leads_nowhere_is_told_with_its_place() {
        let site =
            "[libraries.Site]\nroots = [\"/site\"]\n[libraries.Site.views]\nRobots = \"r\"\n";
        for (text, wrong) in [
            (
                "default_library = \"sit\"\n",
                "line 1, column 19: there is no library “sit”; did you mean “Site”?",
            ),
            (
                "view_order = [\"Robot\"]\n",
                "line 1, column 14: there is no view “Robot”; did you mean “Robots”?",
            ),
        ] {
            assert_eq!(said(&format!("{text}{site}")), [wrong], "{text}");
        }
        for right in [
            "default_library = \"site\"\n",
            "view_order = [\"Robots\", \"Inbox\"]\n",
        ] {
            assert_eq!(said(&format!("{right}{site}")), [""; 0], "{right}");
        }
        assert!(said("view_order = [\"zzzzzzzz\"]\n")[0].ends_with(
            "there is no view “zzzzzzzz”; there is Inbox, Today, Unpublished, Starred, Later, All"
        ));
        assert_eq!(
            said("default_library = \"ai\"\n"),
            ["line 1, column 19: there is no library “ai”"]
        );
    }

    #[test]
    fn a_library_without_roots_is_told() {
        for text in ["[libraries.ai]\n", "[libraries.ai]\nroots = []\n"] {
            let wrong =
                "line 1, column 1: the library “ai” has no roots: list its folders in `roots`";
            assert_eq!(said(text), [wrong]);
        }
    }
}
