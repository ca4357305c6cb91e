//! Small files that say whether they are whole.
//!
//! In: the content of a file that a person can read. Out: the same with a last line that holds its checksum, and the way back. The engine's own
//! large files carry a checksum of theirs.

/// Begins the line with the checksum, which is a line of JSON like those before it.
pub(super) const MARK: &str = "{\"blake3\":\"";
const END: &str = "\"}\n";
const HEX_BYTES: usize = 64;

/// The line that ends a file with this content.
pub(super) fn seal(content: &blake3::Hasher) -> String {
    format!("{MARK}{}{END}", content.finalize().to_hex())
}

/// The content with its seal.
pub(super) fn sealed(mut content: Vec<u8>) -> Vec<u8> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&content);
    content.extend_from_slice(seal(&hasher).as_bytes());
    content
}

/// The content without its seal; nothing if it is not what was sealed.
pub(super) fn unsealed(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let end = bytes
        .len()
        .checked_sub(MARK.len() + HEX_BYTES + END.len())?;
    let seal = bytes.split_off(end);
    (sealed(bytes.clone()).get(end..)? == seal.as_slice()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_altered_is_not_whole() {
        let whole = sealed(b"{\"a\":1}\n".to_vec());
        assert_eq!(unsealed(whole.clone()).unwrap(), b"{\"a\":1}\n");
        for at in 0..whole.len() {
            let mut altered = whole.clone();
            altered[at] ^= 1;
            assert_eq!(unsealed(altered), None, "byte {at}");
            assert_eq!(unsealed(whole[..at].to_vec()), None, "cut at {at}");
        }
    }
}
