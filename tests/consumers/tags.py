"""seqeval in its strict mode reads the tags of CoNLL, IOB2 and BILOU."""

import golden
from seqeval.scheme import BILOU, IOB2, Entities


def sentences(path):
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
            documents[-1][-1].append((columns[0], columns[3]))
    return [[s for s in document if s] for document in documents]


def check(case):
    compared = 0
    for format_, scheme in (("conll", IOB2), ("bilou", BILOU)):
        for quotations in (False, True):
            options = ["--layer", "quotations"] if quotations else []
            [path] = case.convert(format_, *options).glob("*.conll")
            for document, found in zip(case.documents, sentences(path), strict=True):
                golden.same("".join(form for s in found for form, _ in s), golden.squeezed(document["text"]), "forms")
                tags = [[tag for _, tag in sentence] for sentence in found]
                got = []
                for sentence, entities in zip(found, Entities(tags, scheme).entities):
                    for entity in entities:
                        got.append((entity.tag, "".join(form for form, _ in sentence[entity.start : entity.end])))
                wanted = [(label.replace(" ", "_"), golden.squeezed(words)) for _, _, label, words in golden.outer(golden.layer(document, quotations))]
                golden.same(got, wanted, f"{format_} entities")
                compared += len(got)
    return compared


golden.run(check)
