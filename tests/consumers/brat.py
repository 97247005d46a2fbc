"""brat: the rules of its stand-off, as its annotation.py checks them; and what
pybrat reads of the folder."""

import re

import golden
from pybrat.parser import BratParser

TEXT_BOUND = re.compile(r"^(T\d+)\t([a-zA-Z0-9_-]+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)$")
RELATION = re.compile(r"^(R\d+)\t([a-zA-Z0-9_-]+) Arg1:(T\d+) Arg2:(T\d+)\t?$")
ATTRIBUTE = re.compile(r"^(A\d+)\t([a-zA-Z0-9_-]+) (T\d+)(?: (\S+))?$")
REFERENCE = re.compile(r"^(N\d+)\tReference (T\d+) ([^ :]+):([^ ]+)\t(.*)$")
NOTE = re.compile(r"^(#\d+)\t(\S+) (T\d+)\t(.*)$")


def read(path):
    # As brat: without translation of line ends.
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def words(text):
    """The text column: fragments without what parts lines, joined by a space."""
    lines = re.split("[\n\r\v\f\x85\u2028\u2029]", text)
    return " ".join(line.strip() for line in lines if line.strip())


def parsed(folder, documents, names):
    # It refuses identical spans, which are a part of the cases, and passes
    # over lines that it cannot read: so all must be there.
    for example in BratParser(error="ignore").parse(folder):
        # Python takes every line end for \n.
        [document] = [d for d in documents if re.sub("\r\n?", "\n", d["text"]) == example.text]
        got = sorted((names[entity.type], entity.mention) for entity in example.entities)
        golden.same(got, sorted((s["label"], words(s["text"])) for s in document["spans"]), "spans of pybrat")
        got = sorted((names[r.type], r.arg1.mention, r.arg2.mention) for r in example.relations)
        text = {s["id"]: words(s["text"]) for s in document["spans"]}
        golden.same(got, sorted((r["label"], text[r["from"]], text[r["to"]]) for r in document["relations"]), "relations of pybrat")
        yield example.id


def check(case):
    folder = case.convert("brat")
    names = dict(line.split(" | ", 1) for line in read(folder / "visual.conf").split("\n") if " | " in line)
    known = read(folder / "annotation.conf")
    texts = sorted(folder.glob("*.txt"))
    assert len(texts) == len(case.documents)
    compared = 0
    for document in case.documents:
        [path] = [path for path in texts if read(path) == document["text"] and (len(texts) == 1 or path.stem == document["id"])]
        text = read(path)
        place, seen, links = {}, set(), []
        for line in read(path.with_suffix(".ann")).split("\n")[:-1]:
            match = next(filter(None, (p.match(line) for p in (TEXT_BOUND, RELATION, ATTRIBUTE, REFERENCE, NOTE))), None)
            assert match, f"no line of brat: {line!r}"
            assert match[1] not in seen, f"{match[1]} is given twice"
            seen.add(match[1])
            if line[0] == "T":
                pieces = [tuple(map(int, piece.split())) for piece in match[3].split(";")]
                assert all(start < end for start, end in pieces) and pieces == sorted(pieces)
                words = [text[start:end] for start, end in pieces]
                golden.same(match[4], " ".join(words), "the text column")
                assert not any(c in piece for piece in words for c in "\n\r\u2028"), "a line end inside a fragment"
                assert re.search(rf"^{re.escape(match[2])}$", known, re.M), f"{match[2]} is not in annotation.conf"
                start, end = pieces[0][0], pieces[-1][1]
                place[match[1]] = (start, end, names[match[2]])
            elif line[0] == "R":
                links.append((names[match[2]], match[3], match[4]))
            else:
                assert match[3 if line[0] in "A#" else 2] in place
        got = sorted((*p, text[p[0] : p[1]]) for p in place.values())
        golden.same(got, golden.spans(document), "spans")
        golden.same(sorted((label, place[a], place[b]) for label, a, b in links), golden.relations(document), "relations")
        compared += len(got)
    golden.same(sorted(parsed(folder, case.documents, names)), [path.stem for path in texts], "documents of pybrat")
    return compared


golden.run(check)
