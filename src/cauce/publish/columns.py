"""Observations as Arrow columns, and the words an indicator or a whole message says."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from cauce.model.codelist import NOT_APPLICABLE
from cauce.model.dataflow import ADMITTED, Dataflow
from cauce.model.indicator import Indicator
from cauce.model.observation import Observations
from cauce.model.rule import rule_in
from cauce.publish.components import INDICATOR, Attribute
from cauce.publish.message import Message
from cauce.publish.protection import protection_of


@dataclass(frozen=True)
class Column:
    """One component of the observations: numbers, or codes with their dictionary."""

    id: str
    array: pa.Array


def coded(id_: str, positions: np.ndarray, words: list[str]) -> Column:
    """A column of positions in a list of words."""
    indices = pa.array(positions, pa.int32())
    return Column(id_, pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string())))


def numbers(values: np.ndarray) -> pa.Array:
    """Numbers, null where they are withheld."""
    return pa.array(values, pa.float64(), mask=~np.isfinite(values))


def attribute_column(observations: Observations, attribute: Attribute) -> Column:
    """An attribute that is attached to observations."""
    values = getattr(observations, attribute.field)
    if attribute.kind == "number":
        return Column(attribute.id, numbers(values))
    if attribute.kind == "count":
        return Column(attribute.id, pa.array(values, pa.int32(), mask=values < 0))
    return Column(attribute.id, _encoded(values))


def _encoded(values: Sequence[str]) -> pa.DictionaryArray:
    """Words as positions among those that occur, in their order; what is empty is null.

    A few objects stand for the words of all rows: they are told apart before anything is read.
    """
    objects = np.fromiter(map(id, values), np.int64, len(values))
    _, first, place = np.unique(objects, return_index=True, return_inverse=True)
    words = [str(values[at]) for at in first.tolist()]
    known: dict[str, int] = {}
    for at in np.argsort(first).tolist():
        if words[at]:
            known.setdefault(words[at], len(known))
    codes = np.array([known.get(word, -1) for word in words], dtype=np.int32)[place.reshape(-1)]
    indices = pa.array(codes, pa.int32(), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array([*known], pa.string()))


def indicator_column(observations: Observations, attribute: Attribute) -> Column:
    """An attribute that depends on the indicator alone, repeated for every observation."""
    dataflow = observations.dataflow
    position = [d.id for d in dataflow.dimensions].index(INDICATOR)
    words = indicator_values(dataflow, attribute)
    return coded(attribute.id, observations.key[:, position], words)


def indicator_values(dataflow: Dataflow, attribute: Attribute) -> list[str]:
    """The value of an attribute for every code of the dimension INDICATOR."""
    dimension = next(d for d in dataflow.dimensions if d.id == INDICATOR)
    known = {indicator.id: indicator for indicator in dataflow.indicators}
    return [
        _of_indicator(known[code.id], attribute.id) if code.id in known else ""
        for code in dimension.codes
    ]


def _of_indicator(indicator: Indicator, attribute: str) -> str:
    return {
        "UNIT_MULT": "0",
        "DECIMALS": str(indicator.decimals),
        "AGE_BOUNDS": indicator.age or NOT_APPLICABLE,
        "MIGRANT_CRITERION": indicator.criterion or NOT_APPLICABLE,
    }.get(attribute, indicator.unit)


def dataset_values(dataflow: Dataflow, message: Message) -> dict[str, str]:
    """The attributes of the whole message that have a value."""
    asked = {attribute.id for attribute in message.at("dataset")}
    if dataflow.foreign is not None and dataflow.by_agency:
        theirs = {each.id: each.value for each in dataflow.foreign.attributes}
        return {id_: value for id_, value in theirs.items() if value and id_ in asked}
    method = dataflow.method
    # Another producer's tables are theirs to audit: we cannot say whether they did.
    admitted = method.var_method == ADMITTED
    protection = protection_of(dataflow)
    values = {
        "VAR_METHOD": rule_in(method.var_method, message.language),
        "SINGLE_PSU_POLICY": method.single_psu,
        "PSU_SCOPE": method.psu_scope,
        "FPC": rule_in(method.fpc, message.language),
        "RELIABILITY_PROFILE": method.reliability_profile,
        "RULE_VERSION": method.rule_version,
        "PROTECTION": protection.of(message.language) if protection else "",
        "ICLS": method.icls,
        "ISCO": method.isco,
        "ISIC": method.isic,
        "LINKED_TABLES_AUDITED": "" if admitted else str(message.audited).lower(),
        "INVENTED_DATA": str(dataflow.source.invented).lower(),
    }
    return {id_: value for id_, value in values.items() if value and id_ in asked}
