//! The contexts in which keys are bound, and the order in which they are searched. Which pane has
//! the focus is the app's business.

/// Where a binding applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// All panes. Overlays inherit only some of these bindings.
    Everywhere,
    /// The panes that show articles: list, detail and related.
    Article,
    List,
    Detail,
    Related,
    Facets,
    /// The input line at the bottom of the screen: a search, a command, tags.
    Line,
    /// The help overlay; typing filters its rows.
    Help,
    /// The overlay with an article's links.
    Picker,
    /// Choosing a link by the letters on it.
    Letters,
    /// The overlay with the views.
    Views,
    /// The overlay with the sort orders.
    Orders,
    /// The strip with the themes.
    Themes,
    /// The overlay with the feeds.
    Feeds,
    /// The fuzzy finder; typing selects its rows.
    Jump,
    /// The overlay with the journal.
    Journal,
    /// A question to confirm before something is done.
    Confirm,
    /// The review of what is staged.
    Review,
    /// The overlay with the diagnostics.
    Diagnostics,
    /// The overlay with what a program has printed.
    Output,
}

impl Context {
    /// All contexts, outer ones first.
    pub const ALL: [Context; 20] = [
        Context::Everywhere,
        Context::Article,
        Context::List,
        Context::Detail,
        Context::Related,
        Context::Facets,
        Context::Line,
        Context::Help,
        Context::Picker,
        Context::Letters,
        Context::Views,
        Context::Orders,
        Context::Themes,
        Context::Feeds,
        Context::Jump,
        Context::Journal,
        Context::Confirm,
        Context::Review,
        Context::Diagnostics,
        Context::Output,
    ];

    /// Its name in the configuration file, the help and the docs.
    pub fn word(self) -> &'static str {
        match self {
            Context::Everywhere => "everywhere",
            Context::Article => "article",
            Context::List => "list",
            Context::Detail => "detail",
            Context::Related => "related",
            Context::Facets => "facets",
            Context::Line => "line",
            Context::Help => "help",
            Context::Picker => "picker",
            Context::Letters => "letters",
            Context::Views => "views",
            Context::Orders => "orders",
            Context::Themes => "themes",
            Context::Feeds => "feeds",
            Context::Jump => "jump",
            Context::Journal => "journal",
            Context::Confirm => "confirm",
            Context::Review => "review",
            Context::Diagnostics => "diagnostics",
            Context::Output => "output",
        }
    }

    /// Looks a context up by name.
    pub fn from_word(word: &str) -> Option<Context> {
        Context::ALL.into_iter().find(|it| it.word() == word)
    }

    /// The enclosing contexts, nearest first. Its own bindings take precedence over theirs, and
    /// nearer ones over farther ones.
    pub fn inside_of(self) -> &'static [Context] {
        match self {
            Context::Everywhere => &[],
            Context::Review => &[Context::Confirm, Context::Everywhere],
            Context::List | Context::Detail | Context::Related | Context::Picker => {
                &[Context::Article, Context::Everywhere]
            }
            Context::Article
            | Context::Facets
            | Context::Line
            | Context::Help
            | Context::Letters
            | Context::Views
            | Context::Orders
            | Context::Themes
            | Context::Feeds
            | Context::Jump
            | Context::Journal
            | Context::Confirm
            | Context::Diagnostics
            | Context::Output => &[Context::Everywhere],
        }
    }
}
