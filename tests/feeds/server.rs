//! A web server for one test: it serves what it is told to, well or badly, and remembers who asked
//! for what.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What is at a path.
#[derive(Clone, Debug)]
pub enum Serves {
    /// A document of this media type.
    Document(&'static str, Vec<u8>),
    /// The same with an `ETag`, and 304 for a client that has it.
    Tagged(Vec<u8>),
    /// A status, with headers.
    Status(u16, Vec<(&'static str, String)>),
    /// A document with more headers.
    With(Vec<(&'static str, String)>, Vec<u8>),
    /// A page that comes once the lock is free.
    Held(Arc<Mutex<()>>, Vec<u8>),
    /// A document that comes compressed.
    Gzip(Vec<u8>),
    /// A document that never ends.
    Endless(&'static str),
    /// A byte now and then, forever.
    Drip,
    /// The connection is closed in the middle of the headers.
    Hangup,
}

/// A request that was received.
#[derive(Clone, Debug)]
pub struct Seen {
    pub path: String,
    /// Names in lower case.
    pub headers: HashMap<String, String>,
}

type Routes = Arc<Mutex<HashMap<String, Serves>>>;

/// A running server; it ends with the process.
pub struct Server {
    /// `http://127.0.0.1:PORT`.
    pub origin: String,
    routes: Routes,
    seen: Arc<Mutex<Vec<Seen>>>,
}

/// What happens to a connection before it is used: nothing, or encryption.
pub type Wrap = Arc<dyn Fn(TcpStream) -> Option<Box<dyn Connection>> + Send + Sync>;

pub trait Connection: Read + Write + Send {}
impl<T: Read + Write + Send> Connection for T {}

impl Server {
    pub fn new(routes: impl IntoIterator<Item = (&'static str, Serves)>) -> Self {
        Self::with(
            routes,
            "http",
            Arc::new(|stream| Some(Box::new(stream) as Box<dyn Connection>)),
        )
    }

    pub fn with(
        routes: impl IntoIterator<Item = (&'static str, Serves)>,
        scheme: &str,
        wrap: Wrap,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let routes: HashMap<String, Serves> = routes
            .into_iter()
            .map(|(path, serves)| (path.to_owned(), serves))
            .collect();
        let server = Self {
            origin: format!("{scheme}://127.0.0.1:{port}"),
            routes: Arc::new(Mutex::new(routes)),
            seen: Arc::default(),
        };
        let (routes, seen) = (Arc::clone(&server.routes), Arc::clone(&server.seen));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (routes, seen, wrap) =
                    (Arc::clone(&routes), Arc::clone(&seen), Arc::clone(&wrap));
                thread::spawn(move || {
                    if let Some(connection) = wrap(stream) {
                        talk(connection, &routes, &seen);
                    }
                });
            }
        });
        server
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Sets or replaces what is at a path.
    pub fn put(&self, path: &str, serves: Serves) {
        lock(&self.routes).insert(path.to_owned(), serves);
    }

    /// The requests for a path so far.
    pub fn seen(&self, path: &str) -> Vec<Seen> {
        lock(&self.seen)
            .iter()
            .filter(|it| it.path == path)
            .cloned()
            .collect()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers request after request, until the client is gone.
fn talk(connection: Box<dyn Connection>, routes: &Routes, seen: &Mutex<Vec<Seen>>) {
    let mut reader = BufReader::new(connection);
    while let Some(request) = request(&mut reader) {
        lock(seen).push(request.clone());
        let serves = lock(routes).get(&request.path).cloned();
        let serves = serves.unwrap_or(Serves::Status(404, Vec::new()));
        if answer(reader.get_mut(), &request, serves).is_err() {
            return;
        }
    }
}

fn request(reader: &mut impl BufRead) -> Option<Seen> {
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let path = first.split(' ').nth(1)?.to_owned();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim();
        if line.is_empty() {
            return Some(Seen { path, headers });
        }
        let (name, value) = line.split_once(':')?;
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
}

fn answer(out: &mut impl Write, request: &Seen, serves: Serves) -> std::io::Result<()> {
    match serves {
        Serves::Document(kind, body) => document(out, &[("Content-Type", kind.to_owned())], &body),
        Serves::With(headers, body) => document(out, &headers, &body),
        Serves::Held(held, body) => {
            drop(lock(&held));
            document(out, &[("Content-Type", "text/html".to_owned())], &body)
        }
        Serves::Tagged(body) => {
            let tag = format!(
                "\"{:x}\"",
                body.iter().fold(7_u64, |sum, byte| {
                    sum.wrapping_mul(31).wrapping_add(u64::from(*byte))
                })
            );
            if request.headers.get("if-none-match") == Some(&tag) {
                return out.write_all(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n");
            }
            let kind = ("Content-Type", "application/rss+xml".to_owned());
            document(out, &[kind, ("ETag", tag)], &body)
        }
        Serves::Status(status, headers) => {
            let mut head = format!("HTTP/1.1 {status} Status\r\nContent-Length: 0\r\n");
            for (name, value) in headers {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
            out.write_all(format!("{head}\r\n").as_bytes())
        }
        Serves::Gzip(body) => {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            encoder.write_all(&body)?;
            document(
                out,
                &[("Content-Encoding", "gzip".to_owned())],
                &encoder.finish()?,
            )
        }
        Serves::Endless(piece) => {
            out.write_all(
                b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<rss version='2.0'><channel>",
            )?;
            let piece = piece.repeat(1_000);
            loop {
                out.write_all(piece.as_bytes())?;
            }
        }
        Serves::Drip => {
            out.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
            loop {
                out.write_all(b" ")?;
                out.flush()?;
                // Being slow is what this server is for; nothing waits for it.
                thread::sleep(std::time::Duration::from_millis(50));
            }
        }
        Serves::Hangup => {
            out.write_all(b"HTTP/1.1 200 OK\r\nContent-Le")?;
            Err(std::io::ErrorKind::ConnectionAborted.into())
        }
    }
}

fn document(out: &mut impl Write, headers: &[(&str, String)], body: &[u8]) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    // In one piece: otherwise the second waits until the first has been acknowledged.
    out.write_all(&[head.as_bytes(), body].concat())?;
    out.flush()
}
