"""All training data by source, split as the scores are reported."""

from dataclasses import dataclass
from pathlib import Path

from amity.encoder.tokenizer import Tokenizer
from training import corpora
from training.examples import Example


@dataclass(slots=True)
class Auxiliary:
    """Examples of the published corpora: for training, and held out."""

    gum: list[Example]
    gum_test: list[Example]
    names: list[Example]
    un: list[Example]
    dse: list[Example]
    dse_neutral: list[Example]


def read_auxiliary(tokenizer: Tokenizer, data: Path) -> Auxiliary:
    """
    Return the published corpora as examples.

    Parameters
    ----------
    tokenizer : Tokenizer
        The encoder's.
    data : Path
        The data folder.

    Returns
    -------
    Auxiliary
        Every fifth GUM document and all resolutions after 2015 are held out; DSE rows that stand in the validation file or twice are left out.
    """
    documents = corpora.gum_documents(data)
    held = {path for path in documents if corpora.is_gum_test(path, documents)}
    gum = {path: corpora.gum_examples(tokenizer, path) for path in documents}
    known = {row.key for row in corpora.dse_rows(data, "valid")}
    rows = []
    for row in corpora.dse_rows(data, "train"):
        if row.key not in known:
            known.add(row.key)
            rows.append(row)
    return Auxiliary(
        [each for path in documents if path not in held for each in gum[path]],
        [each for path in documents if path in held for each in gum[path]],
        corpora.name_examples(tokenizer, data),
        corpora.un_examples(tokenizer, data, test=False),
        corpora.dse_examples(tokenizer, [row for row in rows if row.label]),
        corpora.dse_examples(tokenizer, [row for row in rows if not row.label]),
    )
