"""Disseminate (GSBPM phase 7): observations as SDMX messages and plain files."""

from cauce.publish.about import view_metadata
from cauce.publish.components import ATTRIBUTES, Attribute
from cauce.publish.csvw import csvw
from cauce.publish.differences import differences_csv, differences_json, differs, unit_of
from cauce.publish.forms import DATA_FORMATS, DataFormat
from cauce.publish.json_stat import json_stat
from cauce.publish.message import Message, message_of
from cauce.publish.options import DataSet, Options
from cauce.publish.parquet import plain_parquet
from cauce.publish.periods import span
from cauce.publish.plain import Labels, plain_csv, plain_json
from cauce.publish.quality import Edition, quality_report, report_json
from cauce.publish.registers import record_json, register_csv, register_json
from cauce.publish.rows import Rows
from cauce.publish.select import days_of, first_and_last, in_time, picked, within
from cauce.publish.texts import Texts
from cauce.publish.xlsx import SHEET_ROWS, Laid, plain_xlsx

__all__ = [
    "ATTRIBUTES",
    "DATA_FORMATS",
    "SHEET_ROWS",
    "Attribute",
    "DataFormat",
    "DataSet",
    "Edition",
    "Labels",
    "Laid",
    "Message",
    "Options",
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
    "span",
    "unit_of",
    "view_metadata",
    "within",
]
