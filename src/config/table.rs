//! The table of keys: the name of each, the values it takes, its default, and what it does. Used
//! for checks, `assets/config.toml`, the table in `docs/configuration.md`, and by `newsdesk
//! config`. What the values mean to the program is in [`super::Config`].

use std::ops::RangeInclusive;

use jiff::tz::TimeZone;

use super::{ListColumn, MarkRead, Measure, PaneSizes, Refresh, theme_values};
use crate::format::overrides;
use crate::theme;

/// A key that a configuration file may have.
#[derive(Clone, Debug)]
pub struct ConfigRow {
    /// The path of names to it; [`ANY`] stands for a name that a person chooses.
    pub way: &'static [&'static str],
    pub kind: ValueKind,
    /// The value as written in the file; for names that a person chooses, an example.
    pub value: &'static str,
    /// Example names, for those that a person chooses.
    pub example: &'static [&'static str],
    pub about: &'static str,
}

/// Any name.
pub const ANY: &str = "*";
/// The name of a role of the theme.
pub const ROLE: &str = "<role>";
/// The name of a role of fields.
pub const FIELD: &str = "<field>";

/// The names that a part of a path stands for; `None` for any.
pub fn names(part: &'static str) -> Option<Vec<&'static str>> {
    match part {
        ANY => None,
        ROLE => Some(theme::NAMES.to_vec()),
        FIELD => Some(overrides::roles_to_add_to()),
        fixed => Some(vec![fixed]),
    }
}

/// The values that a key takes.
#[derive(Clone, Debug)]
pub enum ValueKind {
    /// A list of texts, and what each is.
    List(&'static str),
    /// A list of texts that this function accepts, and what they are.
    Each(fn(&str) -> bool, &'static str),
    /// A whole number.
    Number(RangeInclusive<u16>),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A text that this function accepts, and the message for others.
    Like(fn(&str) -> bool, &'static str),
    /// A text that this function accepts, or says what is wrong with; and what it is.
    Checked(fn(&str) -> Result<(), String>, &'static str),
    /// `true` or `false`.
    Switch,
    /// Any text, and what it is: the name of a command.
    Text(&'static str),
    /// A query, or `false` to hide a built-in view.
    Query,
    /// What a key is bound to.
    Bound,
}

/// A command, whose quotes are closed.
const COMMAND: ValueKind = ValueKind::Like(
    |text| shell_words::split(text).is_ok(),
    "a command, with every quote closed",
);

/// All keys, in the order of the file.
pub const TABLE: &[ConfigRow] = &[
    ConfigRow {
        way: &["library"],
        kind: ValueKind::List("paths"),
        value: "[]",
        example: &[],
        about: "The folders and files to open when none are given. Relative paths, and `~`, are \
                relative to your home folder. Without a library, the sample library opens.",
    },
    ConfigRow {
        way: &["signs"],
        kind: ValueKind::Word(&["auto", "unicode", "ascii", "nerd"]),
        value: "\"auto\"",
        example: &[],
        about: "\"auto\": Unicode signs where the locale is UTF-8, else ASCII. \"unicode\", \
                \"ascii\": always these. \"nerd\": the icons of a Nerd Font, if your terminal has one.",
    },
    ConfigRow {
        way: &["mark_read"],
        kind: ValueKind::Like(
            |text| MarkRead::try_from(text.to_owned()).is_ok(),
            "\"never\", \"on_open\" or a time like \"after 3s\"",
        ),
        value: "\"on_open\"",
        example: &[],
        about: "When an article is marked as read automatically: \"never\"; \"on_open\", when you \
                read it with Enter, reach its end or open its original; \"after 3s\", once it has \
                been shown for that long.",
    },
    ConfigRow {
        way: &["refresh"],
        kind: ValueKind::Like(
            |text| Refresh::try_from(text.to_owned()).is_ok(),
            "\"never\" or a time like \"30m\"",
        ),
        value: "\"never\"",
        example: &[],
        about: "How often the reader fetches due feeds automatically: \"never\", or when it starts \
                and then every \"30m\", \"6h\" or \"1d\".",
    },
    ConfigRow {
        way: &["default_library"],
        kind: ValueKind::Text("the name of a library"),
        value: "\"\"",
        example: &[],
        about: "Which named library opens by default. Without it, `library` opens, else the first \
                named one.",
    },
    ConfigRow {
        way: &["view_order"],
        kind: ValueKind::List("names of views"),
        value: "[]",
        example: &[],
        about: "The order of the views, by name, built-in ones included; the others follow.",
    },
    ConfigRow {
        way: &["cursor"],
        kind: ValueKind::Word(&["hidden", "shown"]),
        value: "\"hidden\"",
        example: &[],
        about: "Whether the terminal's own cursor is \"hidden\" or \"shown\". Either way it stays \
                on the line in use, for screen readers and braille displays.",
    },
    ConfigRow {
        way: &["screen_reader"],
        kind: ValueKind::Switch,
        value: "false",
        example: &[],
        about: "For a screen reader or braille display: words instead of signs, no lines, one pane \
                at a time, the cursor on the line in use. Changed lines are rewritten whole, \
                messages stay until the next key, and nothing moves on its own.",
    },
    ConfigRow {
        way: &["text_width"],
        kind: ValueKind::Number(Measure::RANGE),
        value: "78",
        example: &[],
        about: "Maximum width of text, in columns, however wide the pane. `newsdesk show` uses it \
                too.",
    },
    ConfigRow {
        way: &["mouse"],
        kind: ValueKind::Switch,
        value: "false",
        example: &[],
        about: "Whether the mouse works in the reader: a click selects or picks, a double click \
                opens, the wheel scrolls, borders can be dragged. Selecting text then needs Shift, \
                so this is off by default.",
    },
    ConfigRow {
        way: &["hyperlinks"],
        kind: ValueKind::Switch,
        value: "true",
        example: &[],
        about: "Whether links in a text are also terminal links (OSC 8), which the terminal opens \
                in its own way. Only checked http and https addresses, and not in terminals known \
                to ignore them.",
    },
    ConfigRow {
        way: &["pictures"],
        kind: ValueKind::Word(&["auto", "off", "kitty", "iterm2", "halfblocks"]),
        value: "\"auto\"",
        example: &[],
        about: "How pictures in a text are shown, in builds with pictures: \"auto\", by a protocol \
                that the terminal reports, else in half blocks; \"off\", as captions; or always by \
                \"kitty\", \"iterm2\" or \"halfblocks\". Without colours, with ASCII signs or for \
                a screen reader, always as captions.",
    },
    ConfigRow {
        way: &["browser"],
        kind: COMMAND,
        value: "\"\"",
        example: &[],
        about: "The command that opens links: \"firefox --new-tab %s\". The link replaces `%s`, or \
                comes last. Without it, `$BROWSER`, then the system's default.",
    },
    ConfigRow {
        way: &["editor"],
        kind: COMMAND,
        value: "\"\"",
        example: &[],
        about: "The command that edits files. Without it, `$VISUAL`, then `$EDITOR`.",
    },
    ConfigRow {
        way: &["clipboard"],
        kind: COMMAND,
        value: "\"auto\"",
        example: &[],
        about: "How text is copied. \"auto\": by wl-copy, xclip, xsel or pbcopy on the machine in \
                front of you, else by the terminal (OSC 52); \"terminal\": always by the terminal; \
                or a command that reads the text from stdin.",
    },
    ConfigRow {
        way: &["date_style"],
        kind: ValueKind::Word(&["relative", "absolute", "iso"]),
        value: "\"relative\"",
        example: &[],
        about: "Dates in lists: \"relative\" (2h, 3d, 30 Dec), \"absolute\" (30 Dec 21) or \"iso\" \
                (2021-12-30).",
    },
    ConfigRow {
        way: &["time_zone"],
        kind: ValueKind::Like(
            |text| text.is_empty() || TimeZone::get(text).is_ok(),
            "the name of a time zone, such as \"Europe/Zurich\"",
        ),
        value: "\"\"",
        example: &[],
        about: "The time zone of dates, such as \"Europe/Zurich\". Without it, the \
                system's.",
    },
    ConfigRow {
        way: &["theme", "base"],
        kind: ValueKind::Checked(theme_values::check_base, "the name of a theme, or a path"),
        value: "\"terminal\"",
        example: &[],
        about: "The colours: a theme listed by `newsdesk themes`, or the path of your own file. `g \
                c` in the reader chooses one.",
    },
    ConfigRow {
        way: &["theme", "background"],
        kind: ValueKind::Checked(
            theme_values::check_background,
            "\"ask\", \"light\", \"dark\", \"unknown\" or a colour like \"#fdf6e3\"",
        ),
        value: "\"ask\"",
        example: &[],
        about: "The terminal's background. \"ask\": the terminal is asked once for its colours. \
                Otherwise it is not asked: \"light\" or \"dark\" picks one theme of a pair such as \
                \"solarized\", and a colour also sets the shade of secondary text.",
    },
    ConfigRow {
        way: &["theme", ROLE],
        kind: ValueKind::Checked(theme_values::check_style, "a style"),
        value: "\"bold cyan\"",
        example: &["accent"],
        about: "Your own styles for single roles: attributes, a colour, and a background after \
                `on`. docs/themes.md lists the roles.",
    },
    ConfigRow {
        way: &["triage", "advance"],
        kind: ValueKind::Switch,
        value: "true",
        example: &[],
        about: "Whether deciding on an article goes to the next one.",
    },
    ConfigRow {
        way: &["stories", "group"],
        kind: ValueKind::Switch,
        value: "true",
        example: &[],
        about: "Whether the list has one row per story, for all articles that tell it. `g d` in \
                the reader changes it until you quit.",
    },
    ConfigRow {
        way: &["stories", "done_holds"],
        kind: ValueKind::Switch,
        value: "true",
        example: &[],
        about: "Whether a new article of a story that is done comes in as done: dimmed, announced \
                in the bottom line, undone with `u`. false: it comes into the Inbox like any \
                other.",
    },
    ConfigRow {
        way: &["panes", "facets"],
        kind: ValueKind::Number(PaneSizes::FACETS),
        value: "27",
        example: &[],
        about: "Width of the facets, in columns. `<` and `>` resize panes.",
    },
    ConfigRow {
        way: &["panes", "list"],
        kind: ValueKind::Number(PaneSizes::SHARES),
        value: "54",
        example: &[],
        about: "Width of the list, in percent of list and text.",
    },
    ConfigRow {
        way: &["panes", "related"],
        kind: ValueKind::Number(PaneSizes::SHARES),
        value: "30",
        example: &[],
        about: "Height of related, in percent of its column.",
    },
    ConfigRow {
        way: &["list", "columns"],
        kind: ValueKind::Each(
            |text| ListColumn::parse(text).is_some(),
            "columns: provider, age, quality, heat, topic, author, kind, category, folder or \
             reading, optionally with a width",
        ),
        value: "[\"provider\", \"age\", \"quality\"]",
        example: &[],
        about: "The columns beside the titles, from left to right, optionally with a width: \
                \"provider 20\". Titles get 40 columns first; if not all fit, the leftmost are \
                dropped.",
    },
    ConfigRow {
        way: &["hooks", "after_publish"],
        kind: ValueKind::List("words"),
        value: "[]",
        example: &[],
        about: "A program to run after files are written, and its arguments; there is no shell. It \
                gets the articles as JSON. docs/hooks.md has a recipe that commits them.",
    },
    ConfigRow {
        way: &["hooks", "after_mark"],
        kind: ValueKind::List("words"),
        value: "[]",
        example: &[],
        about: "The same, after a decision on articles.",
    },
    ConfigRow {
        way: &["hooks", "after_load"],
        kind: ValueKind::List("words"),
        value: "[]",
        example: &[],
        about: "The same, after articles come into the library.",
    },
    ConfigRow {
        way: &["hooks", "time_limit"],
        kind: ValueKind::Number(1..=3600),
        value: "30",
        example: &[],
        about: "How long a hook may take, in seconds. After that it is stopped.",
    },
    ConfigRow {
        way: &["libraries", ANY, "roots"],
        kind: ValueKind::List("paths"),
        value: "[\"~/papers\", \"~/blog/_posts\"]",
        example: &["ai"],
        about: "Libraries by name: their folders and files. `newsdesk -l NAME` opens one.",
    },
    ConfigRow {
        way: &["libraries", ANY, "generator"],
        kind: ValueKind::Checked(
            |text| overrides::generator(text).map(drop),
            "the name of a generator",
        ),
        value: "\"hugo\"",
        example: &["ai"],
        about: "The generator of that library's site, overriding what its folder says: it decides \
                what is published. \"none\": no generator.",
    },
    ConfigRow {
        way: &["libraries", ANY, "views", ANY],
        kind: ValueKind::Query,
        value: "\"topic:robotics\"",
        example: &["ai", "Robots"],
        about: "Views for that library only. They come before your others, and replace those with \
                the same name.",
    },
    ConfigRow {
        way: &["libraries", ANY, "fields", FIELD],
        kind: ValueKind::List("names of fields"),
        value: "[\"labels\"]",
        example: &["ai", "topics"],
        about: "More field names for that library, by role. The built-in names take precedence. \
                docs/formats.md lists the roles.",
    },
    ConfigRow {
        way: &["views", ANY],
        kind: ValueKind::Query,
        value: "\"topic:robotics -is:published sort:-quality\"",
        example: &["Robots, best first"],
        about: "Your own views: names and queries, in the order of their numbers. A view with the \
                name of a built-in one replaces it; `false` instead of a query hides the built-in \
                one.",
    },
    ConfigRow {
        way: &["keys", ANY, ANY],
        kind: ValueKind::Bound,
        value: "\"sort quality\"",
        example: &["list", "g q"],
        about: "Your own keys, by context: what you would type after `:`, several of these lines, \
                or a program to run. \"none\" unbinds a key and every sequence that starts with \
                it. docs/keys.md lists the commands and explains programs.",
    },
];

impl ConfigRow {
    /// Its name as typed: `triage.advance`, `views.NAME`.
    pub fn name(&self) -> String {
        let parts = self.way.iter().map(|part| match *part {
            ANY => "NAME",
            ROLE | FIELD => "ROLE",
            fixed => fixed,
        });
        parts.collect::<Vec<_>>().join(".")
    }

    /// Whether all names in its path are fixed, so that it has a default.
    pub fn is_fixed(&self) -> bool {
        !self
            .way
            .iter()
            .any(|part| [ANY, ROLE, FIELD].contains(part))
    }

    /// Whether the names so far lead to it.
    pub fn is_on(&self, way: &[String]) -> bool {
        let fits = |(own, name): (&&'static str, &String)| {
            names(own).is_none_or(|names| names.contains(&name.as_str()))
        };
        way.len() <= self.way.len() && self.way.iter().zip(way).all(fits)
    }
}

impl ValueKind {
    /// The values it takes, in words.
    pub fn expected(&self) -> String {
        match self {
            Self::List(what) | Self::Each(_, what) => format!("a list of {what}"),
            Self::Number(range) => format!("a number from {} to {}", range.start(), range.end()),
            Self::Query => "a query, or false to hide a built-in view".to_owned(),
            Self::Word(words) => {
                let quoted: Vec<String> = words.iter().map(|it| format!("\"{it}\"")).collect();
                match &quoted[..] {
                    [rest @ .., last] if !rest.is_empty() => {
                        format!("{} or {last}", rest.join(", "))
                    }
                    all => all.join(""),
                }
            }
            Self::Like(_, expected) | Self::Checked(_, expected) | Self::Text(expected) => {
                (*expected).to_owned()
            }
            Self::Switch => "true or false".to_owned(),
            Self::Bound => {
                "a line of commands, a list of lines, or { run = [\"program\", …] }".to_owned()
            }
        }
    }
}
