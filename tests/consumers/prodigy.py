"""Prodigy: its tokens rebuild the text, and spans and relations lie on them
as spaCy's reader of relation data (parse_data.py) maps them. spaCy's own Doc is
made of the tokens, as Prodigy makes it, and has the spans."""

import pathlib
import sys

import golden

# A file of this folder has the name of the package that is meant.
sys.path = [p for p in sys.path if pathlib.Path(p or ".").resolve() != pathlib.Path(__file__).parent]
from spacy.tokens import Doc  # noqa: E402
from spacy.vocab import Vocab  # noqa: E402

VOCAB = Vocab()


def check(case):
    compared = 0
    for task, document in zip(golden.lines(case.convert("prodigy") / "out.jsonl"), case.documents, strict=True):
        tokens = task["tokens"]
        golden.same("".join(t["text"] + " " * t["ws"] for t in tokens), document["text"], "the tokens rebuild the text")
        doc = Doc(VOCAB, words=[t["text"] for t in tokens], spaces=[t["ws"] for t in tokens])
        golden.same(doc.text, document["text"], "the text of the Doc")
        golden.same([t["id"] for t in tokens], list(range(len(tokens))), "token ids")
        golden.same([task["text"][t["start"] : t["end"]] for t in tokens], [t["text"] for t in tokens], "token offsets")
        ends, got = {}, []
        for span in task["spans"]:
            words = task["text"][span["start"] : span["end"]]
            got.append((span["start"], span["end"], span["label"], words))
            found = doc.char_span(span["start"], span["end"], label=span["label"])
            assert found is not None, f"spaCy aligns no tokens with {words!r}"
            golden.same((found.start, found.end - 1, found.text), (span["token_start"], span["token_end"], words), "the span of the Doc")
            golden.same(tokens[span["token_start"]]["start"], span["start"], "token_start")
            golden.same(tokens[span["token_end"]]["end"], span["end"], "token_end")
            ends.setdefault(span["token_end"], []).append(span)
        golden.same(sorted(got), golden.spans(document), "spans")
        links = []
        for relation in task["relations"]:
            head, child = relation["head_span"], relation["child_span"]
            golden.same(relation["head"], head["token_end"], "head")
            golden.same(relation["child"], child["token_end"], "child")
            assert relation["head"] in ends and relation["child"] in ends
            links.append((relation["label"], *((s["start"], s["end"], s["label"]) for s in (head, child))))
        golden.same(sorted(links), golden.relations(document), "relations")
        compared += len(got)
    return compared


golden.run(check)
