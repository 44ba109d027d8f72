"""The counts of a register protected again, some cells first or some tables left out.

Nothing is published.
"""

from pathlib import Path

from cauce.pipeline.otherwise import Answered, Question, answered, check_question
from cauce.pipeline.progress import Progress, silent
from cauce.pipeline.register_count import Asked, Rulebook, counted
from cauce.store.log import Database


def what_if_counted(
    folder: Path,
    database: Database,
    asked: Asked,
    question: Question,
    keys: Path | None = None,
    progress: Progress = silent,
    given: Rulebook | None = None,
) -> Answered:
    """What would be withheld of the counts of a register if they were published otherwise.

    Args:
        folder, database, asked, keys, given: as for `release_counts`.

    Raises:
        BadInput: as for `what_if` and `release_counts`.
    """
    ready = counted(folder, database, asked, progress, given, keys)
    check_question([one.dataflow for one in ready.cells], question)
    progress("Protecting as it is, and as asked")
    return answered(
        ready.cells, ready.terms, question, ready.retained, progress, asked.day, ready.secret
    )
