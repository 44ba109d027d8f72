"""A survey's release protected again, some cells first or some tables left out.

Nothing is published: the files are read again, as `cauce verify` does.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cauce.harmonise import dataflows
from cauce.pipeline.estimates import Estimation
from cauce.pipeline.otherwise import Answered, Question, answered, check_question
from cauce.pipeline.packs import read_pack, terms_of
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.retained import retained_in


def what_if(
    folder: Path,
    region: Path,
    files: Sequence[Path],
    question: Question,
    progress: Progress = silent,
    store: Path | None = None,
) -> Answered:
    """What would be withheld of a pack's release if it were published otherwise.

    Args:
        folder, region, files, store: as for `release_pack`.

    Raises:
        BadInput: a cell or table is none of the pack's; a cell is withheld for its own sake, so
            that it cannot be published whatever else is withheld; nothing would be left.
    """
    pack = read_pack(folder, region)
    flows = dataflows(pack)
    check_question(flows, question)
    found = Estimation(pack, flows, progress, False).run(folder, files)
    progress("Protecting as it is, and as asked")
    public = retained_in(store, terms_of(pack).survey, pack.survey.vintage)
    made = answered(found.cells, terms_of(pack), question, public, progress)
    return replace(made, pack_sha256=pack.sha256, inputs=tuple(found.inputs))
