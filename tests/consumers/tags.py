"""seqeval in its strict mode reads the tags of CoNLL, IOB2 and BILOU, also
those of a second column."""

import golden
from seqeval.scheme import BILOU, IOB2, Entities


def sentences(path, column=3):
    """Forms and tags of each sentence of each document, as Python splits lines."""
    documents = []
    for line in path.read_text("utf-8").splitlines():
        columns = line.split()
        if columns and columns[0] == "-DOCSTART-":
            documents.append([])
        elif not columns:
            documents[-1].append([])
        else:
            assert len(columns) == 4, f"{len(columns)} columns: {line!r}"
            if not documents[-1]:
                documents[-1].append([])
            documents[-1][-1].append((columns[0], columns[column]))
    return [[s for s in document if s] for document in documents]


def read(sentences, scheme):
    """Label and forms of each entity that seqeval finds."""
    tags = [[tag for _, tag in sentence] for sentence in sentences]
    return [
        (entity.tag, "".join(form for form, _ in sentence[entity.start : entity.end]))
        for sentence, entities in zip(sentences, Entities(tags, scheme).entities)
        for entity in entities
    ]


def wanted(spans):
    """The same of spans of the document."""
    return [(label.replace(" ", "_"), golden.squeezed(words)) for _, _, label, words in spans]


def check(case):
    compared = 0
    for format_, scheme in (("conll", IOB2), ("bilou", BILOU)):
        for quotations in (False, True):
            options = ["--layer", "quotations"] if quotations else []
            [path] = case.convert(format_, *options, "--columns", "two").glob("*.conll")
            for document, found in zip(case.documents, sentences(path, 2), strict=True):
                spans = golden.layer(document, quotations)
                # Of spans with the same bounds the file's first comes first.
                labels = [s["label"] for s in document["spans"]]
                spans.sort(key=lambda span: (span[:2], labels.index(span[2])))
                first = golden.outer(spans)
                rest = list(spans)
                for span in first:
                    rest.remove(span)
                rest = golden.outer(rest)
                got = read(found, scheme)
                golden.same(sorted(got), sorted(wanted(rest)), f"{format_} entities of the second column")
                compared += len(got)
            [path] = case.convert(format_, *options).glob("*.conll")
            for document, found in zip(case.documents, sentences(path), strict=True):
                golden.same("".join(form for s in found for form, _ in s), golden.squeezed(document["text"]), "forms")
                got = read(found, scheme)
                golden.same(got, wanted(golden.outer(golden.layer(document, quotations))), f"{format_} entities")
                compared += len(got)
    return compared


golden.run(check)
