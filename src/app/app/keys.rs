//! Keys: which command each runs, and what a command does when no overlay is open.

use std::collections::VecDeque;
use std::time::Duration;

use super::App;
use crate::app::effect::{AppRequest, Effect};
use crate::app::event::KeyPress;
use crate::app::geometry::{Arrangement, Pane, panel_body};
use crate::app::mark_edit::MarkEdit;
use crate::app::overlay::OverlayQuestion;
use crate::app::overlays::msg::{Msg, OverlaySpec};
use crate::app::requests::Asker;
use crate::command::{Command, Context, Key, Resolution, show};
use crate::desk::{DeskRequest, UndoTarget};
use crate::library::ArticleId;
use crate::query::Sought;

/// How long a question must be visible before a key can answer it.
const TO_BE_READ: Duration = Duration::from_millis(150);

/// The keys pressed.
#[derive(Debug, Default)]
pub struct Pressed {
    /// The keys so far of a sequence such as `g g`.
    pub pending: Vec<Key>,
    /// Keys waiting for a list that was requested before they were pressed.
    pub early: VecDeque<KeyPress>,
    /// The last key.
    pub last: Option<Key>,
    /// When it was pressed, since the start of the program.
    pub at: Duration,
}

impl App {
    pub(super) fn press(&mut self, press: KeyPress) {
        self.shared.env.uptime = self.shared.env.uptime.max(press.at);
        if press.key == Key::ESCAPE && !self.pressed.early.is_empty() {
            self.pressed.early.clear();
            self.say("Keys pressed before the list appeared were dropped.");
        } else if self.is_before_the_list(press) {
            self.pressed.early.push_back(press);
        } else {
            self.press_now(press);
        }
    }

    /// Whether a key was pressed for a list that is still to come: in one go with the key that asked
    /// for it, or right after. Applied to the present list, it would act on other articles.
    fn is_before_the_list(&self, press: KeyPress) -> bool {
        let soon = |since: Duration| press.at < since + TO_BE_READ;
        let since = self.search.turning_since();
        self.layers.is_empty() && since.is_some_and(|it| !self.pressed.early.is_empty() || soon(it))
    }

    /// Handles the keys that waited for a list, now that it has arrived.
    pub(super) fn press_early(&mut self) {
        while self.search.turning_since().is_none()
            && let Some(press) = self.pressed.early.pop_front()
        {
            self.press_now(press);
            self.settle();
        }
    }

    fn press_now(&mut self, press: KeyPress) {
        let KeyPress { key, at } = press;
        if self.is_too_small() {
            return self.press_unseen(key);
        }
        self.message = None;
        self.list.look_at_cursor();
        self.facets.look_at_cursor();
        self.pressed.at = at;
        self.pressed.last = Some(key);
        let context = self.context();
        let keymap = &self.shared.env.keymap;
        match keymap.resolve(context, &self.pressed.pending, key) {
            Resolution::Run(bound) => {
                self.pressed.pending.clear();
                self.run_bound(&bound);
            }
            Resolution::Pending(_) => self.pressed.pending.push(key),
            Resolution::Unbound => self.type_key(key, context),
        }
    }

    /// Whether the screen has no room to show anything.
    pub(super) fn is_too_small(&self) -> bool {
        self.panes().arrangement == Arrangement::TooSmall
    }

    /// Handles a key while the screen shows nothing: only the ways out work, since nobody can see
    /// what another key would do.
    fn press_unseen(&mut self, key: Key) {
        self.pressed.pending.clear();
        let resolved = self.shared.env.keymap.resolve(self.context(), &[], key);
        if let Resolution::Run(bound) = resolved
            && let Some(Command::Back | Command::Quit | Command::Suspend | Command::Redraw) =
                bound.command()
        {
            self.run_bound(&bound);
        }
    }

    /// Types a key that is not bound, or says that it does nothing.
    fn type_key(&mut self, key: Key, context: Context) {
        let pressed = std::mem::take(&mut self.pressed.pending);
        if let Some(layer) = self.layers.last_mut() {
            let from = Asker::Layer(layer.id);
            if let Some(msgs) = layer.overlay.type_key(key, self.shared.cx()) {
                self.deliver(from, msgs);
                return;
            }
        }
        if !pressed.is_empty() && key == Key::ESCAPE {
            return;
        }
        let keys = show(&[&pressed[..], &[key]].concat());
        let env = &self.shared.env;
        let way_out = match self.layers.last() {
            Some(_) => format!("{} closes this.", env.key(Command::Cancel, context)),
            None => format!("{} shows all keys.", env.key(Command::Help, context)),
        };
        self.say(&format!("{keys} does nothing here; {way_out}"));
    }

    pub(super) fn paste(&mut self, text: &str) {
        if self.is_too_small() {
            return;
        }
        if let Some(layer) = self.layers.last_mut() {
            let from = Asker::Layer(layer.id);
            let msgs = layer.overlay.paste(text, self.shared.cx());
            self.deliver(from, msgs);
        }
    }

    /// Whether a question was answered before anyone could read it; if so, says so.
    fn is_too_early(&mut self, command: Command) -> bool {
        let Some(layer) = self.layers.last() else {
            return false;
        };
        let is_read = |seen: Duration| self.pressed.at >= seen + TO_BE_READ;
        let is_early = match layer.overlay.question() {
            OverlayQuestion::None => false,
            OverlayQuestion::Waiting => true,
            OverlayQuestion::Shown => !layer.seen.is_some_and(is_read),
        };
        let answers = matches!(
            command,
            Command::Enter | Command::Confirm | Command::Unstage
        );
        if is_early && answers && panel_body(self.shared.env.size).rows == 0 {
            self.warn("The screen is too small for the question: nothing was done.");
        } else if is_early && answers {
            self.warn("That key came before you could read the question: nothing was done.");
        }
        is_early && answers
    }

    /// Runs a command chosen from the palette.
    pub(super) fn run_picked(&mut self, command: Command) {
        let latest = &mut self.shared.env.latest;
        latest.retain(|it| *it != command);
        latest.insert(0, command);
        self.run(command);
    }

    /// Runs a command. The match is exhaustive, so none is forgotten.
    pub(super) fn run(&mut self, command: Command) {
        if self.is_too_early(command) {
            return;
        }
        if let Some(layer) = self.layers.last_mut() {
            let from = Asker::Layer(layer.id);
            if let Some(msgs) = layer.overlay.handle(command, self.shared.cx()) {
                self.deliver(from, msgs);
                return;
            }
        }
        match command {
            Command::Down
            | Command::Up
            | Command::First
            | Command::Last
            | Command::HalfPageDown
            | Command::HalfPageUp
            | Command::PageDown
            | Command::PageUp => self.run_in(self.reading_pane(), command),
            Command::NextUnhandled
            | Command::PreviousUnhandled
            | Command::NextArticle
            | Command::PreviousArticle
            | Command::SelectOne
            | Command::SelectRange
            | Command::SelectAll => self.run_in(Pane::List, command),
            Command::ScrollDown
            | Command::ScrollUp
            | Command::SearchText
            | Command::NextMatch
            | Command::PreviousMatch => self.run_in(Pane::Detail, command),
            Command::PreviousRelated | Command::NextRelated => {
                self.run_in(Pane::Related, command);
            }
            Command::NarrowFacets
            | Command::IncludeValue
            | Command::ExcludeValue
            | Command::OnlyValue
            | Command::AnyOrAll => self.run_in(Pane::Facets, command),
            Command::PageOrNext => self.page_or_next(),
            Command::PaneLeft | Command::PaneRight | Command::NextPane | Command::PreviousPane => {
                self.change_pane(command);
            }
            Command::ShowFacets => self.toggle_facets(),
            Command::Zoom => self.toggle_zoom(),
            Command::NarrowerPane | Command::WiderPane => self.resize_pane(command),
            Command::MoreFields => self.run_in(Pane::Detail, command),
            Command::Enter => self.enter(),
            Command::Cancel | Command::ClearValues => self.cancel(),
            Command::Back => self.back(),
            Command::OpenOriginal => self.open_original(),
            Command::PickLink => self.pick_link(),
            Command::FollowLink => self.label_links(),
            Command::CopyLink => self.copy_link(),
            Command::CopyTitle => self.copy_title(),
            Command::CopyMarkdown => self.copy_markdown(),
            Command::CopyPath => self.copy_path(),
            Command::Pipe => self.ask_about(OverlaySpec::Pipe),
            Command::WritePage => self.ask_about(OverlaySpec::WritePage),
            Command::EditFile => self.edit_file(),
            Command::FollowRelated => self.follow_related(),
            Command::ComeBack => self.come_back(),
            Command::ToggleRead => self.toggle_read(),
            Command::ToggleStar => self.toggle_star(),
            Command::ToggleStory => self.toggle_story(),
            Command::SplitOrJoin => self.split_or_join(),
            Command::ToggleGrouping => self.toggle_grouping(),
            Command::DoneWithStory => self.done_with_story(),
            Command::DoneAndNext => self.decide(MarkEdit::done(true)),
            Command::OpenDoneAndNext => self.open_done_and_next(),
            Command::Later => self.ask_about(OverlaySpec::Later),
            Command::Tags => self.ask_about(OverlaySpec::Tags),
            Command::EditFields => self.ask_about(OverlaySpec::EditFields),
            Command::Note => self.ask_about(OverlaySpec::Note),
            Command::Publish => self.decide(MarkEdit::publish(true)),
            Command::Unpublish => self.decide(MarkEdit::publish(false)),
            Command::Reject => self.decide(MarkEdit::rejected(true)),
            Command::Unhandle => self.decide(MarkEdit::unhandled()),
            Command::Review => self.open(OverlaySpec::Review),
            Command::AllDone => self.all_done(),
            Command::Undo => self.ask_desk(DeskRequest::Undo(UndoTarget::Last)),
            Command::Redo => self.ask_desk(DeskRequest::Redo),
            Command::ShowJournal => self.open(OverlaySpec::Journal),
            Command::Repeat => self.repeat(),
            Command::CommandLine => {
                self.open(OverlaySpec::CommandLine(self.targets(), String::new()));
            }
            Command::Search => {
                self.prepare_search();
                self.open(OverlaySpec::Narrow(self.list.before()));
            }
            Command::EditQuery => {
                self.prepare_search();
                self.open(OverlaySpec::EditQuery(self.list.before()));
            }
            Command::ShowViews => self.open(OverlaySpec::Views),
            Command::NumberedView => self.numbered_view(),
            Command::WholeView => self.back_to_view(),
            Command::Sort => self.open(OverlaySpec::Orders),
            Command::JumpToArticle => self.jump(Sought::Article),
            Command::JumpToTopic => self.jump(Sought::Topic),
            Command::JumpToLibrary => self.pick_library(),
            Command::JumpToProvider => self.jump(Sought::Provider),
            Command::Help => self.open(OverlaySpec::Help),
            Command::PickTheme => self.open(OverlaySpec::Themes),
            Command::Palette => self.open(OverlaySpec::Palette(self.context())),
            Command::ShowDiagnostics => {
                let trouble = self.triage.trouble().map(str::to_owned);
                self.open(OverlaySpec::Diagnostics(trouble));
            }
            Command::Refresh => self.refresh(),
            Command::FetchFeeds => self.fetch_feeds(),
            Command::ShowFeeds => self.open(OverlaySpec::Feeds),
            Command::SavePage => self.save_related(),
            Command::FullText => self.get_full_text(),
            Command::FetchPictures => self.fetch_pictures(),
            Command::Redraw => self.effects.push(Effect::Redraw),
            Command::Suspend => self.effects.push(Effect::Suspend),
            Command::Quit => self.leave(),
            // Useful only in overlays and text lines, which have handled them already.
            Command::Confirm
            | Command::Unstage
            | Command::NarrowLinks
            | Command::KeepView
            | Command::RenameView
            | Command::MoveViewDown
            | Command::MoveViewUp
            | Command::DeleteView
            | Command::ForgetOrder
            | Command::AddFeed
            | Command::EditFeeds
            | Command::RemoveFeed
            | Command::Accept
            | Command::Complete
            | Command::CompleteBack
            | Command::EarlierLine
            | Command::LaterLine => {
                self.say(&format!("`{}` does nothing here.", command.row().name));
            }
        }
    }

    /// Passes a command to its pane.
    pub(super) fn run_in(&mut self, pane: Pane, command: Command) {
        let cx = self.shared.cx();
        let msgs: Vec<Msg> = match pane {
            Pane::Facets => self.facets.handle(command, cx),
            Pane::List => self.list.handle(command, cx),
            Pane::Detail => self.detail.handle(command, cx),
            Pane::Related => {
                self.related.handle(command);
                Vec::new()
            }
        };
        self.deliver(Asker::App, msgs);
        if pane == Pane::Detail {
            self.note_read_to_end();
        }
    }

    fn ask_desk(&mut self, asked: DeskRequest) {
        self.ask(Asker::App, AppRequest::Desk(asked));
    }

    fn jump(&mut self, sought: Sought) {
        self.open(OverlaySpec::Jump(sought, String::new()));
    }

    /// Scrolls down one page; at the end of the text, shows the next article.
    fn page_or_next(&mut self) {
        if self.detail.page_down() {
            self.note_read_to_end();
        } else {
            self.go_on();
        }
    }

    /// Moves to the next article in the list.
    pub(super) fn go_on(&mut self) {
        let msgs = self.list.go_on();
        self.deliver(Asker::App, msgs);
    }

    /// Shows an article, unless it is shown already.
    pub(super) fn show(&mut self, id: Option<ArticleId>) {
        match id {
            Some(id) if self.detail.article() == Some(id) => {}
            Some(id) => {
                self.related.clear();
                self.give_up_pictures();
                let msgs = self.detail.show(id, self.shared.cx());
                self.deliver(Asker::App, msgs);
            }
            None => {
                self.give_up_pictures();
                self.detail.show_nothing();
                self.related.clear();
            }
        }
    }
}
