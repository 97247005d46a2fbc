"""Hugging Face datasets loads the rows, tags as words and as class labels."""

import golden
from datasets import ClassLabel, List, disable_progress_bars, load_dataset

disable_progress_bars()


def check(case):
    path = case.convert("hugging-face") / "out.jsonl"
    rows = load_dataset("json", data_files=str(path), split="train", cache_dir=str(golden.FILES / "cache"))
    compared = 0
    for row, document in zip(rows, case.documents, strict=True):
        golden.same((row["id"], row["text"], row["title"], row["language"]), tuple(document[k] for k in ("id", "text", "title", "language")), "document")
        got = sorted((s["start"], s["end"], s["label"], row["text"][s["start"] : s["end"]]) for s in row["spans"])
        golden.same(got, golden.spans(document), "spans")
        golden.same([s["text"] for s in row["spans"]], [row["text"][s["start"] : s["end"]] for s in row["spans"]], "texts of spans")
        place = [(s["start"], s["end"], s["label"]) for s in row["spans"]]
        links = sorted((r["label"], place[r["from"]], place[r["to"]]) for r in row["relations"])
        golden.same(links, golden.relations(document), "relations")
        golden.same("".join(row["tokens"]), golden.squeezed(document["text"]), "tokens")
        for column, quotations in (("ner_tags", False), ("quote_tags", True)):
            found = []
            for token, tag in zip(row["tokens"], row[column], strict=True):
                if tag.startswith("B-"):
                    found.append([tag[2:], token])
                elif tag.startswith("I-"):
                    golden.same(tag[2:], found[-1][0], "inside")
                    found[-1][1] += token
            wanted = [[label, golden.squeezed(words)] for _, _, label, words in golden.outer(golden.layer(document, quotations))]
            golden.same(found, wanted, column)
        compared += len(got)
    labels = sorted({tag for row in rows for tag in row["ner_tags"]})
    if labels:
        cast = rows.cast_column("ner_tags", List(ClassLabel(names=labels)))
        golden.same([[labels[i] for i in row["ner_tags"]] for row in cast], [row["ner_tags"] for row in rows], "class labels")
    return compared


golden.run(check)
