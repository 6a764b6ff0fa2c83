//! The contents of the help and the footer, generated from the table and the keymap. How they look
//! is up to `ui`.

use std::borrow::Cow;

use super::{Command, Context, Keymap, TABLE, show};

/// A row of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpRow {
    /// The heading above it.
    pub group: &'static str,
    /// The key sequences that run the command in that context (`g g`, `Home`), or the sign (`●`).
    /// Empty for an unbound command.
    pub keys: Vec<String>,
    /// The name of the context where the keys apply; empty for a sign.
    pub place: &'static str,
    /// The command's name in the configuration file, or the lines that a person's key runs; empty for
    /// a sign.
    pub name: Cow<'static, str>,
    pub description: Cow<'static, str>,
}

/// The heading above keys that run more than a command.
const OWN: &str = "Your own";

/// The heading above the signs.
const SIGNS: &str = "Signs";

/// All commands by group, one row per context that binds them, followed by the signs (sign and
/// meaning) that the screen uses.
pub fn help(keymap: &Keymap, signs: &[(&str, &'static str)]) -> Vec<HelpRow> {
    let mut rows: Vec<HelpRow> = Vec::new();
    for row in TABLE {
        let mut places: Vec<(&'static str, Vec<String>)> = Context::ALL
            .into_iter()
            .map(|context| (context.word(), own_keys(keymap, row.command, context)))
            .filter(|(_, keys)| !keys.is_empty())
            .collect();
        if places.is_empty() {
            if !row.is_built() {
                continue;
            }
            places.push(("", Vec::new()));
        }
        rows.extend(places.into_iter().map(|(place, keys)| HelpRow {
            group: row.group.title(),
            keys,
            place,
            name: row.name.into(),
            description: row.description.into(),
        }));
    }
    rows.extend(Context::ALL.into_iter().flat_map(|it| own_rows(keymap, it)));
    rows.extend(signs.iter().map(|(sign, word)| HelpRow {
        group: SIGNS,
        keys: vec![(*sign).to_owned()],
        place: "",
        name: "".into(),
        description: (*word).into(),
    }));
    rows
}

/// A person's keys that run lines in this very context.
fn own_rows(keymap: &Keymap, context: Context) -> impl Iterator<Item = HelpRow> {
    let bindings = keymap.bindings(context).iter();
    let own = bindings.filter(|it| it.bound.command().is_none());
    own.map(move |it| HelpRow {
        group: OWN,
        keys: vec![show(&it.keys)],
        place: context.word(),
        name: it.bound.text().into(),
        description: format!("Runs {}", it.bound.text()).into(),
    })
}

/// The keys bound to a command in this very context.
fn own_keys(keymap: &Keymap, command: Command, context: Context) -> Vec<String> {
    keymap
        .bindings(context)
        .iter()
        .filter(|it| it.bound.command() == Some(command))
        .map(|it| show(&it.keys))
        .collect()
}

/// The rows that contain every word of `typed`, ignoring case, in keys, name, context, group or
/// description.
pub fn filter<'a>(rows: &'a [HelpRow], typed: &str) -> Vec<&'a HelpRow> {
    let typed = typed.to_lowercase();
    rows.iter()
        .filter(|row| {
            let HelpRow {
                group,
                keys,
                place,
                name,
                description,
            } = row;
            let keys = keys.join(" ");
            let text = format!("{keys} {name} {place} {group} {description}").to_lowercase();
            typed.split_whitespace().all(|word| text.contains(word))
        })
        .collect()
}

/// An entry of the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FooterHint {
    /// The command, or the first of several that share the entry.
    pub command: Command,
    /// `o`, `y y`, or `j k` for two commands that share the entry.
    pub keys: String,
    pub label: &'static str,
}

/// What can be done in a context, most useful first; a narrow screen cuts off the end.
pub fn footer(keymap: &Keymap, context: Context) -> Vec<FooterHint> {
    let mut rows: Vec<_> = TABLE
        .iter()
        .filter_map(|row| Some((row.turn?, row)))
        .collect();
    rows.sort_by_key(|(turn, _)| *turn);
    let mut hints: Vec<FooterHint> = Vec::new();
    for (_, row) in rows {
        let Some(keys) = keymap.keys_of(row.command, context).next() else {
            continue;
        };
        let keys = show(keys);
        match hints.last_mut() {
            Some(last) if last.label == row.label => {
                last.keys.push(' ');
                last.keys.push_str(&keys);
            }
            _ => hints.push(FooterHint {
                command: row.command,
                keys,
                label: row.label,
            }),
        }
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names<'a>(rows: &[&'a HelpRow]) -> Vec<&'a str> {
        rows.iter().map(|row| row.name.as_ref()).collect()
    }

    fn in_line(hints: &[FooterHint]) -> String {
        let hints: Vec<String> = hints
            .iter()
            .map(|it| format!("{} {}", it.keys, it.label))
            .collect();
        hints.join(" · ")
    }

    #[test]
    fn the_help_has_a_row_for_every_command_and_every_sign() {
        let rows = help(&Keymap::default(), &[("●", "unread"), ("▲", "published")]);
        for row in TABLE.iter().filter(|row| row.is_built()) {
            let found = rows.iter().find(|it| it.name == row.name);
            assert!(found.is_some_and(|it| !it.keys.is_empty()), "{}", row.name);
        }
        let sign = rows.last().expect("a row");
        assert_eq!((sign.group, &*sign.description), ("Signs", "published"));
        let places = |row: &HelpRow| (row.name.clone(), row.place, row.description.clone());
        let different: std::collections::BTreeSet<_> = rows.iter().map(places).collect();
        assert_eq!(rows.len(), different.len());
    }

    #[test]
    fn a_row_shows_all_keys_of_a_command_and_where_they_hold() {
        let keymap = Keymap::with_overrides([("facets", "x", "first")]).expect("a keymap");
        let rows = help(&keymap, &[]);
        let first: Vec<_> = rows
            .iter()
            .filter(|it| it.name == "first")
            .map(|it| (it.keys.join(", "), it.place))
            .collect();
        assert_eq!(
            first,
            [
                ("g g, Home".to_owned(), "everywhere"),
                ("x".to_owned(), "facets")
            ]
        );
    }

    #[test]
    fn lines_of_a_persons_own_are_in_the_help() {
        let keymap = Keymap::with_overrides([("list", "g q", "sort quality")]).expect("a keymap");
        let rows = help(&keymap, &[]);
        let row = rows.iter().find(|it| it.name == "sort quality");
        let row = row.expect("a row");
        assert_eq!(
            (&row.keys[..], row.place),
            (&["g q".to_owned()][..], "list")
        );
    }

    #[test]
    fn a_command_whose_keys_are_taken_away_stays_in_the_help() {
        let keymap = Keymap::with_overrides([("everywhere", "Q", "none")]).expect("a keymap");
        let rows = help(&keymap, &[]);
        let quit = rows.iter().find(|it| it.name == "quit").expect("a row");
        assert!(quit.keys.is_empty() && quit.place.is_empty(), "{quit:?}");
    }

    #[test]
    fn every_typed_word_must_occur_somewhere_in_a_row() {
        let rows = help(&Keymap::default(), &[("●", "unread")]);
        assert_eq!(names(&filter(&rows, "BROWSER  open")), ["open-original"]);
        assert_eq!(names(&filter(&rows, "ctrl-z")), ["suspend"]);
        assert_eq!(names(&filter(&rows, "pgdn")), ["page-down"]);
        assert_eq!(names(&filter(&rows, "signs ●")), [""]);
        assert!(filter(&rows, "browser volcano").is_empty());
        assert_eq!(filter(&rows, " ").len(), rows.len());
    }

    #[test]
    fn the_footer_lists_the_most_frequent_commands_first() {
        let keymap = Keymap::default();
        assert_eq!(
            in_line(&footer(&keymap, Context::List)),
            "Enter read · o open · d done · P publish · H unpublish · b reject · L later · s star · / search · u undo · \
             ? keys · j k move · n N unhandled · r read · # tags · i note · $ review · \
             x select · + story · t facets · f query · F views · S sort · U journal · : command · O links · ; follow · [ ] related · y y copy link · Backspace back · J K scroll text · \
             z text only · < > pane size · M more fields · ! diagnostics · R refresh · q back · Esc cancel"
        );
        assert!(in_line(&footer(&keymap, Context::Facets)).starts_with(
            "Space include · - exclude · Enter only this · a any/all · Esc clear · / filter"
        ));
        assert!(in_line(&footer(&keymap, Context::Related)).starts_with("Enter go to · o open"));
        assert_eq!(
            in_line(&footer(&keymap, Context::Help)),
            "↓ ↑ move · Esc cancel"
        );
    }

    #[test]
    fn the_footer_follows_a_persons_own_keys() {
        let keymap =
            Keymap::with_overrides([("article", "o", "none"), ("list", "x", "open-original")])
                .expect("a keymap");
        let open = |context| {
            footer(&keymap, context)
                .into_iter()
                .find(|it| it.label == "open")
                .map(|it| it.keys)
        };
        assert_eq!(open(Context::List).as_deref(), Some("x"));
        assert_eq!(open(Context::Detail), None);
    }
}
