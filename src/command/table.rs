//! The command table: one row for each thing a person can do. The enum, the names, the default
//! keys, the help, the footer and `docs/keys.md` are all generated from it. What a command does is
//! up to the app, whose exhaustive `match` will not compile while a command is missing.

use super::Context;

/// A group of related commands, in the order that the help lists them.
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
    /// The heading shown above the group.
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

/// Everything about a command except what it does.
#[derive(Debug)]
pub struct CommandRow {
    pub command: Command,
    /// Its name in the configuration file: the variant's name in kebab case.
    pub name: &'static str,
    pub group: Group,
    /// One sentence for the help.
    pub description: &'static str,
    /// One or two words for the footer and for the keys that can follow a prefix. Adjacent commands
    /// with the same label share one footer entry.
    pub label: &'static str,
    /// Its position in the footer, lowest first; `None` keeps it out.
    pub turn: Option<u8>,
    /// Which builds have it.
    pub builds: Builds,
    /// The default keys: the context, and its sequences in the notation of `Key::parse_sequence`.
    pub keys: &'static [(Context, &'static [&'static str])],
}

/// Which builds of the program have a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builds {
    All,
    /// Those with the Cargo feature `pictures`.
    Pictures,
}

impl CommandRow {
    /// Whether this build has it. Where it does not, it is bound to no key and offered nowhere.
    pub fn is_built(&self) -> bool {
        match self.builds {
            Builds::All => true,
            Builds::Pictures => cfg!(feature = "pictures"),
        }
    }
}

impl Command {
    /// The command's row in the table.
    pub fn row(self) -> &'static CommandRow {
        &TABLE[self as usize]
    }

    /// Looks a command up by name.
    pub fn from_name(name: &str) -> Option<Command> {
        let row = TABLE.iter().find(|row| row.name == name)?;
        Some(row.command)
    }
}

/// Generates `Command` and `TABLE` from rows of this form, where `@` gives the footer position, and `in`
/// which builds have the command if not all:
///
/// ```text
/// Variant "name" Group "Description." "label" @ turn in Builds, Context: "keys" "keys", Context: "keys";
/// ```
macro_rules! commands {
    ($($variant:ident $name:literal $group:ident $description:literal
        $label:literal $(@ $turn:literal)? $(in $builds:ident)? $(, $context:ident: $($keys:literal)+)+;)+) => {
        /// One thing a person can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $(#[doc = $description] $variant,)+
        }

        /// Every command, in the order of the help.
        pub const TABLE: &[CommandRow] = &[$(CommandRow {
            command: Command::$variant,
            name: $name,
            group: Group::$group,
            description: $description,
            label: $label,
            turn: commands!(turn $($turn)?),
            builds: commands!(builds $($builds)?),
            keys: &[$((Context::$context, &[$($keys),+])),+],
        }),+];
    };
    (turn) => { None };
    (turn $turn:literal) => { Some($turn) };
    (builds) => { Builds::All };
    (builds $builds:ident) => { Builds::$builds };
}

commands! {
    Down "down" Moving "Move down one row or line."
        "move" @ 60, Everywhere: "j" "down";
    Up "up" Moving "Move up one row or line."
        "move" @ 60, Everywhere: "k" "up";
    First "first" Moving "Go to the first row or line."
        "first", Everywhere: "g g" "home";
    Last "last" Moving "Go to the last row or line."
        "last", Everywhere: "G" "end";
    HalfPageDown "half-page-down" Moving "Move down half a page."
        "half page", Everywhere: "ctrl-d";
    HalfPageUp "half-page-up" Moving "Move up half a page."
        "half page", Everywhere: "ctrl-u";
    PageDown "page-down" Moving "Move down one page."
        "page", Everywhere: "ctrl-f" "pagedown";
    PageUp "page-up" Moving "Move up one page."
        "page", Everywhere: "ctrl-b" "pageup";
    NextUnhandled "next-unhandled" Moving "Go to the next unhandled article."
        "unhandled" @ 70, List: "n";
    PreviousUnhandled "previous-unhandled" Moving "Go to the previous unhandled article."
        "unhandled" @ 70, List: "N";
    NextArticle "next-article" Moving "Show the next article in the list."
        "article" @ 70, Detail: "J";
    PreviousArticle "previous-article" Moving "Show the previous article in the list."
        "article" @ 70, Detail: "K";
    PageOrNext "page-or-next" Moving "Scroll one page; at the end, show the next article."
        "read on" @ 20, Detail: "space";

    PaneLeft "pane-left" Panes "Focus the pane to the left."
        "panes", Everywhere: "h" "left";
    PaneRight "pane-right" Panes "Focus the pane to the right."
        "panes", Everywhere: "l" "right";
    NextPane "next-pane" Panes "Focus the next pane."
        "next pane", Everywhere: "tab";
    PreviousPane "previous-pane" Panes "Focus the previous pane."
        "previous pane", Everywhere: "shift-tab";
    ScrollDown "scroll-down" Panes "Scroll the text down from the list."
        "scroll text" @ 110, List: "J";
    ScrollUp "scroll-up" Panes "Scroll the text up from the list."
        "scroll text" @ 110, List: "K";
    Enter "enter" Panes "Open what is under the cursor."
        "read" @ 30, Everywhere: "enter";
    Cancel "cancel" Panes "Cancel, or clear the filter."
        "cancel" @ 150, Everywhere: "esc", Line: "ctrl-c";
    Back "back" Panes "Go back; at the top level, quit."
        "back" @ 145, Everywhere: "q";
    NarrowerPane "narrower-pane" Panes "Make the pane narrower (related: shorter)."
        "pane size" @ 122, Everywhere: "<";
    WiderPane "wider-pane" Panes "Make the pane wider (related: taller)."
        "pane size" @ 122, Everywhere: ">";
    Zoom "zoom" Panes "Show only the text, or all panes."
        "text only" @ 120, Everywhere: "z";

    OpenOriginal "open-original" Articles "Open the original in the browser."
        "open" @ 40, Article: "o";
    PickLink "pick-link" Articles "Choose one of the article's links."
        "links" @ 90, Article: "O";
    FollowLink "follow-link" Articles "Follow a link on the screen by its letters."
        "follow" @ 91, Article: ";";
    NarrowLinks "narrow-links" Articles "Narrow the links by words."
        "narrow" @ 20, Picker: "/";
    ToggleStory "toggle-story" Articles "Show or hide the other articles that tell the story."
        "story" @ 85, Article: "+";
    MoreFields "more-fields" Articles "Show or hide the fields meant for machines."
        "more fields" @ 124, Article: "M";
    CopyLink "copy-link" Articles "Copy the link to the original, or the one chosen."
        "copy link" @ 100, Article: "y y", Letters: "y";
    CopyTitle "copy-title" Articles "Copy the title."
        "copy title", Article: "y t";
    CopyMarkdown "copy-markdown" Articles "Copy a Markdown link: title and URL."
        "copy Markdown", Article: "y m";
    CopyPath "copy-path" Articles "Copy the file's path."
        "copy path", Article: "y p";
    Pipe "pipe" Articles "Pipe the article to a program and show its output."
        "pipe", Article: "|";
    WritePage "write-page" Articles "Write the page to a file: Markdown, HTML, text or JSON."
        "write page", Article: "w";
    FullText "full-text" Articles "Fetch the full text of the article into its file."
        "full text", Article: "W";
    FetchPictures "fetch-pictures" Articles "Fetch the article's pictures from the web."
        "pictures" in Pictures, Article: "I";
    EditFile "edit-file" Articles "Open the file in your editor, at its text."
        "edit", Article: "e";

    DoneAndNext "done-and-next" Deciding "Mark done and go to the next article."
        "done" @ 41, Article: "d";
    DoneWithStory "done-with-story" Deciding "Mark the whole story done and go to the next one."
        "story done", Article: "D";
    SplitOrJoin "split-or-join" Deciding "Split it off its story, or join it with the selection."
        "split, join", Article: "&";
    OpenDoneAndNext "open-done-and-next" Deciding "Open the original, mark done, go to the next \
                                                   article."
        "open, done", Article: "ctrl-o";
    ToggleRead "toggle-read" Deciding "Mark as read or unread."
        "read" @ 80, Article: "r" "m";
    ToggleStar "toggle-star" Deciding "Add or remove the star."
        "star" @ 46, Article: "s";
    Publish "publish" Deciding "Stage publishing, mark done, go to the next article."
        "publish" @ 42, Article: "P";
    Unpublish "unpublish" Deciding "Stage unpublishing, mark done, go to the next article."
        "unpublish" @ 43, Article: "H";
    Reject "reject" Deciding "Reject and go to the next article."
        "reject" @ 44, Article: "b";
    Later "later" Deciding "Put off until a date and go to the next article."
        "later" @ 45, Article: "L";
    Unhandle "unhandle" Deciding "Put back into the Inbox: not done, rejected, later or staged."
        "unhandle", Article: "g u";
    Tags "tags" Deciding "Add or remove tags."
        "tags" @ 81, Article: "#";
    EditFields "edit-fields" Deciding "Stage a change of a field in the file: quality 70, topics +ai."
        "edit field", Article: "E";
    Note "note" Deciding "Write a note."
        "note" @ 82, Article: "i";
    Review "review" Deciding "Review staged changes and write them to the files."
        "review" @ 83, Article: "$";
    SelectOne "select-one" Deciding "Select or deselect the article."
        "select" @ 84, List: "x";
    SelectRange "select-range" Deciding "Select a range: everything the cursor passes."
        "range", List: "v";
    SelectAll "select-all" Deciding "Select everything listed; again to deselect."
        "all", List: "X";
    AllDone "all-done" Deciding "Mark everything listed done (asks first)."
        "all done", List: "A";
    Undo "undo" Deciding "Undo the last decision."
        "undo" @ 48, Everywhere: "u";
    Redo "redo" Deciding "Redo what was undone."
        "redo", Everywhere: "ctrl-r";
    ShowJournal "show-journal" Deciding "Show the journal of decisions; undo from there."
        "journal" @ 89, Everywhere: "U";
    Unstage "unstage" Deciding "Unstage it and put it back into the Inbox."
        "drop" @ 20, Review: "x";
    Repeat "repeat" Deciding "Repeat the last decision here."
        "repeat", Article: ".";
    CommandLine "command-line" Deciding "Enter a command for everything a query matches."
        "command" @ 89, Everywhere: ":";
    Confirm "confirm" Deciding "Yes, go ahead."
        "yes" @ 10, Confirm: "y";

    Search "search" Finding "Narrow the list as you type."
        "search" @ 47, Everywhere: "/";
    EditQuery "edit-query" Finding "Edit the whole current query."
        "query" @ 86, Everywhere: "f";
    ShowViews "show-views" Finding "List the views (named queries)."
        "views" @ 87, Everywhere: "F";
    NumberedView "numbered-view" Finding "Switch to the view with that number."
        "view", Everywhere: "1" "2" "3" "4" "5" "6" "7" "8" "9";
    KeepView "keep-view" Finding "Save the current query as a view."
        "save" @ 20, Views: "a";
    RenameView "rename-view" Finding "Rename the view."
        "rename" @ 21, Views: "r";
    MoveViewDown "move-view-down" Finding "Move the view down in the list."
        "move view" @ 22, Views: "J";
    MoveViewUp "move-view-up" Finding "Move the view up in the list."
        "move view" @ 22, Views: "K";
    DeleteView "delete-view" Finding "Delete the view."
        "delete" @ 23, Views: "x";
    WholeView "whole-view" Finding "Clear what narrows the view."
        "whole view", Everywhere: "0";
    Sort "sort" Finding "Sort the list."
        "sort" @ 88, Everywhere: "S";
    ForgetOrder "forget-order" Finding "Go back to the default order."
        "default" @ 20, Orders: "backspace";
    ToggleGrouping "toggle-grouping" Finding "List one row per story, or one per article."
        "group stories", Everywhere: "g d";
    JumpToArticle "jump-to-article" Finding "Jump to an article by title or provider (fuzzy)."
        "article", Everywhere: "g a";
    JumpToTopic "jump-to-topic" Finding "Jump to a topic (fuzzy)."
        "topic", Everywhere: "g t";
    JumpToProvider "jump-to-provider" Finding "Jump to a provider (fuzzy)."
        "provider", Everywhere: "g p";
    JumpToLibrary "jump-to-library" Finding "Open another configured library (fuzzy)."
        "library", Everywhere: "g l";
    SearchText "search-text" Finding "Search within the text."
        "search" @ 45, Detail: "/", Output: "/";
    NextMatch "next-match" Finding "Go to the next match in the text."
        "match" @ 46, Detail: "n", Output: "n";
    PreviousMatch "previous-match" Finding "Go to the previous match in the text."
        "match" @ 46, Detail: "N", Output: "N";
    Accept "accept" Finding "Accept the line."
        "keep" @ 10, Line: "enter";
    Complete "complete" Finding "Complete the word at the cursor; again for the next."
        "complete" @ 20, Line: "tab";
    CompleteBack "complete-back" Finding "Complete with the previous candidate."
        "back", Line: "shift-tab";
    EarlierLine "earlier-line" Finding "Recall the previous line from the history."
        "earlier" @ 30, Line: "up";
    LaterLine "later-line" Finding "Recall the next line from the history."
        "earlier" @ 30, Line: "down";

    ShowFacets "show-facets" Facets "Focus the facets, or leave them."
        "facets" @ 85, Everywhere: "t";
    NarrowFacets "narrow-facets" Facets "Filter the values by name."
        "filter" @ 15, Facets: "/";
    IncludeValue "include-value" Facets "Include articles with this value; again to clear."
        "include" @ 10, Facets: "space";
    ExcludeValue "exclude-value" Facets "Exclude articles with this value; again to clear."
        "exclude" @ 11, Facets: "-";
    OnlyValue "only-value" Facets "Show only this value, or expand the facet."
        "only this" @ 12, Facets: "enter";
    AnyOrAll "any-or-all" Facets "Match any or all of the included values."
        "any/all" @ 13, Facets: "a";
    ClearValues "clear-values" Facets "Clear the picked values; if none, leave the facets."
        "clear" @ 14, Facets: "esc";

    FollowRelated "follow-related" Related "Go to the related article, if it is in the library."
        "go to" @ 10, Related: "enter";
    ComeBack "come-back" Related "Go back to where you came from."
        "back" @ 105, Article: "backspace";
    SavePage "save-page" Related "Save the related entry, or a link, as an article."
        "save", Article: "g s", Letters: "s";
    PreviousRelated "previous-related" Related "Select the previous related article."
        "related" @ 95, Article: "[";
    NextRelated "next-related" Related "Select the next related article."
        "related" @ 95, Article: "]";

    Help "help" Program "Show all keys."
        "keys" @ 50, Everywhere: "?";
    Palette "palette" Program "Find a command by a few letters and run it."
        "palette", Everywhere: "ctrl-p";
    PickTheme "pick-theme" Program "Choose a theme."
        "themes", Everywhere: "g c";
    ShowDiagnostics "show-diagnostics" Program "Show or hide the problems in the files."
        "diagnostics" @ 130, Everywhere: "!";
    Refresh "refresh" Program "Reload the library."
        "refresh" @ 140, Everywhere: "R";
    FetchFeeds "fetch-feeds" Program "Fetch new articles from the feeds."
        "fetch", Everywhere: "g r";
    ShowFeeds "show-feeds" Program "List the feeds and how each last fetch went."
        "feeds", Everywhere: "g f";
    AddFeed "add-feed" Program "Add a feed."
        "add" @ 20, Feeds: "a";
    EditFeeds "edit-feeds" Program "Edit the feeds file."
        "edit" @ 21, Feeds: "e";
    RemoveFeed "remove-feed" Program "Remove the feed; its articles stay."
        "remove" @ 22, Feeds: "x";
    Redraw "redraw" Program "Redraw the screen."
        "redraw", Everywhere: "ctrl-l";
    Suspend "suspend" Program "Suspend to the shell."
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
