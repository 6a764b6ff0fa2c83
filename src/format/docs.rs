//! Generates `docs/formats.md` from the table of roles. A test fails when the checked-in file is
//! out of date.

use std::fmt::Write;

use super::roles::{Combination, NameCondition, ROLES};

const INTRODUCTION: &str = "\
# What is read

An article is a file with front matter, a body, or both. Files end in `.md`, `.markdown`, `.mkd`, `.mdown`, `.mdx`, `.qmd`, \
`.rmd`, `.html`, `.htm`, `.yaml`, `.yml` or `.txt`; HTML and `.txt` need front matter.

## Front matter

| written as | known from |
| --- | --- |
| YAML between two `---` lines, possibly after blank lines | most |
| YAML without an opening fence, ended by `---`, with a `title` or `date` | Hexo |
| TOML between two `+++` lines, or after `---toml` | Hugo, Zola |
| JSON in braces at the top, after `---json`, or without braces between `;;;` | Hugo, Eleventy, Hexo |
| `Title: …` line by line up to a blank line | Pelican, MultiMarkdown |
| none: a Markdown file whose text starts with a heading, or whose name starts with a date | plain notes |

If a key appears twice, the last one counts, with a warning. Anchors, aliases and `<<` are followed, up to 10,000 values. \
A value that cannot be read costs only its field; text keeps its spelling (`3.10`).

Skipped, each with its reason in `newsdesk check`: `_index.md`, templates (nothing but Liquid in the title or text), \
`---js`, the folders `_layouts`, `_includes`, `_partials`, `node_modules`, `_site` and `_data`, `_config.yml`, `_quarto.yml`, \
`_metadata.yml`; and without front matter `README`, `LICENSE`, `CHANGELOG`, `CONTRIBUTING`, `CODE_OF_CONDUCT`, `SECURITY`, \
`HISTORY`, `AGENTS`, `CLAUDE` and names that start with `_`. Also skipped are hidden files and folders, what editors \
leave behind, and links that are broken, go in circles or lead out of the library. Other links are followed: a file \
with two names is two articles.

`2026-03-05-paper-boats/index.md` takes its title and date from its folder.

## Fields

Names are matched ignoring case, `-` and `_`. For a single value, the first name that is present and readable \
counts, and the others stay under their own names; lists are joined. `newsdesk check --explain FILE` shows which key \
of a file filled which role, and why.

| role | names | what it is |
| --- | --- | --- |
";

/// Explains to people what `publication` decides.
const PUBLICATION: &str = "
## Publication

An article is published, unpublished, scheduled, expired or unsaid: what its site would do with it. The generator is \
recognised by the nearest configuration in the folder or above it, even above the folder that was opened, or you \
name it in `newsdesk.toml` or your configuration. Only what that generator obeys counts, and publishing changes the \
key that decides; if something else decides, newsdesk refuses.

| generator | what decides | if none is present |
| --- | --- | --- |
| Jekyll | `published`, also in the `defaults` of `_config.yml`; `_drafts/`; in posts and collections a future `date`, or else that of the file's name, unless `future` is on; no names that begin with `_`, and no posts without a date in their name | live |
| Hugo | `draft` before a true or false `published`; `build.render`; `publishDate` (`pubdate`, `published`) or else `date`, `expiryDate` (`unpublishdate`); `cascade` of an `_index.md` above or of the configuration | live |
| Zola | `draft`, also that of an `_index.md` above | live |
| Hexo | `published`; `_drafts/`; a future date if `future` is off | live |
| Docusaurus | `draft`, `unlisted`; no names that begin with `_` | live |
| Quarto | `draft`, also in `_metadata.yml` and `_quarto.yml`; no names that begin with `_` | live |
| Astro, Eleventy | `draft` or `isDraft` if the site uses it; Eleventy's `permalink: false`; in Astro no names that begin with `_` | live |
| Pelican | `Status`: draft, hidden or published; a future date | live |
| Quartz | `draft`; `publish` where publishing is opt-in | live |
| Obsidian | `publish`, `draft` | unsaid |
| none | those of `published`, `draft`, `isDraft`, `publish` and `status` that are present, if they agree; `_drafts/` | unsaid |
";

const DATES: &str = "
## Dates

ISO 8601, also with single digits, a space instead of the `T`, and any offset (`2018-09-16 19:47:42 +8`), \
in its short form (`20240305T1011`), as a day of the year (`2024-065`), a week (`2024-W10-2`) or a month \
(`2024-03`, `March 2024`: its first day); `2013/7/13 20:46:25`; RFC 2822; `March 3, 2024`, `3 Mar 2024` and \
`3-Mar-2024`; what `date` and Org write (`Tue Mar  5 10:11:12 2024`, `<2024-03-05 Tue>`); named zones, also \
behind an offset (`+0800 CST`) or in brackets. A whole number of 4 digits is a year, of 8 a \
day, of 10 or 13 the seconds or milliseconds since 1970. A date without a zone is in UTC.
";

/// The page in Markdown.
pub fn formats_markdown() -> String {
    let mut page = INTRODUCTION.to_owned();
    for row in ROLES {
        let names: Vec<String> = row
            .names
            .iter()
            .map(|(name, when)| format!("`{name}`{}", condition(*when)))
            .collect();
        let joined = match row.takes {
            Combination::All => ", joined",
            Combination::First => "",
        };
        let role = row.role.name();
        let _ = writeln!(
            page,
            "| {role} | {}{joined} | {} |",
            names.join(", "),
            row.about
        );
    }
    page.push_str("\nEverything else is kept under its own name, and so is a value that its role cannot read. \
         `newsdesk.toml` in a library, or the configuration, adds names to roles: see [Configuration](configuration.md).\n");
    page.push_str(PUBLICATION);
    page.push_str(DATES);
    page
}

fn condition(when: NameCondition) -> &'static str {
    match when {
        NameCondition::Always => "",
        NameCondition::Page => " (an absolute URL)",
        NameCondition::NoPage => " (no URL)",
        NameCondition::Date => " (a date)",
        NameCondition::DatedPath => " (a path with a date)",
        NameCondition::Flag => " (true or false)",
        NameCondition::NoFlag => " (not true or false)",
    }
}

/// Checks a page that is generated from a table and checked in, for the tests of every layer that
/// has one.
#[cfg(test)]
pub mod current {
    use std::path::Path;

    /// Asserts that the project's file `name` is what `made` returns for its current text, or
    /// writes it if `NEWSDESK_BLESS` is set. The test that calls this is in `module`.
    pub fn assert_current(name: &str, module: &str, made: impl FnOnce(&str) -> String) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let kept = std::fs::read_to_string(&path)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        let made = made(&kept);
        if std::env::var_os("NEWSDESK_BLESS").is_some() {
            std::fs::write(&path, &made).expect(name);
        } else {
            assert!(
                kept == made,
                "{name} is out of date; regenerate it with \
                 NEWSDESK_BLESS=1 cargo test --lib {module}"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::current::assert_current;

    #[test]
    fn the_checked_in_page_is_what_the_table_says() {
        assert_current("docs/formats.md", "format::docs", |_| formats_markdown());
    }
}
