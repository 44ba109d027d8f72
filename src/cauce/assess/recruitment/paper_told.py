"""One contract beside its job order, told field by field with the rates that were used."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cauce.assess.recruitment.costs import Money
from cauce.assess.recruitment.substitution import hourly_pay
from cauce.assess.recruitment.substitution_told import FIELDS, NOTE, WORDS
from cauce.assess.telling import DASH, Speaker, cells, counted, listed, on_day, plain, table
from cauce.model.job_order import COMPARED_AS, Compared, FieldCompared, Offer
from cauce.model.judgement import Cell, Judgement, Table, Tone
from cauce.model.recruitment_cost import Rate
from cauce.model.text import Text

TONES: dict[Compared, Tone] = {
    "WORSE": "bad",
    "NOT_COMPARABLE": "none",
    "EQUAL": "done",
    "BETTER": "good",
}
DIFFERS = Text("to be judged", "por juzgar")
WORSE = Text("Worse than was offered: ", "Peor que lo ofrecido: ")
OTHER = Text("Differs, for people to judge: ", "Difiere, lo juzgan las personas: ")
NOTHING_WORSE = Text(
    "In what can be compared, nothing is worse than was offered.",
    "En lo que se puede comparar, nada es peor que lo ofrecido.",
)
HEAD = (
    Text("Field", "Campo"),
    Text("Offered", "Ofrecido"),
    Text("Signed", "Firmado"),
    Text("For the worker", "Para la persona"),
    Text("Why", "Por qué"),
)
RATES_HEAD = (
    Text("One unit of", "Una unidad de"),
    Text("is", "equivale a"),
    Text("From", "Desde"),
    Text("Until", "Hasta"),
    Text("Source", "Fuente"),
)
NO_RATES = Text(
    "Both papers are in one currency, or no rate is declared for their days.",
    "Ambos papeles están en una moneda, o no hay tipo de cambio declarado para sus fechas.",
)


def told_paper(
    title: Text,
    papers: tuple[Offer, Offer],
    compared: Sequence[FieldCompared],
    money: Money,
    speaker: Speaker,
) -> Judgement:
    """A comparison of two papers: what is worse first, then every field, then the rates.

    Source: none, it computes no figure.
    """
    offered, signed = papers
    ordered = sorted(compared, key=lambda one: (not one.differs, COMPARED_AS.index(one.found)))
    rows = [
        cells(
            FIELDS[one.field],
            said(one.field, offered, money, speaker),
            said(one.field, signed, money, speaker),
            _found(one),
            one.because,
        )
        for one in ordered
    ]
    fields = table(Text("Field by field", "Campo por campo"), HEAD, rows)
    return Judgement(title, (*_summed(compared), NOTE), (fields, _rates(papers, money)))


def _summed(compared: Sequence[FieldCompared]) -> Iterator[Text]:
    worse = [FIELDS[one.field] for one in compared if one.found == "WORSE"]
    other = [FIELDS[x.field] for x in compared if x.differs and x.found == "NOT_COMPARABLE"]
    yield _joined(WORSE, worse) if worse else NOTHING_WORSE
    if other:
        yield _joined(OTHER, other)


def _joined(lead: Text, names: Sequence[Text]) -> Text:
    every = listed(names)
    return Text(f"{lead.en}{every.en}.", f"{lead.es}{every.es}.")


def _found(one: FieldCompared) -> Cell:
    judged = one.differs and one.found == "NOT_COMPARABLE"
    return Cell(DIFFERS, "warn") if judged else Cell(WORDS[one.found], TONES[one.found])


def said(field: str, paper: Offer, money: Money, speaker: Speaker) -> Text:
    """What one paper says of a field, pay also as it is compared.

    Source: none; pay by the hour is `substitution.hourly_pay`.
    """
    if field in ("pay_hour", "pay_week"):
        return _pay(field, paper, money, speaker)
    if field == "duration":
        days = (paper.end - paper.start).days if paper.start and paper.end else None
        return DASH if days is None else Text(f"{days:,} days", f"{counted(days).es} días")
    value = getattr(paper, field)
    if value is None or value == "":
        return DASH
    if field in ("start", "end"):
        return on_day(value)
    if field == "overtime":
        return Text(f"× {counted(value).en}", f"× {counted(value).es}")
    if field == "deductions":
        return _money(value, paper.currency or "")
    if field in ("housing", "meals", "transport", "insurance"):
        return speaker.code("CL_PROVIDED", value)
    return counted(value) if isinstance(value, Decimal) else Text(value, value)


def _pay(field: str, paper: Offer, money: Money, speaker: Speaker) -> Text:
    """As it is written, and as it is compared."""
    if paper.pay is None or paper.unit is None:
        return DASH
    hourly = hourly_pay(paper, money)
    amount = hourly if field == "pay_hour" or isinstance(hourly, Text) else _weekly(hourly, paper)
    compared = (
        DASH if amount is None or isinstance(amount, Text) else _money(amount, money.currency)
    )
    if field == "pay_week":
        return compared
    unit, written = speaker.code("CL_PAY_UNIT", paper.unit), _money(paper.pay, paper.currency or "")
    return Text(
        f"{written.en} / {unit.en.lower()} = {compared.en}",
        f"{written.es} / {unit.es.lower()} = {compared.es}",
    )


def _weekly(hourly: Decimal, paper: Offer) -> Decimal | None:
    return None if paper.hours_week is None else hourly * paper.hours_week


def _money(amount: Decimal, currency: str) -> Text:
    number = f"{amount:,.2f}"
    apart = number.replace(",", "\u00a0")
    return Text(f"{number} {currency}".strip(), f"{apart} {currency}".strip())


def _rates(papers: tuple[Offer, Offer], money: Money) -> Table:
    used = [rate for rate in money.rates if any(_of(rate, paper) for paper in papers)]
    rows = [_rate(rate, money.currency) for rate in dict.fromkeys(used)]
    return table(Text("Exchange rates used", "Tipos de cambio usados"), RATES_HEAD, rows, NO_RATES)


def _of(rate: Rate, paper: Offer) -> bool:
    """Whether a rate is that of a paper's currency on its day."""
    on = paper.start
    return on is not None and paper.currency == rate.currency and rate.first <= on <= rate.last


def _rate(rate: Rate, into: str) -> tuple[Cell, ...]:
    value = f"{rate.value:.6g} {into}"
    days = on_day(rate.first), on_day(rate.last)
    return cells(plain(rate.currency), plain(value), *days, plain(rate.source))
