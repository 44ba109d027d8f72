"""A small register, declared as any other."""

import pytest

from cauce.model.codelist import Code, Codelist
from cauce.model.register import Register
from cauce.model.text import Text
from cauce.registers.declaration import parse_registers

DECLARED = """
id = "agreements"
name = { en = "Agreements", es = "Acuerdos" }
one = { en = "agreement", es = "acuerdo" }
about = { en = "What was agreed.", es = "Lo acordado." }
title = { en = "title_en", es = "title_es" }
country = "country"
public = true

[[field]]
id = "title_es"
name = { en = "Title in Spanish", es = "Título en español" }
kind = "text"
required = true
sensitivity = "P0"
public = true

[[field]]
id = "title_en"
name = { en = "Title in English", es = "Título en inglés" }
kind = "text"
sensitivity = "P0"
public = true

[[field]]
id = "country"
name = { en = "Country", es = "País" }
kind = "code"
codelist = "COUNTRY"
required = true

[[field]]
id = "kind"
name = { en = "Kind", es = "Tipo" }
kind = "codes"
codelist = "KIND"

[[field]]
id = "signed_on"
name = { en = "Signed on", es = "Firmado el" }
kind = "date"

[[field]]
id = "in_force_from"
name = { en = "In force from", es = "Vigente desde" }
kind = "date"

[[field]]
id = "binding"
name = { en = "Binding", es = "Vinculante" }
kind = "flag"

[[field]]
id = "places"
name = { en = "Places", es = "Plazas" }
kind = "number"
minimum = 0

[[field]]
id = "budget"
name = { en = "Budget", es = "Presupuesto" }
kind = "money"
unit = "USD"

[[field]]
id = "text_url"
name = { en = "Text", es = "Texto" }
kind = "web"

[[field]]
id = "notes"
name = { en = "Notes", es = "Notas" }
kind = "note"
sensitivity = "P3"

[[field]]
id = "quota"
name = { en = "Quota", es = "Cuota" }
kind = "rows"

[[field.column]]
id = "country"
name = { en = "For", es = "Para" }
kind = "code"
codelist = "COUNTRY"

[[field.column]]
id = "places"
name = { en = "Places", es = "Plazas" }
kind = "number"
required = true

[[field.column]]
id = "opens"
name = { en = "Opens", es = "Abre" }
kind = "date"

[[field.column]]
id = "closes"
name = { en = "Closes", es = "Cierra" }
kind = "date"

[[rule]]
id = "dates"
kind = "order"
fields = ["signed_on", "in_force_from"]
message = { en = "In force before it was signed.", es = "Vigente antes de firmarse." }

[[rule]]
id = "quota_sum"
kind = "sum"
fields = ["places", "quota.places"]
message = { en = "The quota does not add up.", es = "La cuota no suma." }

[[rule]]
id = "many"
kind = "plausible"
fields = ["places"]
maximum = 1000000
message = { en = "So many?", es = "¿Tantas?" }

[[rule]]
id = "budget_if_binding"
kind = "required_if"
fields = ["budget", "binding"]
values = ["true"]
message = { en = "A binding one has a budget.", es = "Uno vinculante tiene presupuesto." }

[[rule]]
id = "no_link_if_mou"
kind = "empty_if"
fields = ["text_url", "kind"]
values = ["MOU"]
message = { en = "No text of a memorandum.", es = "Sin texto de un memorándum." }

[[rule]]
id = "windows"
kind = "no_overlap"
fields = ["quota", "opens", "closes"]
message = { en = "Windows overlap.", es = "Las ventanas se traslapan." }

[[rule]]
id = "once"
kind = "unique"
fields = ["title_es", "country"]
message = { en = "Already there.", es = "Ya existe." }

[[count]]
id = "BY_KIND"
name = { en = "Agreements by kind", es = "Acuerdos por tipo" }
by = ["country", "kind"]
"""


def codes(name: str, *ids: str) -> Codelist:
    words = {"CRI": "Costa Rica", "GTM": "Guatemala", "BLA": "Acuerdo bilateral"}
    return Codelist(name, Text(name, name), tuple(Code(i, Text(i, words.get(i, i))) for i in ids))


LISTS = {
    "COUNTRY": codes("COUNTRY", "CRI", "GTM", "NIC"),
    "KIND": codes("KIND", "BLA", "MOU", "01"),
}


@pytest.fixture(scope="session")
def agreements() -> Register:
    return parse_registers({"agreements.toml": DECLARED}, LISTS)["agreements"]
