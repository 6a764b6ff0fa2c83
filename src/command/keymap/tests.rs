//! Keys that are bound, rebound, unbound and in conflict.

use super::*;
use Command::*;
use Context::{
    Article, Detail, Diagnostics, Everywhere, Facets, Line, List, Orders, Picker, Related, Views,
};

/// The keys of the reader as its users were promised them, written by hand and not taken from
/// the table: where the cursor is, the keys, the command.
const PROMISED: &[(Context, &str, Command)] = &[
    (Everywhere, "j", Down),
    (Everywhere, "down", Down),
    (Everywhere, "k", Up),
    (Everywhere, "up", Up),
    (Everywhere, "g g", First),
    (Everywhere, "home", First),
    (Everywhere, "G", Last),
    (Everywhere, "end", Last),
    (Everywhere, "ctrl-d", HalfPageDown),
    (Everywhere, "ctrl-u", HalfPageUp),
    (Everywhere, "ctrl-f", PageDown),
    (Everywhere, "pagedown", PageDown),
    (Everywhere, "ctrl-b", PageUp),
    (Everywhere, "pageup", PageUp),
    (Everywhere, "h", PaneLeft),
    (Everywhere, "left", PaneLeft),
    (Everywhere, "l", PaneRight),
    (Everywhere, "right", PaneRight),
    (Everywhere, "tab", NextPane),
    (Everywhere, "shift-tab", PreviousPane),
    (Everywhere, "enter", Enter),
    (Everywhere, "esc", Cancel),
    (Everywhere, "q", Back),
    (Everywhere, "Q", Quit),
    (Everywhere, "?", Help),
    (Everywhere, "t", ShowFacets),
    (Everywhere, "R", Refresh),
    (Everywhere, "z", Zoom),
    (Everywhere, "!", ShowDiagnostics),
    (Everywhere, "ctrl-z", Suspend),
    (Everywhere, "ctrl-l", Redraw),
    (Article, "o", OpenOriginal),
    (Article, "O", PickLink),
    (Article, "r", ToggleRead),
    (Article, "m", ToggleRead),
    (Article, "y y", CopyLink),
    (Article, "y t", CopyTitle),
    (Article, "y m", CopyMarkdown),
    (Article, "y p", CopyPath),
    (Article, "]", NextRelated),
    (Article, "[", PreviousRelated),
    (Article, "backspace", ComeBack),
    (List, "n", NextUnhandled),
    (List, "N", PreviousUnhandled),
    (List, "J", ScrollDown),
    (List, "K", ScrollUp),
    (Detail, "J", NextArticle),
    (Detail, "K", PreviousArticle),
    (Detail, "space", PageOrNext),
    (Related, "enter", FollowRelated),
    (Article, "d", DoneAndNext),
    (Article, "ctrl-o", OpenDoneAndNext),
    (Article, "s", ToggleStar),
    (Article, "L", Later),
    (Article, "#", Tags),
    (Article, "i", Note),
    (Article, "P", Publish),
    (Article, "H", Unpublish),
    (Article, "b", Reject),
    (Article, "g u", Unhandle),
    (Context::Review, "x", Unstage),
    (Article, "$", Review),
    (List, "x", SelectOne),
    (List, "v", SelectRange),
    (List, "X", SelectAll),
    (List, "A", AllDone),
    (Everywhere, "u", Undo),
    (Everywhere, "ctrl-r", Redo),
    (Everywhere, "U", ShowJournal),
    (Article, ".", Repeat),
    (Everywhere, ":", CommandLine),
    (Context::Confirm, "y", Command::Confirm),
    (Everywhere, "/", Search),
    (Everywhere, "f", EditQuery),
    (Everywhere, "F", ShowViews),
    (Everywhere, "1", NumberedView),
    (Everywhere, "2", NumberedView),
    (Everywhere, "3", NumberedView),
    (Everywhere, "4", NumberedView),
    (Everywhere, "5", NumberedView),
    (Everywhere, "6", NumberedView),
    (Everywhere, "7", NumberedView),
    (Everywhere, "8", NumberedView),
    (Everywhere, "9", NumberedView),
    (Views, "a", KeepView),
    (Views, "r", RenameView),
    (Views, "J", MoveViewDown),
    (Views, "K", MoveViewUp),
    (Views, "x", DeleteView),
    (Everywhere, "0", WholeView),
    (Everywhere, "<", NarrowerPane),
    (Everywhere, ">", WiderPane),
    (Everywhere, "ctrl-p", Palette),
    (Article, "M", MoreFields),
    (Article, "e", EditFile),
    (Article, "|", Pipe),
    (Article, "w", WritePage),
    (Context::Output, "/", SearchText),
    (Context::Output, "n", NextMatch),
    (Context::Output, "N", PreviousMatch),
    (Article, "E", EditFields),
    (Article, "+", ToggleStory),
    (Article, "D", DoneWithStory),
    (Article, "&", SplitOrJoin),
    (Everywhere, "g d", ToggleGrouping),
    (Picker, "/", NarrowLinks),
    (Article, ";", FollowLink),
    (Context::Letters, "y", CopyLink),
    (Everywhere, "S", Sort),
    (Orders, "backspace", ForgetOrder),
    (Everywhere, "g a", JumpToArticle),
    (Everywhere, "g t", JumpToTopic),
    (Everywhere, "g p", JumpToProvider),
    (Everywhere, "g c", PickTheme),
    (Everywhere, "g l", JumpToLibrary),
    (Everywhere, "g r", FetchFeeds),
    (Everywhere, "g f", ShowFeeds),
    (Context::Feeds, "a", AddFeed),
    (Context::Feeds, "e", EditFeeds),
    (Context::Feeds, "x", RemoveFeed),
    (Article, "g s", SavePage),
    (Context::Letters, "s", SavePage),
    (Article, "W", FullText),
    (Article, "I", FetchPictures),
    (Detail, "/", SearchText),
    (Detail, "n", NextMatch),
    (Detail, "N", PreviousMatch),
    (Line, "enter", Accept),
    (Line, "ctrl-c", Cancel),
    (Line, "tab", Complete),
    (Line, "shift-tab", CompleteBack),
    (Line, "up", EarlierLine),
    (Line, "down", LaterLine),
    (Facets, "/", NarrowFacets),
    (Facets, "space", IncludeValue),
    (Facets, "-", ExcludeValue),
    (Facets, "enter", OnlyValue),
    (Facets, "a", AnyOrAll),
    (Facets, "esc", ClearValues),
];

fn keys(text: &str) -> Vec<Key> {
    Key::parse_sequence(text).expect(text)
}

fn keys_of(keymap: &Keymap, command: Command) -> Vec<&[Key]> {
    keymap.keys_of(command, List).collect()
}

/// Presses the keys one after the other, as the app does.
fn press(keymap: &Keymap, context: Context, text: &str) -> Resolution {
    let mut pending = Vec::new();
    let mut last = Resolution::Unbound;
    for key in keys(text) {
        last = keymap.resolve(context, &pending, key);
        match last {
            Resolution::Pending(_) => pending.push(key),
            _ => pending.clear(),
        }
    }
    last
}

fn command(binding: &KeyBinding) -> Command {
    binding.bound.command().expect("a default key")
}

fn changed(overrides: &[(&str, &str, &str)]) -> Keymap {
    Keymap::with_overrides(overrides.iter().copied()).expect("a keymap")
}

fn refusal(overrides: &[(&str, &str, &str)]) -> String {
    Keymap::with_overrides(overrides.iter().copied())
        .expect_err("a refusal")
        .to_string()
}

#[test]
fn the_default_keys_are_the_promised_ones_and_no_others() {
    let keymap = Keymap::of_all_builds();
    for (context, text, command) in PROMISED {
        let found = press(&keymap, *context, text);
        assert_eq!(
            found,
            Resolution::Run((*command).into()),
            "{context:?} {text}"
        );
    }
    let bound: usize = Context::ALL
        .into_iter()
        .map(|context| keymap.bindings(context).len())
        .sum();
    assert_eq!(bound, PROMISED.len());
}

#[test]
fn every_command_has_a_key_and_no_key_has_two() {
    let keymap = Keymap::of_all_builds();
    for row in TABLE {
        let reached = |context| keymap.keys_of(row.command, context).next().is_some();
        assert!(Context::ALL.into_iter().any(reached), "{}", row.name);
    }
    for context in Context::ALL {
        let bindings = keymap.bindings(context);
        for (at, binding) in bindings.iter().enumerate() {
            let twice = bindings[..at].iter().any(|it| it.keys == binding.keys);
            assert!(!twice, "{context:?} {}", show(&binding.keys));
        }
    }
}

#[test]
fn what_a_build_lacks_has_no_key_in_it() {
    for row in TABLE {
        let is_bound = |context| {
            Keymap::default()
                .keys_of(row.command, context)
                .next()
                .is_some()
        };
        let bound = Context::ALL.into_iter().any(is_bound);
        assert_eq!(bound, row.is_built(), "{}", row.name);
    }
}

#[test]
fn an_inner_context_hides_a_key_of_an_outer_one_only_on_purpose() {
    let keymap = Keymap::default();
    let mut hidden = Vec::new();
    for context in Context::ALL {
        for outer in context.inside_of() {
            for binding in keymap.bindings(context) {
                let meets = |it: &&KeyBinding| {
                    it.keys.starts_with(&binding.keys) || binding.keys.starts_with(&it.keys)
                };
                if let Some(under) = keymap.bindings(*outer).iter().find(meets) {
                    hidden.push((command(binding), command(under)));
                }
            }
        }
    }
    assert_eq!(
        hidden,
        [
            (SearchText, Search),
            (FollowRelated, Enter),
            (NarrowFacets, Search),
            (OnlyValue, Enter),
            (ClearValues, Cancel),
            (Accept, Enter),
            (Complete, NextPane),
            (CompleteBack, PreviousPane),
            (EarlierLine, Up),
            (LaterLine, Down),
            (NarrowLinks, Search),
            (SearchText, Search),
        ]
    );
}

#[test]
fn a_pane_has_its_own_keys_then_those_around_it() {
    let keymap = Keymap::default();
    let found = |context, text| press(&keymap, context, text);
    assert_eq!(found(List, "n"), Resolution::Run(NextUnhandled.into()));
    assert_eq!(found(Detail, "n"), Resolution::Run(NextMatch.into()));
    assert_eq!(found(Related, "n"), Resolution::Unbound);
    for context in [List, Detail, Related] {
        assert_eq!(found(context, "o"), Resolution::Run(OpenOriginal.into()));
        assert_eq!(found(context, "g g"), Resolution::Run(First.into()));
    }
    assert_eq!(found(Facets, "o"), Resolution::Unbound);
    assert_eq!(found(Facets, "enter"), Resolution::Run(OnlyValue.into()));
    assert_eq!(found(Facets, "j"), Resolution::Run(Down.into()));
}

#[test]
fn an_overlay_takes_what_it_lists_and_nothing_else() {
    let keymap = Keymap::default();
    let found = |context, text| press(&keymap, context, text);
    for context in [Picker, Diagnostics] {
        assert_eq!(found(context, "j"), Resolution::Run(Down.into()));
        assert_eq!(found(context, "g g"), Resolution::Run(First.into()));
        assert_eq!(found(context, "q"), Resolution::Run(Back.into()));
        assert_eq!(found(context, "esc"), Resolution::Run(Cancel.into()));
        assert_eq!(found(context, "o"), Resolution::Unbound);
        assert_eq!(found(context, "t"), Resolution::Unbound);
        assert_eq!(found(context, "r"), Resolution::Unbound);
    }
    assert_eq!(found(Picker, "y y"), Resolution::Run(CopyLink.into()));
    assert_eq!(found(Picker, "y t"), Resolution::Unbound);
    assert_eq!(found(Diagnostics, "y"), Resolution::Unbound);
    assert_eq!(found(Picker, "enter"), Resolution::Run(Enter.into()));
    assert_eq!(found(Diagnostics, "enter"), Resolution::Unbound);
    assert_eq!(
        found(Diagnostics, "!"),
        Resolution::Run(ShowDiagnostics.into())
    );
}

#[test]
fn in_the_help_characters_are_left_for_typing() {
    let keymap = Keymap::default();
    for text in ["j", "q", "Q", "g", "?", "space"] {
        assert_eq!(press(&keymap, Context::Help, text), Resolution::Unbound);
    }
    let found = |text| press(&keymap, Context::Help, text);
    assert_eq!(found("down"), Resolution::Run(Down.into()));
    assert_eq!(found("ctrl-d"), Resolution::Run(HalfPageDown.into()));
    assert_eq!(found("esc"), Resolution::Run(Cancel.into()));
}

#[test]
fn a_prefix_says_what_can_follow() {
    let keymap = Keymap::default();
    let Resolution::Pending(following) = press(&keymap, List, "y") else {
        panic!("y begins sequences");
    };
    let shown: Vec<_> = following
        .iter()
        .map(|it| (show(&it.rest), it.bound.command().expect("a command")))
        .collect();
    let expected = [
        ("m", CopyMarkdown),
        ("p", CopyPath),
        ("t", CopyTitle),
        ("y", CopyLink),
    ];
    assert_eq!(shown, expected.map(|(key, it)| (key.to_owned(), it)));
    assert_eq!(keymap.continuations(List, &keys("y")), following);
    assert_eq!(keymap.continuations(List, &[]), []);
    assert_eq!(press(&keymap, List, "y x"), Resolution::Unbound);
}

#[test]
fn a_persons_own_keys_change_one_context_only() {
    let keymap = changed(&[("list", "x", "open-original"), ("list", "o", "none")]);
    assert_eq!(
        press(&keymap, List, "x"),
        Resolution::Run(OpenOriginal.into())
    );
    assert_eq!(press(&keymap, List, "o"), Resolution::Unbound);
    assert_eq!(press(&keymap, Detail, "x"), Resolution::Unbound);
    assert_eq!(
        press(&keymap, Detail, "o"),
        Resolution::Run(OpenOriginal.into())
    );
    assert_eq!(keys_of(&keymap, OpenOriginal), [keys("x")]);
}

#[test]
fn a_key_bound_anew_leaves_its_old_command() {
    let keymap = changed(&[("everywhere", "j", "up")]);
    assert_eq!(press(&keymap, List, "j"), Resolution::Run(Up.into()));
    assert_eq!(keys_of(&keymap, Down), [keys("down")]);
}

#[test]
fn an_outer_binding_comes_after_an_inner_one() {
    let keymap = changed(&[("everywhere", "n", "refresh"), ("everywhere", "y", "help")]);
    assert_eq!(
        press(&keymap, List, "n"),
        Resolution::Run(NextUnhandled.into())
    );
    assert_eq!(
        press(&keymap, Related, "n"),
        Resolution::Run(Refresh.into())
    );
    assert_eq!(
        press(&keymap, List, "y y"),
        Resolution::Run(CopyLink.into())
    );
    assert_eq!(
        press(&keymap, Facets, "y"),
        Resolution::Run(Command::Help.into())
    );
}

#[test]
fn unbinding_a_prefix_makes_room_for_it_as_a_key() {
    let begun = [
        "g g", "g a", "g t", "g p", "g l", "g c", "g r", "g d", "g f",
    ];
    let mut overrides = vec![
        ("everywhere", "g", "first"),
        ("article", "g u", "none"),
        ("article", "g s", "none"),
    ];
    overrides.extend(begun.map(|keys| ("everywhere", keys, "none")));
    let keymap = changed(&overrides);
    assert_eq!(press(&keymap, List, "g"), Resolution::Run(First.into()));
    let keymap = changed(&[("list", "g", "none"), ("list", "g e", "last")]);
    assert_eq!(press(&keymap, List, "g e"), Resolution::Run(Last.into()));
    assert_eq!(press(&keymap, List, "g g"), Resolution::Unbound);
    assert_eq!(press(&keymap, Detail, "g g"), Resolution::Run(First.into()));
}

#[test]
fn an_overlay_can_be_given_keys_of_its_own() {
    let keymap = changed(&[("help", "j", "down"), ("picker", "o", "enter")]);
    let help = press(&keymap, Context::Help, "j");
    assert_eq!(help, Resolution::Run(Down.into()));
    assert_eq!(press(&keymap, Picker, "o"), Resolution::Run(Enter.into()));
}

#[test]
fn a_key_that_is_also_a_prefix_is_refused() {
    assert_eq!(
        refusal(&[("everywhere", "g", "refresh")]),
        "[keys.everywhere]: \"g\" cannot run `refresh`, because \"g g\" (first) starts with it; give \
         one of them other keys, or unbind it with `none`"
    );
    let refused = refusal(&[("list", "n n", "last")]);
    assert!(
        refused.contains("\"n\" cannot run `next-unhandled`"),
        "{refused}"
    );
}

#[test]
fn unknown_words_are_named_in_the_refusal() {
    let refused = refusal(&[("lists", "x", "quit")]);
    assert!(refused.starts_with("[keys.lists]: there is no context of this name"));
    assert!(refused.contains("article, list, detail"), "{refused}");
    let refused = refusal(&[("list", "x", "open-orignal")]);
    assert!(refused.contains("no command `open-orignal`"), "{refused}");
    let refused = refusal(&[("list", "ctrl-foo", "quit")]);
    assert!(
        refused.contains("[keys.list]: `ctrl-foo` is not a key"),
        "{refused}"
    );
    let refused = refusal(&[("list", "ctrl-x", "quit"), ("list", "Ctrl-x", "help")]);
    assert!(refused.contains("\"Ctrl-x\" is bound twice"), "{refused}");
}
