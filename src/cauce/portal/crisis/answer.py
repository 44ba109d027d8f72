"""The answer of a crisis in sentences: who works there, in what, whom to call, who can help."""

from cauce.portal.crisis.numbers import Numbers, Range

MOST = 2
"""Industries that are named: those where most of the migrants, or else of the workers, are."""


def answer(numbers: Numbers, offices: int, nationalities: int) -> str:
    """What is known, each part in a sentence; "" of a slow hazard, which counts nobody.

    Args:
        offices: nationalities of which the directory names an office, of so many `nationalities`.
    """
    words, one = numbers.words, numbers.crisis
    codes = numbers.codes("WORKERS", numbers.own("WORKERS", 2))
    migrants = {numbers.own("WORKERS", 2): codes[-1][0]} if len(codes) == 2 else {}
    exposed = _there(numbers)
    if not exposed.told:
        return ""
    among = _there(numbers, **migrants) if migrants else None
    told = [
        words("crisis_answer_who", count=exposed.told, span=exposed.span),
        words("crisis_answer_migrants", count=among.told, span=among.span)
        if among and among.told
        else words("crisis_answer_no_migrants"),
        _in_what(numbers, migrants),
        words("crisis_answer_call", named=offices, all=nationalities) if nationalities else "",
        words("crisis_answer_trained", count=len(one.capacities))
        if one.capacities
        else words("crisis_answer_untrained"),
    ]
    return " ".join(filter(None, told))


def _there(numbers: Numbers, **codes: str) -> Range:
    month = f"M{numbers.crisis.month[5:]}"
    return numbers.range("WORKERS", "CRS_EXPOSED", MONTH=month, **codes)


def _in_what(numbers: Numbers, among: dict[str, str]) -> str:
    """The industries where most of them are."""
    sector = numbers.own("WORKERS", 1)
    if not sector:
        return ""
    found = [
        (name, _there(numbers, **{sector: code}, **among))
        for code, name in numbers.codes("WORKERS", sector)
    ]
    most = sorted(
        ((name, here) for name, here in found if here.told), key=lambda each: -(each[1].raw or 0)
    )
    listed = "; ".join(f"{name}, {here.told}" for name, here in most[:MOST])
    key = "crisis_answer_in_migrants" if among else "crisis_answer_in"
    return numbers.words(key, sectors=listed) if listed else ""
