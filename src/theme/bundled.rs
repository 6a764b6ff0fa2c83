//! The themes that come with the program, parsed.

use std::sync::LazyLock;

use super::base::{Base, FILES, Shade};
use super::file::ThemeFile;
use super::styles::Theme;

/// In the order of [`FILES`]. A test keeps them without errors.
static PARSED: LazyLock<Vec<ThemeFile>> = LazyLock::new(|| {
    let each = FILES.iter();
    each.map(|(_, text)| ThemeFile::parse(text).unwrap_or_default())
        .collect()
});

/// The theme of a name, for a background.
pub fn theme(base: Base, shade: Option<Shade>) -> Theme {
    PARSED[base.place(shade)].upon(Theme::default())
}

/// What a theme is, in a sentence.
pub fn about(base: Base) -> String {
    if base.is_pair() {
        let [light, dark] = [Shade::Light, Shade::Dark].map(|it| FILES[base.place(Some(it))].0);
        return format!("{light} or {dark}, to match the terminal's background.");
    }
    PARSED[base.place(None)].about.clone()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;
    use crate::theme::base::{base, bases};
    use crate::theme::colour::Colour;
    use crate::theme::palettes::palettes;
    use crate::theme::role::{Role, TABLE};
    use crate::theme::seen::SeenColours;
    use crate::theme::terminal::Terminal;

    #[test]
    fn every_file_is_bundled_and_every_bundled_theme_has_all_roles() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/themes");
        let kept: BTreeSet<String> = std::fs::read_dir(folder)
            .expect("the themes")
            .map(|it| {
                it.expect("a file")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        let bundled = FILES.iter().map(|(name, _)| format!("{name}.toml"));
        assert_eq!(bundled.collect::<BTreeSet<_>>(), kept);
        for (name, text) in FILES {
            let file = ThemeFile::parse(text).expect(name);
            let roles: Vec<Role> = file.styles.iter().map(|(role, _)| *role).collect();
            assert_eq!(
                roles,
                TABLE.iter().map(|it| it.role).collect::<Vec<_>>(),
                "{name}"
            );
            assert!(file.about.ends_with('.'), "{name}");
        }
    }

    #[test]
    fn a_pair_suits_both_backgrounds() {
        for base in bases().into_iter().filter(|it| it.is_pair()) {
            for (shade, is_light) in [(Shade::Light, true), (Shade::Dark, false)] {
                let text = theme(base, Some(shade)).style(Role::Text);
                let Colour::Rgb(paper) = text.background else {
                    panic!("{} has no background", base.name());
                };
                assert_eq!(paper.is_light(), is_light, "{}", base.name());
            }
        }
    }

    /// The roles that lack contrast, with how much there is.
    fn lacking(theme: &Theme, terminal: &Terminal) -> Vec<String> {
        let each = TABLE.iter().filter_map(|row| {
            let seen = SeenColours::of(theme, row.role, terminal).expect("colours that are known");
            let had = seen.contrast();
            (had < row.contrast).then(|| format!("{}: {had:.2} of {}", row.name, row.contrast))
        });
        each.collect()
    }

    #[test]
    fn every_theme_with_colours_of_its_own_has_the_contrast_that_each_role_needs() {
        for base in bases().into_iter().filter(|it| !it.is_pair()) {
            let theme = theme(base, None);
            if theme.style(Role::Text).background == Colour::Default {
                continue;
            }
            let lacking = lacking(&theme, &Terminal::default());
            assert!(lacking.is_empty(), "{}: {lacking:#?}", base.name());
        }
    }

    #[test]
    fn the_terminals_own_colours_have_it_on_every_palette() {
        for (palette, terminal) in palettes() {
            for name in ["terminal", "monochrome"] {
                let theme = theme(base(name).expect(name), None).on(&terminal);
                let lacking = lacking(&theme, &terminal);
                assert!(lacking.is_empty(), "{name} on {palette}: {lacking:#?}");
            }
        }
    }

    #[test]
    fn what_is_secondary_has_it_where_only_text_and_background_are_known() {
        for (palette, known) in palettes() {
            let terminal = Terminal {
                text: known.text,
                background: known.background,
                ..Terminal::default()
            };
            let theme = theme(Base::default(), None).on(&terminal);
            let faint = SeenColours::of(&theme, Role::Faint, &terminal).expect("a known colour");
            assert!(
                faint.contrast() >= 3.0,
                "{palette}: {:.2}",
                faint.contrast()
            );
            let text = SeenColours::of(&theme, Role::Text, &terminal).expect("a known colour");
            assert!(
                faint.contrast() <= text.contrast(),
                "{palette}: fainter than the text"
            );
        }
    }
}
