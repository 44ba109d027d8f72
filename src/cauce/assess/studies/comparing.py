"""Whether two estimates may be compared."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from cauce.model.study import Comparison, Study
from cauce.model.text import Text
from cauce.model.truth import Truth

UNKNOWN = Text("?", "?")


def compare(first: Study, second: Study) -> Comparison:
    """Whether two estimates are of the same thing, and every reason why they are not.

    They are if area, measure, unit, sectors and horizon are the same: then they differ by method,
    which is a caution and what makes the comparison worth while. Where one of these is unknown of
    a study nothing can be told, unless another already forbids it. One that only retells the other
    is no second estimate.

    Source: European Statistical System (2020), Handbook for Quality and Metadata Reports, concept
    S.15, coherence and comparability.
    """
    reasons, unknown = tuple(_reasons(first, second)), tuple(_unknown(first, second))
    open_or_yes = Truth.CANNOT_TELL if unknown else Truth.YES
    comparable = Truth.NO if reasons else open_or_yes
    difference = None
    if comparable is Truth.YES and first.value is not None and second.value is not None:
        difference = second.value - first.value
    return Comparison(
        first.id,
        second.id,
        comparable,
        (*reasons, *unknown),
        tuple(_cautions(first, second)),
        difference,
    )


def side_by_side(studies: Sequence[Study]) -> tuple[Comparison, ...]:
    """Every two of the studies compared, in their order.

    Source: as `compare`.
    """
    return tuple(compare(one, other) for one, other in combinations(studies, 2))


def _reasons(one: Study, other: Study) -> Iterator[Text]:
    if one.id == other.retells or other.id == one.retells:
        yield Text("one only retells the other", "uno solo repite al otro")
    yield from _differ("areas", "áreas", _plain(one.area), _plain(other.area))
    yield from _differ("measures", "mediciones", one.measure, other.measure)
    yield from _differ("units", "unidades", one.unit, other.unit)
    yield from _differ("sectors", "sectores", _sectors(one), _sectors(other))
    ends = zip(one.horizon, other.horizon, strict=True)
    if any(None not in (mine, theirs) and mine != theirs for mine, theirs in ends):
        yield from _differ("horizons", "horizontes", _horizon(one), _horizon(other))


def _differ(en: str, es: str, one: Text | None, other: Text | None) -> Iterator[Text]:
    """A reason if both are known and not the same."""
    if one and other and one != other:
        yield Text(f"different {en}: {one.en} and {other.en}", f"{es}: {one.es} y {other.es}")


def _unknown(one: Study, other: Study) -> Iterator[Text]:
    for en, es, values in (
        ("area", "el área", (one.area, other.area)),
        ("measure", "la medición", (one.measure, other.measure)),
        ("unit", "la unidad", (one.unit, other.unit)),
        ("sectors", "los sectores", (one.sectors, other.sectors)),
        ("horizon", "el horizonte", (None not in one.horizon, None not in other.horizon)),
    ):
        if not all(values):
            yield Text(f"unknown: {en}", f"se desconoce: {es}")


def _plain(said: str) -> Text | None:
    return Text(said, said) if said else None


def _sectors(study: Study) -> Text | None:
    names = sorted(study.sectors, key=lambda sector: sector.en)
    if not names:
        return None
    return Text(" + ".join(name.en for name in names), " + ".join(name.es for name in names))


def _horizon(study: Study) -> Text:
    said = "–".join("?" if year is None else str(year) for year in study.horizon)
    return Text(said, said)


def _cautions(one: Study, other: Study) -> Iterator[Text]:
    if one.method != other.method:
        mine, theirs = one.method or UNKNOWN, other.method or UNKNOWN
        yield Text(f"different methods: {mine.en}; {theirs.en}", f"métodos: {mine.es}; {theirs.es}")
    for study in (one, other):
        if study.warning is not None:
            yield study.warning
        if study.bound in ("AT_LEAST", "AT_MOST"):
            said = (
                Text("at least", "al menos")
                if study.bound == "AT_LEAST"
                else Text("at most", "a lo más")
            )
            yield Text(f"{study.title.en} says {said.en}", f"{study.title.es} dice {said.es}")
