//! Compresses texts with symbols: a frequent string of up to eight bytes takes one byte. Unlike with other
//! compression, each text can be read on its own. The symbol table and how it is chosen are FSST (Boncz,
//! Neumann, Leis, "FSST: Fast Random Access String Compression", VLDB 2020).

use fsst::Compressor;

/// Most bytes that a symbol can stand for.
pub const LONGEST: usize = 8;

/// What each code stands for. There are at most 255: one code announces a byte that stands for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Symbols(Box<[Symbol]>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Symbol {
    bytes: [u8; LONGEST],
    length: u8,
}

/// Writes texts in the symbols that suit them.
pub struct Shortening(Compressor);

impl Shortening {
    /// Chooses the symbols that suit these texts.
    pub fn of(texts: Vec<&[u8]>) -> Self {
        Self(Compressor::train(&texts))
    }

    pub fn shorten(&self, text: &[u8]) -> Vec<u8> {
        self.0.compress(text)
    }

    /// The symbols it uses.
    pub fn symbols(&self) -> Symbols {
        let symbols = self.0.symbol_table().iter();
        let symbols = symbols.zip(self.0.symbol_lengths());
        let symbols = symbols.map(|(symbol, length)| Symbol {
            bytes: symbol.to_u64().to_le_bytes(),
            length: *length,
        });
        Symbols(symbols.collect())
    }
}

impl Symbols {
    /// Appends the text that was written as `codes`. This trusts nothing, unlike the crate's own decoder,
    /// which is twice as fast: codes come from a file.
    pub fn append_to(&self, text: &mut Vec<u8>, codes: &[u8]) {
        let mut end = text.len();
        text.resize(end + codes.len() * LONGEST, 0);
        let mut codes = codes.iter();
        while let Some(code) = codes.next() {
            match self.0.get(usize::from(*code)) {
                Some(symbol) => {
                    if let Some(room) = text[end..].first_chunk_mut() {
                        *room = symbol.bytes;
                        end += usize::from(symbol.length);
                    }
                }
                None => {
                    if let (Some(room), Some(byte)) = (text.get_mut(end), codes.next()) {
                        *room = *byte;
                        end += 1;
                    }
                }
            }
        }
        text.truncate(end);
    }

    /// The table as bytes: how many symbols it has, and the length and bytes of each.
    pub fn write(&self, out: &mut Vec<u8>) {
        // There are at most 255.
        out.push(self.0.len() as u8);
        for symbol in &self.0 {
            out.push(symbol.length);
            out.extend_from_slice(&symbol.bytes);
        }
    }

    /// Takes the output of [`Self::write`] off the front of `bytes`; `None` if it is not valid.
    pub fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (count, rest) = bytes.split_first()?;
        let (symbols, rest) = rest.split_at_checked(usize::from(*count) * (1 + LONGEST))?;
        *bytes = rest;
        let symbol = |[length, bytes @ ..]: &[u8; 1 + LONGEST]| Symbol {
            bytes: *bytes,
            length: *length,
        };
        let symbols: Box<[Symbol]> = symbols.as_chunks().0.iter().map(symbol).collect();
        let fits = |symbol: &Symbol| (1..=LONGEST).contains(&usize::from(symbol.length));
        symbols.iter().all(fits).then_some(Self(symbols))
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    use super::*;

    fn decoded(symbols: &Symbols, codes: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        symbols.append_to(&mut text, codes);
        text
    }

    fn there_and_back(texts: &[&[u8]]) -> usize {
        let shortening = Shortening::of(texts.to_vec());
        let mut table = Vec::new();
        shortening.symbols().write(&mut table);
        let symbols = Symbols::read(&mut &table[..]).expect("what was written");
        let short: Vec<Vec<u8>> = texts.iter().map(|it| shortening.shorten(it)).collect();
        for (text, short) in texts.iter().zip(&short) {
            assert_eq!(decoded(&symbols, short), *text);
        }
        short.iter().map(Vec::len).sum()
    }

    #[test]
    fn texts_of_one_kind_get_short() {
        let urls: Vec<String> = (0..500)
            .map(|it| format!("https://example.org/stories/2026/{}", it * 7919))
            .collect();
        let urls: Vec<&[u8]> = urls.iter().map(|it| it.as_bytes()).collect();
        let length: usize = urls.iter().map(|it| it.len()).sum();
        assert!(there_and_back(&urls) * 2 < length);
        assert_eq!(there_and_back(&[]), 0);
        assert_eq!(there_and_back(&[b"", b""]), 0);
    }

    proptest! {
        #[test]
        fn every_text_comes_back(texts in vec(vec(any::<u8>(), 0..60), 0..30)) {
            let texts: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
            there_and_back(&texts);
        }

        #[test]
        fn no_bytes_are_symbols_that_panic(table in vec(any::<u8>(), 0..40), codes in vec(any::<u8>(), 0..40)) {
            if let Some(symbols) = Symbols::read(&mut &table[..]) {
                prop_assert!(decoded(&symbols, &codes).len() <= codes.len() * LONGEST);
            }
            prop_assert_eq!(Symbols::read(&mut &[[1, 9], [9; 2]].concat()[..]), None);
            prop_assert_eq!(Symbols::read(&mut &[&[1, 9][..], &[9; 8]].concat()[..]), None, "too long");
        }
    }
}
