"""``amity evaluate``."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from amity.cli.common import handled, json_option, opened, print_table
from amity.errors import InvalidValue, NotFound

if TYPE_CHECKING:
    from amity.evaluation import Evaluation
    from amity.model import Coding, Document

Triple = tuple["Coding", "Coding", "Document"]


@click.command("evaluate")
@click.argument("coded", metavar="PROJECT_OR_DIR", type=click.Path(path_type=Path), required=False)
@click.option(
    "--gold",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder of gold codings, one ID.json a document.",
)
@click.option(
    "--texts", type=click.Path(path_type=Path), help="Folder of ID.txt, where the texts lie elsewhere."
)
@click.option("--reader", metavar="NAME", help="Read the gold's documents afresh with this reader instead.")
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Leave out positions that score less.",
)
@click.option(
    "--draws", type=click.IntRange(1), default=1000, show_default=True, help="Bootstrap samples of documents."
)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--by", is_flag=True, help="Break the scores down by act, voice, holder form and mention form.")
@json_option
@handled
def command(
    coded: Path | None,
    gold: Path,
    texts: Path | None,
    reader: str | None,
    min_score: float,
    draws: int,
    seed: int,
    by: bool,
    as_json: bool,
) -> None:
    """Score the codings of PROJECT_OR_DIR (or of a reader) against gold codings, as the codebook says."""
    from amity.evaluation import evaluate, read_gold

    if (coded is None) == (reader is None):
        raise InvalidValue(
            "give either a project or folder to score, or --reader NAME to read the gold's documents afresh"
        )
    wanted = read_gold(gold, texts=texts)
    missing: list[str] = []
    pairs: list[Triple] = []
    if reader is not None:
        pairs = list(_read_afresh(reader, wanted))
    elif coded is not None and coded.is_dir():
        pairs = list(_from_folder(coded, wanted, missing))
    elif coded is not None:
        pairs = list(_from_project(coded, wanted, missing))
    if not pairs:
        raise NotFound(
            f"none of the {len(wanted)} gold documents is in {coded}: neither the same text nor the same id"
        )
    result = evaluate(pairs, threshold=min_score, draws=draws, seed=seed)
    if as_json:
        click.echo(
            json.dumps({**json.loads(result.to_json()), "not_coded": missing}, ensure_ascii=False, indent=1)
        )
        return
    _print(result, by, missing)


def _read_afresh(reader: str, wanted: "list[tuple[Document, Coding]]") -> Iterator[Triple]:
    from amity.pipeline import read_document

    for document, gold in wanted:
        yield read_document(document, reader=reader), gold, document


def _from_folder(
    folder: Path, wanted: "list[tuple[Document, Coding]]", missing: list[str]
) -> Iterator[Triple]:
    from amity.errors import AmityError
    from amity.model import coding_from_json

    for document, gold in wanted:
        path = folder / f"{document.id}.json"
        if not path.exists():
            missing.append(f"{document.id}: no {path.name} in {folder}")
            continue
        try:
            record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            yield coding_from_json(record, document), gold, document
        except (AmityError, ValueError) as error:
            missing.append(f"{document.id}: {error}")


def _from_project(
    path: Path, wanted: "list[tuple[Document, Coding]]", missing: list[str]
) -> Iterator[Triple]:
    with opened(path) as project:
        rows = {row.sha256: row.id for row in project.documents()}
        for document, gold in wanted:
            identity = rows.get(document.sha256)
            if identity is None:
                missing.append(f"{document.id}: the project holds no document with exactly this text")
                continue
            coding = project.coding(identity)
            yield _under(coding, document), gold, document


def _under(coding: "Coding", document: "Document") -> "Coding":
    """The coding with its spans under the gold document's id."""
    from dataclasses import replace

    from amity.model import Span

    def moved(span: Span) -> Span:
        return replace(span, document_id=document.id)

    return replace(
        coding,
        document_id=document.id,
        mentions=tuple(replace(each, span=moved(each.span)) for each in coding.mentions),
        positions=tuple(
            replace(
                each,
                document_id=document.id,
                evidence=tuple(moved(span) for span in each.evidence),
                cue=moved(each.cue),
            )
            for each in coding.positions
        ),
        quotations=tuple(
            replace(each, span=moved(each.span), cue=None if each.cue is None else moved(each.cue))
            for each in coding.quotations
        ),
    )


def _print(result: "Evaluation", by: bool, missing: list[str]) -> None:
    print_table(
        ("Score", "Of", *(("By", "Value") if by else ()), "Precision", "Recall", "F1", "95 % interval", "Found", "Gold", "Coder to coder"),
        (
            (
                each.measure, each.row, *((each.by, each.value) if by else ()), f"{each.precision:.3f}", f"{each.recall:.3f}", f"{each.f1:.3f}",
                f"{each.low:.3f} to {each.high:.3f}", each.predicted, each.gold, "" if each.ceiling is None else f"{each.ceiling:.2f}",
            )
            for each in result.scores
            if by or each.by == "all"
        ),
        right=("Precision", "Recall", "F1", "Found", "Gold", "Coder to coder"),
    )  # fmt: skip
    best, default = result.best, result.at_default
    click.echo(
        f"\n{len(result.documents)} documents; intervals by {result.draws} bootstrap samples of documents, seed {result.seed}"
    )
    click.echo(
        f"best single threshold on these documents: score {best.threshold:.2f} gives precision {best.precision:.3f}, recall {best.recall:.3f}, F1 {best.f1:.3f}"
    )
    click.echo(
        f"at the default threshold {default.threshold:.2f}: precision {default.precision:.3f}, recall {default.recall:.3f}, F1 {default.f1:.3f}"
    )
    for each in missing:
        click.echo(f"not scored: {each}")
