"""From the text that declares a checklist to the checklist; criteria from a licensed copy."""

from collections.abc import Mapping
from dataclasses import replace

from cauce.assess.columns import Sheet, lines, need
from cauce.assess.frames.reading import MARKS, known, once, parse, shared
from cauce.declare.problems import Problems
from cauce.declare.section import Section
from cauce.declare.words import listed
from cauce.model.checklist import MEANINGS, OUTCOMES, AnswerKind, Checklist, Meaning, Outcome
from cauce.model.frame import Item, Part
from cauce.model.pack import Place
from cauce.model.text import Text

COLUMNS = ("criterion", "principle", "en", "es")
ONE = Part("", Text("Answer", "Respuesta"))
"""The one element of a checklist that declares none."""


def parse_checklist(file: str, text: str) -> Checklist:
    """The checklist in a TOML text.

    Raises:
        BadInput: everything that is wrong, each with its line.

    Source: none of its own; each frame names its source.
    """
    return parse(file, text, read_checklist)


def read_checklist(top: Section, text: str) -> Checklist:
    """A checklist from the section that declares it; what is wrong is noted there.

    Source: none, it computes nothing.
    """
    of_all = shared(top, text, [_item(section) for section in top.tables("item")])
    of_all["elements"] = of_all["elements"] or (ONE,)
    frame = Checklist(
        **of_all,
        answers=tuple(_answer(section) for section in top.tables("answer")),
        outcomes=_outcomes(top),
        notice=top.words("notice"),
        basis=top.words("basis"),
    )
    pillars = [one.id for one in frame.pillars]
    elements = [one.id for one in frame.elements]
    items, answers = [one.id for one in frame.items], [one.id for one in frame.answers]
    once(top, [("pillar", pillars), ("element", elements), ("item", items), ("answer", answers)])
    known(frame.items, {"pillar": pillars}, top.origin.problems)
    return frame


def _item(section: Section) -> Item:
    item = Item(
        id=section.text("id"),
        pillar=section.text("pillar"),
        element="",
        question=section.words("question"),
        mark=section.choice("mark", MARKS),
        grave=section.truth("grave", False),
        ask=section.words("ask") if section.has("ask") else None,
        ground=section.words("ground") if section.has("ground") else None,
        place=section.place(),
    )
    section.finish()
    return item


def _answer(section: Section) -> AnswerKind:
    meanings: Mapping[str, Meaning] = {name: name for name in MEANINGS}
    found = AnswerKind(
        section.text("id"),
        section.words("name"),
        meanings[section.choice("means", MEANINGS)],
        section.truth("grave", False),
        section.truth("evidence", False),
        section.choice("mark", MARKS),
    )
    section.finish()
    return found


def _outcomes(top: Section) -> Mapping[Outcome, Text]:
    said = top.table("outcome")
    if said is None:
        return {}
    found = {name: said.words(name.lower()) for name in OUTCOMES}
    said.finish()
    return found


def with_criteria(frame: Checklist, sheet: Sheet, source: str, problems: Problems) -> Checklist:
    """The same checklist with the criteria of a licensed copy in place of its own, all of them.

    A criterion needs its words in one language; the other stands in. `source` is what the copy is
    called. What is wrong is noted at its line.

    Source: none, it computes nothing; the words are the copy's and are kept nowhere.
    """
    if not need(sheet, COLUMNS, problems):
        return frame
    pillars = [one.id for one in frame.pillars]
    items: list[Item] = []
    seen: set[str] = set()
    for line in lines(sheet, problems):
        code, principle = line.required("criterion"), line.code("principle", pillars)
        en, es = line.told("en"), line.told("es")
        if principle is None:
            line.note("principle", f"is empty; it is one of {listed(pillars)}.")
        if not (en or es):
            line.note("en", "is empty, and so is es: write the criterion in one language at least.")
        if code in seen:
            line.note("criterion", f"{code[:30]} stands here twice.")
        seen.add(code)
        items.append(Item(code, principle or "", "", Text(en or es, es or en), mark="L"))
    if not items:
        problems.add(Place(sheet.name, 2), "there are no rows: there is nothing to ask.")
    basis = Text(f"Criteria: {source}.", f"Criterios: {source}.")
    return replace(frame, items=tuple(items), source=source, basis=basis, mark="L")
