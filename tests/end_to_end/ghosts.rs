//! What tmux makes of the screen, with widths that are not always ours: after any keys its screen
//! equals that of a full redraw, and no stray character remains.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long to wait for what must happen. Generous: a busy machine is not a failure.
const DEADLINE: Duration = Duration::from_secs(20);

/// Titles in many scripts, with clusters on whose width programs disagree. Without zero-width
/// joiners: tmux 3.3a forgets one that it has read when it has to wait for what is to be joined
/// (`SCREEN_WRITE_ZWJ` lives as long as one piece of input), and shows the parts one by one then. Where
/// a piece ends is up to the system.
const TITLES: [&str; 24] = [
    "Ferries between 🇮🇸 and 🇳🇴 sail again, 🇩🇰 waits",
    "ﾊﾟﾝﾔ ﾎﾟｽﾄ ﾋﾞﾙ ｶﾞﾗｽ in half width",
    "น้ำใจของคนทำสวนในเมือง คำถามและคำตอบ",
    "हिन्दी में क्षेत्रीय प्रौद्योगिकी की ख़बर",
    "தமிழ் செய்திகள் கௌரவம் பெற்ற ஆசிரியர்",
    "বাংলা সংবাদ ক্ষুদ্র প্রযুক্তির কৌশল",
    "မြန်မာ သတင်းများ ကြောင့် ပြောင်းလဲခြင်း",
    "ខ្មែរ ព័ត៌មានថ្មីៗ អំពីស្រ្តី",
    "Families 👪 and 👩🏽 in one row 👁️",
    "Hearts ❤️ and ☂️ and ☀︎ and ✔️ with selectors 1️⃣",
    "ශ්රී ලංකාවේ පුවත් ක්රමය",
    "ಕನ್ನಡ ಸುದ್ದಿ ಕ್ಷೇತ್ರ ಪತ್ರಿಕೆ",
    "తెలుగు వార్తలు శ్రీమతి క్షణం",
    "മലയാളം വാർത്തകൾ സ്ത്രീകൾ",
    "ગુજરાતી સમાચાર ક્ષેત્ર શ્રી",
    "ਪੰਜਾਬੀ ਖ਼ਬਰਾਂ ਵਿੱਚ ਪ੍ਰਸਿੱਧ",
    "བོད་ཡིག་གི་གསར་འགྱུར་རྒྱས་པ",
    "ລາວ ຂ່າວ ນ້ຳ ຖ້ວມ ໃນ ເມືອງ",
    "ትግርኛ እና አማርኛ ዜና",
    "שָׁלוֹם עוֹלָם וְכָל הַחֲדָשׁוֹת",
    "مُحَمَّدٌ يَكْتُبُ أَخْبَارًا لِلنَّاسِ",
    "한국어 뉴스 각 조합 각",
    "日本語のニュース が が 半角ｶﾅ",
    "Tiếng Việt: Những câu chuyện e\u{301}t toute l'e\u{302}cole",
];

/// A tmux terminal running newsdesk.
struct Tmux {
    home: TempDir,
}

impl Tmux {
    /// Starts newsdesk on a library with those titles; `None` without tmux.
    fn start() -> Option<Self> {
        let home = TempDir::new().expect("a temporary folder");
        let news = home.path().join("news");
        fs::create_dir(&news).expect("a folder");
        for (number, title) in TITLES.iter().enumerate() {
            let number = number + 1;
            let text = format!(
                "---\ntitle: \"{title}\"\nexcerpt: \"{title}\"\ndate: 2021-05-{number:02}\n\
                 provider: \"{title}\"\n---\n{title}\n\n- {title}\n- {title} {title}\n\n\
                 {}\n",
                last_words(number)
            );
            fs::write(news.join(format!("{number:02}.md")), text).expect("an article");
        }
        let tmux = Self { home };
        let program = env!("CARGO_BIN_EXE_newsdesk");
        let started = tmux.try_run(&[
            "new-session",
            "-d",
            "-x",
            "150",
            "-y",
            "40",
            program,
            path(&news),
        ]);
        match started {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => panic!("tmux: {error}"),
            Ok(output) => {
                assert!(output.status.success(), "{output:?}");
                Some(tmux)
            }
        }
    }

    fn try_run(&self, arguments: &[&str]) -> std::io::Result<Output> {
        let home = self.home.path();
        Command::new("tmux")
            .args(["-u", "-f", "/dev/null", "-S"])
            .arg(home.join("socket"))
            .args(arguments)
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("LC_ALL", "C.UTF-8")
            .env("TZ", "UTC")
            .env("TERM", "xterm-256color")
            .env("SHELL", "/bin/sh")
            .env("HOME", home)
            .output()
    }

    fn run(&self, arguments: &[&str]) -> String {
        let output = self.try_run(arguments).expect("tmux");
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    fn press(&self, keys: &[&str]) {
        self.run(&[&["send-keys"], keys].concat());
    }

    /// Waits until the screen is as wanted, and returns its text.
    fn wait(&self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + DEADLINE;
        loop {
            let screen = self.run(&["capture-pane", "-p"]);
            if wanted(&screen) {
                return screen;
            }
            assert!(
                Instant::now() < deadline,
                "waited for {what} in vain:\n{screen}"
            );
        }
    }

    fn wait_for(&self, text: &str) -> String {
        self.wait(text, |screen| screen.contains(text))
    }

    /// Fails unless a full redraw gives the same screen, with the article at `position` shown. Both
    /// are captured with a command's pending keys on the last line, so that it is known when they
    /// are complete, and after everything that is looked up beside the screen has arrived.
    fn assert_as_redrawn(&self, position: usize, after: &str) {
        // The newest comes first.
        let body = last_words(TITLES.len() + 1 - position);
        self.wait("the body, the facets and what is related", |screen| {
            screen.contains(&body) && screen.contains(FACETS) && is_related_known(screen)
        });
        self.press(&["y"]);
        let moved = self.wait_for(HINT);
        self.press(&["Escape"]);
        self.wait("no hint", |screen| !screen.contains(HINT));
        self.press(&["C-l", "y"]);
        let redrawn = self.wait_for(HINT);
        self.press(&["Escape"]);
        self.wait("no hint", |screen| !screen.contains(HINT));
        for (row, (moved, redrawn)) in moved.lines().zip(redrawn.lines()).enumerate() {
            assert_eq!(moved, redrawn, "row {row} after {after}");
        }
    }
}

/// The last words of the body of an article.
fn last_words(number: usize) -> String {
    format!("So much from {number:02}.")
}

/// Shown once the facets were counted under the filter that there is: the last of them.
const FACETS: &str = "inbox               24";

/// Whether the article's related entries are below their heading.
fn is_related_known(screen: &str) -> bool {
    let below = screen.lines().skip_while(|row| !row.contains("RELATED"));
    let mut rows = below.skip(1).filter_map(|row| row.rsplit('│').next());
    rows.next().is_some_and(|row| !row.trim().is_empty())
}

/// Shown while a command's further keys are awaited.
const HINT: &str = "y copy link";

impl Drop for Tmux {
    fn drop(&mut self) {
        // It may have ended with its only program.
        let _ = self.try_run(&["kill-server"]);
    }
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

#[test]
fn tmux_shows_what_a_full_redraw_shows() {
    let Some(tmux) = Tmux::start() else {
        eprintln!("left out: there is no tmux here");
        return;
    };
    let count = TITLES.len();
    tmux.wait_for(&format!(" 1/{count} "));
    for number in 2..=count {
        tmux.press(&["j"]);
        tmux.wait_for(&format!(" {number}/{count} "));
    }
    tmux.assert_as_redrawn(count, "going down");
    for number in (1..count).rev() {
        tmux.press(&["k"]);
        tmux.wait_for(&format!(" {number}/{count} "));
        if number % 6 == 0 {
            tmux.assert_as_redrawn(number, "going up");
        }
    }
    tmux.press(&["?"]);
    tmux.wait_for("KEYS");
    tmux.press(&["Escape"]);
    tmux.wait_for("ARTICLES");
    tmux.assert_as_redrawn(1, "the help");
    tmux.press(&["/", "z", "z", "z"]);
    tmux.wait_for("/zzz");
    tmux.press(&["Escape"]);
    tmux.wait_for(&format!(" 1/{count} "));
    tmux.assert_as_redrawn(1, "a search without an answer");
    tmux.press(&["Enter"]);
    for _ in 0..count {
        tmux.press(&["j", "J", "j"]);
    }
    tmux.assert_as_redrawn(count, "reading");
}
