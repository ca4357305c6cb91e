//! Questions, judgements and runs as files.
//!
//! In: lines. Out: what they say, and runs in TREC's format. It measures nothing.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};

use super::{Qrels, Run, Topic};
use crate::error::{Error, ErrorKind, Result};

/// Reads questions, one JSON object with `id` and `text` a line.
///
/// # Errors
///
/// [`ErrorKind::Malformed`] with the line that is none.
pub fn read_topics(reader: impl BufRead, name: &str) -> Result<Vec<Topic>> {
    let mut topics = Vec::new();
    for (number, line) in lines(reader, name) {
        let line = line?;
        let topic = serde_json::from_str(&line).map_err(|cause| {
            Error::new(
                ErrorKind::Malformed,
                format!("{name}:{number}: no question with `id` and `text`"),
            )
            .with_source(cause)
        })?;
        topics.push(topic);
    }
    Ok(topics)
}

/// Reads judgements in TREC's format, `question 0 document relevance` a line.
///
/// # Errors
///
/// [`ErrorKind::Malformed`] with the line that is none.
pub fn read_qrels(reader: impl BufRead, name: &str) -> Result<Qrels> {
    let mut qrels = Qrels::new();
    for (number, line) in lines(reader, name) {
        let line = line?;
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (&[topic, _, document, _], Some(Ok(relevance))) = (
            fields.as_slice(),
            fields.get(3).map(|field| field.parse::<i64>()),
        ) else {
            let message = format!("{name}:{number}: no judgement `question 0 document relevance`");
            return Err(Error::new(ErrorKind::Malformed, message));
        };
        let relevance = u32::try_from(relevance.max(0)).unwrap_or(u32::MAX);
        qrels
            .entry(topic.to_owned())
            .or_default()
            .insert(document.to_owned(), relevance);
    }
    Ok(qrels)
}

/// Lines that are not empty, numbered from 1.
fn lines(reader: impl BufRead, name: &str) -> impl Iterator<Item = (usize, Result<String>)> {
    reader
        .lines()
        .enumerate()
        .map(move |(index, line)| {
            let line = line.map_err(|cause| {
                Error::new(ErrorKind::Io, format!("{name}:{}: cannot read", index + 1))
                    .with_source(cause)
            });
            (index + 1, line)
        })
        .filter(|(_, line)| !matches!(line, Ok(line) if line.trim().is_empty()))
}

/// Reads rankings in TREC's format, `question Q0 document rank score name` a line. As `trec_eval` does, it goes by the scores, and
/// among equal ones by the document's id, the last first.
///
/// # Errors
///
/// [`ErrorKind::Malformed`] with the line that is none.
pub fn read_run(reader: impl BufRead, name: &str) -> Result<Run> {
    let mut scored: HashMap<String, Vec<(f64, String)>> = HashMap::new();
    for (number, line) in lines(reader, name) {
        let line = line?;
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (&[topic, _, document, _, _, _], Some(Ok(score))) = (
            fields.as_slice(),
            fields.get(4).map(|field| field.parse::<f64>()),
        ) else {
            let message = format!("{name}:{number}: no hit `question Q0 document rank score name`");
            return Err(Error::new(ErrorKind::Malformed, message));
        };
        let ranking = scored.entry(topic.to_owned()).or_default();
        ranking.push((score, document.to_owned()));
    }
    let best_first = |mut ranking: Vec<(f64, String)>| {
        ranking.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| b.1.cmp(&a.1)));
        ranking.into_iter().map(|(_, document)| document).collect()
    };
    let runs = scored.into_iter();
    Ok(runs
        .map(|(topic, ranking)| (topic, best_first(ranking)))
        .collect())
}

/// Writes a ranking in TREC's run format. Evaluators go by the scores, so equal ones are told apart.
///
/// # Errors
///
/// What the writer says.
pub fn write_run(mut out: impl Write, topic: &str, ranking: &[(String, f32)]) -> io::Result<()> {
    let mut last = f32::INFINITY;
    for (rank, (document, score)) in ranking.iter().enumerate() {
        last = score.min(last.next_down());
        writeln!(out, "{topic} Q0 {document} {} {last} fumikura", rank + 1)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_lines_are_named() {
        let error = read_qrels("q1 0 d1 1\nq2 d2\n".as_bytes(), "qrels.txt").unwrap_err();
        assert_eq!(
            error.to_string(),
            "qrels.txt:2: no judgement `question 0 document relevance`"
        );
        assert!(read_topics("{\"id\": 1}".as_bytes(), "q.jsonl").is_err());
    }

    #[test]
    fn a_run_is_read_as_it_was_written() {
        let ranking =
            [("b", 2.0), ("a", 1.0), ("c", 1.0)].map(|(id, score)| (id.to_owned(), score));
        let mut written = Vec::new();
        write_run(&mut written, "q", &ranking).unwrap();
        let read = read_run(written.as_slice(), "a.run").unwrap();
        assert_eq!(read["q"], ["b", "a", "c"]);
        let error = read_run("q Q0 d 1\n".as_bytes(), "a.run").unwrap_err();
        assert!(error.to_string().starts_with("a.run:1: "), "{error}");
    }
}
