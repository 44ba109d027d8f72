"""Disseminate (GSBPM phase 7): observations as SDMX messages and plain files."""

from cauce.publish.about import view_metadata
from cauce.publish.components import ATTRIBUTES, Attribute
from cauce.publish.csvw import csvw
from cauce.publish.differences import differences_csv, differences_json, differs, unit_of
from cauce.publish.json_stat import json_stat
from cauce.publish.message import Message, message_of
from cauce.publish.parquet import plain_parquet
from cauce.publish.periods import span
from cauce.publish.plain import Labels, plain_csv, plain_json
from cauce.publish.quality import Edition, quality_report, report_json
from cauce.publish.registers import record_json, register_csv, register_json
from cauce.publish.rows import Rows
from cauce.publish.sdmx_csv import sdmx_csv
from cauce.publish.sdmx_json import sdmx_json
from cauce.publish.sdmx_ml import sdmx_ml_21
from cauce.publish.select import days_of, first_and_last, in_time, picked, within
from cauce.publish.texts import Texts
from cauce.publish.xlsx import SHEET_ROWS, Laid, plain_xlsx

__all__ = [
    "ATTRIBUTES",
    "SHEET_ROWS",
    "Attribute",
    "Edition",
    "Labels",
    "Laid",
    "Message",
    "Rows",
    "Texts",
    "csvw",
    "days_of",
    "differences_csv",
    "differences_json",
    "differs",
    "first_and_last",
    "in_time",
    "json_stat",
    "message_of",
    "picked",
    "plain_csv",
    "plain_json",
    "plain_parquet",
    "plain_xlsx",
    "quality_report",
    "record_json",
    "register_csv",
    "register_json",
    "report_json",
    "sdmx_csv",
    "sdmx_json",
    "sdmx_ml_21",
    "span",
    "unit_of",
    "view_metadata",
    "within",
]
