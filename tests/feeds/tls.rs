//! Feeds over TLS: newsdesk trusts whom this machine trusts, and nobody else.

use std::sync::Arc;

use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::samples::rss;
use crate::server::{Connection, Server, Serves};
use crate::world::World;

/// A server, and its certificate in PEM.
fn server(names: &[&str]) -> (Server, String) {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let made = rcgen::generate_simple_self_signed(names).expect("a certificate");
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a server");
    let config = Arc::new(config);
    let wrap = Arc::new(move |stream| {
        let connection = ServerConnection::new(Arc::clone(&config)).ok()?;
        Some(Box::new(StreamOwned::new(connection, stream)) as Box<dyn Connection>)
    });
    let routes = [("/feed", Serves::Tagged(rss("Secure", 1)))];
    (Server::with(routes, "https", wrap), made.cert.pem())
}

#[test]
fn a_certificate_counts_if_this_machine_trusts_it() {
    let (server, pem) = server(&["127.0.0.1"]);
    let world = World::new();
    world.write("ca.pem", &pem);
    world.feeds(&[("Secure", server.url("/feed"))]);
    let refused = world
        .command(&["fetch"])
        .env("SSL_CERT_FILE", "/dev/null")
        .output()
        .expect("a run");
    assert_eq!(refused.status.code(), Some(1));
    let out = String::from_utf8_lossy(&refused.stdout).into_owned();
    assert!(
        out.contains("Secure: failed: the certificate of 127.0.0.1 is not accepted"),
        "{out}"
    );
    let ca = world.path("ca.pem");
    let trusted = world
        .command(&["fetch", "--all"])
        .env("SSL_CERT_FILE", ca)
        .output()
        .expect("a run");
    let out = String::from_utf8_lossy(&trusted.stdout).into_owned();
    assert!(out.contains("new 1"), "{out}");
}

#[test]
fn a_certificate_of_another_host_does_not_count() {
    let (server, pem) = server(&["other.example"]);
    let world = World::new();
    world.write("ca.pem", &pem);
    world.feeds(&[("Wrong", server.url("/feed"))]);
    let run = world
        .command(&["fetch"])
        .env("SSL_CERT_FILE", world.path("ca.pem"))
        .output();
    let out = String::from_utf8_lossy(&run.expect("a run").stdout).into_owned();
    assert!(
        out.contains("Wrong: failed: the certificate of 127.0.0.1"),
        "{out}"
    );
}
