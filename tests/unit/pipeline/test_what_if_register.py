"""What publishing a withheld count of a register would cost."""

import pytest
from typer.testing import CliRunner

from cauce.cli.main import app
from cauce.model.errors import BadInput
from cauce.pipeline.otherwise import Question
from cauce.pipeline.register_count import Asked, release_counts
from cauce.pipeline.registers import read_house
from cauce.pipeline.what_if_counted import what_if_counted

from .test_register_count import DAY, DECLARED, PACKS, database, kinds, noisy, people, write

__all__ = ["database", "noisy"]
BESIDE = ("secondary",)
HOUSE = DECLARED, read_house(PACKS)


def partner(database) -> tuple[str, tuple[str, ...]]:
    """A cell of a count that is withheld to protect another."""
    write(database, "participants", *people("CRI", 9), *people("GTM", 3), *people("HND", 12))
    audit = release_counts(PACKS, database, Asked("participants", DAY), given=HOUSE).audit
    assert audit is not None
    return next((one.flow, one.key) for one in audit.withheld if one.why == BESIDE)


def test_another_count_is_withheld_instead(database) -> None:
    flow, key = partner(database)

    asked, question = Asked("participants", DAY), Question(((flow, key),))
    found = what_if_counted(PACKS, database, asked, question, given=HOUSE).answer

    assert (flow, key) in {(one.flow, one.key) for one in found.opened}
    assert found.closed


def test_it_is_asked_on_the_terminal_and_nothing_is_published(database, tmp_path) -> None:
    flow, key = partner(database)
    cell = f"publish={flow}:{'.'.join(key)}"
    words = ["register", "count", "participants", "--day", str(DAY), "--what-if", cell]
    words += [
        "--database",
        f"sqlite:///{tmp_path / 'registers.sqlite'}",
        "--store",
        str(tmp_path / "store"),
    ]

    done = CliRunner().invoke(app, words)

    assert (done.exit_code, "withheld instead" in done.output) == (0, True), done.output
    assert not (tmp_path / "store").exists()
    both = CliRunner().invoke(app, [*words, "--publish"])
    assert "Leave out --publish" in both.output


def test_where_noise_protects_nothing_is_withheld_and_the_key_is_taken(
    database, noisy, tmp_path
) -> None:
    write(database, "bodies", *({"kind": kinds()} for _ in range(40)))
    asked, keys = Asked("bodies", DAY), tmp_path / "keys"
    [flow] = release_counts(PACKS, database, asked, given=noisy, keys=keys).flows
    codes = zip(flow.dataflow.dimensions, flow.key[0].tolist(), strict=True)
    cell = ("DF_BODIES", tuple(one.codes[at].id for one, at in codes))

    with pytest.raises(BadInput, match="is not withheld as confidential"):
        what_if_counted(PACKS, database, asked, Question((cell,)), keys, given=noisy)
