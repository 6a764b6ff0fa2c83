//! The configuration: errors name an existing line, and saving a view changes only that view.

use std::path::{Path, PathBuf};

use newsdesk::command::Keymap;
use newsdesk::config::{Config, ConfigError, ViewEdit, XdgEnvironment, with_views};

/// Parses the bytes as a configuration file, and saves a view in it.
///
/// # Panics
/// If one of the promises above is broken.
pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let path = Path::new("config.toml");
    let places = XdgEnvironment {
        home: Some(PathBuf::from("/home/ada")),
        ..XdgEnvironment::default()
    };
    let parse = |text: &str| Config::parse(text, path, &places);
    let config = match parse(text) {
        Ok(config) => config,
        Err(error) => {
            if let ConfigError::Wrong { problem, .. } = &error {
                assert!(
                    (1..=text.matches('\n').count() + 1).contains(&problem.line),
                    "{error}"
                );
            }
            return;
        }
    };
    let lines = text.matches('\n').count() + 1;
    for problem in Keymap::configured(&config.keys, text).1 {
        assert!((1..=lines).contains(&problem.line), "{problem}");
    }

    let edit = ViewEdit::Keep {
        name: "Lidar".to_owned(),
        query: "lidar \"two words\"".to_owned(),
    };
    let kept = with_views(text, path, &edit).expect("a configuration");
    let after = parse(&kept).unwrap_or_else(|error| panic!("{error} in {kept:?}"));
    let mut expected = config;
    expected.hidden_views.retain(|name| name != "Lidar");
    let view = ("Lidar".to_owned(), "lidar \"two words\"".to_owned());
    match expected.views.iter_mut().find(|(name, _)| *name == view.0) {
        Some(known) => *known = view,
        None => expected.views.push(view),
    }
    assert_eq!(after, expected, "{kept:?}");
    let again = with_views(&kept, path, &edit).expect("a configuration");
    assert_eq!(again, kept, "twice is not once");
}
