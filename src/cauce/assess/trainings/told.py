"""An edition of a course as it is shown: counts first, people by token for who may see them."""

from collections import Counter
from collections.abc import Iterator

from cauce.assess.dates import day_words
from cauce.assess.telling import DASH, Speaker, cells, counted, plain, share, table, truth
from cauce.model.judgement import Cell, Judgement, Table
from cauce.model.text import Text
from cauce.model.training import EditionReport, Roster
from cauce.model.truth import TRUTHS, Truth

NO_ROSTER = Text(
    "The day the edition ended is not known, so nobody can tell who is still in post.",
    "No se conoce el día en que terminó la edición: no puede saberse quién sigue en el puesto.",
)
CAUSE = Text(
    "A gain cannot tell whether the course was its cause.",
    "Una ganancia no dice si el curso fue la causa.",
)
NUMBER = Text("How many", "Cuántas personas")
NO_INSTITUTION = Text("No institution known", "Sin institución conocida")


def told_edition(report: EditionReport, speaker: Speaker, people: bool) -> Judgement:
    """Completion, gain, reach and roster; `people` by token only for who may see them.

    Source: docs/explanation/judging.md, "Trainings".
    """
    tables = [_completion(report), _gain(report), _cascade(report)]
    if report.roster is not None:
        tables.append(_posts(report.roster, speaker))
    if people:
        tables.append(_people(report, speaker))
    return Judgement(report.title, tuple(_notes(report)), tuple(tables))


def _notes(report: EditionReport) -> Iterator[Text]:
    on = day_words(report.on)
    yield Text(f"As of {on.en}.", f"Al {on.es}.")
    entered, reported = counted(report.registered), counted(report.reported)
    yield Text(
        f"Participants reported by the source: {reported.en}; entered one by one: {entered.en}. "
        "Neither is forced to the other.",
        f"Participantes según la fuente: {reported.es}; registrados uno por uno: {entered.es}. "
        "Ninguna cifra se ajusta a la otra.",
    )
    if report.differ:
        number = counted(report.differ)
        yield Text(
            f"Of {number.en}, what was written down differs from the course's rule.",
            f"En {number.es} casos, lo anotado difiere de la regla del curso.",
        )
    if report.gain.mean is not None:
        yield CAUSE
    if report.roster is None:
        yield NO_ROSTER


def _completion(report: EditionReport) -> Table:
    found = Counter(one.truth for one in report.completions)
    ground = (
        Text("by the course's rule", "según la regla del curso")
        if report.by_rule
        else Text("as written down", "según lo anotado")
    )
    rows = [cells(truth(value), counted(found[value])) for value in Truth if found[value]]
    name = Text(f"Completed, {ground.en}", f"Aprobaron, {ground.es}")
    return table(name, [Text("Completed", "Aprobó"), NUMBER], rows)


def _gain(report: EditionReport) -> Table:
    gain = report.gain
    rows = [
        cells(Text("With both scores", "Con ambas notas"), counted(gain.both)),
        cells(Text("Mean before", "Media antes"), counted(gain.mean_pre)),
        cells(Text("Mean afterwards", "Media después"), counted(gain.mean_post)),
        cells(Text("Mean gain", "Ganancia media"), counted(gain.mean)),
        cells(Text("Standard deviation of the gain", "Desviación estándar"), counted(gain.sd)),
        cells(Text("Improved", "Mejoraron"), share(gain.improved)),
    ]
    head = [Text("Scores", "Notas"), Text("Value", "Valor")]
    if gain.because is not None:
        return table(Text("What they gained", "Qué ganaron"), head, (), gain.because)
    return table(Text("What they gained", "Qué ganaron"), head, rows)


def _cascade(report: EditionReport) -> Table:
    found = report.cascade
    low, high = counted(found.low), counted(found.high)
    reach = low if low == high else Text(f"{low.en} to {high.en}", f"{low.es} a {high.es}")
    rows = [
        cells(Text(f"Generation {at}", f"Generación {at}"), counted(number))
        for at, number in enumerate(found.generations, 1)
    ]
    rows += [
        cells(Text("Known by number only", "Solo se sabe cuántas"), counted(found.uncounted)),
        cells(Text("Met more than once", "Más de una vez"), counted(found.again)),
        cells(Text("Reached in all", "Alcance total"), reach),
    ]
    head = [Text("Whom it reached", "A quiénes llegó"), NUMBER]
    return table(Text("Cascade", "Réplicas"), head, rows)


def _posts(roster: Roster, speaker: Speaker) -> Table:
    head = [Text("Institution", "Institución"), *(TRUTHS[value] for value in Truth)]
    rows = [
        (_institution(speaker, name), *(Cell(counted(counts[value])) for value in Truth))
        for name, counts in roster.institutions.items()
    ]
    due = sum(1 for person in roster.people if person.refresher_due is Truth.YES)
    rows.append(
        cells(
            Text("Refresher due", "Les toca actualización"),
            counted(due),
            counted(len(roster.people) - due),
            counted(0),
        )
    )
    name = Text(
        "Still in post, of those who completed", "Siguen en el puesto, de quienes aprobaron"
    )
    return table(name, head, rows)


def _institution(speaker: Speaker, name: str) -> Cell:
    return speaker.record("institutions", name) if name else Cell(NO_INSTITUTION)


def _people(report: EditionReport, speaker: Speaker) -> Table:
    posts = {person.token: person for person in report.roster.people} if report.roster else {}
    rows = []
    for one in report.completions:
        post = posts.get(one.token)
        rows.append(
            cells(
                plain(one.token),
                truth(one.truth),
                one.because,
                _institution(speaker, post.institution) if post else plain(""),
                truth(post.in_post) if post else plain(""),
                TRUTHS[post.refresher_due] if post else DASH,
            )
        )
    head = [
        Text("Code", "Código"),
        Text("Completed", "Aprobó"),
        Text("Why", "Por qué"),
        Text("Institution", "Institución"),
        Text("In post", "En el puesto"),
        Text("Refresher due", "Le toca actualización"),
    ]
    return table(Text("Roster", "Nómina"), head, rows)
