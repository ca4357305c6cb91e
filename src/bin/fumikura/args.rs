//! What was typed.

use std::ffi::{OsStr, OsString};
use std::num::IntErrorKind;
use std::path::PathBuf;

use clap::{Args as Arguments, Parser, Subcommand, ValueEnum};
use fumikura::query::Facet;

/// Full-text search for a shelf of Japanese texts.
///
/// Two steps: `fumikura index FOLDER` reads texts into an index, `fumikura search WORDS` finds the passages that
/// answer.
#[derive(Debug, Parser)]
#[command(name = "fumikura", version, after_help = EXIT_CODES, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str =
    "Exit codes: 0 hits, or done; 1 no hits; 2 an error, or not everything was done.

Environment:
  FUMIKURA_INDEX  index folder
  FUMIKURA_DATA   folder of the dictionary
  NO_COLOR        no colours
  LC_ALL, LC_MESSAGES, LANG
                  language of the names of countries and topics";

const QUERY_LANGUAGE: &str = "Queries:
  words or a whole question: any may match, the more and the rarer the better
  \"…\" or 「…」 a phrase, -word left out, +word required, AND OR NOT, (…), word*
  title: heading: text: country: year: topic: language: look in one field
  Full-width signs do the same.

A filter that is repeated takes any of its values; different filters apply together.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build or update an index from files and folders of texts
    Index(IndexArgs),
    /// Find the passages that answer a query
    #[command(after_help = QUERY_LANGUAGE)]
    Search(SearchArgs),
    /// Count passages per country, year, topic and language
    Facets(FacetsArgs),
    /// Show a document or a passage, with its facets and where each came from
    Show(ShowArgs),
    /// Show what the analyzer makes of a text, step by step, or how a query is read
    Analyze(AnalyzeArgs),
    /// Measure the ranking with questions and judged documents
    Eval(EvalArgs),
    /// Show what an index holds
    Status(StatusArgs),
    /// Check an index: its files, its sources, its analysis
    Verify(VerifyArgs),
    /// Make an index as small and quick as it gets, now
    Optimize(OptimizeArgs),
    /// Write all documents as JSON Lines, which can be indexed again
    Export(ExportArgs),
    /// Install or list dictionaries
    #[command(subcommand)]
    Dictionary(DictionaryCommand),
}

/// `-ロシア` is a word to leave out, and no option: those are ASCII. With a space before it the parser of options agrees.
pub(crate) fn excluded_word(argument: OsString) -> OsString {
    let is_word = argument
        .to_str()
        .and_then(|text| text.strip_prefix('-')?.chars().next())
        .is_some_and(|first| !first.is_ascii());
    match is_word {
        true => OsString::from_iter([OsStr::new(" "), &argument]),
        false => argument,
    }
}

/// A number of hits; one that is too large means all.
fn number(text: &str) -> Result<usize, &'static str> {
    match text.parse() {
        Ok(number) => Ok(number),
        Err(error) if *error.kind() == IntErrorKind::PosOverflow => Ok(usize::MAX),
        Err(_) => Err("a whole number is needed, 0 or more"),
    }
}

/// Two facets, for the rows and the columns of a table.
fn facet_pair(text: &str) -> Result<[Facet; 2], &'static str> {
    let facet = |name: &str| {
        let all = [Facet::Country, Facet::Year, Facet::Topic, Facet::Language];
        all.into_iter().find(|facet| facet.name() == name.trim())
    };
    let pair = text.split_once([',', '、', '，']);
    pair.and_then(|(rows, columns)| Some([facet(rows)?, facet(columns)?]))
        .ok_or("two of country, year, topic, language are needed, such as country,year")
}

#[derive(Debug, Arguments)]
pub(crate) struct IndexPath {
    /// Folder of the index
    #[arg(
        long = "index",
        value_name = "DIR",
        env = "FUMIKURA_INDEX",
        default_value = "index"
    )]
    pub(crate) index: PathBuf,
}

#[derive(Debug, Arguments)]
pub(crate) struct IndexArgs {
    /// Files and folders of texts: plain text, Markdown, HTML, JSON Lines, in any Japanese encoding or UTF-8 (default: those the
    /// index is made from, `corpus` for a new one)
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) index: IndexPath,
    /// Topics to look for, instead of the built-in ones or beside them; the index remembers them
    #[arg(long, value_name = "FILE")]
    pub(crate) topics: Option<PathBuf>,
    /// Words of your own, a line each: word,part of speech,reading; the index remembers them
    #[arg(long, value_name = "FILE")]
    pub(crate) user_dictionary: Option<PathBuf>,
    /// Build without words of your own
    #[arg(long, conflicts_with = "user_dictionary")]
    pub(crate) no_user_dictionary: bool,
    /// Build anew beside the old index, then swap
    #[arg(long)]
    pub(crate) rebuild: bool,
    /// Show what would be done, and change nothing
    #[arg(long, conflicts_with_all = ["rebuild", "watch"])]
    pub(crate) dry_run: bool,
    /// Go on until Ctrl-C, and update the index whenever a file changes
    #[arg(long)]
    pub(crate) watch: bool,
    /// Memory that indexing may take, in MB (at least some 200)
    #[arg(long, value_name = "MB", default_value_t = 256, value_parser = clap::value_parser!(u32).range(32..=16384))]
    pub(crate) memory: u32,
    /// Threads that analyse and index (default: one per processor, up to 4)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(crate) threads: Option<u16>,
}

/// Filters, the same for every command. Repeated: any of the values of one facet, all of the facets.
#[derive(Debug, Default, Arguments)]
pub(crate) struct Filters {
    /// Only passages about a country: VN, ベトナム, Vietnam
    #[arg(long, value_name = "C")]
    pub(crate) country: Vec<String>,
    /// Only passages about a year or years: 2024, 2020..2024, ..2020, 2020..
    #[arg(long, value_name = "Y")]
    pub(crate) year: Vec<String>,
    /// Only passages on a topic, a path or a part of one: 経済, 経済/貿易
    #[arg(long, value_name = "T")]
    pub(crate) topic: Vec<String>,
    /// Only passages in a language: ja, 日本語, Japanese
    #[arg(long, value_name = "L")]
    pub(crate) language: Vec<String>,
}

#[derive(Debug, Arguments)]
pub(crate) struct SearchArgs {
    /// Words, a question, or a query with operators; best in quotes
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// More like a passage: by its most telling words, instead of a query
    #[arg(long, value_name = "PASSAGE_ID", conflicts_with = "query")]
    pub(crate) like: Option<String>,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// Words that mean the same, a set a line with tabs between them, instead of those beside the texts
    #[arg(long, value_name = "FILE")]
    pub(crate) synonyms: Option<PathBuf>,
    /// Look for the words as typed alone
    #[arg(long, conflicts_with = "synonyms")]
    pub(crate) no_synonyms: bool,
    /// Number of hits
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, allow_negative_numbers = true, value_parser = number)]
    pub(crate) number: usize,
    /// Number of hits to skip
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = number)]
    pub(crate) offset: usize,
    /// What comes first: what answers best, or, of the passages with every word, what is newest by the date of its document
    #[arg(long, value_name = "ORDER", value_enum, default_value_t)]
    pub(crate) sort: SortBy,
    /// Let what is new rise a little
    #[arg(long)]
    pub(crate) prefer_recent: bool,
    /// At most N passages of one document; 0 for all (default: 2, with --json 0)
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number)]
    pub(crate) per_document: Option<usize>,
    /// Show near copies in other documents as hits of their own, not as a line of the best of them
    #[arg(long)]
    pub(crate) duplicates: bool,
    /// Say how the query was read, and what each score rests on
    #[arg(long)]
    pub(crate) explain: bool,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) index: IndexPath,
}

/// What comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortBy {
    #[default]
    Relevance,
    Newest,
}

#[derive(Debug, Arguments)]
pub(crate) struct FacetsArgs {
    /// Count only passages that match
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// Count pairs of values in a table: country,year, country,country, topic,year
    #[arg(long, value_name = "F,F", value_parser = facet_pair)]
    pub(crate) by: Option<[Facet; 2]>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) index: IndexPath,
}

#[derive(Debug, Arguments)]
pub(crate) struct ShowArgs {
    /// A document's id, or a passage's (DOCUMENT#NUMBER)
    pub(crate) id: String,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) index: IndexPath,
}

#[derive(Debug, Arguments)]
pub(crate) struct AnalyzeArgs {
    /// The text, or the query
    #[arg(value_name = "TEXT", required = true)]
    pub(crate) text: Vec<String>,
    /// Show how a query is read in the languages of the index, and which spellings and other words are tried
    #[arg(long)]
    pub(crate) query: bool,
    /// Its language, an ISO 639 code (default: as for a query)
    #[arg(long, value_name = "L")]
    pub(crate) language: Option<String>,
    /// Try words of your own, instead of those of the index
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub(crate) user_dictionary: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) index: IndexPath,
}

#[derive(Debug, Arguments)]
pub(crate) struct EvalArgs {
    /// Questions, a JSON object with id and text a line
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "set",
        requires = "qrels"
    )]
    pub(crate) queries: Option<PathBuf>,
    /// Judgements, `question 0 document relevance` a line
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "set",
        requires = "queries"
    )]
    pub(crate) qrels: Option<PathBuf>,
    /// Folder with corpus.jsonl, queries.jsonl and qrels.txt, indexed in memory; repeat for several
    #[arg(long, value_name = "DIR", conflicts_with_all = ["queries", "qrels"])]
    pub(crate) set: Vec<PathBuf>,
    /// Write the first 100 documents of each question in TREC's run format; with --set to SET.run in a folder
    #[arg(long, value_name = "FILE")]
    pub(crate) run: Option<PathBuf>,
    /// Compare with a run in TREC's format; with --set with SET.run in a folder
    #[arg(long, value_name = "FILE")]
    pub(crate) compare: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) index: IndexPath,
}

#[derive(Debug, Arguments)]
pub(crate) struct StatusArgs {
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) index: IndexPath,
}

#[derive(Debug, Arguments)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) index: IndexPath,
}

#[derive(Debug, Arguments)]
pub(crate) struct OptimizeArgs {
    #[command(flatten)]
    pub(crate) index: IndexPath,
}

#[derive(Debug, Arguments)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) index: IndexPath,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DictionaryCommand {
    /// Build the Japanese dictionary from MeCab sources; does nothing if it is there
    Install {
        /// Folder or .tar.gz of MeCab sources (default: the system's package mecab-ipadic, else a download)
        #[arg(long, value_name = "PATH")]
        from: Option<PathBuf>,
        /// Build it again even if it is there
        #[arg(long)]
        force: bool,
    },
    /// Show which dictionaries are installed
    List,
}
