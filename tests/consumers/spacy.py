"""spaCy: training pairs, Doc JSON to .spacy, and its own converters."""

import json
import pathlib
import subprocess
import sys
import warnings

# This file has the name of the package it needs.
sys.path = [p for p in sys.path if pathlib.Path(p or ".").resolve() != pathlib.Path(__file__).parent]
import spacy
from spacy.tokens import DocBin
from spacy.training import Example, offsets_to_biluo_tags

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import golden

nlp = spacy.blank("fr")
warnings.simplefilter("error")


def check(case):
    compared = 0
    pairs = json.loads((case.convert("spacy") / "out.json").read_text("utf-8"))
    for (text, notes), document in zip(pairs, case.documents, strict=True):
        golden.same(text, document["text"], "text")
        got = sorted((start, end, label, text[start:end]) for start, end, label in notes["spans"]["sc"])
        golden.same(got, golden.spans(document), "spans")
        entities = [(start, end, label, text[start:end]) for start, end, label in notes["entities"]]
        golden.same(sorted(entities), golden.outer(golden.layer(document, quotations=False)), "entities")
        doc = nlp.make_doc(text)
        # What the French tokenizer of spaCy does not cut apart it cannot hold.
        aligned = all(doc.char_span(start, end) is not None for start, end, *_ in entities)
        if aligned and text:
            tags = offsets_to_biluo_tags(doc, notes["entities"])
            assert "-" not in tags, tags
            example = Example.from_dict(doc, {"entities": notes["entities"]})
            golden.same([(e.start_char, e.end_char, e.label_, e.text) for e in example.reference.ents], sorted(entities), "Example")
        compared += len(got)

    folder = case.convert("spacy-docs")
    subprocess.run([sys.executable, str(folder / "make_spacy.py"), str(folder / "out.jsonl"), str(folder / "out.spacy")], check=True)
    docs = list(DocBin().from_disk(folder / "out.spacy").get_docs(nlp.vocab))
    for doc, document in zip(docs, case.documents, strict=True):
        golden.same(doc.text, document["text"], "text of the .spacy")
        found = sorted((s.start_char, s.end_char, s.label_, s.text) for s in doc.spans.get("sc", []))
        golden.same(found, golden.spans(document), "spans of the .spacy")
        found = sorted((s.start_char, s.end_char, s.label_, s.text) for s in doc.ents)
        golden.same(found, golden.outer(golden.layer(document, quotations=False)), "ents of the .spacy")
        names = {e["id"] for e in document["entities"]}
        assert {s.kb_id_ for s in doc.spans.get("sc", []) if s.kb_id_} <= names

    # The ruler finds each name where it stands alone.
    path = case.convert("patterns") / "out.patterns.jsonl"
    patterns = golden.lines(path)
    mentions = {(label, words) for d in case.documents for _, _, label, words in golden.layer(d, quotations=False) if "\n" not in words and "\r" not in words}
    golden.same({(p["label"], p["pattern"]) for p in patterns}, mentions, "patterns")
    assert len(patterns) == len(mentions), "a pattern comes twice"
    for pattern in patterns:
        ruler = spacy.blank("fr")
        ruler.add_pipe("entity_ruler").add_patterns([pattern])
        if pattern["pattern"].strip() == pattern["pattern"]:
            assert [e.label_ for e in ruler(pattern["pattern"]).ents] == [pattern["label"]], pattern
    if patterns:
        nlp_ = spacy.blank("fr")
        nlp_.add_pipe("entity_ruler").from_disk(path)

    for format_, converter in (("conll", "ner"), ("bilou", "ner")):
        folder = case.convert(format_)
        [path] = folder.glob("*.conll")
        if not any(line and not line.startswith("-DOCSTART-") for line in path.read_text("utf-8").split("\n")):
            continue  # spaCy refuses a file without a token
        target = folder / "spacy"
        target.mkdir(exist_ok=True)
        done = subprocess.run([sys.executable, "-m", "spacy", "convert", str(path), str(target), "-c", converter], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        [binary] = target.glob("*.spacy")
        docs = list(DocBin().from_disk(binary).get_docs(nlp.vocab))
        found = [(e.label_, golden.squeezed(e.text)) for doc in docs for e in doc.ents]
        wanted = [(label.replace(" ", "_"), golden.squeezed(words)) for d in case.documents for _, _, label, words in golden.outer(golden.layer(d, quotations=False))]
        golden.same(found, wanted, f"spacy convert of {format_}")
    return compared


golden.run(check)
