//! The command table: one row for each thing a person can do. The enum, the names, the default
//! keys, the help, the footer and `docs/keys.md` all come from it. Not what a command does: the
//! app's `update` has that, and does not compile while a command is missing there.

use super::Context;

/// What belongs together in the help. The help shows the groups in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    Moving,
    Panes,
    Articles,
    Deciding,
    Finding,
    Facets,
    Related,
    Program,
}

impl Group {
    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Group::Moving => "Moving",
            Group::Panes => "Panes",
            Group::Articles => "Articles",
            Group::Deciding => "Deciding",
            Group::Finding => "Finding",
            Group::Facets => "Facets",
            Group::Related => "Related",
            Group::Program => "Program",
        }
    }
}

/// All that is known about a command, apart from what it does.
#[derive(Debug)]
pub struct Row {
    pub command: Command,
    /// Its name in the configuration file: the variant's, in small letters with hyphens.
    pub name: &'static str,
    pub group: Group,
    /// One sentence for the help.
    pub description: &'static str,
    /// One or two words for the footer, and for what can follow a prefix. Neighbours with the
    /// same label share one entry of the footer.
    pub label: &'static str,
    /// Its turn in the footer, the lowest first; without one it stays out.
    pub turn: Option<u8>,
    /// The default keys: where, and which sequences there, in `Key::parse_sequence`'s notation.
    pub keys: &'static [(Context, &'static [&'static str])],
}

impl Command {
    /// The row of this command.
    pub fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// The command with this name.
    pub fn from_name(name: &str) -> Option<Command> {
        let row = TABLE.iter().find(|row| row.name == name)?;
        Some(row.command)
    }
}

/// Makes `Command` and `TABLE` of rows in this form, where `@` gives the turn in the footer:
///
/// ```text
/// Variant "name" Group "Description." "label" @ turn, Context: "keys" "keys", Context: "keys";
/// ```
macro_rules! commands {
    ($($variant:ident $name:literal $group:ident $description:literal
        $label:literal $(@ $turn:literal)? $(, $context:ident: $($keys:literal)+)+;)+) => {
        /// One thing a person can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $(#[doc = $description] $variant,)+
        }

        /// Every command, in the order of the help.
        pub const TABLE: &[Row] = &[$(Row {
            command: Command::$variant,
            name: $name,
            group: Group::$group,
            description: $description,
            label: $label,
            turn: commands!(turn $($turn)?),
            keys: &[$((Context::$context, &[$($keys),+])),+],
        }),+];
    };
    (turn) => { None };
    (turn $turn:literal) => { Some($turn) };
}

commands! {
    Down "down" Moving "Move a row or a line down."
        "move" @ 60, Everywhere: "j" "down";
    Up "up" Moving "Move a row or a line up."
        "move" @ 60, Everywhere: "k" "up";
    First "first" Moving "Go to the first row or line."
        "first", Everywhere: "g g" "home";
    Last "last" Moving "Go to the last row or line."
        "last", Everywhere: "G" "end";
    HalfPageDown "half-page-down" Moving "Move half a page down."
        "half page", Everywhere: "ctrl-d";
    HalfPageUp "half-page-up" Moving "Move half a page up."
        "half page", Everywhere: "ctrl-u";
    PageDown "page-down" Moving "Move a page down."
        "page", Everywhere: "ctrl-f" "pagedown";
    PageUp "page-up" Moving "Move a page up."
        "page", Everywhere: "ctrl-b" "pageup";
    NextUnread "next-unread" Moving "Go to the next unread article."
        "unread" @ 70, List: "n";
    PreviousUnread "previous-unread" Moving "Go to the previous unread article."
        "unread" @ 70, List: "N";
    NextArticle "next-article" Moving "Show the next article of the list."
        "article" @ 70, Detail: "J";
    PreviousArticle "previous-article" Moving "Show the previous article of the list."
        "article" @ 70, Detail: "K";
    PageOrNext "page-or-next" Moving "Read a page on; at the end, the next article."
        "read on" @ 20, Detail: "space";

    PaneLeft "pane-left" Panes "Go to the pane on the left."
        "panes", Everywhere: "h" "left";
    PaneRight "pane-right" Panes "Go to the pane on the right."
        "panes", Everywhere: "l" "right";
    NextPane "next-pane" Panes "Go to the next pane."
        "next pane", Everywhere: "tab";
    PreviousPane "previous-pane" Panes "Go to the previous pane."
        "previous pane", Everywhere: "shift-tab";
    ScrollDown "scroll-down" Panes "Scroll the text down without leaving the list."
        "scroll text" @ 110, List: "J";
    ScrollUp "scroll-up" Panes "Scroll the text up without leaving the list."
        "scroll text" @ 110, List: "K";
    Enter "enter" Panes "Go into what is under the cursor."
        "go in" @ 30, Everywhere: "enter";
    Cancel "cancel" Panes "Cancel what is going on, or clear what is filtered."
        "cancel" @ 150, Everywhere: "esc", Line: "ctrl-c";
    Back "back" Panes "Go back; at the top, quit."
        "back" @ 145, Everywhere: "q";
    Zoom "zoom" Panes "Show the text alone, or all panes again."
        "text alone" @ 120, Everywhere: "z";

    OpenOriginal "open-original" Articles "Open the original in the browser."
        "open" @ 40, Article: "o";
    PickLink "pick-link" Articles "Pick one of its links to open."
        "links" @ 90, Article: "O";
    CopyLink "copy-link" Articles "Copy the link of the original."
        "copy link" @ 100, Article: "y y";
    CopyTitle "copy-title" Articles "Copy the title."
        "copy title", Article: "y t";
    CopyMarkdown "copy-markdown" Articles "Copy title and link as a Markdown link."
        "copy Markdown", Article: "y m";
    CopyPath "copy-path" Articles "Copy the path of the file."
        "copy path", Article: "y p";

    DoneAndNext "done-and-next" Deciding "Done, and on to the next one; on what is done: not done."
        "done" @ 41, Article: "d";
    OpenDoneAndNext "open-done-and-next" Deciding "Open the original; done, and on to the next one."
        "open, done", Article: "ctrl-o";
    ToggleRead "toggle-read" Deciding "Mark as read, or as unread again."
        "read" @ 80, Article: "r" "m";
    ToggleStar "toggle-star" Deciding "Star, or take the star away."
        "star" @ 42, Article: "s";
    Later "later" Deciding "Put off until a day."
        "later" @ 43, Article: "L";
    Tags "tags" Deciding "Put tags on, or take them off."
        "tags" @ 81, Article: "#";
    Note "note" Deciding "Write a note about it."
        "note" @ 82, Article: "i";
    Stage "stage" Deciding "Stage publishing it or the contrary; again: neither."
        "publish" @ 44, Article: "P";
    Review "review" Deciding "Look at what is staged, and write it into the files."
        "review" @ 83, Article: "$";
    SelectOne "select-one" Deciding "Select it for a decision on several, or no longer."
        "select" @ 84, List: "x";
    SelectRange "select-range" Deciding "Select all that the cursor passes from here on."
        "range", List: "v";
    SelectAll "select-all" Deciding "Select all that is listed; again: nothing."
        "all", List: "X";
    AllDone "all-done" Deciding "All that is listed is done; asks first."
        "all done", List: "A";
    Undo "undo" Deciding "Take back the last decision."
        "undo" @ 48, Everywhere: "u";
    Redo "redo" Deciding "Take back the last undo."
        "redo", Everywhere: "ctrl-r";
    ShowJournal "show-journal" Deciding "Show what was decided, to take it back from there."
        "journal" @ 89, Everywhere: "U";
    Repeat "repeat" Deciding "The last decision once more, on this one."
        "repeat", Article: ".";
    CommandLine "command-line" Deciding "Decide on all that a query selects."
        "command" @ 89, Everywhere: ":";
    Confirm "confirm" Deciding "Yes, do it."
        "do it" @ 10, Confirm: "y";

    Search "search" Finding "Narrow what is listed while typing."
        "search" @ 45, Everywhere: "/";
    EditQuery "edit-query" Finding "Edit the whole query that is in force."
        "query" @ 86, Everywhere: "f";
    ShowViews "show-views" Finding "List the views: queries with a name."
        "views" @ 87, Everywhere: "F";
    NumberedView "numbered-view" Finding "List what the view of that number selects."
        "view", Everywhere: "1" "2" "3" "4" "5" "6" "7" "8" "9";
    KeepView "keep-view" Finding "Keep the query in force as a view."
        "keep" @ 20, Views: "a";
    Sort "sort" Finding "Sort what is listed."
        "sort" @ 88, Everywhere: "S";
    ForgetOrder "forget-order" Finding "Sort as it was sorted before anything was picked."
        "default" @ 20, Orders: "backspace";
    JumpToArticle "jump-to-article" Finding "Go to an article by letters of title or provider."
        "article", Everywhere: "g a";
    JumpToTopic "jump-to-topic" Finding "Go to a topic by some of its letters."
        "topic", Everywhere: "g t";
    JumpToProvider "jump-to-provider" Finding "Go to a provider by some of its letters."
        "provider", Everywhere: "g p";
    SearchText "search-text" Finding "Search in the text that is shown."
        "search" @ 45, Detail: "/";
    NextMatch "next-match" Finding "Go to the next place that was found in the text."
        "match" @ 46, Detail: "n";
    PreviousMatch "previous-match" Finding "Go to the previous place that was found in the text."
        "match" @ 46, Detail: "N";
    Accept "accept" Finding "Take the line as it stands."
        "keep" @ 10, Line: "enter";
    Complete "complete" Finding "Complete the word at the cursor; again: with the next."
        "complete" @ 20, Line: "tab";
    CompleteBack "complete-back" Finding "Complete it with the one before."
        "back", Line: "shift-tab";
    EarlierLine "earlier-line" Finding "Take a line that was typed before."
        "earlier" @ 30, Line: "up";
    LaterLine "later-line" Finding "Take the line that was typed after it."
        "earlier" @ 30, Line: "down";

    ShowFacets "show-facets" Facets "Go to the facets, or leave them."
        "facets" @ 85, Everywhere: "t";
    NarrowFacets "narrow-facets" Facets "Find values by their first letters."
        "find" @ 15, Facets: "/";
    IncludeValue "include-value" Facets "Only articles with this value, besides others; again: any."
        "include" @ 10, Facets: "space";
    ExcludeValue "exclude-value" Facets "No articles with this value; again: any."
        "exclude" @ 11, Facets: "-";
    OnlyValue "only-value" Facets "Only this value, whatever was picked before; or unfold."
        "only this" @ 12, Facets: "enter";
    AnyOrAll "any-or-all" Facets "Change between any and all of the included values."
        "any/all" @ 13, Facets: "a";
    ClearValues "clear-values" Facets "Forget what is picked; with nothing picked, leave."
        "clear" @ 14, Facets: "esc";

    FollowRelated "follow-related" Related "Go to the article under the cursor, if it is in the library."
        "go there" @ 10, Related: "enter";
    ComeBack "come-back" Related "Come back from where a related article led."
        "come back" @ 105, Article: "backspace";
    PreviousRelated "previous-related" Related "Pick the previous related article."
        "related" @ 95, Article: "[";
    NextRelated "next-related" Related "Pick the next related article."
        "related" @ 95, Article: "]";

    Help "help" Program "Show every key and what it does."
        "all keys" @ 50, Everywhere: "?";
    ShowDiagnostics "show-diagnostics" Program "Show what was wrong with the files, or hide it."
        "diagnostics" @ 130, Everywhere: "!";
    Refresh "refresh" Program "Read the library again."
        "refresh" @ 140, Everywhere: "R";
    Redraw "redraw" Program "Draw the whole screen again."
        "redraw", Everywhere: "ctrl-l";
    Suspend "suspend" Program "Give the shell the terminal until the program is called back."
        "suspend", Everywhere: "ctrl-z";
    Quit "quit" Program "Quit from anywhere."
        "quit", Everywhere: "Q";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// `HalfPageDown` as `half-page-down`.
    fn kebab(variant: &str) -> String {
        let mut name = String::new();
        for letter in variant.chars() {
            if letter.is_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.extend(letter.to_lowercase());
        }
        name
    }

    #[test]
    fn every_command_finds_its_own_row_by_itself_and_by_its_name() {
        for row in TABLE {
            assert_eq!(row.command.row().name, row.name);
            assert_eq!(row.name, kebab(&format!("{:?}", row.command)));
            assert_eq!(Command::from_name(row.name), Some(row.command));
        }
        assert_eq!(Command::from_name("none"), None, "the word that unbinds");
    }

    #[test]
    fn no_name_and_no_description_is_there_twice() {
        let names: BTreeSet<_> = TABLE.iter().map(|row| row.name).collect();
        let descriptions: BTreeSet<_> = TABLE.iter().map(|row| row.description).collect();
        assert_eq!(names.len(), TABLE.len());
        assert_eq!(descriptions.len(), TABLE.len());
    }

    #[test]
    fn every_description_is_one_short_sentence() {
        for row in TABLE {
            let text = row.description;
            assert!(text.ends_with('.'), "{}: {text}", row.name);
            assert!(text.starts_with(char::is_uppercase), "{}: {text}", row.name);
            assert!((10..=64).contains(&text.len()), "{}: {text}", row.name);
        }
    }

    #[test]
    fn labels_are_short() {
        for row in TABLE {
            assert!((1..=13).contains(&row.label.len()), "{}", row.name);
        }
    }

    #[test]
    fn rows_of_one_group_stand_together_in_the_order_of_the_groups() {
        assert!(TABLE.is_sorted_by_key(|row| row.group));
    }
}
