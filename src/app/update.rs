//! The one way in which the state changes: an event comes in, effects go out. No I/O, no clock, no
//! terminal, so that tests press keys and look at the state.

use super::event::{Effect, Event, OpenFailure};
use super::geometry::{Pane, Zoom};
use super::links::PageLink;
use super::list::Move;
use super::message::{Message, Tone};
use super::overlay::Overlay;
use super::prompt::Purpose;
use super::state::State;
use crate::command::{Command, Context, Key, Resolution, show};
use crate::desk::DeskRequest;
use crate::format::link::Link;
use crate::query::{Pick, Sought};

/// Changes the state by what has happened, and answers what is to be done.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let effects = match event {
        Event::Key(key) => state.press(key),
        Event::Paste(text) => state.paste(&text),
        Event::Resize(size) => {
            state.size = size;
            state.rewrap_overlay();
            Vec::new()
        }
        Event::Tick(now) => {
            state.now = now;
            if state
                .message
                .as_ref()
                .is_some_and(|message| message.is_over(now))
            {
                state.message = None;
            }
            let mut effects = state.keep_now_and_then();
            effects.extend(state.ask_in_time());
            effects.extend(state.read_in_time());
            effects
        }
        Event::Found(batch) => state.found(batch),
        Event::Restored(library) => state.restored(*library),
        Event::RestoredWhole => state.restored_whole(),
        Event::RestoredDamaged => state.restored_damaged(),
        Event::Loaded => state.loaded(),
        Event::Selected(ids) => {
            state.selected(ids);
            Vec::new()
        }
        Event::Desk(told) => state.told(told),
        Event::Counted(counts) => {
            state.counted_views(counts);
            Vec::new()
        }
        Event::Jumped { generation, hits } => {
            state.found_where(generation, hits);
            Vec::new()
        }
        Event::KeptView(kept) => {
            state.kept_view(kept);
            Vec::new()
        }
        Event::Searched { generation, answer } => state.searched(generation, answer),
        Event::Trouble(trouble) => {
            state.trouble = trouble;
            Vec::new()
        }
        Event::Shown {
            generation,
            outcome,
        } => {
            state.shown(generation, outcome);
            Vec::new()
        }
        Event::Opened(outcome) => state.opened(outcome),
        Event::Copied(Ok(what)) => {
            state.notice(&format!("Copied {what}."));
            Vec::new()
        }
        Event::Copied(Err(reason)) => {
            state.error(&reason);
            Vec::new()
        }
    };
    state.settle();
    effects
}

impl State {
    /// What is to be done before the first frame.
    pub fn begin(&mut self) -> Vec<Effect> {
        vec![Effect::Look]
    }

    fn press(&mut self, key: Key) -> Vec<Effect> {
        self.message = None;
        self.touched = self.now;
        self.pressed = Some(key);
        let context = self.context();
        match self.keymap.resolve(context, &self.pending, key) {
            Resolution::Run(command) => {
                self.pending.clear();
                self.run(command)
            }
            Resolution::Pending(_) => {
                self.pending.push(key);
                Vec::new()
            }
            Resolution::Unbound => {
                let pressed = std::mem::take(&mut self.pending);
                if context == Context::Line {
                    return self.type_into_prompt(key);
                }
                if context == Context::Jump {
                    return self.type_jump(key);
                }
                if let Some(Overlay::Help(help)) = &mut self.overlay {
                    help.type_key(key);
                } else if pressed.is_empty() || key != Key::ESCAPE {
                    let keys = show(&[&pressed[..], &[key]].concat());
                    let way_out = match self.overlay {
                        Some(_) => "Esc closes this.",
                        None => "? shows all keys.",
                    };
                    self.notice(&format!("{keys} does nothing here; {way_out}"));
                }
                Vec::new()
            }
        }
    }

    fn paste(&mut self, text: &str) -> Vec<Effect> {
        if self.prompt.is_some() {
            return self.paste_into_prompt(text);
        }
        match &mut self.overlay {
            Some(Overlay::Help(help)) => help.paste(text),
            Some(Overlay::Jump(_)) => return self.paste_jump(text),
            _ => {}
        }
        Vec::new()
    }

    /// Carries out a command. Every command is here, or this does not compile.
    fn run(&mut self, command: Command) -> Vec<Effect> {
        if self.prompt.is_some()
            && let Some(effects) = self.run_in_prompt(command)
        {
            return effects;
        }
        if self.overlay.is_some()
            && let Some(effects) = self.run_in_overlay(command)
        {
            return effects;
        }
        match command {
            Command::Down
            | Command::Up
            | Command::First
            | Command::Last
            | Command::HalfPageDown
            | Command::HalfPageUp
            | Command::PageDown
            | Command::PageUp => return self.go(command),
            Command::NextUnread | Command::PreviousUnread => return self.go_to_unread(command),
            Command::NextArticle => return self.go_in_list(Move::Down(1)),
            Command::PreviousArticle => return self.go_in_list(Move::Up(1)),
            Command::PageOrNext => return self.page_or_next(),
            Command::PaneLeft | Command::PaneRight | Command::NextPane | Command::PreviousPane => {
                self.change_pane(command);
            }
            Command::ScrollDown => self.scroll(Move::Down(1)),
            Command::ScrollUp => self.scroll(Move::Up(1)),
            Command::Enter => return self.enter(),
            Command::Cancel => return self.cancel(),
            Command::Back => return self.back(),
            Command::Zoom => self.toggle_zoom(),
            Command::OpenOriginal => return self.open_original(),
            Command::PickLink => self.pick_link(),
            Command::ToggleRead => return self.toggle_read(),
            Command::ToggleStar => return self.toggle_star(),
            Command::DoneAndNext | Command::StoryDone => return self.done_and_next(),
            Command::OpenDoneAndNext => return self.open_done_and_next(),
            Command::Later => return self.ask_for(Purpose::Later),
            Command::Tags => return self.ask_for(Purpose::Tags),
            Command::Note => return self.ask_for(Purpose::Note),
            Command::Stage => return self.stage(),
            Command::Review => return vec![Effect::Desk(DeskRequest::Review)],
            Command::SelectOne => return self.select_one(),
            Command::SelectRange => self.select_range(),
            Command::SelectAll => self.select_all(),
            Command::AllDone => return self.all_done(),
            Command::Undo => return self.undo(),
            Command::Redo => return vec![Effect::Desk(DeskRequest::Redo)],
            Command::ShowJournal => return vec![Effect::Desk(DeskRequest::Journal)],
            Command::Repeat => return self.repeat(),
            Command::CommandLine => return self.open_prompt(Purpose::Command, String::new()),
            Command::CopyLink => return self.copy_link(),
            Command::CopyTitle => return self.copy_title(),
            Command::CopyMarkdown => return self.copy_markdown(),
            Command::CopyPath => return self.copy_path(),
            Command::Search => return self.open_search(),
            Command::EditQuery => return self.open_query(),
            Command::ShowViews => return self.open_views(),
            Command::NumberedView => return self.numbered_view(),
            Command::KeepView => return self.name_view(),
            Command::Sort => self.open_orders(),
            Command::JumpToArticle => return self.open_jump(Sought::Article),
            Command::JumpToTopic => return self.open_jump(Sought::Topic),
            Command::JumpToProvider => return self.open_jump(Sought::Provider),
            Command::SearchText => return self.open_text_search(),
            Command::NextMatch => self.go_to_match(Move::Down(1)),
            Command::PreviousMatch => self.go_to_match(Move::Up(1)),
            Command::NarrowFacets => return self.narrow_facets(),
            // Only where a line is typed or an overlay lies, which have taken them.
            Command::ForgetOrder
            | Command::Confirm
            | Command::Accept
            | Command::Complete
            | Command::CompleteBack
            | Command::EarlierLine
            | Command::LaterLine => {}
            Command::ShowFacets => self.toggle_facets(),
            Command::IncludeValue => return self.pick_value(Pick::Include),
            Command::ExcludeValue => return self.pick_value(Pick::Exclude),
            Command::OnlyValue => return self.only_value(),
            Command::AnyOrAll => return self.any_or_all(),
            Command::ClearValues => return self.clear_values(),
            Command::FollowRelated => return self.follow_related(),
            Command::ComeBack => return self.come_back(),
            Command::PreviousRelated => self
                .related
                .cursor
                .go(Move::Up(1), self.related.entries.len()),
            Command::NextRelated => self
                .related
                .cursor
                .go(Move::Down(1), self.related.entries.len()),
            Command::Help => self.open_help(),
            Command::ShowDiagnostics => self.open_diagnostics(),
            Command::Refresh => return self.refresh(),
            Command::Redraw => return vec![Effect::Redraw],
            Command::Suspend => return vec![Effect::Suspend],
            Command::Quit => return self.quit(),
        }
        Vec::new()
    }

    /// What a command does while something lies over the panes; `None` if the same as without.
    fn run_in_overlay(&mut self, command: Command) -> Option<Vec<Effect>> {
        if self.overlay_move(command) {
            return Some(Vec::new());
        }
        match command {
            Command::Cancel | Command::Back | Command::ShowDiagnostics => {
                self.overlay = None;
                Some(Vec::new())
            }
            Command::Enter => Some(match &self.overlay {
                Some(Overlay::Views(_)) => self.enter_view(),
                Some(Overlay::Orders(_)) => self.pick_order(),
                Some(Overlay::Jump(_)) => self.go_where(),
                Some(Overlay::Journal(_)) => self.take_back(),
                Some(Overlay::Confirm(_)) => self.confirmed(),
                _ => self.open_picked_link(),
            }),
            Command::Confirm => Some(self.confirmed()),
            Command::ForgetOrder => Some(self.forget_order()),
            Command::CopyLink => Some(
                self.picked_link()
                    .map_or_else(Vec::new, |link| self.copy_url(&link.url)),
            ),
            _ => None,
        }
    }

    fn open_picked_link(&mut self) -> Vec<Effect> {
        let Some(link) = self.picked_link() else {
            return Vec::new();
        };
        self.overlay = None;
        self.open(&link.url)
    }

    fn picked_link(&self) -> Option<PageLink> {
        match &self.overlay {
            Some(Overlay::Links(picker)) => picker.links.get(picker.cursor.at).cloned(),
            _ => None,
        }
    }

    fn opened(&mut self, outcome: Result<(), OpenFailure>) -> Vec<Effect> {
        match outcome {
            Ok(()) => {}
            Err(OpenFailure::NoBrowser { link, reason }) => self.offer(&link, &reason),
            Err(OpenFailure::Failed { link, reason }) => {
                self.error(&format!("{} was not opened: {reason}", link.host()));
            }
        }
        Vec::new()
    }

    /// Shows a link that cannot be opened here, to be picked up.
    fn offer(&mut self, link: &Link, reason: &str) {
        let shown = PageLink {
            label: "the link".to_owned(),
            url: link.as_str().to_owned(),
        };
        self.error(reason);
        self.open_links(vec![shown]);
    }

    /// Says what just happened.
    pub(super) fn notice(&mut self, text: &str) {
        self.message = Some(Message::notice(text, self.now));
    }

    /// Says what went wrong.
    pub(super) fn error(&mut self, text: &str) {
        self.message = Some(Message::error(text, self.now));
    }

    /// Whether the bottom line has an error.
    pub fn has_error(&self) -> bool {
        self.message
            .as_ref()
            .is_some_and(|message| message.tone == Tone::Error)
    }

    /// Brings cursors and windows back to what there is now, and the page to the width there is.
    fn settle(&mut self) {
        self.recompose_if_resized();
        self.widen_facets();
        self.settle_scroll();
        let heights = [Pane::List, Pane::Facets, Pane::Related].map(|pane| self.pane_height(pane));
        self.list.cursor.settle(self.list.rows.len(), heights[0]);
        self.drawer
            .cursor
            .settle(self.drawer.rows.len(), heights[1]);
        self.related
            .cursor
            .settle(self.related.entries.len(), heights[2]);
        let height = self.overlay_height();
        if let Some(overlay) = &mut self.overlay {
            overlay.settle(height);
        }
        self.settle_selection();
    }

    fn toggle_facets(&mut self) {
        self.zoom = Zoom::Panes;
        self.focus = if self.focus == Pane::Facets {
            Pane::List
        } else {
            Pane::Facets
        };
    }
}
