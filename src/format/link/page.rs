//! What distinguishes a page from others, by its URL: without what says how a reader came to it.

use url::Url;

use super::MAX_BYTES;

/// Parameters that say how a reader came to a page rather than which page it is: those that the
/// large advertisers, mailers and networks add. In lower case; anything starting with `utm_` counts
/// too.
pub(super) const TRACKING: &[&str] = &[
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "dclid",
    "fbclid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "hsctatracking",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "oly_anon_id",
    "oly_enc_id",
    "ref_src",
    "trk",
    "ttclid",
    "twclid",
    "vero_conv",
    "vero_id",
    "wbraid",
    "wickedid",
    "yclid",
];

/// `www.` names the same site, unless only a top-level domain would be left.
pub(super) fn without_www(host: &str) -> &str {
    match host.strip_prefix("www.") {
        Some(rest) if rest.contains('.') => rest,
        _ => host,
    }
}

pub(super) fn without_slash(path: &str) -> &str {
    path.trim_end_matches('/')
}

/// The parameters that say which page it is, in order.
pub(super) fn own_parameters(query: &str) -> impl Iterator<Item = &str> {
    query.split('&').filter(|parameter| {
        let name = parameter.split('=').next().unwrap_or_default();
        !parameter.is_empty() && !is_tracking(name)
    })
}

fn is_tracking(name: &str) -> bool {
    name.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("utm_"))
        || TRACKING
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name))
}

/// What distinguishes a page from others. [`Link::canonical`] says what is left out.
pub(super) struct Page<'a> {
    host: &'a str,
    port: Option<u16>,
    path: &'a str,
    query: &'a str,
}

impl<'a> Page<'a> {
    pub fn of(url: &'a Url) -> Self {
        Self {
            host: url.host_str().unwrap_or_default(),
            port: url.port(),
            path: url.path(),
            query: url.query().unwrap_or_default(),
        }
    }

    /// The page of a text that is certainly a URL, and that parsing would leave unchanged: most
    /// are, and parsing takes longer than anything else done for an article in a list.
    pub fn plain(text: &'a str) -> Option<Self> {
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))?;
        // A slash may be added to the host.
        if text.len() >= MAX_BYTES {
            return None;
        }
        let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let is_plain = is_plain_host(host) && is_plain_path(path) && is_plain(query);
        is_plain.then_some(Self {
            host,
            port: None,
            path,
            query,
        })
    }

    pub fn is_site(&self) -> bool {
        without_slash(self.path).is_empty() && own_parameters(self.query).next().is_none()
    }

    /// Whether it may contain something that [`Link::without_amp`] removes.
    pub fn may_be_amp(&self) -> bool {
        self.host.starts_with("amp.")
            || self.host.ends_with("google.com")
            || self.host.ends_with(".cdn.ampproject.org")
            || ["/amp", ".amp"].iter().any(|part| self.path.contains(part))
            || ["amp", "outputType"]
                .iter()
                .any(|part| self.query.contains(part))
    }

    pub fn key(&self) -> u64 {
        let mut hash = Fnv::default();
        self.each_part(|part| hash.add(part.as_bytes()));
        hash.0
    }

    /// Passes on the pieces of the canonical form one by one, so that the key needs no string: it
    /// is computed several times per article.
    pub fn each_part(&self, mut part: impl FnMut(&str)) {
        part(without_www(self.host));
        if let Some(port) = self.port {
            part(":");
            part(&port.to_string());
        }
        part(without_slash(self.path));
        if self.query.is_empty() {
            return;
        }
        let mut parameters: Vec<&str> = own_parameters(self.query).collect();
        parameters.sort_unstable();
        for (index, parameter) in parameters.into_iter().enumerate() {
            part(if index == 0 { "?" } else { "&" });
            part(parameter);
        }
    }
}

/// Names in lower case that end in letters, so that they are not numbers, and that are not in
/// punycode, which may be invalid.
fn is_plain_host(host: &str) -> bool {
    let is_label = |label: &str| {
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !label.is_empty() && label.bytes().all(is_name) && label.get(2..4) != Some("--")
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.split('.').all(is_label) && last.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Without parts such as `..`.
fn is_plain_path(path: &str) -> bool {
    is_plain(path) && !path.contains("/.")
}

/// Whether all of it stands for itself anywhere in a path or a query.
fn is_plain(text: &str) -> bool {
    // Without an early exit, which takes longer than the rest of a short text.
    text.bytes()
        .fold(true, |is_plain, byte| is_plain & PLAIN[usize::from(byte)])
}

/// The bytes that stand for themselves anywhere in a path or a query.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = (byte as u8).is_ascii_alphanumeric()
            || matches!(
                byte as u8,
                b'-' | b'_'
                    | b'/'
                    | b'.'
                    | b','
                    | b'~'
                    | b':'
                    | b';'
                    | b'='
                    | b'&'
                    | b'+'
                    | b'@'
                    | b'!'
                    | b'*'
                    | b'('
                    | b')'
                    | b'$'
            );
        byte += 1;
    }
    plain
};

/// 64-bit FNV-1a (RFC 9923). The standard library's hasher may change between versions.
pub(super) struct Fnv(pub u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    pub fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
