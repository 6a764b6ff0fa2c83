//! Links that may be opened: http or https URLs with a host and without tricks, and the reasons for
//! refusing others. Also tells whether two of them are the same page. Nothing here opens or
//! fetches.

mod page;

use std::fmt::Write;

use thiserror::Error;
use url::{ParseError, Url};

use page::{Page, own_parameters, without_slash, without_www};

/// Longest accepted URL, in bytes. Browsers and servers stop at about this length too.
const MAX_BYTES: usize = 8 * 1024;

/// Longest query that [`Link::shown`] prints, in bytes; a longer one becomes `?…`.
const MAX_SHOWN_QUERY: usize = 40;

/// A checked http or https URL.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link(Url);

/// Why a URL is not opened, worded for people.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LinkRefusal {
    /// The text is empty.
    #[error("the link is empty")]
    Empty,
    /// More than 8 kB, as given or once encoded in ASCII.
    #[error("the link is {0} bytes long; the limit is {MAX_BYTES}")]
    TooLong(usize),
    /// The URL standard silently drops some of these, so that what opens would not be what is
    /// shown. The character is shown escaped.
    #[error("the link contains a blank or control character ({0})")]
    Blank(String),
    /// A path or a name without `https://`.
    #[error("the link does not start with http:// or https://")]
    Relative,
    /// `javascript:`, `file:`, `data:`, …
    #[error("“{0}:” links are not opened, only http and https")]
    Scheme(String),
    /// No host, or an impossible one.
    #[error("the link has no valid host: {0}")]
    Host(ParseError),
    /// Not a URL for another reason.
    #[error("the link is not a URL: {0}")]
    Malformed(ParseError),
}

impl Link {
    /// Checks `text`; nothing is silently trimmed or fixed.
    pub fn parse(text: &str) -> Result<Self, LinkRefusal> {
        if text.is_empty() {
            return Err(LinkRefusal::Empty);
        }
        refuse_longer(text)?;
        if let Some(bad) = text.chars().find(|c| c.is_whitespace() || c.is_control()) {
            return Err(LinkRefusal::Blank(bad.escape_default().to_string()));
        }
        let url = Url::parse(text).map_err(refusal)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(LinkRefusal::Scheme(url.scheme().chars().take(20).collect()));
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(LinkRefusal::Host(ParseError::EmptyHost));
        }
        refuse_longer(url.as_str())?;
        Ok(Self(url))
    }

    /// The link that a page at this address means by `text`; `None` if that leads nowhere.
    pub fn join(&self, text: &str) -> Option<Self> {
        self.resolve(text).ok()
    }

    /// The same, saying why it leads nowhere.
    ///
    /// # Errors
    /// As for [`parse`](Self::parse).
    pub fn resolve(&self, text: &str) -> Result<Self, LinkRefusal> {
        let url = self.0.join(text.trim()).map_err(LinkRefusal::Malformed)?;
        Self::parse(url.as_str())
    }

    /// The same page without a user's name and password, and without a fragment.
    pub fn bare(&self) -> Self {
        let mut url = self.0.clone();
        // Neither fails for URLs with a host.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.set_fragment(None);
        Self(url)
    }

    /// Its parts.
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Whether it is a whole site rather than a page of it.
    pub fn is_site(&self) -> bool {
        Page::of(&self.0).is_site()
    }

    /// The page itself, if this is its mobile copy (AMP) or that copy in a cache; `None` if it is
    /// neither.
    pub fn without_amp(&self) -> Option<Self> {
        let (host, path) = (self.host(), self.0.path());
        let cached = match host {
            "www.google.com" | "google.com" => path.strip_prefix("/amp/"),
            _ if host.ends_with(".cdn.ampproject.org") => path
                .get(1..)
                .and_then(|path| path.split_once('/'))
                .map(|it| it.1),
            _ => None,
        };
        if let Some(cached) = cached {
            let inner = Self::parse(&format!(
                "https://{}",
                cached.strip_prefix("s/").unwrap_or(cached)
            ))
            .ok()?;
            return Some(inner.without_amp().unwrap_or(inner));
        }
        let mut url = self.0.clone();
        if let Some(plain) = host
            .strip_prefix("amp.")
            .filter(|plain| plain.contains('.'))
        {
            url.set_host(Some(plain)).ok()?;
        }
        let path = path.trim_end_matches('/');
        let plain = path
            .strip_suffix("/amp")
            .or_else(|| path.strip_suffix(".amp"))
            .or_else(|| path.strip_suffix(".amp.html"));
        let plain = plain.or_else(|| path.strip_prefix("/amp").filter(|it| it.starts_with('/')));
        if let Some(plain) = plain {
            url.set_path(plain);
        }
        let is_amp = |name: &str| matches!(name, "amp" | "outputType");
        if url.query_pairs().any(|(name, _)| is_amp(&name)) {
            let own = own_parameters(self.0.query().unwrap_or_default());
            let own = own.filter(|it| !is_amp(it.split('=').next().unwrap_or_default()));
            let own: Vec<&str> = own.collect();
            url.set_query(Some(own.join("&").as_str()).filter(|it| !it.is_empty()));
        }
        (url != self.0).then_some(Self(url))
    }

    /// The whole URL in ASCII, as a single argument for a browser.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host that really answers: in lower case and punycode, without user name or port.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Whether a user's name or password is before the host.
    pub fn has_user(&self) -> bool {
        !self.0.username().is_empty() || self.0.password().is_some()
    }

    /// What to say before opening, if the link could be mistaken for another.
    pub fn warning(&self) -> Option<String> {
        let host = self.host();
        let foreign = host.split('.').any(|label| label.starts_with("xn--"));
        match (self.has_user(), foreign) {
            (true, _) => Some(format!(
                "the part before @ is a user name; the page is on {host}"
            )),
            (false, true) => Some(format!(
                "the host has letters that can look like others; its true name is {host}"
            )),
            (false, false) => None,
        }
    }

    /// Short, for display: host without `www.`, path, and the query if it is short and says which
    /// page it is. ASCII only.
    pub fn shown(&self) -> String {
        let mut shown = without_www(self.host()).to_owned();
        if let Some(port) = self.0.port() {
            // Writing to a string cannot fail.
            let _ = write!(shown, ":{port}");
        }
        shown.push_str(without_slash(self.0.path()));
        let query = self.0.query().unwrap_or_default();
        let query = own_parameters(query).collect::<Vec<_>>().join("&");
        match query.len() {
            0 => {}
            1..=MAX_SHOWN_QUERY => {
                shown.push('?');
                shown.push_str(&query);
            }
            _ => shown.push_str("?…"),
        }
        shown
    }

    /// The same for two URLs of the same page: without scheme, user name, `www.`, default port,
    /// trailing slash, fragment and tracking parameters, and with the other parameters sorted.
    pub fn canonical(&self) -> String {
        let mut canonical = String::with_capacity(self.0.as_str().len());
        Page::of(&self.0).each_part(|part| canonical.push_str(part));
        canonical
    }

    /// A number for [`canonical`](Self::canonical), the same on every machine and in every run.
    pub fn canonical_key(&self) -> u64 {
        Page::of(&self.0).key()
    }
}

/// Where a link in a body leads, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A page on the web.
    Page(Link),
    /// A path relative to the article's file or, if it starts with `/`, to the root of its site;
    /// without what follows `?` or `#`. Zola's `@/` for its content folder becomes `/`.
    File(String),
    /// A link that cannot be followed, and why.
    Unfit(LinkRefusal),
}

impl LinkTarget {
    /// Parses where `text` leads.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        let refusal = match Link::parse(text) {
            Ok(link) => return Self::Page(link),
            Err(refusal) => refusal,
        };
        let path = text.split(['?', '#']).next().unwrap_or_default();
        let is_path = matches!(Url::parse(text), Err(ParseError::RelativeUrlWithoutBase));
        if !is_path
            || path.is_empty()
            || path.starts_with("//")
            || path.chars().any(char::is_control)
        {
            return Self::Unfit(refusal);
        }
        Self::File(
            path.strip_prefix('@')
                .filter(|path| path.starts_with('/'))
                .unwrap_or(path)
                .to_owned(),
        )
    }
}

/// The key of the page that a text leads to, even by way of its mobile copy; `None` if the text is
/// not a URL, or leads to a whole site rather than a page.
pub fn page_key(text: &str) -> Option<u64> {
    if let Some(page) = Page::plain(text).filter(|page| !page.may_be_amp()) {
        return (!page.is_site()).then(|| page.key());
    }
    let link = Link::parse(text).ok()?;
    let link = link.without_amp().unwrap_or(link);
    (!link.is_site()).then(|| link.canonical_key())
}

/// [`Link::canonical_key`] of a text that may not be a URL.
pub fn canonical_key(text: &str) -> Option<u64> {
    match Page::plain(text) {
        Some(page) => Some(page.key()),
        None => Link::parse(text).ok().map(|link| link.canonical_key()),
    }
}

fn refuse_longer(text: &str) -> Result<(), LinkRefusal> {
    if text.len() > MAX_BYTES {
        return Err(LinkRefusal::TooLong(text.len()));
    }
    Ok(())
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
fn refusal(error: ParseError) -> LinkRefusal {
    match error {
        ParseError::RelativeUrlWithoutBase | ParseError::RelativeUrlWithCannotBeABaseBase => {
            LinkRefusal::Relative
        }
        ParseError::EmptyHost
        | ParseError::IdnaError
        | ParseError::InvalidDomainCharacter
        | ParseError::InvalidIpv4Address
        | ParseError::InvalidIpv6Address => LinkRefusal::Host(error),
        other => LinkRefusal::Malformed(other),
    }
}

#[cfg(test)]
mod tests;
