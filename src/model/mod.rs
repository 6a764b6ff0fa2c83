//! Plain data: what an article is, and what can be wrong with one. No files, no screens.

mod article;
mod diagnostic;
mod finding;
mod generator;
mod has;
mod identity;
mod listed;
mod mark;
mod moment;
mod publication;
mod signals;

pub use article::{
    Article, ArticleAction, Image, Person, Provider, Ratings, Related, Secured, Urls,
};
pub use diagnostic::{Diagnostic, Place, Severity, Skip};
pub use finding::{Finding, FindingState};
pub use generator::Generator;
pub use has::Has;
pub use identity::{FileVersion, Fingerprint, Identity, Subject};
pub use listed::{ListedField, ListedFields, ListedFlag, ListedName, ListedNumber};
pub use mark::{
    Bond, ChangeStamp, Mark, MarkChange, MarkField, MarkValue, Transaction, TransactionId,
    TransactionOrigin, UnknownMarkField,
};
pub use moment::Moment;
pub use publication::{Says, SitePublication, Standing};
pub use signals::{Signal, Signals};
