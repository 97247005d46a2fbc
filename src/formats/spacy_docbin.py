"""Makes a .spacy (DocBin) of the lines beside it: make_spacy.py IN.jsonl OUT.spacy"""

import json
import sys

import spacy
from spacy.tokens import Doc, DocBin

source, target = sys.argv[1:]
vocab = spacy.blank("fr").vocab
docs = DocBin(store_user_data=True)
with open(source, encoding="utf-8") as lines:
    for line in lines:
        known = {key: value for key, value in json.loads(line).items() if key in ("text", "tokens", "ents", "spans")}
        docs.add(Doc(vocab).from_json(known, validate=True))
docs.to_disk(target)
