//! Requests, within limits on time, bytes and redirects. Every hop is checked: only http and https,
//! never from the Internet to this machine or its network, and credentials only to their own host.

mod answer;
mod reach;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::Read;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use thiserror::Error;
use ureq::http::{HeaderName, HeaderValue, Response};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};

use crate::format::link::{Link, LinkRefusal};
use reach::{AddressReach, Guard};

pub use answer::{HttpAnswer, WebDocument};

/// How long a request may take, with all its redirects.
const PATIENCE: Duration = Duration::from_secs(30);
/// Most redirects that are followed.
const REDIRECTS: usize = 5;
/// Most bytes of a feed, decompressed.
pub const MAX_FEED: u64 = 10 << 20;
/// Most bytes of a page, decompressed.
pub const MAX_PAGE: u64 = 5 << 20;

/// Names the program and its page.
const USER_AGENT: &str = concat!(
    "newsdesk/",
    env!("CARGO_PKG_VERSION"),
    " (+https://crates.io/crates/newsdesk)"
);

/// Makes requests.
#[derive(Clone, Debug)]
pub struct Http {
    /// Goes wherever the person's own network leads.
    anywhere: Agent,
    /// Goes to this machine and its network only.
    inside: Agent,
    /// Goes to the Internet only.
    outside: Agent,
    patience: Duration,
}

/// A request.
#[derive(Clone, Debug)]
pub struct HttpRequest<'a> {
    pub url: &'a Link,
    /// What named the URL, unless a person did. Unless that is on this machine or its network, the
    /// URL must not lead there.
    pub said_by: Option<&'a Link>,
    /// What to ask for: the value of `Accept`.
    pub accept: &'static str,
    /// Most bytes of the answer, decompressed.
    pub most: u64,
    /// From the last answer: with it, the server can say that nothing has changed.
    pub etag: Option<&'a str>,
    pub modified: Option<&'a str>,
    pub credentials: Option<Credentials>,
    /// More headers, for its own host only.
    pub headers: Option<&'a BTreeMap<String, String>>,
}

/// A user's name and password. Not printed, not even for debugging.
#[derive(Clone)]
pub struct Credentials {
    pub user: String,
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials")
    }
}

/// Why there is no answer, worded for people.
#[derive(Debug, Error)]
pub enum HttpError {
    #[error("no answer within {} s", .0.as_secs())]
    Slow(Duration),
    #[error("the answer is larger than {} MB", .0 >> 20)]
    TooLarge(u64),
    #[error("more than {REDIRECTS} redirects")]
    TooManyRedirects,
    #[error("it is redirected to {to:?}: {refusal}")]
    BadRedirect { to: String, refusal: LinkRefusal },
    #[error("{0} leads to a private address, which is refused")]
    Private(String),
    #[error("{0} leads sometimes to the Internet and sometimes to a private address")]
    Public(String),
    #[error("the server says {status}{}", meaning(*.status))]
    Status {
        status: u16,
        /// When to ask again, if the server says so.
        after: Option<SignedDuration>,
    },
    #[error("there is no host {0}")]
    NoHost(String),
    #[error("the certificate of {host} is not accepted: {reason}")]
    Certificate { host: String, reason: String },
    #[error("{host} cannot be reached: {reason}")]
    Unreachable { host: String, reason: String },
    #[error("the answer of {0} broke off")]
    CutOff(String),
    #[error("the answer cannot be decompressed: {0}")]
    Packed(String),
    #[error("the header {0:?} cannot be sent")]
    Header(String),
    #[error("no password: {0}")]
    Password(String),
}

fn meaning(status: u16) -> &'static str {
    match status {
        401 => ": it asks for a user and password",
        403 => ": forbidden",
        404 => ": there is nothing at this address",
        410 => ": it is gone for good",
        429 => ": too many requests",
        500..=599 => ": it has a problem",
        _ => "",
    }
}

impl Default for Http {
    fn default() -> Self {
        Self::with_patience(PATIENCE)
    }
}

impl Http {
    /// With another time limit per request.
    pub fn with_patience(patience: Duration) -> Self {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(USER_AGENT)
            .max_idle_connections_per_host(2)
            .build();
        let with = |resolver: Guard| {
            Agent::with_parts(config.clone(), DefaultConnector::default(), resolver)
        };
        Self {
            anywhere: Agent::with_parts(
                config.clone(),
                DefaultConnector::default(),
                DefaultResolver::default(),
            ),
            inside: with(Guard::to(AddressReach::Here)),
            outside: with(Guard::to(AddressReach::Everywhere)),
            patience,
        }
    }

    /// Makes a request and follows redirects.
    ///
    /// # Errors
    /// If there is no answer within the limits, or the server refuses.
    pub fn get(&self, request: &HttpRequest<'_>) -> Result<HttpAnswer, HttpError> {
        let began = Instant::now();
        let mut url = request.url.clone();
        let mut moved = Moved::Forever;
        // Looked up once: whoever answers for the name must not get to change the answer.
        let from = reach::of(request.said_by.unwrap_or(&url).url());
        for hop in 0..=REDIRECTS {
            let is_led = hop > 0 || request.said_by.is_some();
            let agent = self.agent(from, &url, is_led)?;
            let left = self.patience.saturating_sub(began.elapsed());
            let mut response = self.ask(agent, request, &url, left)?;
            let status = response.status().as_u16();
            if matches!(status, 301 | 302 | 303 | 307 | 308)
                && let Some(to) = answer::header(&response, "location")
            {
                if !matches!(status, 301 | 308) {
                    moved = Moved::ForNow;
                }
                url = redirected(&url, &to)?;
                continue;
            }
            if status == 304 {
                return Ok(HttpAnswer::Unchanged(answer::freshness(&response)));
            }
            if !response.status().is_success() {
                let after = answer::retry_after(&response, jiff::Timestamp::now());
                return Err(HttpError::Status { status, after });
            }
            let bytes = self.body(&mut response, request.most, &url)?;
            let moved = (hop > 0 && moved == Moved::Forever).then(|| url.clone());
            return Ok(HttpAnswer::Document(Box::new(WebDocument::new(
                &response, url, moved, bytes,
            ))));
        }
        Err(HttpError::TooManyRedirects)
    }

    /// Chooses the agent for a URL that an address of the reach `from` led to, or for that address
    /// itself.
    fn agent(&self, from: AddressReach, url: &Link, is_led: bool) -> Result<&Agent, HttpError> {
        // Behind a proxy, the agent does not look names up.
        let is_outside = || !is_led || reach::of(url.url()) == AddressReach::Everywhere;
        match from {
            AddressReach::Here if is_led => Ok(&self.anywhere),
            AddressReach::Here => Ok(&self.inside),
            AddressReach::Everywhere if is_outside() => Ok(&self.outside),
            AddressReach::Everywhere | AddressReach::Both => {
                Err(HttpError::Private(url.host().to_owned()))
            }
        }
    }

    fn ask(
        &self,
        agent: &Agent,
        request: &HttpRequest<'_>,
        url: &Link,
        left: Duration,
    ) -> Result<Response<Body>, HttpError> {
        // A user before the `@` would be sent to any host.
        let mut call = agent
            .get(url.bare().as_str())
            .header("Accept", request.accept);
        for (name, value) in [
            ("If-None-Match", request.etag),
            ("If-Modified-Since", request.modified),
        ] {
            if let Some(value) = value {
                call = call.header(name, value);
            }
        }
        if is_same_host(request.url, url) {
            for (name, value) in request.headers.into_iter().flatten() {
                let name =
                    HeaderName::try_from(name).map_err(|_| HttpError::Header(name.clone()))?;
                let sent = HeaderValue::try_from(value);
                let value = sent.map_err(|_| HttpError::Header(name.to_string()))?;
                call = call.header(name, value);
            }
            if let Some(Credentials { user, password }) = &request.credentials {
                let token = STANDARD.encode(format!("{user}:{password}"));
                call = call.header("Authorization", format!("Basic {token}"));
            }
        }
        let left = left.max(Duration::from_millis(1));
        let call = call.config().timeout_global(Some(left)).build();
        call.call()
            .map_err(|error| self.worded(error, url, request.most))
    }

    fn body(
        &self,
        response: &mut Response<Body>,
        most: u64,
        url: &Link,
    ) -> Result<Vec<u8>, HttpError> {
        let mut bytes = Vec::new();
        let reader = response.body_mut().as_reader();
        reader
            .take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| {
                let inner = error.downcast::<ureq::Error>();
                let error = inner.unwrap_or_else(ureq::Error::Io);
                let error = self.worded(error, url, most);
                // It was reached: there is the beginning of an answer.
                if let HttpError::Unreachable { host, .. } = error {
                    HttpError::CutOff(host)
                } else {
                    error
                }
            })?;
        if bytes.len() as u64 > most {
            return Err(HttpError::TooLarge(most));
        }
        Ok(bytes)
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
    fn worded(&self, error: ureq::Error, url: &Link, most: u64) -> HttpError {
        let host = url.host().to_owned();
        let reason = reason(&error);
        match error {
            ureq::Error::Timeout(_) => HttpError::Slow(self.patience),
            ureq::Error::HostNotFound => HttpError::NoHost(host),
            ureq::Error::BodyExceedsLimit(_) => HttpError::TooLarge(most),
            ureq::Error::Rustls(_) | ureq::Error::Tls(_) => HttpError::Certificate { host, reason },
            ureq::Error::Decompress(..) => HttpError::Packed(reason),
            ureq::Error::Io(error) if reach::is_refusal(&error, AddressReach::Here) => {
                HttpError::Private(host)
            }
            ureq::Error::Io(error) if reach::is_refusal(&error, AddressReach::Everywhere) => {
                HttpError::Public(host)
            }
            ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => {
                HttpError::Slow(self.patience)
            }
            ureq::Error::Io(error) if reason.contains("lookup") => {
                drop(error);
                HttpError::NoHost(host)
            }
            ureq::Error::Io(error) if reason.contains("certificate") => {
                drop(error);
                HttpError::Certificate { host, reason }
            }
            _ => HttpError::Unreachable { host, reason },
        }
    }
}

/// Whether all redirects so far were permanent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Moved {
    Forever,
    ForNow,
}

/// The innermost reason of an error.
fn reason(error: &ureq::Error) -> String {
    let written = error.to_string();
    let mut reason = written.strip_prefix("io: ").unwrap_or(&written).to_owned();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        reason.clear();
        // Writing to a string cannot fail.
        let _ = write!(reason, "{inner}");
        source = inner.source();
    }
    match reason.split_once(" (os error") {
        Some((words, _)) => words.to_lowercase(),
        None => reason,
    }
}

/// Where a redirect leads.
fn redirected(from: &Link, to: &str) -> Result<Link, HttpError> {
    let link = from.resolve(to).map_err(|refusal| HttpError::BadRedirect {
        to: to.chars().take(200).collect(),
        refusal,
    })?;
    // Nobody chose a user that a redirect names.
    Ok(link.bare())
}

/// Whether credentials for one address may be sent to another: the same host and port, and not
/// unencrypted where the first is encrypted.
pub fn is_same_host(first: &Link, other: &Link) -> bool {
    let [(host, port, secure), (other_host, other_port, other_secure)] = [first, other].map(|it| {
        let url = it.url();
        (
            it.host(),
            url.port_or_known_default(),
            url.scheme() == "https",
        )
    });
    let is_upgraded = !secure && other_secure && (port, other_port) == (Some(80), Some(443));
    host == other_host && (port == other_port && secure <= other_secure || is_upgraded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(text: &str) -> Link {
        Link::parse(text).expect(text)
    }

    #[test]
    fn credentials_go_to_their_own_host_only() {
        let first = link("https://a.example/feed");
        for (other, same) in [
            ("https://a.example/moved", true),
            ("https://a.example:443/feed", true),
            ("http://a.example/feed", false),
            ("https://a.example:8443/feed", false),
            ("https://b.example/feed", false),
            ("https://a.example.b.example/feed", false),
        ] {
            assert_eq!(is_same_host(&first, &link(other)), same, "{other}");
        }
        assert!(is_same_host(
            &link("http://a.example/"),
            &link("https://a.example/")
        ));
        assert!(!is_same_host(
            &link("http://a.example:81/"),
            &link("https://a.example/")
        ));
    }

    #[test]
    fn redirects_stay_on_the_web() {
        let from = link("https://a.example/feed");
        let to = |to| redirected(&from, to).map(|link| link.as_str().to_owned());
        assert_eq!(to("/b").expect("a link"), "https://a.example/b");
        assert_eq!(to("//b.example/c").expect("a link"), "https://b.example/c");
        for bad in [
            "file:///etc/passwd",
            "gopher://a.example/",
            "data:text/plain,x",
            "http://",
        ] {
            assert!(
                matches!(to(bad), Err(HttpError::BadRedirect { .. })),
                "{bad}"
            );
        }
    }

    #[test]
    fn what_begins_on_the_internet_stays_there() {
        let http = Http::default();
        let from = reach::of(link("https://1.1.1.1/feed").url());
        let is = |agent: Result<&Agent, _>, expected: &Agent| {
            agent.is_ok_and(|agent| std::ptr::eq(agent, expected))
        };
        // The first hop too: its name may resolve elsewhere when we connect.
        for is_led in [false, true] {
            let agent = http.agent(from, &link("https://9.9.9.9/"), is_led);
            assert!(is(agent, &http.outside), "{is_led}");
        }
        for private in ["http://127.0.0.1/", "http://[::ffff:10.0.0.1]/"] {
            assert!(http.agent(from, &link(private), true).is_err(), "{private}");
        }
        let own = link("http://127.0.0.1/feed");
        let from = reach::of(own.url());
        assert!(is(http.agent(from, &own, false), &http.inside));
        assert!(is(
            http.agent(from, &link("http://127.0.0.1:81/"), true),
            &http.anywhere
        ));
        // A name that resolves to both belongs to neither.
        for is_led in [false, true] {
            let both = http.agent(AddressReach::Both, &link("http://127.0.0.1/"), is_led);
            assert!(both.is_err(), "{is_led}");
        }
    }

    #[test]
    fn what_something_on_the_internet_names_is_on_the_internet() {
        let (own, other) = (link("http://127.0.0.1:1/"), link("https://1.1.1.1/feed"));
        let asked = |said_by| {
            let request = HttpRequest {
                url: &own,
                said_by,
                accept: "*/*",
                most: MAX_PAGE,
                etag: None,
                modified: None,
                credentials: None,
                headers: None,
            };
            Http::default().get(&request)
        };
        assert!(matches!(asked(Some(&other)), Err(HttpError::Private(_))));
        // Nothing listens there.
        for said_by in [None, Some(&own)] {
            let refused = asked(said_by);
            let is_tried = matches!(refused, Err(HttpError::Unreachable { .. }));
            assert!(is_tried, "{refused:?}");
        }
    }

    #[test]
    fn a_user_in_the_address_is_not_sent() {
        let written = link("https://u:p@a.example/#x");
        assert_eq!(written.bare().as_str(), "https://a.example/");
        let from = link("https://a.example/feed");
        let to = redirected(&from, "https://u:p@b.example/feed").expect("a link");
        assert_eq!(to.as_str(), "https://b.example/feed");
    }

    #[test]
    fn credentials_are_not_printed() {
        let credentials = Credentials {
            user: "ada".into(),
            password: "secret".into(),
        };
        assert_eq!(format!("{credentials:?}"), "Credentials");
    }
}
