//! Which addresses are reachable from everywhere, and which only from this machine or its network. A
//! page on the Internet must not make us ask the latter.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// From where an address can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Everywhere,
    /// From this machine or its network only.
    Here,
}

/// The reach of a URL's host: of its address, or of those that its name stands for. A name that
/// stands for nothing is taken for one of the Internet, whose requests are guarded.
pub fn of(url: &Url) -> Reach {
    let addresses: Vec<IpAddr> = match url.host() {
        Some(Host::Ipv4(address)) => vec![address.into()],
        Some(Host::Ipv6(address)) => vec![address.into()],
        Some(Host::Domain(name)) => {
            let port = url.port_or_known_default().unwrap_or(80);
            let found = (name, port).to_socket_addrs();
            found
                .map(|all| all.map(|it| it.ip()).collect())
                .unwrap_or_default()
        }
        None => Vec::new(),
    };
    if addresses.iter().copied().any(is_here) {
        Reach::Here
    } else {
        Reach::Everywhere
    }
}

/// Whether an address is private, or means this machine, this network or nobody (RFC 6890).
fn is_here(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_here_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(address) => is_here_v4(address),
            None => {
                address.is_loopback()
                    || address.is_unspecified()
                    || address.is_unique_local()
                    || address.is_unicast_link_local()
                    || address.is_multicast()
            }
        },
    }
}

fn is_here_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || (a, b) == (100, b & 0x3F | 0x40)
        || (a, b, c) == (192, 0, 0)
        || (a, b & 0xFE) == (198, 18)
}

/// The address of the older kind that one of the newer kind stands for: mapped, or by NAT64 or 6to4.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0xFFFF, high, low] | [0x64, 0xFF9B, 0, 0, 0, 0, high, low] => {
            Some(of(high, low))
        }
        [0x2002, high, low, ..] => Some(of(high, low)),
        _ => None,
    }
}

/// Looks names up, and refuses those that lead to this machine or its network. The check is made on
/// the very addresses that are then connected to.
#[derive(Debug, Default)]
pub struct Guard(DefaultResolver);

/// What the guard says, by which its refusal is recognised.
pub const REFUSED: &str = "leads to a private address";

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        if found.iter().any(|address| is_here(address.ip())) {
            return Err(ureq::Error::Io(std::io::Error::other(REFUSED)));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_this_network_are_told_from_others() {
        for here in [
            "http://127.0.0.1/",
            "http://10.1.2.3:8080/",
            "http://192.168.1.1/",
            "http://172.16.0.1/",
            "http://169.254.169.254/latest/meta-data",
            "http://100.64.0.1/",
            "http://0.0.0.0/",
            "http://[::1]/",
            "http://[fd00::1]/",
            "http://[fe80::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::]/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://localhost/",
        ] {
            assert_eq!(of(&Url::parse(here).expect(here)), Reach::Here, "{here}");
        }
        for everywhere in [
            "http://1.1.1.1/",
            "http://100.128.0.1/",
            "http://[2606:4700::1]/",
        ] {
            let url = Url::parse(everywhere).expect(everywhere);
            assert_eq!(of(&url), Reach::Everywhere, "{everywhere}");
        }
    }

    #[test]
    fn the_guard_refuses_what_is_here() {
        let agent = ureq::Agent::with_parts(
            Config::default(),
            ureq::unversioned::transport::DefaultConnector::default(),
            Guard::default(),
        );
        let error = agent
            .get("http://127.0.0.1:1/")
            .call()
            .expect_err("refused");
        assert!(error.to_string().contains(REFUSED), "{error}");
    }
}
