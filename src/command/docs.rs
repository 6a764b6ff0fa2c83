//! `docs/keys.md`, made from the command table. A test fails when the file is not what the table
//! says.

use std::fmt::Write;

use super::help::help;
use super::{Context, Keymap};

/// The page about the default keys, in Markdown.
pub fn keys_markdown() -> String {
    let mut page = String::from(
        "<!-- Made from src/command/table.rs; to renew it: \
         NEWSDESK_BLESS=1 cargo test --lib command::docs -->\n\n\
         # The keys\n\n\
         `?` shows this in the program, and finds a key by what is typed.\n\n",
    );
    page.push_str(
        "A key is looked up where the cursor is, and then in what that is inside of:\n\n",
    );
    for context in Context::ALL {
        page.push_str(&place_item(context));
    }
    let mut group = "";
    for row in help(&Keymap::default(), &[]) {
        if row.group != group {
            group = row.group;
            page.push_str(&heading(group));
        }
        // Writing to a string cannot fail.
        let _ = writeln!(
            page,
            "| {} | {} | `{}` | {} |",
            row.place,
            keys_cell(&row.keys),
            row.name,
            row.description
        );
    }
    page
}

fn heading(group: &str) -> String {
    format!(
        "\n## {group}\n\n| where | keys | command | what it does |\n| --- | --- | --- | --- |\n"
    )
}

fn place_item(context: Context) -> String {
    let what = match context {
        Context::Everywhere => "every pane; an overlay takes what moves in it, cancels and quits",
        Context::Article => "every pane with articles: list, detail and related",
        Context::List => "the list of articles",
        Context::Detail => "the article's text",
        Context::Related => "the articles related to it",
        Context::Facets => "the facets",
        Context::Line => "a line of text",
        Context::Help => "an overlay; characters are typed into its search, so they move nothing",
        Context::Picker => "an overlay: the links of an article",
        Context::Views => "an overlay: the views",
        Context::Orders => "an overlay: what the list can be sorted by",
        Context::Jump => "an overlay; characters are typed into its line, so they move nothing",
        Context::Journal => "an overlay: what was decided",
        Context::Confirm => "an overlay: a question before something is done",
        Context::Diagnostics => "an overlay: what was wrong with the files",
    };
    let inside: Vec<&str> = context.inside_of().iter().map(|it| it.word()).collect();
    let then = if inside.is_empty() {
        String::new()
    } else {
        format!("; then {}", inside.join(", "))
    };
    format!("- **{}**: {what}{then}\n", context.word())
}

/// Keys as code, with the bar escaped that would end the cell of a table.
fn keys_cell(keys: &[String]) -> String {
    let cells: Vec<String> = keys
        .iter()
        .map(|it| format!("`{}`", it.replace('|', "\\|")))
        .collect();
    cells.join(" ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_checked_in_page_is_what_the_table_says() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
        let made = keys_markdown();
        if std::env::var_os("NEWSDESK_BLESS").is_some() {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("docs/ can be made");
            std::fs::write(&path, &made).expect("docs/keys.md can be written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept.replace("\r\n", "\n") == made,
            "docs/keys.md is not what src/command/table.rs says; renew it with \
             NEWSDESK_BLESS=1 cargo test --lib command::docs"
        );
    }

    #[test]
    fn the_page_has_each_command_once_under_its_group() {
        let page = keys_markdown();
        let moving = page.split("## Moving").nth(1).expect("a group");
        let moving = moving.split("## ").next().expect("its rows");
        assert!(moving.contains("| everywhere | `j` `↓` | `down` | Move a row or a line down. |"));
        assert_eq!(page.matches("| `open-original` |").count(), 1);
    }

    #[test]
    fn a_bar_does_not_end_a_cell() {
        assert_eq!(
            keys_cell(&["|".to_owned(), "g g".to_owned()]),
            "`\\|` `g g`"
        );
    }
}
