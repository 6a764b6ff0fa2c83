//! Pictures: fetched from the web on request, and shown as they arrive.

use super::App;
use crate::app::effect::{AppRequest, Effect, RequestKind};
use crate::app::pictures::{Canvas, Fate, PictureProtocol, WebPictures};
use crate::app::requests::Asker;
use crate::command::Command;
use crate::format::link::Link;
use crate::format::number;

impl App {
    /// Fetches the pictures of the article shown that are on the web.
    pub(super) fn fetch_pictures(&mut self) {
        if !Command::FetchPictures.row().is_built() {
            return self.say(
                "This newsdesk was built without pictures; the Cargo feature `pictures` adds them.",
            );
        }
        if self.shared.env.canvas().way == PictureProtocol::Captions {
            return self
                .say("Only captions are shown here: see `pictures` in docs/configuration.md.");
        }
        let Some(loaded) = self.detail.loaded() else {
            return self.say("There is no article here.");
        };
        let page = loaded.article.urls.original().map(Link::parse);
        let page = page.and_then(Result::ok);
        let links = self.detail.pictures_elsewhere();
        let Some(first) = links.first() else {
            return self.say("There is no picture left to fetch here.");
        };
        let from = match links.iter().all(|link| link.host() == first.host()) {
            true => format!(" from {}", first.host()),
            false => String::new(),
        };
        self.say(&format!("Fetching {}{from}", pictures(links.len())));
        self.ask(
            Asker::App,
            AppRequest::FetchPictures(WebPictures { links, page }),
        );
    }

    /// Pictures have been fetched; `failed` gives the reason for each of the others.
    pub(super) fn fetched_pictures(&mut self, fetched: usize, failed: &[String]) {
        self.detail.look_for_pictures();
        match failed {
            [] => self.say(&format!("Fetched {}.", pictures(fetched))),
            [only] => self.warn(&format!("Not fetched: {only}")),
            [first, others @ ..] => self.warn(&format!(
                "Not fetched: {first}; {} more failed",
                number::grouped(others.len() as i64)
            )),
        }
    }

    /// Takes the fate of a picture of the article shown.
    pub(super) fn take_picture(&mut self, url: String, fate: Fate) {
        let msgs = self.detail.take_picture(url, fate, self.shared.cx());
        self.deliver(Asker::App, msgs);
    }

    /// The screen can now show pictures in a different way.
    pub(super) fn use_canvas(&mut self, canvas: Canvas) {
        self.shared.env.offered = canvas;
    }

    /// Cancels the pictures of the article shown before.
    pub(super) fn give_up_pictures(&mut self) {
        if let Some(id) = self.requests.take_kind(RequestKind::Pictures) {
            self.effects.push(Effect::GiveUp(id));
        }
    }
}

fn pictures(count: usize) -> String {
    match count {
        1 => "a picture".to_owned(),
        count => format!("{} pictures", number::grouped(count as i64)),
    }
}
