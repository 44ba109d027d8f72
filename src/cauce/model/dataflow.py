"""What a table is broken down by, and what holds for all of its numbers."""

from dataclasses import dataclass, field

from cauce.model.catalogue import Theme
from cauce.model.codelist import Code
from cauce.model.foreign import Foreign
from cauce.model.indicator import Indicator
from cauce.model.pair import Pair, WavePsus
from cauce.model.text import Text

AGENCY = "CAUCE"
CENSUS = "CENSUS"
"""The `var_method` of a source that samples nobody."""
ADMITTED = "ADMITTED"
"""The `var_method` of another producer's numbers, which come without an error."""

WAITING = "Kaplan–Meier; Brookmeyer–Crowley, log-log || Kaplan–Meier; Brookmeyer–Crowley, log-log"
"""The `var_method` of medians of waits: everybody counts, and some still wait."""
BESIDE = "A count over an estimate: delta method || Un conteo sobre una estimación: método delta"
"""The `var_method` of counts set beside a survey: the error is that of the survey."""
PROJECTED = (
    "Derived from released numbers; 80 % interval of the draws || "
    "Derivado de cifras publicadas; intervalo de 80 % de los sorteos"
)
"""The `var_method` of forecasts and scenarios: the interval is of the draws, and holds 80 %."""
NOT_SAMPLED = (CENSUS, ADMITTED, WAITING, BESIDE, PROJECTED)
"""Those without a design: no difference of two numbers is tested."""


@dataclass(frozen=True)
class Dimension:
    """One dimension with every code its column may hold, `_T`, `_U` and `_Z` included.

    `additive` says that `_T` is the sum of all other codes. `groups` are the codes above them, as
    their `parent` says, that are not in the column themselves: they order what there is.
    """

    id: str
    name: Text
    codes: tuple[Code, ...]
    codelist: str
    additive: bool = False
    groups: tuple[Code, ...] = ()


@dataclass(frozen=True)
class Method:
    """How the numbers of a dataflow came about; the same for all of them.

    `columns` of the file by what they say of the sample: stratum, psu, weight; `absent` says why
    one is missing. Words in both languages stand in one string, as `model.rule` keeps them.
    `protection` is how counts are told where they are not exact; "" where cells are suppressed.
    """

    var_method: str
    single_psu: str
    psu_scope: str
    fpc: str
    reliability_profile: str
    rule_version: str
    icls: str = ""
    isco: str = ""
    isic: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    protection: str = ""


@dataclass(frozen=True)
class Source:
    """Where the numbers of a dataflow come from, in the words the office uses.

    `open_licence` is False where no licence is stated or commercial use is not free: the numbers
    are shown, and not given away in bulk.
    """

    survey: str
    area: str
    name: Text
    population: Text
    licence: str
    citation: str
    invented: bool
    open_licence: bool = True


@dataclass(frozen=True)
class Dataflow:
    """A published table: FREQ, REF_AREA, INDICATOR, its own dimensions, TIME_PERIOD, in order.

    `pairs` are the codes whose numbers are compared; `wave_psus` says whether waves share PSUs.
    `theme` is the section of the catalogue it is listed under, None if it belongs to none.
    `foreign` says how another agency's structure has it; `id` is then what we keep it under, and
    dimensions it lacks of the first three stand there with one code. `by_agency` says that it is
    told as that agency has it: the dimensions of its key alone, and its own attributes.
    """

    id: str
    version: str
    name: Text
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    source: Source
    method: Method
    pairs: tuple[Pair, ...] = ()
    wave_psus: WavePsus = ""
    theme: Theme | None = None
    foreign: Foreign | None = None
    by_agency: bool = False
