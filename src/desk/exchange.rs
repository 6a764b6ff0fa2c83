//! A desk as lines of JSON, to be backed up, searched, or merged into another machine's desk.
//!
//! One line names the format, one describes each article and one each transaction. Several exports
//! can be concatenated in one file. They do not contain folders of the machine they come from.

use std::collections::HashSet;
use std::io::{BufRead, Write};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::trouble::DeskError;
use super::{Desk, KnownArticle, Merged, Records, decode};
use crate::model::{
    Fingerprint, Identity, MarkChange, MarkField, Subject, Transaction, TransactionOrigin,
};

/// The newest known format, which exports use. The second has stories in marks.
const FORMAT: u32 = 2;

/// A line. 64-bit numbers are written as hexadecimal text, which every JSON parser preserves.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    /// The number of the format.
    Newsdesk(u32),
    Article(ArticleLine),
    Transaction(TransactionLine),
}

#[derive(Debug, Serialize, Deserialize)]
struct ArticleLine {
    id: String,
    path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
    /// Its fingerprint when it was last seen, if different.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seen: Option<String>,
    noted: Timestamp,
}

#[derive(Debug, Serialize, Deserialize)]
struct TransactionLine {
    id: String,
    label: String,
    when: Timestamp,
    machine: String,
    session: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    undoes: Option<String>,
    changes: Vec<ChangeLine>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ChangeLine {
    article: String,
    field: String,
    before: Json,
    after: Json,
}

/// Writes everything that a desk holds.
///
/// # Errors
/// If the desk is in trouble, or writing to `out` fails.
pub fn export(desk: &mut dyn Desk, out: &mut dyn Write) -> Result<(), DeskError> {
    let records = desk.records()?;
    let articles = records.articles.iter().map(article_line).map(Line::Article);
    let transactions = records
        .transactions
        .iter()
        .map(transaction_line)
        .map(Line::Transaction);
    let refused = |error: std::io::Error| DeskError::Export(error.to_string());
    for line in std::iter::once(Line::Newsdesk(FORMAT))
        .chain(articles)
        .chain(transactions)
    {
        let text = serde_json::to_string(&line).map_err(|error| refused(error.into()))?;
        writeln!(out, "{text}").map_err(refused)?;
    }
    out.flush().map_err(refused)
}

/// Merges exports into a desk, all or nothing.
///
/// # Errors
/// The first line that is not valid; or if the desk is in trouble.
pub fn import(desk: &mut dyn Desk, from: &mut dyn BufRead) -> Result<Merged, DeskError> {
    let mut records = Records::default();
    for (index, text) in from.lines().enumerate() {
        let wrong = |reason: String| DeskError::Import {
            line: index + 1,
            reason,
        };
        let text = text.map_err(|error| wrong(error.to_string()))?;
        if text.trim().is_empty() {
            continue;
        }
        let line = serde_json::from_str(&text).map_err(|error| wrong(fault(&error)))?;
        take(&mut records, line).map_err(wrong)?;
    }
    desk.merge(&records)
}

/// What is wrong in a line of JSON. Its parser knows only that line, and calls it the first.
fn fault(error: &serde_json::Error) -> String {
    let said = error.to_string();
    match said.strip_suffix(&format!(" at line 1 column {}", error.column())) {
        Some(fault) => format!("{fault} at column {}", error.column()),
        None => said,
    }
}

fn take(records: &mut Records, line: Line) -> Result<(), String> {
    match line {
        Line::Newsdesk(format) if format > FORMAT => {
            return Err(format!(
                "this export has format {format}, and this newsdesk only knows {FORMAT}; use the \
                 one that made it"
            ));
        }
        Line::Newsdesk(_) => {}
        Line::Article(line) => records.articles.push(known(line)?),
        Line::Transaction(line) => records.transactions.push(transaction(line)?),
    }
    Ok(())
}

fn article_line(known: &KnownArticle) -> ArticleLine {
    let hex = |number: u64| format!("{number:016x}");
    ArticleLine {
        id: known.subject.to_string(),
        path: known.identity.path.clone(),
        page: known.identity.page.map(hex),
        fingerprint: known.identity.fingerprint.map(|it| hex(it.0)),
        seen: known
            .seen
            .filter(|seen| Some(*seen) != known.identity.fingerprint)
            .map(|it| hex(it.0)),
        noted: known.noted,
    }
}

fn transaction_line(transaction: &Transaction) -> TransactionLine {
    TransactionLine {
        id: transaction.id.to_string(),
        label: transaction.label.clone(),
        when: transaction.when,
        machine: format!("{:016x}", transaction.origin.machine),
        session: format!("{:016x}", transaction.origin.session),
        undoes: transaction.undoes.map(|it| it.to_string()),
        changes: transaction
            .changes
            .iter()
            .map(|change| ChangeLine {
                article: change.article.to_string(),
                field: change.field.to_string(),
                before: decode::json(&change.before),
                after: decode::json(&change.after),
            })
            .collect(),
    }
}

fn known(line: ArticleLine) -> Result<KnownArticle, String> {
    let page = line.page.as_deref().map(number).transpose()?;
    let fingerprint = line.fingerprint.as_deref().map(number).transpose()?;
    let seen = line
        .seen
        .as_deref()
        .map(number)
        .transpose()?
        .or(fingerprint);
    Ok(KnownArticle {
        subject: subject(&line.id)?,
        identity: Identity {
            root: String::new(),
            path: line.path,
            page,
            fingerprint: fingerprint.map(Fingerprint),
            version: None,
        },
        seen: seen.map(Fingerprint),
        noted: line.noted,
    })
}

fn transaction(line: TransactionLine) -> Result<Transaction, String> {
    let name = |text: &str| text.parse().map_err(|_| not_hexadecimal(text));
    let mut changed = HashSet::new();
    let mut changes = Vec::with_capacity(line.changes.len());
    for text in &line.changes {
        let change = change(text)?;
        if !changed.insert((change.article, change.field.clone())) {
            return Err(format!(
                "it changes “{}” of one article twice",
                change.field
            ));
        }
        changes.push(change);
    }
    Ok(Transaction {
        id: name(&line.id)?,
        label: line.label,
        when: line.when,
        origin: TransactionOrigin {
            machine: number(&line.machine)?,
            session: number(&line.session)?,
        },
        undoes: line.undoes.as_deref().map(name).transpose()?,
        changes,
    })
}

fn change(line: &ChangeLine) -> Result<MarkChange, String> {
    let field: MarkField = line.field.parse().map_err(|error| format!("{error}"))?;
    let value = |json: &Json| {
        decode::value(&field, json).ok_or_else(|| format!("“{field}” cannot be {json}"))
    };
    let (before, after) = (value(&line.before)?, value(&line.after)?);
    Ok(MarkChange {
        article: subject(&line.article)?,
        field,
        before,
        after,
    })
}

fn subject(text: &str) -> Result<Subject, String> {
    text.parse().map_err(|_| not_hexadecimal(text))
}

fn number(text: &str) -> Result<u64, String> {
    u64::from_str_radix(text, 16).map_err(|_| not_hexadecimal(text))
}

fn not_hexadecimal(text: &str) -> String {
    format!("“{}” is not a hexadecimal number", text.escape_default())
}
