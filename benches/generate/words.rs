//! Made-up words, drawn by Zipf's law from a seed. Not for anything that must be hard to guess.

/// How many words, topics and providers to draw from.
const WORDS: usize = 6_000;
const TOPICS: usize = 60;
pub const PROVIDERS: usize = 300;

const SYLLABLES: [&str; 40] = [
    "ar", "be", "co", "da", "el", "fi", "gor", "ha", "in", "jo", "ka", "len", "mi", "no", "or",
    "pa", "qui", "ra", "sol", "ti", "un", "ver", "wa", "xen", "yo", "zu", "bra", "cli", "dre",
    "fla", "gri", "ple", "sta", "tro", "sha", "the", "ing", "ion", "est", "mar",
];

/// Numbers that look random and are the same for the same seed (SplitMix64: Steele, Lea and Flood
/// 2014).
pub struct Random(u64);

impl Random {
    pub fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x2545_f491_4f6c_dd1d))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, uniformly distributed.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A number below `end`, where n is half as likely as n / 2: the inverse of the harmonic sum,
    /// which grows like the logarithm.
    pub fn zipf(&mut self, end: usize) -> usize {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        let rank = ((end as f64 + 1.0).ln() * share).exp();
        (rank as usize).saturating_sub(1).min(end - 1)
    }

    fn word(&mut self) -> String {
        let number = self.zipf(WORDS);
        let mut of_its_own = Random::of(1 << 50 | number as u64);
        let syllables = 1 + of_its_own.below(3);
        (0..syllables)
            .map(|_| SYLLABLES[of_its_own.below(SYLLABLES.len())])
            .collect()
    }

    /// A name of one word, such as a provider's.
    pub fn name(&mut self) -> String {
        let syllables = (0..3).map(|_| SYLLABLES[self.below(SYLLABLES.len())]);
        capital(&syllables.collect::<String>())
    }

    /// Six to twelve words, each with a capital letter.
    pub fn title(&mut self) -> String {
        let count = 6 + self.below(7);
        let words: Vec<String> = (0..count).map(|_| capital(&self.word())).collect();
        words.join(" ")
    }

    /// About `words` words, with a comma now and then and a full stop.
    pub fn sentence(&mut self, words: usize) -> String {
        let count = words / 2 + self.below(words);
        let mut sentence = capital(&self.word());
        for _ in 1..count {
            sentence.push_str(if self.below(9) == 0 { ", " } else { " " });
            sentence.push_str(&self.word());
        }
        sentence.push('.');
        sentence
    }

    /// One to four topics, some of them duplicated, as in real life.
    pub fn topics(&mut self) -> Vec<String> {
        let count = 1 + self.below(4);
        (0..count)
            .map(|_| {
                let mut of_its_own = Random::of(1 << 51 | self.zipf(TOPICS) as u64);
                format!("{} {}", of_its_own.name(), of_its_own.name())
            })
            .collect()
    }

    /// Some 500 characters of Base64, in two parts.
    pub fn cipher(&mut self) -> String {
        const SIGNS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut part = |length: usize| -> String {
            (0..length)
                .map(|_| char::from(SIGNS[self.below(SIGNS.len())]))
                .collect()
        };
        format!("{}==;{}==", part(470), part(22))
    }
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}
