//! The names of the themes that come with the program, and their texts, from `assets/themes/`. One
//! with a twin, such as `solarized-light` and `solarized-dark`, has a name for both, which stands for
//! the one that suits the terminal's background.

use crate::format::nearest::nearest;

/// How light a background is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    Light,
    Dark,
}

/// The place of the theme without colours in [`FILES`].
const MONOCHROME: usize = 5;

/// Builds the table of files; a test compares it with the folder.
macro_rules! files {
    ($($name:literal)+) => {
        /// Names and texts, in the order that they are listed.
        pub(super) const FILES: &[(&str, &str)] = &[$((
            $name,
            include_str!(concat!("../../assets/themes/", $name, ".toml")),
        )),+];
    };
}

files! {
    "terminal" "light" "dark" "high-contrast-light" "high-contrast-dark" "monochrome"
    "solarized-light" "solarized-dark" "gruvbox-light" "gruvbox-dark" "nord"
    "catppuccin-light" "catppuccin-dark" "tokyo-night-light" "tokyo-night-dark"
}

/// The name for `light` and `dark`.
const AUTO: &str = "auto";

/// A name to start from: a theme, or a pair of themes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base {
    name: &'static str,
    light: usize,
    dark: usize,
}

impl Default for Base {
    /// The terminal's own colours.
    fn default() -> Self {
        Self {
            name: FILES[0].0,
            light: 0,
            dark: 0,
        }
    }
}

impl Base {
    /// The theme without colours.
    pub(super) fn monochrome() -> Self {
        Self {
            name: FILES[MONOCHROME].0,
            light: MONOCHROME,
            dark: MONOCHROME,
        }
    }

    pub fn name(self) -> &'static str {
        self.name
    }

    /// Whether it stands for two themes.
    pub fn is_pair(self) -> bool {
        self.light != self.dark
    }

    /// The place in [`FILES`] of its theme for a background; the dark one if it is unknown.
    pub(super) fn place(self, shade: Option<Shade>) -> usize {
        match shade {
            Some(Shade::Light) => self.light,
            Some(Shade::Dark) | None => self.dark,
        }
    }

    /// The text of its theme; `None` for a pair.
    pub fn text(self) -> Option<&'static str> {
        (!self.is_pair()).then_some(FILES[self.dark].1)
    }
}

/// Every name: pairs before their themes.
pub fn bases() -> Vec<Base> {
    let mut bases = Vec::new();
    for (at, (name, _)) in FILES.iter().enumerate() {
        let pair = match *name {
            "light" => Some(AUTO),
            _ => name.strip_suffix("-light"),
        };
        bases.extend(pair.map(|name| Base {
            name,
            light: at,
            dark: at + 1,
        }));
        bases.push(Base {
            name,
            light: at,
            dark: at,
        });
    }
    bases
}

/// Looks a name up.
///
/// # Errors
/// What was probably meant, for people.
pub fn base(name: &str) -> Result<Base, String> {
    let bases = bases();
    if let Some(base) = bases.iter().find(|it| it.name == name) {
        return Ok(*base);
    }
    let names = bases.iter().map(|it| it.name);
    let hint = match nearest(names.clone(), name) {
        Some(near) => format!("did you mean “{near}”?"),
        None => format!("expected {}", names.collect::<Vec<_>>().join(", ")),
    };
    Err(format!("there is no theme “{name}”; {hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_two_neighbours() {
        let pairs = bases().into_iter().filter(|it| it.is_pair());
        let pairs: Vec<&str> = pairs.map(Base::name).collect();
        assert_eq!(
            pairs,
            [
                "auto",
                "high-contrast",
                "solarized",
                "gruvbox",
                "catppuccin",
                "tokyo-night"
            ]
        );
        for base in bases().into_iter().filter(|it| it.is_pair()) {
            let names = (FILES[base.light].0, FILES[base.dark].0);
            assert_eq!(names.0.replace("light", "dark"), names.1);
        }
    }

    #[test]
    fn a_name_that_there_is_not_is_told_with_the_nearest() {
        assert!(
            base("solarised")
                .expect_err("no theme")
                .ends_with("“solarized”?")
        );
        assert!(
            base("x")
                .expect_err("no theme")
                .contains("expected terminal, auto, light")
        );
        assert_eq!(base("nord").map(Base::name), Ok("nord"));
        assert_eq!(base("monochrome"), Ok(Base::monochrome()));
    }
}
