"""`cauce protect`: how a pack's release would be protected, and what another choice would cost."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cauce.cli.hold import HeldOption
from cauce.cli.places import FilesOption, RegionOption, own_region
from cauce.cli.screen import plain_errors, steps
from cauce.cli.what_if import WhatIfOption, question_of, show_what_if
from cauce.model.errors import BadInput
from cauce.pipeline.audited import audited
from cauce.pipeline.otherwise import Answered
from cauce.pipeline.what_if import what_if
from cauce.store import Audits, Reader, audits_beside, to_the_thousandth


def run(
    pack: Annotated[Path, typer.Argument(help="The folder of the pack.")],
    asked: WhatIfOption = None,
    file: FilesOption = None,
    region: RegionOption = None,
    store: Annotated[
        Path | None,
        typer.Option(
            "--store", help="Keep the answer with the audit of the vintage published there."
        ),
    ] = None,
    vintage: Annotated[str, typer.Option(help="That vintage.")] = "",
    place: HeldOption = None,
) -> None:
    """Say what would have to be withheld instead. Nothing is published; for the office alone."""
    with plain_errors(), steps() as step:
        question = question_of(asked or ())
        if (store is None) != (not vintage):
            raise BadInput("Say both --store and --vintage to keep the answer with a release.")
        found = what_if(pack, region or own_region(), file or (), question, step, store)
        if store is not None:
            keep(found, store, vintage, place)
    show_what_if(found)


def keep(found: Answered, store: Path, vintage: str, place: Path | None) -> None:
    """Keep the answer with the vintage it is of. Raises BadInput if it is of another release."""
    audits = Audits(audits_beside(store, place))
    one = audited(Reader(store), audits, vintage)
    if not found.is_of(one):
        raise BadInput(
            f"Pack, file or program give another release than {vintage}. The answer is not kept."
        )
    now = to_the_thousandth(datetime.now(UTC))
    audits.answer(one.manifests[0].audit_sha256, replace(found.answer, asked_at=now))
