"""Disseminate (GSBPM phase 7): observations as SDMX messages and plain files."""

from cauce.publish.artefacts import DataStructure, Structures, lint, structures
from cauce.publish.components import ATTRIBUTES, Attribute
from cauce.publish.differences import differences_csv, differences_json, differs, unit_of
from cauce.publish.graph import related
from cauce.publish.message import Message, message_of
from cauce.publish.periods import span
from cauce.publish.plain import plain_csv, plain_json
from cauce.publish.quality import Edition, quality_report, report_json
from cauce.publish.registers import record_json, register_csv, register_json
from cauce.publish.sdmx_csv import sdmx_csv
from cauce.publish.sdmx_json import sdmx_json
from cauce.publish.sdmx_ml import sdmx_ml_21
from cauce.publish.select import first_and_last, select, taken
from cauce.publish.structure_json import structure_json_20
from cauce.publish.structure_ml import structure_ml_21

__all__ = [
    "ATTRIBUTES",
    "Attribute",
    "DataStructure",
    "Edition",
    "Message",
    "Structures",
    "differences_csv",
    "differences_json",
    "differs",
    "first_and_last",
    "lint",
    "message_of",
    "plain_csv",
    "plain_json",
    "quality_report",
    "record_json",
    "register_csv",
    "register_json",
    "related",
    "report_json",
    "sdmx_csv",
    "sdmx_json",
    "sdmx_ml_21",
    "select",
    "span",
    "structure_json_20",
    "structure_ml_21",
    "structures",
    "taken",
    "unit_of",
]
