"""The codelists no pack declares: status codes, verdicts and units."""

from cauce.model.codelist import Code, Codelist
from cauce.model.observation import ConfStatus, ObsStatus, Reliability
from cauce.model.text import Text

OBS_STATUS = Codelist(
    "CL_OBS_STATUS",
    Text("Observation status", "Estado de la observación"),
    (
        Code(ObsStatus.NORMAL, Text("Normal value", "Valor normal")),
        Code(ObsStatus.LOW_RELIABILITY, Text("Low reliability", "Baja fiabilidad")),
        Code(ObsStatus.SUPPRESSED, Text("Missing value; suppressed", "Valor ausente; suprimido")),
        Code(ObsStatus.BREAK, Text("Time series break", "Ruptura de la serie")),
        Code(ObsStatus.FORECAST, Text("Forecast value", "Valor pronosticado")),
        Code(
            ObsStatus.NOT_POSSIBLE,
            Text("Missing value; data cannot exist", "Valor ausente; el dato no puede existir"),
        ),
        Code(ObsStatus.DIFFERENT, Text("Definition differs", "Definición distinta")),
        Code(ObsStatus.ESTIMATED, Text("Estimated value", "Valor estimado")),
        Code(ObsStatus.EXPERIMENTAL, Text("Experimental value", "Valor experimental")),
        Code(
            ObsStatus.HOLIDAY,
            Text("Missing value; holiday or weekend", "Valor ausente; feriado o fin de semana"),
        ),
        Code(
            ObsStatus.IMPUTED,
            Text("Value imputed by a receiving agency", "Valor imputado por un organismo receptor"),
        ),
        Code(ObsStatus.DEROGATION, Text("Derogation", "Dispensa")),
        Code(
            ObsStatus.ELSEWHERE,
            Text("Data included in another category", "Dato incluido en otra categoría"),
        ),
        Code(
            ObsStatus.NOT_COLLECTED,
            Text(
                "Missing value; data exist but were not collected",
                "Valor ausente; el dato existe pero no se recogió",
            ),
        ),
        Code(ObsStatus.NOT_SIGNIFICANT, Text("Not significant", "No significativo")),
        Code(ObsStatus.MISSING, Text("Missing value", "Valor ausente")),
        Code(ObsStatus.PROVISIONAL, Text("Provisional value", "Valor provisional")),
        Code(
            ObsStatus.STRIKE,
            Text("Strike and other special events", "Huelga y otros hechos especiales"),
        ),
        Code(ObsStatus.UNVALIDATED, Text("Unvalidated value", "Valor sin validar")),
        Code(
            ObsStatus.INCLUDES_OTHERS,
            Text("Includes data from another category", "Incluye datos de otra categoría"),
        ),
    ),
    "SDMX CL_OBS_STATUS 2.2",
)

CONF_STATUS = Codelist(
    "CL_CONF_STATUS",
    Text("Confidentiality status", "Estado de confidencialidad"),
    (
        Code(ConfStatus.FREE, Text("Free (free for publication)", "Libre (puede publicarse)")),
        Code(
            ConfStatus.SMALL_COUNT,
            Text(
                "Primary confidentiality due to small counts",
                "Confidencialidad primaria por pocas unidades",
            ),
        ),
        Code(
            ConfStatus.DOMINANCE_ONE,
            Text(
                "Primary confidentiality due to dominance by one unit",
                "Confidencialidad primaria por dominancia de una unidad",
            ),
        ),
        Code(
            ConfStatus.DOMINANCE_TWO,
            Text(
                "Primary confidentiality due to dominance by two units",
                "Confidencialidad primaria por dominancia de dos unidades",
            ),
        ),
        Code(
            ConfStatus.SECONDARY,
            Text(
                "Secondary confidentiality set by the sender, not for publication",
                "Confidencialidad secundaria fijada por el emisor, no publicable",
            ),
        ),
        Code(
            ConfStatus.CONFIDENTIAL,
            Text("Confidential statistical information", "Información estadística confidencial"),
        ),
    ),
    "SDMX CL_CONF_STATUS, the codes in use",
)

RELIABILITY = Codelist(
    "CL_RELIABILITY",
    Text("Reliability", "Fiabilidad"),
    (
        Code(Reliability.RELIABLE, Text("Reliable", "Fiable")),
        Code(Reliability.WEAK, Text("Weakly reliable", "Poco fiable")),
        Code(Reliability.UNRELIABLE, Text("Not reliable", "No fiable")),
        Code(Reliability.NONE, Text("No verdict: no number", "Sin veredicto: no hay número")),
        Code(
            Reliability.NOT_JUDGED,
            Text("Not judged: no error is given", "Sin veredicto: no se da error"),
        ),
    ),
)

UNIT_NAMES = {
    "PERSONS": Text("Persons", "Personas"),
    "HOUSEHOLDS": Text("Households", "Hogares"),
    "PT": Text("Percent", "Porcentaje"),
    "HOURS": Text("Hours", "Horas"),
    "LCU": Text("Local currency", "Moneda local"),
    "USD": Text("US dollars", "Dólares estadounidenses"),
    "LCU_HOUR": Text("Local currency an hour", "Moneda local por hora"),
    "USD_HOUR": Text("US dollars an hour", "Dólares estadounidenses por hora"),
    "INTD": Text("International dollars", "Dólares internacionales"),
    "INTD_HOUR": Text("International dollars an hour", "Dólares internacionales por hora"),
    "PP": Text("Percentage points", "Puntos porcentuales"),
    "RATIO": Text("Ratio", "Razón"),
    "RECORDS": Text("Records", "Registros"),
    "CURRENCY": Text("In the currency named", "En la moneda indicada"),
    "USD_MN": Text("Million US dollars", "Millones de dólares estadounidenses"),
    "VISAS": Text("Visas", "Visas"),
    "PERMITS": Text("Permits", "Permisos"),
    "LICENCES": Text("Licences", "Licencias"),
    "COMPLAINTS": Text("Complaints", "Denuncias"),
    "SANCTIONS": Text("Sanctions", "Sanciones"),
    "PER_100": Text("Per 100 workers", "Por cada 100 trabajadores"),
    "DAYS": Text("Days", "Días"),
    "YEARS": Text("Years", "Años"),
    "PLACES": Text("Places", "Plazas"),
    "MONTHS_OF_EARNINGS": Text("Months of earnings", "Meses de ingresos"),
    "OWN": Text("In the unit named", "En la unidad indicada"),
    "POSTS": Text("Posts", "Puestos"),
    "INDEX": Text("Index", "Índice"),
    "LCU_HIRE": Text("Local currency for each hire", "Moneda local por contratación"),
}


def unit_name(unit: str) -> Text:
    """The words for a unit; a pack may bring one of its own, which is its own name."""
    return UNIT_NAMES.get(unit, Text(unit, unit))
