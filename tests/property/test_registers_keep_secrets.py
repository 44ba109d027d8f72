"""Whatever is declared and entered: nothing of P1 to P3 ever reaches the store."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cauce.model.codelist import Code, Codelist
from cauce.model.entry import Action, Draft
from cauce.model.record import Absent, Sealed
from cauce.model.register import Field, Register, Sensitivity
from cauce.model.text import Text
from cauce.pipeline.register_publish import publish_registers
from cauce.pipeline.registers import Declared
from cauce.store import Store
from cauce.store.log import append, open_database
from cauce.store.log.database import acting
from cauce.store.log.review import Verdict, judge

NOW = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = ("text", "note", "code", "codes", "number", "date", "flag", "link", "web")
MARK = "hidden"
LISTS = {"L": Codelist("L", Text("L", "L"), (Code("A", Text("A", "A")), Code("B", Text("B", "B"))))}


def words(text: str) -> Text:
    return Text(text, text)


@st.composite
def fields(draw: Any, depth: int = 0) -> tuple[Field, ...]:
    """Fields of any kind and sensitivity; some say that they are public and are not P0."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from((*KINDS, "rows", "rows", "rows") if depth == 0 else KINDS))
        level = draw(st.sampled_from((Sensitivity.P0, *Sensitivity)))
        public = draw(st.sampled_from((True, True, False)))
        found.append(
            Field(
                id=f"f{depth}_{number}",
                name=words(f"F{number}"),
                kind=kind,
                required=False,
                sensitivity=level,
                public=public,
                codelist="L" if kind in ("code", "codes") else "",
                register="closed" if kind == "link" else "",
                rows=draw(fields(depth=1)) if kind == "rows" else (),
            )
        )
    return tuple(found)


def value(field: Field, number: int, told: bool) -> Any:
    """A value of the field; where the public is not told of it, it carries the secret's mark."""
    open_to_all = told and field.public and field.sensitivity is Sensitivity.P0
    mark = "open" if open_to_all else f"{MARK}{number}"
    if field.sensitivity is Sensitivity.P3:
        return Sealed(f"{MARK}{number}")
    match field.kind:
        case "rows":
            return ({c.id: value(c, number, open_to_all) for c in field.rows},)
        case "code":
            return "A" if open_to_all else "B"
        case "codes":
            return ("A",) if open_to_all else ("B",)
        case "number":
            return 7 if open_to_all else 987_654_000 + number
        case "date":
            return date(2020, 1, 1) if open_to_all else date(1901, 2, 3)
        case "flag":
            return True
        case "link":
            return f"{MARK}{number}"
        case "web":
            return f"https://{mark}.org/"
        case _:
            return Sealed(f"{MARK}{number}") if open_to_all and number % 2 == 0 else mark


@st.composite
def histories(draw: Any) -> tuple[Register, list[tuple[Draft, bool]]]:
    """A register, and entries of which only some were approved."""
    made = draw(fields())
    register = Register(
        id="things",
        name=words("Things"),
        one=words("thing"),
        about=words("Things."),
        fields=made,
        title=words(made[0].id),
        country=draw(st.sampled_from(("", made[0].id))),
        public=draw(st.booleans()),
    )
    drafts = []
    for key in ("k1", "k2"):
        verdicts = draw(st.lists(st.booleans(), min_size=1, max_size=3))
        for turn, approved in enumerate(verdicts):
            # Who approves an entry approves the ones it rests on.
            told = any(verdicts[turn:])
            action = Action.OPEN if turn == 0 else draw(st.sampled_from(Action))
            action = Action.CHANGE if turn and action is Action.OPEN else action
            number = len(drafts) + 1
            record = {f.id: value(f, number, told) for f in made if draw(st.integers(0, 4))}
            if not draw(st.integers(0, 4)):
                record[made[0].id] = Absent.UNKNOWN
            since = None if action in (Action.OPEN, Action.CORRECTION) else date(2020 + turn, 1, 1)
            ended = action is Action.END
            drafts.append(
                (
                    Draft(
                        "things", key, "", action, None if ended else record, since, None,
                        f"{MARK}actor", f"{MARK}reason", 0,
                    ),
                    approved,
                )
            )  # fmt: skip
    return register, drafts


def texts(store: Path) -> Iterator[str]:
    """Everything a store says, file by file, with what compression hides."""
    for path in store.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            yield content.decode("latin-1")
            if path.suffix == ".parquet":
                yield str(pq.read_table(path).to_pylist())


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories())
def test_no_secret_is_in_any_file_of_the_store(history) -> None:
    register, drafts = history
    closed = Register(
        "closed", words("C"), words("c"), words("C"), register.fields, register.title, "", False
    )
    registers = {"things": register, "closed": closed}
    shown = Register(
        "shown", words("S"), words("s"), words("S"), register.fields, register.title, "", True
    )
    registers["shown"] = shown
    root = Path(tempfile.mkdtemp())
    database = open_database("sqlite:///" + str(root / "log.sqlite"))
    try:
        with database.writing("x") as connection, acting(connection, f"{MARK}actor", "else"):
            for number, (draft, approved) in enumerate(drafts):
                at = NOW + timedelta(days=number)
                both = [draft, replace(draft, register="shown")]
                entries = append(connection, registers, both, at)
                for entry in entries if approved else ():
                    judge(connection, entry.number, Verdict.APPROVED, "else", f"{MARK}note", at)
        publish_registers(database, Declared(registers, LISTS), Store(root / "store"), NOW)
        for said in texts(root / "store"):
            assert MARK not in said
            assert "987654" not in said
            assert "1901-02-03" not in said
            assert "else" not in said
            assert '"B"' not in said
            assert "'B'" not in said
    finally:
        database.close()
        shutil.rmtree(root)
