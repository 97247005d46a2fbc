//! What the workshop's subcommands say when they are asked for help.

/// Each subcommand: its name, what it does in one line, how it is called.
pub const HELP: &[(&str, &str, &str)] = &[
    (
        "dispatches",
        "prints our own corpus as JSON Lines, over and over",
        "\
usage: guillemet dispatches NUMBER [--own FOLDER]

Prints so many dispatches of our own corpus as JSON Lines, one {\"id\", \"style\",
\"text\"} a line, over and over where the corpus is shorter: something to try and
measure streams with.

  --own FOLDER  the corpus; without it, corpus

example:
  guillemet dispatches 100000 | guillemet tag --jsonl | grep -c '\"label\":\"QUOTE\"'
",
    ),
    (
        "show",
        "prints what the engine finds in files, one mention a line",
        "\
usage: guillemet show FILE...

Prints the mentions that the engine finds in texts, one a line: label, score,
words, entity.
",
    ),
    (
        "score",
        "scores the mentions against annotated corpora",
        "\
usage: guillemet score [--OPTION VALUE]...

Scores the mentions of the engine against texts that it was not trained on. The
corpora are not part of the sources; each option names where one lies.

  --winer FOLDER   WiNER-fr in brat's format; ../shared/corpora/winer-fr
  --pud FOLDER     the annotated PUD sentences; ../shared/corpora/pud
  --pud-parts N,N  which parts of PUD; 1,3
  --own FOLDER     our own corpus; corpus
  --held-out N     also trains without one of N folds of our corpus and scores
                   on it, for each fold
  --errors TITLE   prints the errors of the table of that title
",
    ),
    (
        "quotations",
        "scores the quotations against annotated corpora",
        "\
usage: guillemet quotations [--OPTION VALUE]...

Scores quotations, cues and speakers against texts in which people marked them.

  --quotes FOLDER  marked articles; ../shared/corpora/quotes-dev
  --winer FOLDER   the corpus that has their texts; ../shared/corpora/winer-fr
  --own FOLDER     our own corpus; corpus
  --part PART      tuning, untouched or all
  --errors N       prints that many errors
  --show FILE      prints the quotations of one text instead
  --speed N        measures the speed of the engine in N rounds instead
  --fit FILE       writes the table of scores of the quotations instead
",
    ),
    (
        "lexicon",
        "packs the lists of src/engine/data into lexicon.bin",
        "\
usage: guillemet lexicon [--OPTION VALUE]...

Packs the lists of names and the public gazetteers into src/engine/data/lexicon.bin;
src/engine/data/README.md says where they are from.

  --data FOLDER        where the lists are and the pack goes; src/engine/data
  --gazetteers FOLDER  the public lists; ../shared/gazetteers
  --winer, --own       as for guillemet score
",
    ),
    (
        "train",
        "trains the weights of the mentions",
        "\
usage: guillemet train [--OPTION VALUE]...

Trains src/engine/data/mentions.bin on WiNER-fr and our own corpus.

  --seed N             the seed of the order of the documents; 11
  --held-out STYLE,... styles of our corpus to leave out
  --data FOLDER        where the weights go; src/engine/data
  --winer, --own       as for guillemet score
",
    ),
];
