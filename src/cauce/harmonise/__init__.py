"""Packs and the expression language, turned into checked SQL. GSBPM: phase 5.1 to 5.5."""

from cauce.harmonise.dictionary import parse_dictionary
from cauce.harmonise.expressions import check_expression
from cauce.harmonise.flows import dataflows, headline_key
from cauce.harmonise.lineage import lineages
from cauce.harmonise.needs import source_columns
from cauce.harmonise.pack import parse_pack
from cauce.harmonise.recipe import compile_recipe
from cauce.harmonise.sql import to_sql

__all__ = [
    "check_expression",
    "compile_recipe",
    "dataflows",
    "headline_key",
    "lineages",
    "parse_dictionary",
    "parse_pack",
    "source_columns",
    "to_sql",
]
