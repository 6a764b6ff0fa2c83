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
use ureq::config::Config;
use ureq::http::{HeaderName, HeaderValue, Response};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use crate::format::link::{Link, Refusal};
use reach::{Guard, REFUSED, Reach};

pub use answer::{Answer, Document};

/// How long a request may take, with all its redirects.
const PATIENCE: Duration = Duration::from_secs(30);
/// Most redirects that are followed.
const REDIRECTS: usize = 5;
/// Most bytes of a feed, decompressed.
pub const MAX_FEED: u64 = 10 << 20;
/// Most bytes of a page, decompressed.
pub const MAX_PAGE: u64 = 20 << 20;

/// Names the program and its page.
const USER_AGENT: &str = concat!(
    "newsdesk/",
    env!("CARGO_PKG_VERSION"),
    " (+https://crates.io/crates/newsdesk)"
);

/// Makes requests.
#[derive(Clone, Debug)]
pub struct Http {
    /// Goes wherever a person says.
    anywhere: Agent,
    /// Goes where a page on the Internet may send it.
    guarded: Agent,
    patience: Duration,
}

/// A request.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    pub url: &'a Link,
    /// What is wanted: the value of `Accept`.
    pub accept: &'static str,
    /// Most bytes of the answer, decompressed.
    pub most: u64,
    /// From the last answer; with them, the server can say that nothing has changed.
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
    BadRedirect { to: String, refusal: Refusal },
    #[error("it is redirected to {0}, which {REFUSED}")]
    Private(String),
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
    #[error("the answer cannot be unpacked: {0}")]
    Packed(String),
    #[error("the header {0:?} cannot be sent")]
    Header(String),
    #[error("no password: {0}")]
    Password(String),
}

fn meaning(status: u16) -> &'static str {
    match status {
        401 => ": it wants a user and a password",
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
    /// With another limit on the time that a request may take.
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
        let with = |config: Config| {
            Agent::with_parts(
                config,
                DefaultConnector::default(),
                DefaultResolver::default(),
            )
        };
        Self {
            anywhere: with(config.clone()),
            guarded: Agent::with_parts(config, DefaultConnector::default(), Guard::default()),
            patience,
        }
    }

    /// Makes a request and follows redirects.
    ///
    /// # Errors
    /// If there is no answer within the limits, or the server refuses.
    pub fn get(&self, request: &Request<'_>) -> Result<Answer, HttpError> {
        let began = Instant::now();
        let mut url = request.url.clone();
        let mut moved = Moved::Forever;
        for hop in 0..=REDIRECTS {
            let left = self.patience.saturating_sub(began.elapsed());
            let mut response = self.ask(request, &url, hop, left)?;
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
                return Ok(Answer::Unchanged(answer::freshness(&response)));
            }
            if !response.status().is_success() {
                let after = answer::retry_after(&response, jiff::Timestamp::now());
                return Err(HttpError::Status { status, after });
            }
            let bytes = self.body(&mut response, request.most, &url)?;
            let moved = (hop > 0 && moved == Moved::Forever).then(|| url.clone());
            return Ok(Answer::Document(Box::new(Document::new(
                &response, url, moved, bytes,
            ))));
        }
        Err(HttpError::TooManyRedirects)
    }

    fn ask(
        &self,
        request: &Request<'_>,
        url: &Link,
        hop: usize,
        left: Duration,
    ) -> Result<Response<Body>, HttpError> {
        let agent = if hop > 0 && is_guarded(request.url, url)? {
            &self.guarded
        } else {
            &self.anywhere
        };
        let mut call = agent
            .get(without_user(url))
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
                self.worded(error, url, most)
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
            ureq::Error::Io(error) if error.to_string() == REFUSED => HttpError::Private(host),
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
    reason
}

/// Where a redirect leads.
fn redirected(from: &Link, to: &str) -> Result<Link, HttpError> {
    let bad = |refusal| HttpError::BadRedirect {
        to: to.chars().take(200).collect(),
        refusal,
    };
    let joined = Url::parse(from.as_str()).and_then(|base| base.join(to.trim()));
    let joined = joined.map_err(|error| bad(Refusal::Malformed(error)))?;
    Link::parse(joined.as_str()).map_err(bad)
}

/// Whether a hop must not lead to this machine or its network, because it did not begin there.
fn is_guarded(first: &Link, hop: &Link) -> Result<bool, HttpError> {
    let reach =
        |link: &Link| Url::parse(link.as_str()).map_or(Reach::Everywhere, |url| reach::of(&url));
    if reach(first) == Reach::Here {
        return Ok(false);
    }
    // Behind a proxy the guard is not asked.
    match reach(hop) {
        Reach::Here => Err(HttpError::Private(hop.host().to_owned())),
        Reach::Everywhere => Ok(true),
    }
}

/// Whether credentials for one address may be sent to another: the same host and port, and not
/// unencrypted where the first is encrypted.
fn is_same_host(first: &Link, other: &Link) -> bool {
    let parts = |link: &Link| {
        let url = Url::parse(link.as_str()).ok()?;
        let port = url.port_or_known_default()?;
        Some((url.host_str()?.to_owned(), port, url.scheme() == "https"))
    };
    match (parts(first), parts(other)) {
        (Some((host, port, secure)), Some((other_host, other_port, other_secure))) => {
            let is_upgraded = !secure && other_secure && (port, other_port) == (80, 443);
            host == other_host && (port == other_port && secure <= other_secure || is_upgraded)
        }
        _ => false,
    }
}

/// The address without what comes before `@`, which ureq would send to whatever host it is.
fn without_user(link: &Link) -> String {
    let Ok(mut url) = Url::parse(link.as_str()) else {
        return link.as_str().to_owned();
    };
    // Neither fails for URLs with a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    url.into()
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
        let first = link("https://1.1.1.1/feed");
        assert!(is_guarded(&first, &link("https://9.9.9.9/")).expect("allowed"));
        assert!(is_guarded(&first, &link("http://127.0.0.1/")).is_err());
        assert!(is_guarded(&first, &link("http://[::ffff:10.0.0.1]/")).is_err());
        let own = link("http://127.0.0.1/feed");
        assert!(!is_guarded(&own, &link("http://127.0.0.1:81/")).expect("allowed"));
    }

    #[test]
    fn a_user_in_the_address_is_not_sent() {
        assert_eq!(
            without_user(&link("https://u:p@a.example/#x")),
            "https://a.example/"
        );
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
