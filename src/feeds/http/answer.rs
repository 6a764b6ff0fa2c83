//! What a server answers: the document, and what its headers say about it.

use jiff::{SignedDuration, Timestamp};
use ureq::Body;
use ureq::http::Response;

use crate::format::date;
use crate::format::link::Link;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HttpAnswer {
    /// Nothing has changed since the last answer; how long that holds, if the server says.
    Unchanged(Option<SignedDuration>),
    Document(Box<WebDocument>),
}

/// A document from the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebDocument {
    /// Where it is, after redirects.
    pub url: Link,
    /// Where it has moved for good.
    pub moved: Option<Link>,
    pub bytes: Vec<u8>,
    /// The media type, in lower case; empty if none is given.
    pub kind: String,
    pub charset: Option<String>,
    pub etag: Option<String>,
    pub modified: Option<String>,
    /// How long it stays fresh (`Cache-Control: max-age`).
    pub fresh: Option<SignedDuration>,
}

impl WebDocument {
    pub(super) fn new(
        response: &Response<Body>,
        url: Link,
        moved: Option<Link>,
        bytes: Vec<u8>,
    ) -> Self {
        let content_type = header(response, "content-type").unwrap_or_default();
        let kind = content_type.split(';').next().unwrap_or_default();
        let charset = content_type
            .split(';')
            .filter_map(|part| part.split_once('='))
            .find(|(key, _)| key.trim().eq_ignore_ascii_case("charset"))
            .map(|(_, value)| value.trim().trim_matches(['"', '\'']).to_owned());
        Self {
            url,
            moved,
            bytes,
            kind: kind.trim().to_ascii_lowercase(),
            charset,
            etag: header(response, "etag"),
            modified: header(response, "last-modified"),
            fresh: freshness(response),
        }
    }
}

/// The value of a header, if it is text.
pub(super) fn header(response: &Response<Body>, name: &str) -> Option<String> {
    let value = response.headers().get(name)?;
    // Servers put UTF-8 into `Location`, which the library does not accept as text.
    let text = String::from_utf8_lossy(value.as_bytes()).trim().to_owned();
    (!text.is_empty() && text.len() <= 8 << 10).then_some(text)
}

/// `Cache-Control: max-age=3600`.
pub(super) fn freshness(response: &Response<Body>) -> Option<SignedDuration> {
    max_age(&header(response, "cache-control")?)
}

fn max_age(control: &str) -> Option<SignedDuration> {
    let seconds = control.split(',').find_map(|part| {
        let (key, value) = part.trim().split_once('=')?;
        key.eq_ignore_ascii_case("max-age")
            .then(|| value.trim_matches('"').parse::<i64>().ok())?
    })?;
    (seconds > 0).then(|| SignedDuration::from_secs(seconds.min(10 * 365 * 86_400)))
}

/// `Retry-After`, in seconds or as a date.
pub(super) fn retry_after(response: &Response<Body>, now: Timestamp) -> Option<SignedDuration> {
    wait(&header(response, "retry-after")?, now)
}

fn wait(text: &str, now: Timestamp) -> Option<SignedDuration> {
    let wait = match text.parse::<i64>() {
        Ok(seconds) => SignedDuration::from_secs(seconds.clamp(0, 10 * 365 * 86_400)),
        Err(_) => date::parse(text)?.at.duration_since(now),
    };
    Some(wait.max(SignedDuration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_an_answer_lasts_is_in_its_headers() {
        let seconds = SignedDuration::from_secs;
        assert_eq!(max_age("public, Max-Age=3600"), Some(seconds(3_600)));
        assert_eq!(max_age("max-age=\"60\", s-maxage=1"), Some(seconds(60)));
        for none in ["no-cache", "max-age=0", "max-age=-1", "max-age=x", ""] {
            assert_eq!(max_age(none), None, "{none}");
        }
    }

    #[test]
    fn when_to_ask_again_is_a_number_or_a_date() {
        let now: Timestamp = "2026-03-05T10:00:00Z".parse().expect("a time");
        let seconds = SignedDuration::from_secs;
        assert_eq!(wait("120", now), Some(seconds(120)));
        assert_eq!(
            wait("Thu, 05 Mar 2026 10:02:00 GMT", now),
            Some(seconds(120))
        );
        assert_eq!(wait("Thu, 05 Mar 2026 09:00:00 GMT", now), Some(seconds(0)));
        assert_eq!(wait("soon", now), None);
    }
}
