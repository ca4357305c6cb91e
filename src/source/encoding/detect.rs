//! Which encoding bytes are in.
//!
//! In: the bytes of a source, or its beginning. Out: a mark, validity or a declaration decides; else the one in which
//! they read most like a language. It decodes nothing for others.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

/// How much of a source the guess looks at.
const SAMPLE_BYTES: usize = 1 << 20;
/// Fewer bytes outside ASCII leave room for doubt.
const SHORT_BYTES: usize = 40;
/// Where HTML must declare its encoding, with room for long comments before.
const DECLARATION_BYTES: usize = 4096;

/// The encoding of these bytes, and how many of them are its byte order mark.
pub(in crate::source) fn detect(bytes: &[u8]) -> (&'static Encoding, usize) {
    if let Some(found) = Encoding::for_bom(bytes) {
        return found;
    }
    // These two come before UTF-8 because their bytes are valid UTF-8, too.
    if let Some(encoding) = utf16_without_mark(bytes) {
        return (encoding, 0);
    }
    if is_iso_2022_jp(bytes) {
        return (ISO_2022_JP, 0);
    }
    if is_mostly_utf8(bytes) {
        return (UTF_8, 0);
    }
    let guessed = declared(bytes).unwrap_or_else(|| guess(bytes));
    (guessed, 0)
}

/// Whether these bytes look like UTF-16, which alone among texts contains zero bytes.
pub(in crate::source) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    if sample.len() < 4 || !sample.contains(&0) {
        return None;
    }
    let units = sample.len() / 2;
    let candidates = [UTF_16LE, UTF_16BE];
    candidates
        .into_iter()
        .filter_map(|encoding| {
            let (mut plausible, mut telling) = (0, 0);
            for pair in sample.chunks_exact(2) {
                let pair = [pair[0], pair[1]];
                let unit = if encoding == UTF_16LE {
                    u16::from_le_bytes(pair)
                } else {
                    u16::from_be_bytes(pair)
                };
                plausible += usize::from(is_plausible_unit(unit));
                telling += usize::from(is_telling_unit(unit));
            }
            (plausible * 100 >= units * 95 && telling * 20 >= units).then_some((telling, encoding))
        })
        .max_by_key(|&(telling, _)| telling)
        .map(|(_, encoding)| encoding)
}

/// Units that texts consist of.
fn is_plausible_unit(unit: u16) -> bool {
    matches!(unit,
        9 | 10 | 13 | 0x20..=0x7E | 0xA0..=0x52F | 0x1E00..=0x1EFF | 0x2000..=0x27BF | 0x3000..=0x30FF | 0x3200..=0x9FFF
        | 0xAC00..=0xDFFF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF)
}

/// Units that are common in texts, and rare when the bytes of a text are swapped.
fn is_telling_unit(unit: u16) -> bool {
    matches!(unit, 9 | 10 | 13 | 0x20..=0x7E | 0x400..=0x44F | 0x3001..=0x3002 | 0x3041..=0x30FE | 0xFF0C)
}

/// Seven-bit text that switches character sets.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let switches = bytes
        .windows(3)
        .any(|window| matches!(window, b"\x1b$B" | b"\x1b$@" | b"\x1b(J" | b"\x1b(I"));
    switches && bytes.is_ascii()
}

/// Valid UTF-8, or UTF-8 with a few bad bytes: better some replaced characters than another encoding's nonsense.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 4 * bad
}

/// What an HTML page or an XML declaration says about its own encoding.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARATION_BYTES)].to_ascii_lowercase();
    let find = |needle: &[u8], from: usize| {
        head.get(from..)?
            .windows(needle.len())
            .position(|window| window == needle)
            .map(|at| from + at)
    };
    let value_at = match (find(b"<meta", 0), find(b"<?xml", 0)) {
        (Some(meta), _) => find(b"charset", meta)? + b"charset".len(),
        (None, Some(xml)) => find(b"encoding", xml)? + b"encoding".len(),
        (None, None) => return None,
    };
    let is_around = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\'');
    let label: Vec<u8> = head[value_at..]
        .iter()
        .skip_while(|byte| is_around(byte))
        .take_while(|byte| is_label_byte(**byte))
        .copied()
        .collect();
    // The bytes are known not to be UTF-8 or UTF-16, whatever the page says.
    Encoding::for_label(&label).filter(|encoding| {
        ![UTF_8, UTF_16LE, UTF_16BE, encoding_rs::REPLACEMENT].contains(encoding)
    })
}

fn is_label_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.')
}

/// The most likely legacy encoding.
fn guess(bytes: &[u8]) -> &'static Encoding {
    // A long beginning in ASCII tells nothing.
    let is_wide = |byte: &u8| !byte.is_ascii();
    let first = bytes.iter().position(is_wide).unwrap_or(0);
    let first = first.saturating_sub(16);
    let sample = &bytes[first..bytes.len().min(first + SAMPLE_BYTES)];
    // The detector gives up an encoding at the first bad byte; a damaged Japanese text is still Japanese.
    if let Some(japanese) = [SHIFT_JIS, EUC_JP]
        .into_iter()
        .find(|encoding| reads_japanese(encoding, sample))
    {
        return japanese;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, first + sample.len() == bytes.len());
    // A domain settles what a few characters leave open.
    let is_short = sample.iter().filter(|byte| is_wide(byte)).count() < SHORT_BYTES;
    detector.guess(is_short.then_some(b"jp"), Utf8Detection::Deny)
}

/// Whether this encoding makes kana of a good part of the bytes, and hardly any errors.
fn reads_japanese(encoding: &'static Encoding, sample: &[u8]) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let (mut wide, mut kana, mut odd) = (0_usize, 0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        wide += 1;
        match c {
            '\u{3041}'..='\u{30FF}' => kana += 1,
            // What other encodings turn into.
            char::REPLACEMENT_CHARACTER | '\u{FF61}'..='\u{FF9F}' | '\u{80}'..='\u{9F}' => odd += 1,
            _ => {}
        }
    }
    kana >= 3 && kana * 100 >= wide * 15 && odd * 20 <= wide
}
