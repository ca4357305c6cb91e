//! `fumikura analyze`: what the analyzer makes of a text.

use std::io::Write;

use anyhow::Result;
use fumikura::{TokenKind, Tokens, render};
use serde_json::json;

use super::Outcome;
use crate::args::AnalyzeArgs;

pub(crate) fn run(args: &AnalyzeArgs) -> Result<Outcome> {
    let analyzer = super::analyzer(None)?;
    let analysis = analyzer.analyze(&args.text, args.language.as_deref());
    let folded = analyzer.normalize(&args.text);
    let mut out = std::io::stdout().lock();
    if args.json {
        let tokens = |tokens: &Tokens| -> Vec<serde_json::Value> {
            let token = |token: fumikura::Token<'_>| {
                json!({
                    "term": token.term,
                    "start": token.range.start,
                    "end": token.range.end,
                    "position": token.position,
                    "kind": token.kind,
                })
            };
            tokens.iter().map(token).collect()
        };
        let stages = json!({
            "text": args.text,
            "folded": folded,
            "words": tokens(&analysis.words),
            "grams": tokens(&analysis.grams),
            "fingerprint": analyzer.fingerprint().to_string(),
        });
        serde_json::to_writer(&mut out, &stages)?;
        writeln!(out)?;
        return Ok(Outcome::Done);
    }
    let list = |tokens: &Tokens| -> String {
        let shown = tokens.iter().map(|token| match token.kind {
            TokenKind::Content => token.term.to_owned(),
            TokenKind::Function => format!("({})", token.term),
        });
        render::sanitize(&shown.collect::<Vec<_>>().join(" ")).into_owned()
    };
    writeln!(out, "text    {}", render::sanitize(&args.text))?;
    writeln!(out, "folded  {}", render::sanitize(&folded))?;
    writeln!(out, "words   {}", list(&analysis.words))?;
    writeln!(out, "grams   {}", list(&analysis.grams))?;
    Ok(Outcome::Done)
}
