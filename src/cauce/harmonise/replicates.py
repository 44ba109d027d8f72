"""Replicate weights as [design.replicates] of a pack declares them, and words for their error."""

import re
from collections.abc import Iterator, Sequence
from typing import get_args

from cauce.declare.problems import Problems
from cauce.declare.section import Section
from cauce.model.errors import BadInput
from cauce.model.pack import Pack
from cauce.model.replication import Made, ReplicateKind, Replicates, unsaid
from cauce.model.rule import rule
from cauce.model.text import Text

MOST_SHOWN = 5
MOST_COLUMNS = 10_000
KINDS: tuple[ReplicateKind, ...] = get_args(ReplicateKind)
MADE: tuple[Made, ...] = get_args(Made)
NAMES: dict[ReplicateKind, Text] = {
    "brr": Text("balanced repeated replication", "replicación repetida balanceada"),
    "fay": Text("balanced repeated replication, Fay", "replicación repetida balanceada, Fay"),
    "jk1": Text("jackknife JK1", "jackknife JK1"),
    "jk2": Text("jackknife JK2", "jackknife JK2"),
    "jkn": Text("jackknife JKn", "jackknife JKn"),
    "bootstrap": Text("bootstrap", "bootstrap"),
    "sdr": Text("successive difference replication", "replicación de diferencias sucesivas"),
    "other": Text("a kind of its own", "un tipo propio"),
}


def read_replicates(section: Section) -> Replicates:
    """What a pack says of replicate weights; what is wrong is noted in the section."""
    made = next((m for m in MADE if m == section.choice("made", MADE, "")), None)
    found = _made(section, made) if section.has("made") else _given(section)
    section.finish()
    return found


def _made(section: Section, made: Made | None) -> Replicates:
    if section.has("kind"):
        section.note("kind", "replicates are given by the office (kind) or made here, not both.")
    if made != "bootstrap":
        return Replicates(made=made, mse=section.truth("mse", False))
    return Replicates(
        made=made,
        mse=section.truth("mse", False),
        count=_between(section, "count", 2, MOST_COLUMNS),
        seed=_between(section, "seed", 0, 2**63 - 1),
    )


def _between(section: Section, key: str, least: int, most: int) -> int:
    """A whole number that must be said."""
    value = section.whole(key)
    if key in section.data and not least <= value <= most:
        section.note(key, f"{section.name(key)} must be from {least:,} to {most:,}.")
        return least
    return value


def _given(section: Section) -> Replicates:
    kind = next(k for k in KINDS if k == section.choice("kind", KINDS))
    prefix = section.text("prefix", "")
    columns = _family(section, prefix) if prefix else section.texts("columns")
    if prefix and section.has("columns"):
        section.note("columns", "say the columns of replicates by name or by prefix, not both.")
    rscales = section.numbers("rscales", ())
    if rscales and len(rscales) != len(columns):
        section.note(
            "rscales", f"{len(rscales):,} rscales for {len(columns):,} columns of replicates."
        )
    has = {key: section.has(key) for key in ("rho", "scale")}
    numbers = {key: section.number(key, 0.0) if has[key] else None for key in has}
    found = Replicates(
        kind=kind,
        columns=columns,
        prefix=prefix,
        rho=numbers["rho"],
        scale=numbers["scale"],
        rscales=rscales,
        mse=section.truth("mse"),
        combined=section.truth("combined", True),
    )
    fault = unsaid(found) if section.data.get("kind") in KINDS else ""
    if fault:
        section.note("kind", fault)
    return found


def _family(section: Section, prefix: str) -> tuple[str, ...]:
    """The columns prefix + number, from `first` on, each of at least so many digits."""
    count = _between(section, "count", 2, MOST_COLUMNS)
    digits, first = section.whole("digits", 1), section.whole("first", 1)
    return family(prefix, count, digits, first)


def family(prefix: str, count: int, digits: int = 1, first: int = 1) -> tuple[str, ...]:
    """The names prefix + number of a family of columns."""
    return tuple(f"{prefix}{number:0{max(digits, 1)}d}" for number in range(first, first + count))


def numbered(pattern: str, names: Sequence[str]) -> tuple[str, ...]:
    """The columns of a file that have a number where the pattern has its *, by that number."""
    before, _, after = pattern.partition("*")
    form = re.compile(rf"{re.escape(before)}(\d+){re.escape(after)}")
    found = [(int(match[1]), name) for name in names if (match := form.fullmatch(name))]
    return tuple(name for _, name in sorted(found))


def refuse_more_of_family(
    said: Replicates | None, names: Sequence[str], used: Sequence[str] = ()
) -> None:
    """Raises BadInput if a file has more columns of the family than declared, and unused."""
    if said is None or not said.prefix:
        return
    ours = {*said.columns, *used}
    more = [
        name
        for name in names
        if name not in ours and name.startswith(said.prefix) and name[len(said.prefix) :].isdigit()
    ]
    if not more:
        return
    shown = ", ".join(more[:MOST_SHOWN]) + (", …" if len(more) > MOST_SHOWN else "")
    raise BadInput(
        f"The file has {len(more):,} more columns {said.prefix}… than the {len(said.columns):,} "
        f"replicate weights declared: {shown}. The scale depends on their number: declare them "
        "all, or name those that are meant one by one (columns)."
    )


def check_replicates(pack: Pack, problems: Problems) -> None:
    """Note what replicate weights of the office cannot say: how waves move together, and stages."""
    said, place = pack.design.replicates, pack.design.place
    if said is None or said.made is not None or place is None:
        return
    for asked, why in (
        (pack.design.wave_psus == "same", 'wave_psus = "same"'),
        (bool(pack.survey.annual), f'annual = "{pack.survey.annual}"'),
    ):
        if asked:
            problems.add(
                place,
                "replicate weights given wave by wave do not say how two waves move together, as "
                f'{why} needs: leave it out, or make replicates of strata and PSUs (made = "jkn").',
            )
    for asked, why in (
        (bool(pack.design.stages), "[[design.stage]]"),
        (pack.design.certainty is not None, "design.certainty"),
    ):
        if asked:
            problems.add(
                place,
                f"{why} would play no part: replicate weights of the office hold all stages of the "
                "draw. Leave it out, or leave [design.replicates] out to count stage by stage.",
            )


def said_replicates(said: Replicates | None) -> dict[str, str]:
    """The columns of an office's replicate weights, the first and the last; {} without any."""
    if said is None or said.made is not None:
        return {}
    return {"replicates": f"{said.columns[0]} … {said.columns[-1]}"}


def error_words(said: Replicates) -> str:
    """How errors are computed, in both languages, as `model.rule` keeps them."""
    about = _about(said)
    if said.made == "jkn":
        return rule(
            Text(
                f"Jackknife, one PSU of a stratum left out at a time (JKn), {about.en}",
                f"Jackknife, dejando fuera una UPM del estrato por vez (JKn), {about.es}",
            )
        )
    if said.made == "bootstrap":
        return rule(
            Text(
                f"Rescaled bootstrap of PSUs, {said.count:,} replicates, seed {said.seed}, "
                f"{about.en}",
                f"Bootstrap reescalado de UPM, {said.count} réplicas, semilla {said.seed}, "
                f"{about.es}",
            )
        )
    name, count = NAMES[said.kind], len(said.columns)
    numbers = ", ".join(_numbers(said))
    more = f", {numbers}" if numbers else ""
    return rule(
        Text(
            f"Replicate weights of the office: {name.en}, {count} replicates{more}, {about.en}",
            f"Pesos replicados de la oficina: {name.es}, {count} réplicas{more}, {about.es}",
        )
    )


def _about(said: Replicates) -> Text:
    if said.mse:
        return Text("squares about the estimate", "cuadrados respecto de la estimación")
    return Text("squares about the replicates' mean", "cuadrados respecto de su media")


def _numbers(said: Replicates) -> Iterator[str]:
    for name in ("rho", "scale"):
        value = getattr(said, name)
        if value is not None:
            yield f"{name} = {value:g}"
