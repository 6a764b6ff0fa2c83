//! Generates `docs/keys.md` from the command table. A test fails when the checked-in file is out of
//! date.

use std::fmt::Write;

use super::forms::{ALIASES, FORMS, LineForm};
use super::help::help;
use super::{Builds, Command, Context, Keymap, VALUES};

/// What a line can contain besides the name of a command.
fn lines_markdown() -> String {
    let mut page = String::from(
        "\n## The command line\n\n\
         After `:` comes the name of any command above, or one of the words below with its \
         argument. With a query, the decision applies to all articles that it selects, after a \
         question; without one, to the selected articles or the one under the cursor.\n\n\
         | word | takes | what it does |\n| --- | --- | --- |\n",
    );
    for form in FORMS {
        let argument = form.argument.replace('|', "\\|");
        let _ = writeln!(page, "| `{}` | {argument} | {} |", form.word, form.about);
    }
    for (alias, command) in ALIASES.iter().filter(|(it, _)| LineForm::of(it).is_none()) {
        let _ = writeln!(page, "| `{alias}` | | like `{}` |", command.row().name);
    }
    page
}

/// How to bind your own keys.
fn own_keys_markdown() -> String {
    let mut page = String::from(OWN_KEYS);
    for (name, _, about) in VALUES {
        let _ = writeln!(page, "| `{{{name}}}` | {about} |");
    }
    page.push_str("| `{paths}` | the files of all articles, each as a separate argument |\n");
    page
}

const OWN_KEYS: &str = "\n## Your own keys\n\n\
A key runs what you would type after `:`, or several of these lines, or a program:\n\n\
```toml\n\
[keys.list]\n\
\"g q\" = \"sort quality\"\n\
\"g z\" = \"none\"                           # unbound, with all that starts with it\n\
\"B\" = [\"tag +b\", \"open\", \"done\"]      # one key, one undo\n\n\
[keys.article]\n\
\"Z\" = { run = [\"notify-send\", \"--\", \"{title}\"] }\n\
\"V\" = { run = [\"w3m\", \"{url}\"], output = \"terminal\" }\n\
```\n\n\
What several lines decide about the same articles is one decision, made with the last of them. A \
line with a query asks first, so it must be the last. Mistakes, duplicates and conflicts are \
reported with line and column; the other keys still work.\n\n\
A program gets its arguments as written; there is no shell. An argument that begins with `-` once \
it is filled in is refused unless `\"--\"` stands before it, so no title can become an option. \
With `output = \"terminal\"` the program has the terminal until it exits, and with `output = \
\"pane\"` its output is shown; otherwise it runs in the background, and only a failure is shown. \
`{{` and `}}` stand for `{` and `}`.\n\n\
| in an argument | becomes |\n| --- | --- |\n";

/// The page about the default keys, in Markdown.
pub fn keys_markdown() -> String {
    let mut page = String::from(
        "<!-- Generated from src/command/table.rs; to regenerate: \
         NEWSDESK_BLESS=1 cargo test --lib command::docs -->\n\n\
         # Keys\n\n\
         Press `?` in the program to see and search this list.\n\n",
    );
    page.push_str(
        "A key is looked up in the current context first, then in the contexts that enclose it:\n\n",
    );
    for context in Context::ALL {
        page.push_str(&place_item(context));
    }
    let mut group = "";
    for row in help(&Keymap::of_all_builds(), &[]) {
        if row.group != group {
            group = row.group;
            page.push_str(&heading(group));
        }
        // Writing to a string cannot fail.
        let _ = writeln!(
            page,
            "| {} | {} | `{}` | {}{} |",
            row.place,
            keys_cell(&row.keys),
            row.name,
            row.description,
            only_in(&row.name)
        );
    }
    page.push_str(&lines_markdown());
    page.push_str(&own_keys_markdown());
    page
}

/// Which builds have a command, unless all do.
fn only_in(command: &str) -> &'static str {
    match Command::from_name(command).map(|it| it.row().builds) {
        Some(Builds::Pictures) => " Only in builds with pictures.",
        Some(Builds::All) | None => "",
    }
}

fn heading(group: &str) -> String {
    format!(
        "\n## {group}\n\n| context | keys | command | description |\n| --- | --- | --- | --- |\n"
    )
}

fn place_item(context: Context) -> String {
    let what = match context {
        Context::Everywhere => "all panes; overlays keep only the keys that move, cancel and quit",
        Context::Article => "all panes that show articles: list, detail and related",
        Context::List => "the list of articles",
        Context::Detail => "the article's text",
        Context::Related => "the related articles",
        Context::Facets => "the facets",
        Context::Line => "a line being typed",
        Context::Help => "an overlay; letters go into its search line",
        Context::Picker => "an overlay: an article's links",
        Context::Letters => "letters on the visible links",
        Context::Views => "an overlay: the views",
        Context::Orders => "an overlay: the sort orders",
        Context::Themes => "an overlay: the themes",
        Context::Feeds => "an overlay: the feeds",
        Context::Jump => "an overlay; letters go into its input line",
        Context::Journal => "an overlay: the journal of decisions",
        Context::Confirm => "an overlay: a question to confirm",
        Context::Review => "an overlay: the review of what is staged",
        Context::Diagnostics => "an overlay: problems found in the files",
        Context::Output => "an overlay: the output of a program",
    };
    let inside: Vec<&str> = context.inside_of().iter().map(|it| it.word()).collect();
    let then = if inside.is_empty() {
        String::new()
    } else {
        format!("; then {}", inside.join(", "))
    };
    format!("- **{}**: {what}{then}\n", context.word())
}

/// Keys as code, with the bar escaped, since it would end a table cell.
fn keys_cell(keys: &[String]) -> String {
    let cells: Vec<String> = keys
        .iter()
        .map(|it| format!("`{}`", it.replace('|', "\\|")))
        .collect();
    cells.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::current::assert_current;

    #[test]
    fn the_checked_in_page_is_what_the_table_says() {
        assert_current("docs/keys.md", "command::docs", |_| keys_markdown());
    }

    #[test]
    fn the_page_has_each_command_once_under_its_group() {
        let page = keys_markdown();
        let moving = page.split("## Moving").nth(1).expect("a group");
        let moving = moving.split("## ").next().expect("its rows");
        assert!(moving.contains("| everywhere | `j` `↓` | `down` | Move down one row or line. |"));
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
