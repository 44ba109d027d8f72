"""A survey as its pack declares it: data, no code."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from cauce.model.calibration import Calibration, Nonresponse
from cauce.model.catalogue import Breakdown, Identity, Nesting, Theme
from cauce.model.codelist import Codelist
from cauce.model.design import PsuScope, SinglePsu, Unit
from cauce.model.indicator import Indicator
from cauce.model.missing import Missing
from cauce.model.pair import Pair, WavePsus
from cauce.model.place import Place as Place
from cauce.model.replication import Replicates
from cauce.model.safeguards import NOTHING_MORE, Safeguards, TableRules
from cauce.model.stage_columns import Certainty, StageColumns
from cauce.model.text import Text
from cauce.model.validation import Acceptance, Margin, ValidationRule
from cauce.model.variable import Variable

Format = Literal["csv", "parquet", "dta", "sav", "sas7bdat", "xpt"]

Annual = Literal["", "whole", "partial"]
"""Figures of years from quarters: none, of whole years only, or of what quarters there are."""


@dataclass(frozen=True)
class CsvFormat:
    """How a CSV file is written."""

    delimiter: str = ","
    decimal: str = "."
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Wave:
    """One round of field work: its reference period and the file that holds it.

    `weighted` is what the office says the weights add up to; 0 if the pack does not say. A file
    that comes in `parts` has their names here; a name may be a pattern such as part-*.parquet.
    """

    period: str
    file: str
    member: str
    format: Format
    csv: CsvFormat
    weighted: float = 0.0
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class SurveyInfo:
    """What the survey is, in its office's words. `id` and `area` form the ids of its dataflows."""

    id: str
    area: str
    name: Text
    vintage: str
    population: Text
    licence: str
    source: str
    freq: str
    concepts: dict[str, str]
    invented: bool = False
    confidential: bool = False
    reason: str = ""
    area_name: Text | None = None
    annual: Annual = ""


@dataclass(frozen=True)
class DesignColumns:
    """The columns that say how the sample was drawn; `absent` says why a name is empty.

    `person` are the columns that together name a respondent once, if the pack says so. `wave_psus`
    says whether waves share PSUs; `unit` who answers, a row or a PSU with all of its rows. `stages`
    are those after the first, `certainty` which PSUs were sure to be drawn.
    """

    stratum: str
    psu: str
    weight: str
    fpc: str
    replicates: Replicates | None
    psu_scope: PsuScope
    single_psu: SinglePsu
    absent: dict[str, str]
    place: Place | None = None
    person: tuple[str, ...] = ()
    wave_psus: WavePsus = ""
    unit: Unit = "row"
    stages: tuple[StageColumns, ...] = ()
    certainty: Certainty | None = None


@dataclass(frozen=True)
class Recode:
    """A coded variable or flag from one source column: every source code, and what it becomes."""

    variable: str
    column: str
    codes: dict[str, str]
    missing: dict[str, Missing]
    place: Place
    lines: dict[str, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class Number:
    """A numeric variable from one source column, with the codes that are no numbers."""

    variable: str
    column: str
    missing: dict[str, Missing]
    minimum: float | None
    maximum: float | None
    place: Place


@dataclass(frozen=True)
class Derivation:
    """A variable as an expression over source columns and variables."""

    variable: str
    expression: str
    place: Place


@dataclass(frozen=True)
class Consistency:
    """What must hold between variables, in words too, for all respondents but `at_most`."""

    expression: str
    says: str
    at_most: int
    place: Place


@dataclass(frozen=True)
class TableSpec:
    """A table to estimate: indicators crossed with dimensions, margins included.

    `theme` is that of the catalogue's tables; "" for the theme of the first indicator.
    """

    id: str
    name: Text
    indicators: tuple[str, ...]
    dimensions: tuple[str, ...]
    reliability: str
    place: Place
    theme: str = ""


@dataclass(frozen=True)
class HeadlineSpec:
    """A figure the office published: indicator, codes by dimension, value and its precision.

    `because` explains why ours is another; empty where it is reproduced.
    """

    name: str
    indicator: str
    codes: dict[str, str]
    period: str
    value: float
    tolerance: float
    source: str
    place: Place
    because: str = ""


@dataclass(frozen=True)
class MinRespondents:
    """The smallest number of respondents a published cell may rest on, from a date, on a ground."""

    since: date
    value: int
    ground: str


@dataclass(frozen=True)
class Rules:
    """What the pack says about protection and reliability.

    Dominance: the largest `dominance_n` contributors may hold at most `dominance_k` percent.
    `limits` are the limits a and b of the profile eurostat_lfs, in people; no other profile asks.
    `unit` says whom the minimum counts: the rows of a cell, or the PSUs, where these answer.
    `tables` are the further rules as declared, `own` those that hold for the dataflow at hand.
    """

    reliability: str
    min_respondents: tuple[MinRespondents, ...]
    dominance_n: int
    dominance_k: float
    dominance_ground: str
    limits: tuple[float, float] | None = None
    unit: Unit = "row"
    tables: tuple[TableRules, ...] = ()
    own: Safeguards = NOTHING_MORE


@dataclass(frozen=True)
class Dictionary:
    """The region's common words: variables, code lists, indicators, validation rules, by their id.

    `places` says where each is written: "variable.SEX", "codelist.CL_SEX", "indicator.POP" and,
    for the expressions of an indicator, "indicator.POP.universe".
    """

    variables: dict[str, Variable]
    codelists: dict[str, Codelist]
    indicators: dict[str, Indicator]
    places: dict[str, Place] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    breakdowns: dict[str, Breakdown] = field(default_factory=dict)
    identities: list[Identity] = field(default_factory=list)
    nestings: list[Nesting] = field(default_factory=list)
    rules: dict[str, ValidationRule] = field(default_factory=dict)
    pairs: dict[str, Pair] = field(default_factory=dict)


@dataclass(frozen=True)
class Pack:
    """Everything a pack declares, checked for shape; `sha256` is of all its files.

    `catalogue` names the indicators, breakdowns and themes the pack asks for ("all": what it can
    give); the tables they make stand in `tables`, after those the pack writes out. `questions` are
    the words of the questionnaire by column, where a pack has them. `calibration` and `nonresponse`
    say how the weights of the file are raised, None if they are final.
    """

    survey: SurveyInfo
    waves: tuple[Wave, ...]
    design: DesignColumns
    recodes: tuple[Recode, ...]
    numbers: tuple[Number, ...]
    derivations: tuple[Derivation, ...]
    tables: tuple[TableSpec, ...]
    headlines: tuple[HeadlineSpec, ...]
    rules: Rules
    dictionary: Dictionary
    sha256: str
    consistent: tuple[Consistency, ...] = ()
    catalogue: tuple[str, ...] = ()
    margins: tuple[Margin, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    questions: dict[str, Text] = field(default_factory=dict)
    calibration: Calibration | None = None
    nonresponse: Nonresponse | None = None
