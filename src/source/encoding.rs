//! Bytes → text: finds out the encoding, decodes, and says what could not be decoded.
//!
//! In: the bytes of a source. Out: UTF-8 without a byte order mark, the name of the encoding, and a complaint when
//! characters had to be replaced. Knows UTF-8, UTF-16, and what browsers know (Shift_JIS with the extensions of code page
//! 932, EUC-JP, ISO-2022-JP, GBK, Big5, EUC-KR, the Windows code pages). It does not know UTF-32 or JIS X 0213.

mod detect;

pub(super) use detect::{detect, utf16_without_mark};
use encoding_rs::{DecoderResult, Encoding, UTF_8};

use super::lines::floor_boundary;

/// How much of a text is looked at to tell that it is one.
const SAMPLE_BYTES: usize = 1 << 20;
/// How much is decoded at a time.
const PIECE_BYTES: usize = 4096;

/// A decoded source.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// What was lost, one line for people.
    pub(super) complaint: Option<String>,
}

/// Decodes a whole source. Nothing if these bytes are no text in any known encoding.
pub(super) fn decode(bytes: Vec<u8>) -> Option<Decoded> {
    let (encoding, mark_bytes) = detect(&bytes);
    decode_as(encoding, bytes, mark_bytes)
}

/// Decodes bytes in a known encoding, leaving out the byte order mark.
pub(super) fn decode_as(
    encoding: &'static Encoding,
    mut bytes: Vec<u8>,
    mark_bytes: usize,
) -> Option<Decoded> {
    let damage;
    let text;
    if encoding == UTF_8 {
        bytes.drain(..mark_bytes);
        (text, damage) = match String::from_utf8(bytes) {
            Ok(text) => (text, Damage::default()),
            Err(error) => decode_damaged_utf8(error.as_bytes(), mark_bytes),
        };
    } else {
        (text, damage) = decode_legacy(encoding, &bytes[mark_bytes..], mark_bytes);
    }
    let is_text = is_mostly_text(&text, damage.characters);
    is_text.then(|| Decoded {
        complaint: damage.complaint(encoding),
        text,
    })
}

/// What could not be decoded.
#[derive(Default)]
struct Damage {
    characters: usize,
    first_byte: usize,
}

impl Damage {
    fn add(&mut self, byte: usize) {
        if self.characters == 0 {
            self.first_byte = byte;
        }
        self.characters += 1;
    }

    fn complaint(&self, encoding: &'static Encoding) -> Option<String> {
        let (name, byte) = (encoding.name(), self.first_byte);
        match self.characters {
            0 => None,
            1 => Some(format!(
                "1 character could not be decoded as {name} and was replaced, at byte {byte}"
            )),
            count => Some(format!(
                "{count} characters could not be decoded as {name} and were replaced, first at byte {byte}"
            )),
        }
    }
}

fn decode_damaged_utf8(bytes: &[u8], skipped_bytes: usize) -> (String, Damage) {
    let mut text = String::with_capacity(bytes.len());
    let mut damage = Damage::default();
    let mut at = skipped_bytes;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            damage.add(at);
            text.push(char::REPLACEMENT_CHARACTER);
        }
        at += chunk.invalid().len();
    }
    (text, damage)
}

fn decode_legacy(
    encoding: &'static Encoding,
    bytes: &[u8],
    skipped_bytes: usize,
) -> (String, Damage) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut damage = Damage::default();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    // The decoder clears the room it is given, anew for each bad byte.
    let mut piece = String::with_capacity(PIECE_BYTES);
    let mut read = 0;
    loop {
        let (result, bytes_read) =
            decoder.decode_to_string_without_replacement(&bytes[read..], &mut piece, true);
        read += bytes_read;
        text.push_str(&piece);
        piece.clear();
        match result {
            DecoderResult::InputEmpty => return (text, damage),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bad_bytes, read_after) => {
                let bad_at = read.saturating_sub(usize::from(bad_bytes) + usize::from(read_after));
                damage.add(skipped_bytes + bad_at);
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
}

/// Not text: a good part replaced, or full of control characters.
fn is_mostly_text(text: &str, replaced: usize) -> bool {
    let sample = &text[..floor_boundary(text, SAMPLE_BYTES)];
    let controls = sample
        .chars()
        .filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{85}'))
        .count();
    controls <= 8.max(sample.len() / 50) && replaced <= 8.max(text.len() / 12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{
        BIG5, EUC_JP, EUC_KR, GBK, ISO_2022_JP, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252,
    };

    const JAPANESE: &str = "両国の外相は東京で会談し、経済協力について意見を交わした。①髙㈱";

    fn decoded(bytes: &[u8]) -> String {
        decode(bytes.to_vec()).unwrap().text
    }

    #[test]
    fn encodings_are_recognised() {
        for (encoding, text) in [
            (SHIFT_JIS, JAPANESE),
            (EUC_JP, JAPANESE),
            (ISO_2022_JP, "会談は東京で行われた。ABC"),
            (SHIFT_JIS, "東京都"),
            (EUC_JP, "東京都の人口"),
            (
                GBK,
                "中国外交部发言人在例行记者会上回答了记者的提问，并介绍了有关情况。",
            ),
            (
                BIG5,
                "外交部發言人在例行記者會上回答了記者的提問，並介紹了有關情況。",
            ),
            (
                EUC_KR,
                "한국과 일본의 외교 장관이 서울에서 회담을 갖고 경제 협력을 논의했다.",
            ),
            (
                WINDOWS_1251,
                "Министры иностранных дел обсудили сотрудничество в области экономики.",
            ),
            (
                WINDOWS_1252,
                "Les ministres ont évoqué la coopération économique à Genève, déjà très étroite.",
            ),
        ] {
            let bytes = encoding.encode(text).0;
            assert_eq!(detect(&bytes).0, encoding, "{text}");
            assert_eq!(decoded(&bytes), text);
        }
    }

    #[test]
    fn utf16_is_recognised_with_and_without_a_mark() {
        for text in [
            "会談は東京で行われた。\n次の会談は二〇二六年に行われる。\n",
            "The ministers met in Tokyo.\n",
            "題\n　本文。\n",
        ] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(decoded(&little), text);
            assert_eq!(decoded(&big), text);
            assert_eq!(decoded(&[b"\xff\xfe".as_slice(), &little].concat()), text);
            assert_eq!(decoded(&[b"\xfe\xff".as_slice(), &big].concat()), text);
        }
    }

    #[test]
    fn a_mark_is_left_out() {
        assert_eq!(decoded("\u{feff}会談".as_bytes()), "会談");
    }

    #[test]
    fn damaged_utf8_stays_utf8_and_is_reported() {
        let mut bytes = JAPANESE.as_bytes().to_vec();
        bytes.insert(6, 0xFF);
        bytes.truncate(bytes.len() - 1);
        let decoded = decode(bytes).unwrap();
        assert!(decoded.text.starts_with("両国\u{fffd}の外相"));
        assert_eq!(
            decoded.complaint.unwrap(),
            "2 characters could not be decoded as UTF-8 and were replaced, first at byte 6"
        );
    }

    #[test]
    fn damaged_shift_jis_is_reported() {
        let mut bytes = SHIFT_JIS.encode(JAPANESE).0.into_owned();
        bytes.splice(4..4, [0x81, b'\n']);
        let decoded = decode(bytes).unwrap();
        assert_eq!(
            decoded.complaint.unwrap(),
            "1 character could not be decoded as Shift_JIS and was replaced, at byte 4"
        );
    }

    #[test]
    fn html_says_its_encoding() {
        let page = b"<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=EUC-JP\"><title>\xc5\xec\xb5\xfe</title>";
        assert_eq!(detect(page).0, EUC_JP);
        assert_eq!(
            detect(b"<?xml version='1.0' encoding='Shift_JIS'?><p>\x93\x8c</p>").0,
            SHIFT_JIS
        );
        // A lie is not believed.
        assert_ne!(
            detect(b"<meta charset=utf-8><title>\x93\x8c\x8b\x9e</title>").0,
            UTF_8
        );
    }

    #[test]
    fn noise_is_no_text() {
        let noise: Vec<u8> = (1..4000_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 1)
            .collect();
        assert!(decode(noise).is_none());
        assert!(decode(vec![]).unwrap().text.is_empty());
    }
}
