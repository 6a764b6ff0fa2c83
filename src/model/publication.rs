//! What a site would do with an article: show it, not show it, or show it for a time.
//! `format::publication` knows the generators' rules.

use std::fmt;

use jiff::Timestamp;

/// What a site would do with an article, as far as can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SitePublication {
    pub says: Says,
    /// The deciding field calls it a draft.
    pub is_draft: bool,
    /// Not shown before this.
    pub from: Option<Timestamp>,
    /// Not shown from this on.
    pub until: Option<Timestamp>,
}

/// What the site's rule says, apart from time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Says {
    /// Nothing that can be relied on.
    #[default]
    Nothing,
    Yes,
    No,
}

impl Says {
    pub fn from_flag(flag: bool) -> Self {
        if flag { Self::Yes } else { Self::No }
    }
}

/// The publication of an article at a given time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    Published,
    Unpublished,
    /// Will be published by itself.
    Scheduled,
    /// Was published, and no longer is.
    Expired,
    /// Cannot be told.
    Unsaid,
}

impl SitePublication {
    /// The standing from `now` on, if it can no longer change by itself.
    pub fn settled(self, now: Timestamp) -> Option<Standing> {
        let standing = self.at(now);
        match standing {
            Standing::Scheduled => None,
            Standing::Published if self.until.is_some() => None,
            settled @ (Standing::Published
            | Standing::Unpublished
            | Standing::Expired
            | Standing::Unsaid) => Some(settled),
        }
    }

    pub fn at(self, now: Timestamp) -> Standing {
        match self.says {
            Says::Nothing => Standing::Unsaid,
            Says::No => Standing::Unpublished,
            Says::Yes if self.until.is_some_and(|until| until <= now) => Standing::Expired,
            Says::Yes if self.from.is_some_and(|from| from > now) => Standing::Scheduled,
            Says::Yes => Standing::Published,
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Published => "published",
            Self::Unpublished => "unpublished",
            Self::Scheduled => "scheduled",
            Self::Expired => "expired",
            Self::Unsaid => "unsaid",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_schedules_and_expires_only_what_would_be_shown() {
        let at = |second| Timestamp::from_second(second).expect("a time");
        let shown = SitePublication {
            says: Says::Yes,
            is_draft: false,
            from: Some(at(10)),
            until: Some(at(20)),
        };
        assert_eq!(shown.at(at(9)), Standing::Scheduled);
        assert_eq!(shown.at(at(10)), Standing::Published);
        assert_eq!(shown.at(at(19)), Standing::Published);
        assert_eq!(shown.at(at(20)), Standing::Expired);
        assert_eq!(shown.settled(at(9)), None);
        assert_eq!(shown.settled(at(19)), None);
        assert_eq!(shown.settled(at(20)), Some(Standing::Expired));
        for (says, standing) in [
            (Says::No, Standing::Unpublished),
            (Says::Nothing, Standing::Unsaid),
        ] {
            assert_eq!(SitePublication { says, ..shown }.at(at(9)), standing);
            assert_eq!(SitePublication { says, ..shown }.at(at(20)), standing);
        }
    }
}
