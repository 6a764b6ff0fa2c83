//! The request for a feed: what to ask for, on which condition, and as whom.

use std::ffi::OsString;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::http::{Credentials, Http, HttpAnswer, HttpError, HttpRequest, MAX_FEED};
use super::list::Feed;
use super::memory::Remembered;
use crate::format::link::Link;
use crate::process::{self, Limits};

/// What to ask servers for, in order of preference.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, \
    application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5";

/// How long the program that prints a password may take: it may ask a person for another one.
const PATIENCE: Duration = Duration::from_secs(30);
/// Most bytes of what it prints.
const PRINTED: usize = 64 << 10;

/// Requests a feed. `said_by` is what named it, unless a person did; `remembered` makes the request
/// conditional, and `stop` ends the program that prints the password.
///
/// # Errors
/// If there is no answer.
pub fn request(
    http: &Http,
    feed: &Feed,
    url: &Link,
    said_by: Option<&Link>,
    remembered: &Remembered,
    stop: &AtomicBool,
) -> Result<HttpAnswer, HttpError> {
    http.get(&HttpRequest {
        url,
        said_by,
        accept: ACCEPT,
        most: MAX_FEED,
        etag: remembered.etag.as_deref(),
        modified: remembered.modified.as_deref(),
        credentials: credentials(feed, stop)?,
        headers: Some(&feed.headers),
    })
}

/// The user and password of a feed: the first line that its program prints.
fn credentials(feed: &Feed, stop: &AtomicBool) -> Result<Option<Credentials>, HttpError> {
    let user = feed.user.clone();
    let Some((program, arguments)) = feed.password_command.split_first() else {
        let password = String::new();
        return Ok((!user.is_empty()).then_some(Credentials { user, password }));
    };
    let arguments: Vec<OsString> = arguments.iter().map(Into::into).collect();
    let limits = Limits {
        time: Some(PATIENCE),
        kept: PRINTED,
        stopped: Box::new(|| stop.load(Ordering::Relaxed)),
    };
    let ended = process::run(program, &arguments, None, &limits);
    let ended = ended.and_then(|it| it.success(program));
    let ended = ended.map_err(|failure| HttpError::Password(failure.to_string()))?;
    let printed = String::from_utf8_lossy(&ended.printed);
    match printed.lines().next().filter(|line| line.len() < PRINTED) {
        Some(password) => Ok(Some(Credentials {
            user,
            password: password.to_owned(),
        })),
        None => Err(HttpError::Password(format!(
            "{program} prints none on its first line"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(command: &[&str]) -> Result<String, String> {
        let feed = Feed {
            user: "ada".into(),
            password_command: command.iter().map(|it| (*it).to_owned()).collect(),
            ..Feed::default()
        };
        let found = credentials(&feed, &AtomicBool::new(false));
        let found = found.map_err(|error| error.to_string())?;
        Ok(found.map(|it| it.password).unwrap_or_default())
    }

    #[test]
    fn the_password_is_the_first_line_that_the_program_prints() {
        let printed = password(&["printf", "a b\\nc\\n"]);
        assert_eq!(printed.as_deref(), Ok("a b"));
        assert_eq!(password(&[]).as_deref(), Ok(""));
        let none = password(&["true"]);
        assert_eq!(
            none,
            Err("no password: true prints none on its first line".into())
        );
        let endless = password(&["head", "-c", "200000", "/dev/zero"]);
        assert_eq!(
            endless,
            Err("no password: head prints none on its first line".into())
        );
        let failed = password(&["false"]);
        assert_eq!(
            failed,
            Err("no password: false failed (exit status: 1)".into())
        );
        let failed = password(&["sh", "-c", "echo s3cret; exit 1"]);
        assert_eq!(
            failed,
            Err("no password: sh failed (exit status: 1)".into())
        );
    }

    #[test]
    fn the_program_is_stopped_with_the_fetch() {
        let feed = Feed {
            user: "ada".into(),
            password_command: vec!["sleep".into(), "60".into()],
            ..Feed::default()
        };
        let stopped = credentials(&feed, &AtomicBool::new(true)).map(|it| it.is_some());
        let stopped = stopped.map_err(|error| error.to_string());
        assert_eq!(stopped, Err("no password: sleep was stopped".into()));
    }
}
