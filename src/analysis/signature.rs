//! Signatures: 64 bits by which near copies of a text are recognised without reading it.
//!
//! In: folded text. Out: a [`Signature`], or none for a text too short to tell. It says how alike two texts are, letter by letter; it
//! knows nothing of what they mean.
//!
//! One-permutation MinHash (Li, Owen and Zhang 2012) with one bit a bin (Li and König 2010): every run of three letters is
//! hashed and thrown into one of 64 bins, and a bit of the smallest hash of each bin is kept. Of two texts that share the part `J` of
//! their runs, `64 · (1 − J) / 2` bits differ. Marks and spaces are no letters: another way to set a text changes nothing.

/// Letters in a run. With two, texts in an alphabet of few letters are all alike; with four, a changed word weighs more.
const RUN_LETTERS: usize = 3;
/// Texts with fewer letters are not compared: a few runs say little.
const MIN_LETTERS: usize = 60;
/// Signatures that differ in no more bits are those of near copies. Measured, see `docs/ranking.md`.
const NEAR_BITS: u32 = 7;

/// The signature of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Signature(pub(crate) u64);

impl Signature {
    /// The signature of a folded text, if it is long enough.
    pub(crate) fn of(folded: &str) -> Option<Self> {
        let mut smallest = [u64::MAX; 64];
        let mut run = 0;
        let mut letters = 0;
        for letter in folded.chars().filter(|c| c.is_alphanumeric()) {
            // A character has 21 bits, so that a run fits into one number.
            run = (run << 21 | u64::from(letter)) & ((1 << (21 * RUN_LETTERS)) - 1);
            letters += 1;
            if letters >= RUN_LETTERS {
                let hash = mixed(run);
                let bin = &mut smallest[(hash >> 58) as usize];
                *bin = (*bin).min(hash);
            }
        }
        let bit = |(at, hash): (usize, &u64)| match *hash {
            u64::MAX => 0,
            // The smallest of many begins with zeros: its last bit is as good as a coin.
            hash => (hash & 1) << at,
        };
        let bits = smallest.iter().enumerate().map(bit);
        (letters >= MIN_LETTERS).then(|| Signature(bits.sum()))
    }

    /// Whether two texts are near copies.
    pub(crate) fn is_near(self, other: Signature) -> bool {
        (self.0 ^ other.0).count_ones() <= NEAR_BITS
    }
}

/// A number whose every bit depends on every bit of another (the finish of SplitMix64, Steele, Lea and Flood 2014).
fn mixed(number: u64) -> u64 {
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "両国の外相は三日、首都で会談し、貿易協定の交渉を年内に終えることで一致した。会談では港と鉄道の整備、\
        留学生の受け入れ、漁業の取り決めについても話し合われ、次の会談は来年の春に東京で開かれる。共同の声明は夜に発表された。";

    fn is_near(a: &str, b: &str) -> bool {
        let (a, b) = (Signature::of(a), Signature::of(b));
        a.zip(b).is_some_and(|(a, b)| a.is_near(b))
    }

    #[test]
    fn what_a_second_paper_changes_leaves_a_near_copy() {
        let cut = REPORT.rsplit_once("共同の").map_or("", |(kept, _)| kept);
        for copy in [
            REPORT.replace('、', "，"),
            format!("【首都＝通信社】{REPORT}"),
            REPORT.replace("三日", "3日"),
            cut.to_owned(),
        ] {
            assert!(is_near(REPORT, &copy), "{copy}");
        }
    }

    #[test]
    fn another_report_is_none() {
        let other = "台風は南の海上をゆっくり北へ進み、週末には上陸するおそれがある。気象庁は高波と大雨への備えを呼びかけ、\
            船会社は島への便を止めた。農家は収穫を急ぎ、学校は休みを早めた。鉄道も夜から運転を取りやめる見込みである。";
        assert!(!is_near(REPORT, other));
        assert!(!is_near("短い文。", "短い文。"), "too short to tell");
        assert_eq!(Signature::of(""), None);
    }
}
