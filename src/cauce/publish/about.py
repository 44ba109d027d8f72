"""What is to be known of a view, as JSON beside its files."""

from typing import Any

from cauce.model.observation import Observations
from cauce.model.rule import rule_in
from cauce.model.text import Language
from cauce.model.vintage import Manifest
from cauce.publish.codelists import unit_name
from cauce.publish.json_head import CODE_NAMES, used
from cauce.publish.protection import protection_of
from cauce.publish.rows import Rows


def view_metadata(
    observations: Observations, manifest: Manifest, language: Language
) -> dict[str, Any]:
    """Source, vintage, definitions, method, codes that occur, and what the flags mean."""
    flow = observations.dataflow
    protection = protection_of(flow)
    codes = used(Rows.all(observations))
    shown = {c.id for c in (flow.dimensions[2].codes[at] for at in codes.codes[2].tolist())}
    return {
        "dataflow": flow.id,
        "version": flow.version,
        "name": flow.name.of(language),
        "vintage": manifest.vintage,
        "published_at": manifest.published_at,
        "reason": manifest.reason,
        "observations": len(observations.value),
        "source": {
            "name": flow.source.name.of(language),
            "population": flow.source.population.of(language),
            "citation": flow.source.citation,
            "licence": rule_in(flow.source.licence, language),
            "invented": flow.source.invented,
        },
        "indicators": [
            {
                "id": i.id,
                "name": i.name.of(language),
                "definition": i.definition.of(language),
                "unit": i.unit,
                "unit_name": unit_name(i.unit).of(language),
                "decimals": i.decimals,
                "standard": i.standard,
            }
            for i in flow.indicators
            if i.id in shown
        ],
        "dimensions": [
            {
                "id": d.id,
                "name": d.name.of(language),
                "codes": {d.codes[at].id: d.codes[at].name.of(language) for at in own.tolist()},
            }
            for d, own in zip(flow.dimensions, codes.codes, strict=True)
        ],
        "method": {
            "variance": rule_in(flow.method.var_method, language),
            "reliability_profile": flow.method.reliability_profile,
            "rule_version": flow.method.rule_version,
            "protection": protection.of(language) if protection else "",
            "linked_tables_audited": manifest.audited,
        },
        "flags": {
            codelist: {code: name.of(language) for code, name in names.items()}
            for codelist, names in CODE_NAMES.items()
        },
        "notes": [rule_in(note, language) for note in manifest.notes],
    }
