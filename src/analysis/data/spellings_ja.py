"""Makes spellings_ja.tsv. Runs without network: python3 spellings_ja.py IPADIC han_variants.tsv > spellings_ja.tsv

IPADIC   the dictionary's words as one CSV file in UTF-8
"""
import collections, csv, re, sys

fold = {}
for line in open(sys.argv[2], encoding="utf-8"):
    if not line.startswith("#"):
        new, olds = line.rstrip("\n").split("\t")
        fold.update(dict.fromkeys(olds, new))
# Names are written with either of them.
fold["斎"] = "斉"
KANA = re.compile("[ぁ-ゖァ-ヺーヶヵ箇個ノ之]")


def skeleton(word):
    """The Han characters of a word, repeated ones spelt out."""
    written = ""
    for c in word:
        written += written[-1] if c == "々" and written else fold.get(c, c)
    return KANA.sub("", written)


rows = list(csv.reader(open(sys.argv[1], encoding="utf-8")))
# A word that is read in several ways counts as read in the most frequent one: 勝負 is しょうぶ, not かちまけ.
usual = {}
for row in sorted(rows, key=lambda row: -int(row[3])):
    usual[row[0]] = row[11]
groups, nouns, stems = (collections.defaultdict(dict) for _ in range(3))
for row in rows:
    word, cost, kind, form, base, reading = row[0], int(row[3]), row[4], row[9], row[10], row[11]
    # What is folded before the dictionary is asked never comes out of it.
    if kind in ("助詞", "助動詞") or any(fold.get(c, c) != c for c in word if c != "斎"):
        continue
    bones = skeleton(word)
    if not re.fullmatch("[㐀-鿿〇々]+", bones):
        continue
    if kind == "動詞" and form == "連用形":
        stems[bones, reading][base] = cost
    # A single Han character is a word of its own: 富 is not 富む.
    if word == base and len(word) > 1 and reading == usual[word]:
        known = nouns if kind == "名詞" else groups
        known[bones, reading][word] = min(cost, known[bones, reading].get(word, cost))
readings = {word: key for key, words in groups.items() for word in words}
for key, words in nouns.items():
    verbs = [verb for verb in stems[key] if verb in readings]
    # Nouns come after the verb they are made of: 話し合い is found by 話し合う.
    to, rank = (readings[min(verbs, key=stems[key].get)], 10**6) if verbs else (key, 0)
    for word, cost in words.items():
        groups[to].setdefault(word, cost + rank)
print("""# Words that are written in several ways: with more or fewer kana (引っ越す, 引越す), with ヶ, ケ or が, with 々 or without, with 斎 or
# 斉; and nouns with the verb they are made of (引っ越し, 引越). The first is the term of all. Words of one group have the same Han
# characters and the same reading.
#
# Made by spellings_ja.py from the words of IPADIC 2.7.0 (Nara Institute of Science and Technology; its licence is in NOTICE).""")
taken = set()
for key, words in sorted(groups.items()):
    words = [word for word in sorted(words, key=lambda word: (words[word], word)) if word not in taken]
    if len(words) > 1:
        taken.update(words)
        print("\t".join(words))
