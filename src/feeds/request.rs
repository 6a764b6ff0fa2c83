//! The request for a feed: what is asked for, on which condition, and as whom.

use std::process::{Command, Stdio};

use super::http::{Answer, Credentials, Http, HttpError, MAX_FEED, Request};
use super::list::Feed;
use super::memory::Remembered;
use crate::format::link::Link;

/// What servers are asked for, in their order of preference.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, \
    application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5";

/// Asks for a feed; `remembered` makes the request conditional.
///
/// # Errors
/// If there is no answer.
pub fn request(
    http: &Http,
    feed: &Feed,
    url: &Link,
    remembered: &Remembered,
) -> Result<Answer, HttpError> {
    http.get(&Request {
        url,
        accept: ACCEPT,
        most: MAX_FEED,
        etag: remembered.etag.as_deref(),
        modified: remembered.modified.as_deref(),
        credentials: credentials(feed)?,
        headers: Some(&feed.headers),
    })
}

/// The user and password of a feed: the first line that its program prints.
fn credentials(feed: &Feed) -> Result<Option<Credentials>, HttpError> {
    let Some((program, arguments)) = feed.password_command.split_first() else {
        let user = feed.user.clone();
        let password = String::new();
        return Ok((!user.is_empty()).then_some(Credentials { user, password }));
    };
    let failed = |why: String| HttpError::Password(format!("{program}: {why}"));
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        return Err(failed(output.status.to_string()));
    }
    let printed = String::from_utf8_lossy(&output.stdout);
    Ok(Some(Credentials {
        user: feed.user.clone(),
        password: printed.lines().next().unwrap_or_default().to_owned(),
    }))
}
