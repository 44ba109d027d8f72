"""Files from outside: packs, and survey files read in a separate, limited process.

GSBPM: phase 4, collect (4.4, finalise collection).
"""

from cauce.sources.firm_files import read_rows, write_rows
from cauce.sources.folder import (
    read_pack_folder,
    read_questionnaire_folder,
    read_region_folder,
    read_register_folder,
    read_text,
)
from cauce.sources.hashing import hash_file
from cauce.sources.inspection import CodeSeen, ColumnSeen, Inspection, inspect
from cauce.sources.limits import Limits
from cauce.sources.process import private_folder
from cauce.sources.skeleton import skeleton
from cauce.sources.staging import Staged, stage

__all__ = [
    "CodeSeen",
    "ColumnSeen",
    "Inspection",
    "Limits",
    "Staged",
    "hash_file",
    "inspect",
    "private_folder",
    "read_pack_folder",
    "read_questionnaire_folder",
    "read_region_folder",
    "read_register_folder",
    "read_rows",
    "read_text",
    "skeleton",
    "stage",
    "write_rows",
]
