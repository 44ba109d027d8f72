"""Studies side by side."""

from cauce.assess.studies.comparing import side_by_side
from cauce.assess.studies.records import studies_of
from cauce.assess.studies.told import told_studies
from cauce.model.errors import BadInput
from cauce.model.judgement import Judgement
from cauce.model.study import Comparison, Study
from cauce.model.text import Text
from cauce.pipeline.judge.sight import Sight, speaker

STUDIES = "studies"
MEASURES = "CL_ESTIMATE_OF"
INDUSTRIES = "CL_ISIC"
EVERYWHERE = Text("Every study", "Todos los estudios")


def judge_studies(
    sight: Sight, country: str = "", measure: str = ""
) -> tuple[tuple[Study, ...], tuple[Comparison, ...], Judgement]:
    """The estimates about a country or of a measure, and whether each two may be compared.

    Raises:
        BadInput: there are none.
    """
    names, industries = _names(sight, MEASURES), _names(sight, INDUSTRIES)
    studies = tuple(
        study
        for study in studies_of(sight.records(STUDIES), names, industries)
        if (not country or country in study.area.split(" + "))
        and (not measure or study.measure == names.get(measure))
    )
    if not studies:
        asked = " ".join(filter(None, (country[:20], measure[:20]))) or "anything"
        raise BadInput(f"No estimate of {asked} is entered or approved yet.")
    compared = side_by_side(studies)
    told = speaker(sight)
    title = told.country(country) if country else EVERYWHERE
    return studies, compared, told_studies(title, studies, compared, told)


def _names(sight: Sight, codelist: str) -> dict[str, Text]:
    return {code.id: code.name for code in sight.lists[codelist].codes}


def study_countries(sight: Sight) -> list[str]:
    """The countries some estimate is about."""
    found = studies_of(sight.records(STUDIES), {}, {})
    return sorted({country for study in found for country in study.area.split(" + ")} - {""})
