"""The ledger of a country's diaspora as it is shown: what was added, what was not, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cauce.assess.diaspora.samples import MARKS, sample_warning
from cauce.assess.telling import (
    DASH,
    MEANT,
    NOT_KNOWN,
    Speaker,
    cells,
    counted,
    listed,
    plain,
    table,
    year,
)
from cauce.model.contribution import Contribution, CountryLedger, Sampling, Sum
from cauce.model.judgement import Cell, Judgement, Table
from cauce.model.text import Text

REGISTER = "diaspora_contributions"
BESIDE = Text(
    "Figures of several countries stand beside the ledger and are in no sum: how much of them is "
    "of this country is not known.",
    "Las cifras de varios países están al lado del libro y en ninguna suma: no se sabe cuánto de "
    "ellas es de este país.",
)
INSIDE = Text(
    "Lines that are part of another are in no sum of their own.",
    "Las líneas que son parte de otra no entran en otra suma.",
)
NOTED = Text("see the note on its sample", "vea la nota sobre su muestra")
TYPE = Text("Type", "Tipo")
YEAR = Text("Year", "Año")
AMOUNT = Text("Amount", "Monto")
LINES = Text("Lines", "Líneas")


def told_ledger(ledger: CountryLedger, speaker: Speaker) -> Judgement:
    """The lines, the sums, what is not money, and what stands beside.

    Source: docs/explanation/judging.md, "Diasporas".
    """
    country = speaker.country(ledger.country)
    teller = _Teller(ledger, speaker)
    return Judgement(
        title=Text(
            f"What the diaspora of {country.en} contributes",
            f"Lo que aporta la diáspora de {country.es}",
        ),
        warnings=tuple(_warnings(ledger)),
        notes=tuple(_notes(ledger)),
        tables=(
            teller.sums(Text("Money", "Dinero"), ledger.ledger.money),
            teller.sums(Text("Not money", "Lo que no es dinero"), ledger.ledger.other),
            teller.lines(Text("Line by line", "Línea por línea"), ledger.lines),
            teller.lines(Text("Several countries together", "Varios países juntos"), ledger.region),
            teller.shares(),
        ),
    )


def _warnings(ledger: CountryLedger) -> Iterator[Text]:
    """What the samples behind the figures cannot say, each once."""
    samples = [line.sampling for line in (*ledger.lines, *ledger.region)]
    samples += [share.sampling for share in ledger.shares]
    yield from dict.fromkeys(w for each in samples if (w := sample_warning(each)))


def _notes(ledger: CountryLedger) -> Iterator[Text]:
    if ledger.region:
        yield BESIDE
    if ledger.ledger.within:
        yield INSIDE
    for number, doubt in ledger.doubts.items():
        yield Text(f"Line {number}: {doubt.words.en}", f"Línea {number}: {doubt.words.es}")


def _sampled(said: Text, sampling: Sampling) -> Cell:
    """What is said of a figure, with what its sample is not."""
    mark = MARKS.get(sampling)
    return Cell(said) if mark is None else Cell(_with(said, mark), "warn")


def _with(said: Text, more: Text) -> Text:
    return Text(f"{said.en}, {more.en}", f"{said.es}, {more.es}")


@dataclass(frozen=True)
class _Teller:
    ledger: CountryLedger
    speaker: Speaker

    def sums(self, name: Text, sums: Sequence[Sum]) -> Table:
        by_id = {line.id: line for line in self.ledger.lines}
        rows = []
        for each in sums:
            first = by_id[each.lines[0]]
            rows.append(
                cells(
                    self.speaker.code("CL_CONTRIBUTION", first.type),
                    self._way(first),
                    year(first.year),
                    self._total(each, first),
                    self._confidence(each),
                    plain(", ".join(each.lines)),
                    listed([one.words for one in each.obstacles], "; "),
                )
            )
        head = [
            TYPE,
            Text("Direction", "Dirección"),
            YEAR,
            Text("Sum", "Suma"),
            Text("Confidence", "Confianza"),
            LINES,
            Text("Why not added", "Por qué no se suma"),
        ]
        return table(name, head, rows)

    def _way(self, line: Contribution) -> Text:
        return self.speaker.code("CL_FLOW_DIRECTION", line.way) if line.way else NOT_KNOWN

    def _total(self, each: Sum, first: Contribution) -> Cell:
        if each.obstacles:
            return Cell(Text("not added", "no se suma"), "warn")
        unit = self._unit(first)
        amount = counted(each.amount)
        least = MEANT["AT_LEAST"] if each.at_least and each.amount is not None else MEANT["EXACT"]
        said = Text(f"{least.en}{amount.en} {unit.en}", f"{least.es}{amount.es} {unit.es}")
        return Cell(_with(said, NOTED), "warn") if each.warnings else Cell(said, "good")

    def _unit(self, line: Contribution) -> Text:
        if not line.unit:
            return Text("(unit not known)", "(no se conoce la unidad)")
        if line.valuation == "NM":
            return self.speaker.code("CL_QUANTITY_UNIT", line.unit)
        return Text(line.unit, line.unit)

    def _confidence(self, each: Sum) -> Text:
        return self._class(each.confidence)

    def _class(self, confidence: str | None) -> Text:
        return self.speaker.code("CL_CONFIDENCE", confidence) if confidence else DASH

    def lines(self, name: Text, lines: Sequence[Contribution]) -> Table:
        rows = []
        for line in lines:
            amount, unit = counted(line.amount), self._unit(line)
            rows.append(
                cells(
                    Cell(Text(line.id, line.id), "", REGISTER, self.ledger.keys[line.id]),
                    self.speaker.code("CL_CONTRIBUTION", line.type),
                    year(line.year),
                    Text(f"{amount.en} {unit.en}", f"{amount.es} {unit.es}"),
                    self._valuation(line),
                    self._class(line.confidence),
                    self._covers(line),
                    plain(line.source),
                )
            )
        head = [
            Text("No.", "N.º"),
            TYPE,
            YEAR,
            AMOUNT,
            Text("How it was valued", "Cómo se valoró"),
            Text("Confidence", "Confianza"),
            Text("Covers", "Abarca"),
            Text("Source", "Fuente"),
        ]
        return table(name, head, rows)

    def _valuation(self, line: Contribution) -> Cell:
        found = line.valuation
        said = self.speaker.code("CL_VALUATION", found) if found else NOT_KNOWN
        return _sampled(said, line.sampling)

    def _covers(self, line: Contribution) -> Text:
        """Which part of its type a line is of."""
        parts = [Text(line.scope, line.scope)] if line.scope else []
        if line.residence:
            parts.append(self.speaker.country(line.residence))
        if line.initiative:
            parts.append(self.speaker.record("diaspora_initiatives", line.initiative).said)
        if line.inside:
            parts.append(Text(f"part of {line.inside}", f"parte de {line.inside}"))
        if "+" in line.country:
            parts.append(self.speaker.countries(line.country.split("+")))
        return listed(parts) if parts else Text("all of it", "todo")

    def shares(self) -> Table:
        rows = []
        for one in self.ledger.shares:
            meant = MEANT[one.bound]
            percent = counted(one.percent)
            rows.append(
                cells(
                    Cell(
                        self.speaker.code("CL_CONTRIBUTION", one.type),
                        register=REGISTER,
                        key=one.id,
                    ),
                    year(one.year),
                    _sampled(
                        Text(f"{meant.en}{percent.en}%", f"{meant.es}{percent.es}\u00a0%"),
                        one.sampling,
                    ),
                    plain(one.source),
                )
            )
        head = [TYPE, YEAR, Text("Share of GDP", "Parte del PIB"), Text("Source", "Fuente")]
        return table(Text("As a share of GDP", "Como parte del PIB"), head, rows)
