//! Where a key is pressed, and in which order the contexts are asked what it does. Not which
//! pane has the focus: the state knows that.

/// Where a binding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// In every pane; an overlay takes only some of these.
    Everywhere,
    /// In every pane that shows articles: list, detail and related.
    Article,
    List,
    Detail,
    Related,
    Facets,
    /// A line of text at the bottom of the screen: a search, a command, a tag.
    Line,
    /// The help, an overlay in which what is typed narrows the rows.
    Help,
    /// The choice among an article's links, an overlay.
    Picker,
    /// The list of views, an overlay.
    Views,
    /// The choice among orders, an overlay.
    Orders,
    /// The choice of where to go, an overlay in which what is typed finds the rows.
    Jump,
    /// The journal, an overlay.
    Journal,
    /// A question before something is done, an overlay.
    Confirm,
    /// What was wrong with the files, an overlay.
    Diagnostics,
}

impl Context {
    /// All of them, outer ones first.
    pub const ALL: [Context; 15] = [
        Context::Everywhere,
        Context::Article,
        Context::List,
        Context::Detail,
        Context::Related,
        Context::Facets,
        Context::Line,
        Context::Help,
        Context::Picker,
        Context::Views,
        Context::Orders,
        Context::Jump,
        Context::Journal,
        Context::Confirm,
        Context::Diagnostics,
    ];

    /// The word for it, in the configuration file, the help and the docs.
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
            Context::Views => "views",
            Context::Orders => "orders",
            Context::Jump => "jump",
            Context::Journal => "journal",
            Context::Confirm => "confirm",
            Context::Diagnostics => "diagnostics",
        }
    }

    /// The context with this word.
    pub fn from_word(word: &str) -> Option<Context> {
        Context::ALL.into_iter().find(|it| it.word() == word)
    }

    /// The contexts that this one is inside of, the nearest first. Its own bindings come before
    /// theirs, and those of a nearer one before those of a farther one.
    pub fn inside_of(self) -> &'static [Context] {
        match self {
            Context::Everywhere => &[],
            Context::List | Context::Detail | Context::Related | Context::Picker => {
                &[Context::Article, Context::Everywhere]
            }
            Context::Article
            | Context::Facets
            | Context::Line
            | Context::Help
            | Context::Views
            | Context::Orders
            | Context::Jump
            | Context::Journal
            | Context::Confirm
            | Context::Diagnostics => &[Context::Everywhere],
        }
    }
}
