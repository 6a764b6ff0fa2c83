//! Values of the configuration that are one of a few words.

use std::time::Duration;

use serde::Deserialize;

use super::every;
use super::places::XdgEnvironment;

/// Whether the terminal's own cursor is visible. It is on the line in use either way, for screen
/// readers and braille displays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HardwareCursor {
    #[default]
    Hidden,
    Shown,
}

/// Whether the screen is read aloud or in braille.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "bool")]
pub enum ScreenReader {
    #[default]
    Absent,
    /// Words instead of signs, no lines, one pane at a time, no automatic movement.
    Present,
}

/// Who has the mouse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "bool")]
pub enum Mouse {
    /// The terminal: it selects text.
    #[default]
    LeftToTerminal,
    /// The program; the terminal selects text with Shift.
    Used,
}

/// Whether links in a text are links of the terminal too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "bool")]
pub enum Hyperlinking {
    #[default]
    On,
    Off,
}

/// Whether and how pictures in a text are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureChoice {
    /// As the terminal says it can.
    #[default]
    Auto,
    /// Captions only.
    Off,
    /// By kitty's graphics protocol.
    Kitty,
    /// By iTerm2's inline images.
    Iterm2,
    HalfBlocks,
}

/// Which set of symbols the screen uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SymbolSet {
    /// Unicode if the locale is UTF-8, otherwise ASCII.
    #[default]
    Auto,
    Unicode,
    Ascii,
    /// Those of a font patched by Nerd Fonts.
    Nerd,
}

/// How texts are copied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum Clipboard {
    /// By a program of this machine if its clipboard is the person's, else by the terminal.
    #[default]
    Auto,
    /// By the terminal (OSC 52).
    Terminal,
    /// By this command, which reads the text.
    Command(String),
}

impl Clipboard {
    /// The same, with `~` at the start of a command for the home folder.
    pub(super) fn at_home(self, places: &XdgEnvironment) -> Self {
        match self {
            Self::Command(command) => Self::Command(places.command(command)),
            Self::Auto | Self::Terminal => self,
        }
    }
}

impl From<String> for Clipboard {
    fn from(text: String) -> Self {
        match text.as_str() {
            "auto" | "" => Self::Auto,
            "terminal" => Self::Terminal,
            _ => Self::Command(text),
        }
    }
}

/// When an article is marked as read automatically.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum MarkRead {
    Never,
    /// When its text is entered or read to the end, or its original opened.
    #[default]
    OnOpen,
    /// After it has been shown for this many seconds.
    After(u16),
}

/// How often the feeds are fetched automatically.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Refresh {
    #[default]
    Never,
    Every(Duration),
}

impl TryFrom<String> for Refresh {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let wrong = "refresh must be \"never\" or a time like \"30m\"";
        if text == "never" {
            return Ok(Self::Never);
        }
        let every = every::parse(&text).and_then(|it| Duration::try_from(it).ok());
        every.map(Self::Every).ok_or(wrong)
    }
}

/// What the list has a row for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "bool")]
pub enum RowFor {
    /// Each story: the articles that tell the same thing.
    #[default]
    Story,
    /// Each article.
    Article,
}

/// What happens to a new article whose story is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "bool")]
pub enum LateTellers {
    /// It is done, like its story.
    #[default]
    Done,
    /// It goes into the Inbox, like any other.
    Inbox,
}

/// Where the cursor goes after an article is handled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "bool")]
pub enum AfterHandling {
    /// To the next article.
    #[default]
    GoOn,
    /// Nowhere.
    Stay,
}

/// How the file says each: as a switch.
macro_rules! switches {
    ($($choice:ident: $on:ident or $off:ident;)+) => {
        $(impl From<bool> for $choice {
            fn from(is_on: bool) -> Self {
                if is_on { Self::$on } else { Self::$off }
            }
        })+
    };
}

switches! {
    ScreenReader: Present or Absent;
    Mouse: Used or LeftToTerminal;
    Hyperlinking: On or Off;
    RowFor: Story or Article;
    LateTellers: Done or Inbox;
    AfterHandling: GoOn or Stay;
}

impl TryFrom<String> for MarkRead {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let wrong = "mark_read must be \"never\", \"on_open\" or a time like \"after 3s\"";
        match text.as_str() {
            "never" => Ok(Self::Never),
            "on_open" => Ok(Self::OnOpen),
            _ => text
                .strip_prefix("after ")
                .and_then(|rest| rest.strip_suffix('s'))
                .and_then(|seconds| seconds.trim().parse().ok())
                .map(Self::After)
                .ok_or(wrong),
        }
    }
}
