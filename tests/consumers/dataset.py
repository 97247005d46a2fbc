"""The data set: Hugging Face datasets loads the folder by its card."""

import os
import subprocess

import golden
from datasets import ClassLabel, List, disable_progress_bars, load_dataset

disable_progress_bars()


def check():
    cases = golden.cases()
    folder = golden.FILES / "dataset"
    command = [os.environ["GUILLEMET"], "convert", "--from", "native", "--to", "dataset", "--out", str(folder)]
    subprocess.run([*command, *(str(case.path) for case in cases)], check=True, capture_output=True)
    data = load_dataset(str(folder), cache_dir=str(golden.FILES / "cache"))
    documents = {d["text"]: d for case in cases for d in case.documents}
    compared, ids = 0, []
    for split in data.values():
        for row in split:
            document = documents[row["text"]]
            ids.append(row["id"])
            got = sorted((s["start"], s["end"], s["label"], row["text"][s["start"] : s["end"]]) for s in row["spans"])
            golden.same(got, golden.spans(document), "spans")
            compared += len(got)
    golden.same(sorted(ids), sorted(d["id"] for d in documents.values()), "ids")
    # What the card proposes must run.
    card = (folder / "README.md").read_text("utf-8")
    scope = {"List": List, "ClassLabel": ClassLabel}
    exec(next(line for line in card.split("\n") if line.startswith("tags = ")), scope)
    data.cast_column("ner_tags", List(ClassLabel(names=scope["tags"])))
    print(f"dataset: {compared} spans compared in {', '.join(data)}")


check()
