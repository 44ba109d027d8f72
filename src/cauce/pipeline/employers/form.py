"""The questionnaire of a survey of employers, as a form for KoBo and ODK."""

from pathlib import Path

from cauce.pipeline.packs import read_dictionary
from cauce.registers.declaration import parse_registers
from cauce.sources import read_questionnaire_folder
from cauce.sources.books.xlsform import write_xlsform

FOLDER, FORM = "employers", "employers"


def write_employers_form(region: Path, out: Path) -> None:
    """Write the XLSForm of the questionnaire a region declares, with the region's code lists.

    Its list of occupations are the minor groups of ISCO-08, to be found by typing; what the
    employer calls the occupation is kept beside it.

    Raises:
        BadInput: the declaration is not what it should be.
    """
    dictionary, _ = read_dictionary(region)
    files = read_questionnaire_folder(region / FOLDER)
    declared = parse_registers(files, dictionary.codelists)
    write_xlsform(declared[FORM], dictionary.codelists, out)
