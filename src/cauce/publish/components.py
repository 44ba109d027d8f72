"""The attributes every data structure of ours has, and the concepts behind them."""

from dataclasses import dataclass
from typing import Literal

from cauce.model.codelist import Code
from cauce.model.dataflow import PROJECTED, Dataflow
from cauce.model.foreign import ForeignAttribute
from cauce.model.text import Text

Level = Literal["dataset", "indicator", "series", "observation"]
Kind = Literal["number", "count", "code", "text", "flag"]

TIME = "TIME_PERIOD"
INDICATOR = "INDICATOR"
VALUE = "OBS_VALUE"
VALUE_NAME = Text("Observation value", "Valor observado")

DATA_TYPE: dict[Kind, str] = {
    "number": "Double",
    "count": "Integer",
    "code": "String",
    "text": "String",
    "flag": "Boolean",
}
"""The SDMX data type of what is not coded."""


@dataclass(frozen=True)
class Attribute:
    """An attribute: what it is attached to, what its values are, and its codelist if coded.

    `field` names the column of `Observations` it comes from, if it is attached to observations.
    Another agency's attribute brings the words of its `codes` and its own `data_type`; at the level
    series it depends on `dimensions`.
    """

    id: str
    name: Text
    level: Level
    kind: Kind
    codelist: str = ""
    field: str = ""
    codes: tuple[Code, ...] = ()
    data_type: str = ""
    dimensions: tuple[str, ...] = ()


def _of_observation(id_: str, en: str, es: str, kind: Kind, field: str) -> Attribute:
    return Attribute(id_, Text(en, es), "observation", kind, field=field)


def _of_dataset(id_: str, en: str, es: str, kind: Kind = "text") -> Attribute:
    return Attribute(id_, Text(en, es), "dataset", kind)


_NUMBERS = (
    _of_observation("SE", "Standard error", "Error estándar", "number", "se"),
    _of_observation("CV", "Coefficient of variation", "Coeficiente de variación", "number", "cv"),
    _of_observation(
        "CI_LOW",
        "Lower bound of the interval of 95 %, of a forecast 80 %",
        "Límite inferior del intervalo de 95 %; de un pronóstico, de 80 %",
        "number",
        "ci_low",
    ),
    _of_observation(
        "CI_HIGH",
        "Upper bound of the interval of 95 %, of a forecast 80 %",
        "Límite superior del intervalo de 95 %; de un pronóstico, de 80 %",
        "number",
        "ci_high",
    ),
    _of_observation(
        "N_UNW", "Respondents, unweighted", "Personas entrevistadas, sin ponderar", "count", "n"
    ),
    _of_observation(
        "N_CASES",
        "Respondents with the attribute, unweighted",
        "Personas con el atributo, sin ponderar",
        "count",
        "cases",
    ),
    _of_observation(
        "N_MISSING",
        "Respondents who did not answer",
        "Personas que no respondieron",
        "count",
        "missing",
    ),
    _of_observation("ESS", "Effective sample size", "Tamaño de muestra efectivo", "number", "ess"),
    _of_observation("DEFF", "Design effect", "Efecto de diseño", "number", "deff"),
    _of_observation("DF", "Degrees of freedom", "Grados de libertad", "count", "df"),
    _of_observation(
        "N_PSU", "Primary sampling units", "Unidades primarias de muestreo", "count", "psus"
    ),
    _of_observation("N_STRATA", "Strata", "Estratos", "count", "strata"),
)

_VERDICTS = (
    Attribute(
        "OBS_STATUS",
        Text("Observation status", "Estado de la observación"),
        "observation",
        "code",
        "CL_OBS_STATUS",
        "obs_status",
    ),
    Attribute(
        "CONF_STATUS",
        Text("Confidentiality status", "Estado de confidencialidad"),
        "observation",
        "code",
        "CL_CONF_STATUS",
        "conf_status",
    ),
    Attribute(
        "RELIABILITY",
        Text("Reliability", "Fiabilidad"),
        "observation",
        "code",
        "CL_RELIABILITY",
        "reliability",
    ),
    _of_observation(
        "RULE",
        "Rule that gave the verdicts",
        "Regla que dio los veredictos",
        "text",
        "rule",
    ),
)

_UNITS = (
    Attribute(
        "UNIT_MEASURE",
        Text("Unit of measure", "Unidad de medida"),
        "indicator",
        "code",
        "CL_UNIT",
    ),
    Attribute("UNIT_MULT", Text("Unit multiplier", "Multiplicador"), "indicator", "count"),
    Attribute("DECIMALS", Text("Decimals", "Decimales"), "indicator", "count"),
    Attribute("AGE_BOUNDS", Text("Age bounds", "Límites de edad"), "indicator", "text"),
    Attribute(
        "MIGRANT_CRITERION",
        Text("Criterion for migrants", "Criterio de migrante"),
        "indicator",
        "text",
    ),
)

_METHOD = (
    _of_dataset("VAR_METHOD", "Variance estimation", "Estimación de la varianza"),
    _of_dataset("SINGLE_PSU_POLICY", "Strata with one PSU", "Estratos con una sola UPM"),
    _of_dataset("PSU_SCOPE", "Scope of PSU labels", "Alcance de las etiquetas de UPM"),
    _of_dataset("FPC", "Finite population correction", "Corrección por población finita"),
    _of_dataset("RELIABILITY_PROFILE", "Reliability profile", "Perfil de fiabilidad"),
    _of_dataset("RULE_VERSION", "Version of the rules", "Versión de las reglas"),
    _of_dataset("PROTECTION", "How confidentiality is kept", "Cómo se guarda la confidencialidad"),
    _of_dataset("ICLS", "Resolution of the ICLS followed", "Resolución de la CIET seguida"),
    _of_dataset("ISCO", "Version of ISCO", "Versión de la CIUO"),
    _of_dataset("ISIC", "Version of ISIC", "Versión de la CIIU"),
    _of_dataset(
        "LINKED_TABLES_AUDITED",
        "Linked tables audited together",
        "Tablas vinculadas auditadas en conjunto",
        "flag",
    ),
    _of_dataset("INVENTED_DATA", "Invented data", "Datos inventados", "flag"),
)

ATTRIBUTES: tuple[Attribute, ...] = _NUMBERS + _VERDICTS + _UNITS + _METHOD
"""All attributes, in the order of the data structure."""


def attributes_of(flow: Dataflow) -> tuple[Attribute, ...]:
    """The attributes of a dataflow, in the order of its data structure."""
    if flow.foreign is None or not flow.by_agency:
        return ATTRIBUTES
    return tuple(map(_foreign, flow.foreign.attributes))


def worded(flow: Dataflow) -> tuple[Attribute, ...]:
    """The attributes of a dataflow whose words a verdict has, in their order.

    Ours are status, confidentiality, reliability, rule; of another agency's dataflow all are.
    """
    return attributes_of(flow) if flow.foreign and flow.by_agency else WORDED


WORDED = tuple(a for a in ATTRIBUTES if a.level == "observation" and a.kind in ("code", "text"))
"""Our attributes of an observation that are words."""


def _foreign(attribute: ForeignAttribute) -> Attribute:
    return Attribute(
        attribute.id,
        attribute.name,
        attribute.level,
        "text" if attribute.type else "code",
        codes=attribute.codes,
        data_type=attribute.type,
        dimensions=attribute.dimensions,
    )


def interval_percent(flow: Dataflow) -> int:
    """How many per cent the intervals of a dataflow hold: forecasts tell 80, all others 95."""
    return 80 if flow.method.var_method == PROJECTED else 95
