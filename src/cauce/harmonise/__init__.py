"""Packs and the expression language, turned into checked SQL. GSBPM: phase 5.1 to 5.5."""

from cauce.declare.words import did_you_mean
from cauce.harmonise.availability import availability
from cauce.harmonise.breakdowns import theme_of
from cauce.harmonise.contradictions import RuleFaults, set_faults
from cauce.harmonise.dictionary import parse_dictionary
from cauce.harmonise.expressions import check_expression
from cauce.harmonise.flows import dataflows, headline_key
from cauce.harmonise.gates import accepted_in, broken_rules
from cauce.harmonise.indicators import indicator_names
from cauce.harmonise.kinds import column_kind, kind_of
from cauce.harmonise.language import Kind
from cauce.harmonise.lineage import lineages
from cauce.harmonise.makers import makers, ordered
from cauce.harmonise.needs import source_columns
from cauce.harmonise.pack import check_names, parse_pack
from cauce.harmonise.recipe import compile_recipe
from cauce.harmonise.replicates import numbered, refuse_more_of_family
from cauce.harmonise.sql import to_sql
from cauce.harmonise.stages import said_stages
from cauce.harmonise.together import parse_together, tables_together
from cauce.harmonise.validation import rules_said
from cauce.harmonise.years import partial_years, years

__all__ = [
    "Kind",
    "RuleFaults",
    "accepted_in",
    "availability",
    "broken_rules",
    "check_expression",
    "check_names",
    "column_kind",
    "compile_recipe",
    "dataflows",
    "did_you_mean",
    "headline_key",
    "indicator_names",
    "kind_of",
    "lineages",
    "makers",
    "numbered",
    "ordered",
    "parse_dictionary",
    "parse_pack",
    "parse_together",
    "partial_years",
    "refuse_more_of_family",
    "rules_said",
    "said_stages",
    "set_faults",
    "source_columns",
    "tables_together",
    "theme_of",
    "to_sql",
    "years",
]
