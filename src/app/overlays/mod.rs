//! Everything that can lie over the panes, one file each. None knows of another: it asks for one
//! with an [`OverlaySpec`].

mod diagnostics;
mod feeds;
mod follow_link;
mod full_texts;
mod help;
mod journal;
mod jump;
mod leaving;
mod libraries;
pub mod links;
mod orders;
mod output;
mod palette;
mod question;
mod quitting;
mod removing;
mod review;
mod views;

mod add_feed;
mod command_line;
mod edit_fields;
mod edit_query;
mod facet_values;
mod find_in_text;
mod later;
mod name_view;
mod narrow;
mod note;
mod pipe;
mod rescue;
mod tags;
mod themes;
mod write_page;

pub mod msg;

use super::before::ListBefore;
use super::context::Cx;
use super::effect::Piped;
use super::labels::SeenLink;
use super::mark_edit::MarkEdit;
use super::overlay::Overlay;
use super::prompt::Prompt;
use super::views::View;
use crate::command::Context;
use crate::feeds::service::{Listed, NewText};
use crate::library::ArticleId;
use crate::query::{Query, Sought};
use links::FoundLink;
use msg::Msg;

/// Names an overlay or prompt to open, with what it starts from.
#[derive(Debug)]
pub enum OverlaySpec {
    Help,
    /// The commands that can run in this context.
    Palette(Context),
    Diagnostics(Option<String>),
    Links(Vec<FoundLink>),
    /// The links on the screen.
    FollowLink(Vec<SeenLink>),
    Views,
    Libraries,
    Orders,
    /// Jumping, and the letters to begin with.
    Jump(Sought, String),
    Themes,
    Feeds,
    /// The address of a new feed.
    AddFeed,
    /// Asks whether to remove a feed.
    RemoveFeed(Listed),
    /// Asks whether to delete a view.
    DeleteView(View),
    /// Asks whether to replace other texts with these.
    FullTexts(Vec<NewText>),
    Journal,
    Review,
    /// Asks whether to decide on these articles, although these others tell the same stories.
    Decision(MarkEdit, Vec<ArticleId>, Vec<ArticleId>),
    /// Asks whether to decide on what a query selects.
    Selecting(MarkEdit, Query),
    /// Asks whether to leave while something is under way.
    Leaving,
    /// Asks whether to quit although something was staged or typed.
    Quitting,
    /// Narrowing the list; holds the list as it was before.
    Narrow(ListBefore),
    /// Editing the whole query; holds the list as it was before.
    EditQuery(ListBefore),
    Later(Vec<ArticleId>),
    Tags(Vec<ArticleId>),
    Note(Vec<ArticleId>),
    /// The program to give these articles to.
    Pipe(Vec<ArticleId>),
    /// The output of a program.
    Output(Piped),
    /// The file to write these articles to.
    WritePage(Vec<ArticleId>),
    /// Editing a field of their files.
    EditFields(Vec<ArticleId>),
    /// The command line on these articles, and the text to begin with.
    CommandLine(Vec<ArticleId>, String),
    /// The file to which decisions held only in memory are written.
    Rescue,
    /// The name of a view.
    NameView,
    /// A new name for a view.
    RenameView(View),
    /// The filter for facet values, and what was typed before.
    Values(String),
    /// Searching the text shown; holds where the text was before.
    FindInText(usize),
}

/// Builds an overlay, and returns the messages it starts with.
pub fn build(spec: OverlaySpec, cx: Cx<'_>) -> (Box<dyn Overlay>, Vec<Msg>) {
    let quiet = |overlay: Box<dyn Overlay>| (overlay, Vec::new());
    match spec {
        OverlaySpec::Help => quiet(Box::new(help::Help::new(cx))),
        OverlaySpec::Palette(context) => quiet(Box::new(palette::Palette::new(context, cx))),
        OverlaySpec::Diagnostics(trouble) => {
            quiet(Box::new(diagnostics::Diagnostics::new(trouble, cx)))
        }
        OverlaySpec::Links(links) => quiet(Box::new(links::Links::new(links))),
        OverlaySpec::FollowLink(links) => quiet(Box::new(follow_link::FollowLink::new(links, cx))),
        OverlaySpec::Views => asking(views::Views::new(cx)),
        OverlaySpec::Libraries => quiet(Box::new(libraries::Libraries::new(cx))),
        OverlaySpec::Orders => quiet(Box::new(orders::Orders::new(cx))),
        OverlaySpec::Jump(sought, letters) => asking(jump::Jump::new(sought, letters)),
        OverlaySpec::Themes => quiet(Box::new(themes::Themes::new(cx))),
        OverlaySpec::Feeds => asking(feeds::FeedList::new()),
        OverlaySpec::AddFeed => quiet(prompt(add_feed::AddFeed, "")),
        OverlaySpec::RemoveFeed(feed) => quiet(Box::new(removing::Removing::feed(&feed))),
        OverlaySpec::DeleteView(view) => quiet(Box::new(removing::Removing::view(view))),
        OverlaySpec::FullTexts(texts) => quiet(Box::new(full_texts::FullTexts::new(texts))),
        OverlaySpec::Journal => asking(journal::Journal::new()),
        OverlaySpec::Review => asking(review::Review::new()),
        OverlaySpec::Decision(edit, articles, published) => quiet(Box::new(
            question::Question::new(edit, Some(articles), published),
        )),
        OverlaySpec::Selecting(edit, query) => asking(question::Question::selecting(edit, query)),
        OverlaySpec::Quitting => quiet(Box::new(quitting::Quitting)),
        OverlaySpec::Leaving => quiet(Box::new(leaving::Leaving)),
        OverlaySpec::Narrow(before) => quiet(prompt(narrow::Narrow::new(before, cx), "")),
        OverlaySpec::EditQuery(before) => {
            let mut text = cx.in_force.text().to_owned();
            if !text.is_empty() {
                text.push(' ');
            }
            quiet(prompt(edit_query::EditQuery::new(before, cx), &text))
        }
        OverlaySpec::Later(articles) => quiet(prompt(later::Later(articles), "")),
        OverlaySpec::Tags(articles) => quiet(prompt(tags::Tags(articles), "")),
        OverlaySpec::Note(articles) => {
            let note = match articles.as_slice() {
                [id] => cx.marks.note_to_be(*id),
                _ => String::new(),
            };
            quiet(prompt(note::Note(articles), &note))
        }
        OverlaySpec::Pipe(articles) => quiet(prompt(pipe::Pipe(articles), "")),
        OverlaySpec::Output(piped) => asking(output::Output::new(piped)),
        OverlaySpec::WritePage(articles) => {
            let name = write_page::file_name(&articles, cx);
            quiet(prompt(write_page::WritePage(articles), &name))
        }
        OverlaySpec::EditFields(articles) => quiet(prompt(edit_fields::EditFields(articles), "")),
        OverlaySpec::CommandLine(articles, text) => {
            quiet(prompt(command_line::CommandLine(articles), &text))
        }
        OverlaySpec::Rescue => quiet(prompt(rescue::Rescue, &rescue::file_name(cx))),
        OverlaySpec::NameView => quiet(prompt(name_view::NameView, "")),
        OverlaySpec::RenameView(view) => {
            let name = view.name.clone();
            quiet(prompt(name_view::RenameView(view), &name))
        }
        OverlaySpec::Values(typed) => quiet(prompt(facet_values::FacetValues, &typed)),
        OverlaySpec::FindInText(scroll) => quiet(prompt(find_in_text::FindInText(scroll), "")),
    }
}

fn asking((overlay, asks): (impl Overlay + 'static, Msg)) -> (Box<dyn Overlay>, Vec<Msg>) {
    (Box::new(overlay), vec![asks])
}

fn prompt(purpose: impl super::prompt::Purpose + 'static, text: &str) -> Box<dyn Overlay> {
    Box::new(Prompt::new(purpose, text))
}
