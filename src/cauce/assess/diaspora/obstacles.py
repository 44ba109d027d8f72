"""Why lines of the ledger may not be added."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from cauce.model.contribution import Contribution, Obstacle
from cauce.model.text import Text

FAMILIES: Mapping[str, Text] = {
    "ER": Text("transfers", "transferencias"),
    "EPH": Text("transfers", "transferencias"),
    "EI": Text("investment", "inversión"),
    "ETG": Text("trade in goods", "comercio de bienes"),
    "ETS": Text("trade in services", "comercio de servicios"),
    "ETO": Text("tourism", "turismo"),
    "EEC": Text("compensation of employees", "remuneración de empleados"),
}
"""Where each type stands in a balance of payments; a type not here is a family of its own.

Source: IMF (2009), Balance of Payments and International Investment Position Manual, 6th edition:
current transfers, goods, services, travel, compensation of employees, financial account.
"""


def obstacles(lines: Sequence[Contribution], inside: Mapping[str, str]) -> tuple[Obstacle, ...]:
    """Every reason against adding these lines; none if they may be added.

    `inside` says of every line of the ledger which other it is part of, "" for none.

    A transfer is given for nothing; trade and tourism are paid for with goods and services; an
    investment stays the investor's. Their sum is of nothing unless somebody says what it is of.

    Source: IOM, Contributions and Counting (remittances are one of several kinds); IMF
    (2009), BPM6, for the families; appendix 5 there, remittances that hold compensation inside.
    """
    return (*_always(lines, inside), *_without_a_ground(lines))


def _always(lines: Sequence[Contribution], inside: Mapping[str, str]) -> Iterator[Obstacle]:
    """What no ground lifts."""
    names = tuple(line.id for line in lines)
    if len(lines) > 1:
        yield from _unknown(lines)
    if len({line.unit for line in lines}) > 1:
        units = _listed(lines, lambda line: line.unit)
        yield Obstacle("UNIT", names, Text(f"different units: {units}", f"unidades: {units}"))
    if len({line.year for line in lines}) > 1:
        years = _listed(lines, lambda line: str(line.year))
        words = Text(f"different years: {years}", f"años distintos: {years}")
        yield Obstacle("YEAR", names, words)
    if len({line.way for line in lines}) > 1:
        words = Text(
            "flows to and from the country of origin are not added",
            "los flujos hacia y desde el país de origen no se suman",
        )
        yield Obstacle("WAY", names, words)
    if len({line.valuation == "NM" for line in lines}) > 1:
        words = Text(
            "what is not money is never turned into money",
            "lo que no es dinero nunca se convierte en dinero",
        )
        yield Obstacle("NOT_MONETISED", names, words)
    yield from _inside(lines, inside)
    yield from _same_twice(lines)


def _unknown(lines: Sequence[Contribution]) -> Iterator[Obstacle]:
    """What is not known of a line may be the same as of the others, or not."""
    for en, es, missing in (
        ("year", "el año", [line.id for line in lines if line.year is None]),
        ("unit", "la unidad", [line.id for line in lines if not line.unit]),
        ("direction", "la dirección", [line.id for line in lines if line.way is None]),
    ):
        if missing:
            yield Obstacle("UNKNOWN", tuple(missing), Text(f"unknown: {en}", f"se desconoce: {es}"))


def _inside(lines: Sequence[Contribution], inside: Mapping[str, str]) -> Iterator[Obstacle]:
    """Lines that are part of another of them, directly or through lines that were not chosen."""
    names = {line.id for line in lines}
    for line in lines:
        outer, seen = inside[line.id], set[str]()
        while outer and outer not in seen:
            if outer in names:
                words = Text(
                    f"{line.id} is already inside {outer}", f"{line.id} ya está en {outer}"
                )
                yield Obstacle("INSIDE", (line.id, outer), words)
            seen.add(outer)
            outer = inside[outer]


def _same_twice(lines: Sequence[Contribution]) -> Iterator[Obstacle]:
    """Two estimates of one thing, or of all of it and a part."""
    for at, one in enumerate(lines):
        for other in lines[at + 1 :]:
            same = (one.country, one.type, one.year, one.way) == (
                other.country,
                other.type,
                other.year,
                other.way,
            )
            if same and _overlap(one, other):
                yield Obstacle(
                    "SAME_TWICE",
                    (one.id, other.id),
                    Text(
                        f"{one.id} and {other.id} measure the same thing",
                        f"{one.id} y {other.id} miden lo mismo",
                    ),
                )


def _overlap(one: Contribution, other: Contribution) -> bool:
    """Whether two lines may cover the same: nothing they both state keeps them apart."""
    stated = (
        (one.scope, other.scope),
        (one.residence, other.residence),
        (one.initiative, other.initiative),
    )
    return all(first == second or not (first and second) for first, second in stated)


def _without_a_ground(lines: Sequence[Contribution]) -> Iterator[Obstacle]:
    """What may be done by somebody who says why."""
    names = tuple(line.id for line in lines)
    families = dict.fromkeys(FAMILIES.get(line.type, Text(line.type, line.type)) for line in lines)
    if len(families) > 1:
        words = Text(
            f"of different kinds: {', '.join(f.en for f in families)}",
            f"de distinta naturaleza: {', '.join(f.es for f in families)}",
        )
        yield Obstacle("FAMILY", names, words, lifted_by_ground=True)
    if len({line.valuation for line in lines}) > 1:
        ways = _listed(lines, lambda line: line.valuation)
        words = Text(f"valued in different ways: {ways}", f"valoradas de distinto modo: {ways}")
        yield Obstacle("VALUATION", names, words, lifted_by_ground=True)


def _listed(lines: Sequence[Contribution], of: Callable[[Contribution], str]) -> str:
    return ", ".join(sorted({of(line) for line in lines}))
