//! Decodes bytes to pixels, with limits on both. The bytes may come from anywhere.

use std::io::Cursor;

use image::error::LimitErrorKind;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits};
use thiserror::Error;

use crate::format::catching;
use crate::format::number;

/// Most pixels of a picture: a camera has twenty million, a large one forty.
const MAX_PIXELS: u64 = 40_000_000;
/// Most bytes that decoding takes.
const MAX_MEMORY: u64 = 256 << 20;

/// Why there are no pixels, in words that follow "Not shown: ".
#[derive(Debug, Error)]
pub enum DecodeError {
    #[error("it is not a PNG, JPEG, GIF or WebP")]
    Kind,
    #[error(
        "it has {} x {} pixels, limit {} million", grouped(*.0), grouped(*.1), MAX_PIXELS / 1_000_000
    )]
    Pixels(u32, u32),
    #[error("it takes more than {} MB of memory", MAX_MEMORY >> 20)]
    Memory,
    #[error("it is damaged: {0}")]
    Damaged(String),
    #[error("its decoder failed")]
    Failed,
}

fn grouped(number: u32) -> String {
    number::grouped(i64::from(number))
}

/// Decodes a picture: the first frame of an animation, turned as its camera says.
///
/// # Errors
/// If there is no picture, or it exceeds the limits.
pub fn decode(bytes: &[u8]) -> Result<DynamicImage, DecodeError> {
    catching(|| decoded(bytes)).unwrap_or(Err(DecodeError::Failed))
}

fn decoded(bytes: &[u8]) -> Result<DynamicImage, DecodeError> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|error| DecodeError::Damaged(error.to_string()))?;
    if reader.format().is_none() {
        return Err(DecodeError::Kind);
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(worded)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(DecodeError::Pixels(width, height));
    }
    if decoder.total_bytes() > MAX_MEMORY {
        return Err(DecodeError::Memory);
    }
    // A picture with invalid orientation data is shown as it is.
    let orientation = decoder.orientation().ok();
    let mut image = DynamicImage::from_decoder(decoder).map_err(worded)?;
    if let Some(orientation) = orientation {
        image.apply_orientation(orientation);
    }
    Ok(image)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the enum is not ours")]
fn worded(error: ImageError) -> DecodeError {
    match error {
        ImageError::Unsupported(_) => DecodeError::Kind,
        ImageError::Limits(limit) if limit.kind() == LimitErrorKind::InsufficientMemory => {
            DecodeError::Memory
        }
        other => DecodeError::Damaged(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgb, RgbImage};

    use super::*;

    fn bytes(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let image = RgbImage::from_fn(30, 20, |x, y| Rgb([x as u8, y as u8, 200]));
        image.write_to(&mut bytes, format).expect("written");
        bytes.into_inner()
    }

    /// A PNG whose header claims this many pixels, with a correct checksum.
    fn claiming(width: u32, height: u32) -> Vec<u8> {
        let mut png = bytes(ImageFormat::Png);
        png[16..20].copy_from_slice(&width.to_be_bytes());
        png[20..24].copy_from_slice(&height.to_be_bytes());
        let sum = crc32(&png[12..29]);
        png[29..33].copy_from_slice(&sum.to_be_bytes());
        png
    }

    /// The checksum of PNG (ISO 3309).
    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                (sum >> 1) ^ (0xEDB8_8320 * (sum & 1))
            })
        })
    }

    #[test]
    fn pictures_of_the_web_are_read_whatever_they_are_called() {
        for format in [
            ImageFormat::Png,
            ImageFormat::Gif,
            ImageFormat::Jpeg,
            ImageFormat::WebP,
        ] {
            let image =
                decode(&bytes(format)).unwrap_or_else(|error| panic!("{format:?}: {error}"));
            assert_eq!((image.width(), image.height()), (30, 20), "{format:?}");
        }
    }

    #[test]
    fn what_claims_to_be_huge_is_refused_before_it_is_read() {
        let said = |width, height| decode(&claiming(width, height)).map_err(|it| it.to_string());
        assert_eq!(
            said(100_000, 100_000).expect_err("a refusal"),
            "it has 100,000 x 100,000 pixels, limit 40 million"
        );
        assert!(said(2, 30_000_000).is_err(), "60 million");
        assert!(said(30, 20).is_ok(), "the checksum is right");
    }

    #[test]
    fn what_takes_too_much_memory_is_refused() {
        // 39 million pixels of 64 bits, claimed by a header alone.
        let mut png = claiming(6_500, 6_000);
        (png[24], png[25]) = (16, 6);
        let sum = crc32(&png[12..29]);
        png[29..33].copy_from_slice(&sum.to_be_bytes());
        assert!(matches!(decode(&png), Err(DecodeError::Memory)));
    }

    #[test]
    fn damaged_files_and_others_are_refused() {
        for format in [ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
            let whole = bytes(format);
            for end in [12, 20, 40, whole.len() / 2] {
                assert!(decode(&whole[..end]).is_err(), "{format:?} {end}");
            }
        }
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>";
        for other in [
            &svg[..],
            b"",
            b"GIF",
            b"BM\x00\x00",
            b"<?xml version=\"1.0\"?><svg/>",
        ] {
            assert!(matches!(decode(other), Err(DecodeError::Kind)), "{other:?}");
        }
    }
}
