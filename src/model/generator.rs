//! The generators that turn a folder of files into a site. Recognising them and their rules is done
//! elsewhere.

use std::fmt;

/// A site generator, or a program that keeps notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Generator {
    Jekyll,
    Hugo,
    Zola,
    Hexo,
    Docusaurus,
    Quarto,
    Astro,
    Eleventy,
    Pelican,
    Quartz,
    Obsidian,
    /// None was recognised: a folder of articles without a configuration, such as our own.
    #[default]
    Unknown,
}

impl Generator {
    pub const ALL: [Self; 12] = [
        Self::Jekyll,
        Self::Hugo,
        Self::Zola,
        Self::Hexo,
        Self::Docusaurus,
        Self::Quarto,
        Self::Astro,
        Self::Eleventy,
        Self::Pelican,
        Self::Quartz,
        Self::Obsidian,
        Self::Unknown,
    ];

    /// Its name, as its makers write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jekyll => "Jekyll",
            Self::Hugo => "Hugo",
            Self::Zola => "Zola",
            Self::Hexo => "Hexo",
            Self::Docusaurus => "Docusaurus",
            Self::Quarto => "Quarto",
            Self::Astro => "Astro",
            Self::Eleventy => "Eleventy",
            Self::Pelican => "Pelican",
            Self::Quartz => "Quartz",
            Self::Obsidian => "Obsidian",
            Self::Unknown => "none",
        }
    }

    /// Looks a generator up by name, ignoring case.
    pub fn named(name: &str) -> Option<Self> {
        let is_it = |it: &Self| it.name().eq_ignore_ascii_case(name.trim());
        Self::ALL.into_iter().find(is_it)
    }
}

impl fmt::Display for Generator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generator_is_found_by_its_name() {
        for generator in Generator::ALL {
            let name = generator.to_string().to_uppercase();
            assert_eq!(Generator::named(&name), Some(generator));
        }
        assert_eq!(Generator::named("WordPress"), None);
    }
}
