"""Which columns of a file could be which variable of the dictionary, and what is not sure of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cauce.sources.inspection import ColumnSeen

MOSTLY = 0.9
"""The share of respondents a classification must know before it is proposed."""

FEW = 2
"""So many codes more than a variable has may stand for no answer, where none has a label."""

MISSING: Mapping[str, str] = {
    "refused": r"refus|reh[uú]s|no (quiso|quiere) (responder|contestar)",
    "dont_know": r"don.?t know|no sabe|\bns\b",
    "not_stated": r"not stated|no (especific|declar|respond|contest)|ignorad|sin dato|\bnr\b",
    "not_applicable": r"not applicable|no aplica|no corresponde",
}


@dataclass(frozen=True)
class Known:
    """How a coded variable of the dictionary looks: its name or label, and the labels of codes."""

    variable: str
    looks_like: str
    codes: Mapping[str, str]


@dataclass(frozen=True)
class Classified:
    """How a variable looks that survey offices code by an international classification."""

    variable: str
    looks_like: str
    systems: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """That a column is a variable: its code for each source code, and why a person should look.

    A code of `missing` stands for a reason there is no value. Nothing is unsure of a proposal
    without `doubts`.
    """

    variable: str
    codes: Mapping[str, str]
    missing: Mapping[str, str]
    system: str
    doubts: tuple[str, ...]


CODED = (
    Known(
        "SEX",
        r"\bsexo?\b|\bgender\b|\bg[eé]nero\b",
        {
            "M": r"^(hombre|male\b|masculino|var[oó]n|m$)",
            "F": r"^(mujer|female|femenino|f$)",
        },
    ),
    Known(
        "GEO",
        r"\bzona\b|\b[aá]rea\b|urban|rural|[aá]mbito",
        {"URB": r"^urban", "RUR": r"^rural"},
    ),
    Known(
        "STATUS",
        r"condici[oó]n de actividad|condact|activity status|labou?r force status|fuerza de trabajo",
        {
            "EMP": r"^(ocupad|employed|con empleo)",
            "UNE": r"^(desocupad|unemployed|desemplead)",
            "EIP": r"^(inactiv|fuera de|outside|no activ|econ[oó]micamente inactiv)",
        },
    ),
)
COUNTRIES = ("ISO 3166-1 numeric", "ISO 3166-1 alpha-3")
CLASSIFIED = (
    Classified(
        "CBR", r"(pa[ií]s|lugar|place|country).{0,12}(nac|birth)|born|lugnac|\bcob\b", COUNTRIES
    ),
    Classified("CIT", r"nacionalidad|ciudadan[ií]a|citizen|nationality", COUNTRIES),
    Classified("OCU", r"ocupaci|occupation|\bisco|\bciuo", ("ISCO-08",)),
    Classified("ECO", r"rama|actividad econ|industr|\bisic|\bciiu", ("ISIC Rev.4",)),
)
AGE = r"\bedad\b|\bage\b|a[nñ]os cumplidos"


def recognise(columns: Sequence[ColumnSeen]) -> dict[str, tuple[Proposal, ...]]:
    """The proposals for each column by name; the surest column of a variable comes without doubt.

    A second column that looks like the same variable is proposed with a doubt that names the first.
    """
    found = {column.name: proposals(column) for column in columns if not column.note}
    first: dict[str, str] = {}
    for sure in (True, False):
        for name, own in found.items():
            for proposal in own:
                if bool(proposal.doubts) != sure:
                    first.setdefault(proposal.variable, name)
    return {
        name: tuple(_beside(proposal, name, first[proposal.variable]) for proposal in own)
        for name, own in found.items()
        if own
    }


def _beside(proposal: Proposal, column: str, first: str) -> Proposal:
    if column == first:
        return proposal
    doubt = f"column {first} looks like {proposal.variable} too"
    return Proposal(
        proposal.variable,
        proposal.codes,
        proposal.missing,
        proposal.system,
        (*proposal.doubts, doubt),
    )


def proposals(column: ColumnSeen) -> tuple[Proposal, ...]:
    """What one column could be."""
    found = [_coded(column, known) for known in CODED]
    found += [_classified(column, known) for known in CLASSIFIED]
    return tuple(one for one in (*found, _age(column)) if one is not None)


def _named(column: ColumnSeen, looks_like: str) -> bool:
    words = f"{column.name.replace('_', ' ')} {column.label}"
    return re.search(looks_like, words, re.IGNORECASE) is not None


def _coded(column: ColumnSeen, known: Known) -> Proposal | None:
    if not column.codes or not _named(column, known.looks_like):
        return None
    codes, missing, unclear = {}, {}, []
    for seen in column.codes:
        target = _matching(known.codes, seen.label)
        reason = _matching(MISSING, seen.label)
        if target:
            codes[seen.code] = target
        elif reason:
            missing[seen.code] = reason
        else:
            unclear.append(seen.code)
    if column.value_labels and len(set(codes.values())) < len(known.codes):
        return None
    if not column.value_labels and len(column.codes) > len(known.codes) + FEW:
        return None
    doubts = []
    if not column.value_labels:
        doubts.append("the file does not say what its codes mean")
    elif unclear:
        doubts.append(f"nothing is known of {', '.join(unclear)}")
    return Proposal(known.variable, codes, missing, "", tuple(doubts))


def _classified(column: ColumnSeen, known: Classified) -> Proposal | None:
    shares = {name: column.systems.get(name, 0.0) for name in known.systems}
    system = max(shares, key=lambda name: shares[name])
    if shares[system] < MOSTLY or not _named(column, known.looks_like):
        return None
    doubts = ["a classification is recognised by its codes, never proved"]
    if shares[system] < 1:
        doubts.append(f"{1 - shares[system]:.1%} of respondents have a code it does not know")
    return Proposal(known.variable, {}, {}, system, tuple(doubts))


def _age(column: ColumnSeen) -> Proposal | None:
    whole = column.kind == "integer" and column.distinct > 20
    if not whole or not _named(column, AGE):
        return None
    doubt = "codes such as 98 or 999 may stand for no answer: ask the questionnaire"
    return Proposal("AGE", {}, {}, "", (doubt,))


def _matching(patterns: Mapping[str, str], label: str) -> str:
    """The first key whose pattern the label shows, "" if none does."""
    words = label.strip()
    return next(
        (key for key, form in patterns.items() if re.search(form, words, re.IGNORECASE)), ""
    )
