//! Which addresses are reachable from everywhere, and which only from this machine or its network.
//! A page on the Internet must not make us send requests to the latter.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs};

use thiserror::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// From where an address can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressReach {
    Everywhere,
    /// From this machine or its network only.
    Here,
    /// A name that resolves to addresses of both kinds.
    Both,
}

/// The reach of a URL's host: of its address, or of those its name resolves to. A name that does
/// not resolve counts as the Internet's, whose requests are guarded.
pub fn of(url: &Url) -> AddressReach {
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
    of_all(addresses)
}

fn of_all(addresses: impl IntoIterator<Item = IpAddr>) -> AddressReach {
    let reaches = addresses.into_iter().map(|address| match is_here(address) {
        true => AddressReach::Here,
        false => AddressReach::Everywhere,
    });
    let together = |one, other| {
        if one == other {
            one
        } else {
            AddressReach::Both
        }
    };
    reaches.reduce(together).unwrap_or(AddressReach::Everywhere)
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

/// The IPv4 address that an IPv6 address stands for: mapped, or by NAT64 or 6to4.
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

/// Resolves names, and refuses those that lead where they may not. It checks the very addresses
/// that are then connected to.
#[derive(Debug)]
pub struct Guard {
    resolver: DefaultResolver,
    to: AddressReach,
}

impl Guard {
    /// A guard that lets this reach through.
    pub fn to(to: AddressReach) -> Self {
        let resolver = DefaultResolver::default();
        Self { resolver, to }
    }
}

/// The guard's error for addresses that may not be reached from where the request comes.
#[derive(Debug, Error)]
#[error("it leads where it must not: {0:?}")]
struct Refused(AddressReach);

/// Whether an error is the guard's refusal of this reach, or of both.
pub fn is_refusal(error: &io::Error, reach: AddressReach) -> bool {
    let inner = error.get_ref().and_then(|it| it.downcast_ref::<Refused>());
    inner.is_some_and(|Refused(found)| *found == reach || *found == AddressReach::Both)
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let addresses = self.resolver.resolve(uri, config, timeout)?;
        let found = of_all(addresses.iter().map(|address| address.ip()));
        if found == self.to || is_proxy(uri, config) {
            return Ok(addresses);
        }
        Err(ureq::Error::Io(io::Error::other(Refused(found))))
    }
}

/// Whether a name is that of the proxy in use: a person has set it, wherever it is.
fn is_proxy(uri: &Uri, config: &Config) -> bool {
    let proxy = config.proxy().map(ureq::Proxy::uri);
    proxy.is_some_and(|proxy| proxy.authority() == uri.authority())
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
            assert_eq!(
                of(&Url::parse(here).expect(here)),
                AddressReach::Here,
                "{here}"
            );
        }
        for everywhere in [
            "http://1.1.1.1/",
            "http://100.128.0.1/",
            "http://[2606:4700::1]/",
        ] {
            let url = Url::parse(everywhere).expect(everywhere);
            assert_eq!(of(&url), AddressReach::Everywhere, "{everywhere}");
        }
    }

    /// The error of a request to an address where nothing listens.
    fn error(guard: Guard, config: Config, address: &str) -> io::Error {
        let connector = ureq::unversioned::transport::DefaultConnector::default();
        let agent = ureq::Agent::with_parts(config, connector, guard);
        match agent.get(address).call() {
            Err(ureq::Error::Io(error)) => error,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_name_for_addresses_of_both_kinds_is_of_neither() {
        let [own, other] = ["10.0.0.1", "1.1.1.1"].map(|it| it.parse().expect(it));
        assert_eq!(of_all([own, own]), AddressReach::Here);
        assert_eq!(of_all([other]), AddressReach::Everywhere);
        assert_eq!(of_all([own, other]), AddressReach::Both);
        assert_eq!(of_all([]), AddressReach::Everywhere);
    }

    #[test]
    fn the_guard_refuses_what_is_elsewhere() {
        let outside = Guard::to(AddressReach::Everywhere);
        let refused = error(outside, Config::default(), "http://127.0.0.1:1/");
        assert!(is_refusal(&refused, AddressReach::Here), "{refused}");
        let inside = Guard::to(AddressReach::Here);
        let refused = error(inside, Config::default(), "http://1.1.1.1:1/");
        assert!(is_refusal(&refused, AddressReach::Everywhere), "{refused}");
    }

    #[test]
    fn a_proxy_may_be_anywhere() {
        let config = || {
            let proxy = ureq::Proxy::new("http://127.0.0.1:1").expect("a proxy");
            ureq::Agent::config_builder().proxy(Some(proxy)).build()
        };
        let refused = error(
            Guard::to(AddressReach::Everywhere),
            config(),
            "http://1.1.1.1/",
        );
        assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
    }
}
