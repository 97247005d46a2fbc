"""CoNLL-U: the conllu package reads the lines, udapi the entities."""

import logging
import pathlib
import sys

# This file has the name of a package that it needs.
sys.path = [p for p in sys.path if pathlib.Path(p or ".").resolve() != pathlib.Path(__file__).parent]
import conllu
from udapi.core.document import Document

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import golden


# There is no syntax, and udapi says so for each word.
logging.disable(logging.WARNING)


def check(case):
    path = case.convert("conllu") / "out.conllu"
    text = path.read_text("utf-8")
    sentences = conllu.parse(text)
    forms = "".join(token["form"] for sentence in sentences for token in sentence)
    golden.same(forms, golden.squeezed("".join(d["text"] for d in case.documents)), "forms")
    for sentence in sentences:
        words = "".join(token["form"] for token in sentence)
        golden.same(words, golden.squeezed(sentence.metadata["text"]), "# text")
    if not sentences:
        return 0
    document = Document()
    document.load_conllu(str(path))
    found = sorted("".join(w.form for w in mention.words) for mention in document.coref_mentions)
    kept = [golden.nested(golden.layer(d, quotations=False)) for d in case.documents]
    wanted = sorted(golden.squeezed(words) for spans in kept for *_, words in spans)
    golden.same(found, wanted, "mentions")
    # Mentions of one entity are one cluster.
    clusters = sorted(sorted("".join(w.form for w in m.words) for m in entity.mentions) for entity in document.coref_entities)
    expected = {}
    for index, d in enumerate(case.documents):
        for span in d["spans"]:
            if (span["start"], span["end"], span["label"], span["text"]) in kept[index]:
                expected.setdefault((index, span.get("entity", span["id"] + " alone")), []).append(golden.squeezed(span["text"]))
    golden.same(clusters, sorted(map(sorted, expected.values())), "entities")
    return len(found)


golden.run(check)
