"""What the diaspora of a country contributes, and what may be said of a survey of it."""

from pathlib import Path

from cauce.assess.diaspora.countries import country_ledger
from cauce.assess.diaspora.questionnaires import questionnaire
from cauce.assess.diaspora.records import whose
from cauce.assess.diaspora.samples import FIGURES, SURVEYS
from cauce.assess.diaspora.surveys import survey_of
from cauce.assess.diaspora.surveys_told import cited_by, told_survey
from cauce.assess.diaspora.told import told_ledger
from cauce.model.contribution import CountryLedger
from cauce.model.errors import BadInput
from cauce.model.judgement import Judgement
from cauce.model.mapping_survey import MappingSurvey
from cauce.model.questionnaire import Questionnaire
from cauce.pipeline.judge.sight import Sight, one, speaker
from cauce.pipeline.registers import read_registers
from cauce.registers.seed import parse_seeds
from cauce.sources import read_register_folder

CONTRIBUTIONS = "diaspora_contributions"
TEMPLATE = "examples/diaspora_mapping_survey.toml"


def judge_diaspora(sight: Sight, country: str) -> tuple[CountryLedger, Judgement]:
    """The ledger of one country. Raises BadInput if there is nothing of it."""
    records = sight.records(CONTRIBUTIONS)
    if country not in diaspora_countries(sight):
        known = ", ".join(diaspora_countries(sight)) or "none yet"
        raise BadInput(f"No contributions of {country[:40]} are seen. There are: {known}.")
    ledger = country_ledger(records, country, sight.records(SURVEYS))
    return ledger, told_ledger(ledger, speaker(sight, ["diaspora_initiatives"]))


def diaspora_countries(sight: Sight) -> list[str]:
    """The countries whose diasporas contributed something that is seen."""
    records = sight.records(CONTRIBUTIONS).values()
    return sorted({country for record in records for country in whose(record).split("+")} - {""})


def judge_survey(sight: Sight, key: str) -> tuple[MappingSurvey, Judgement]:
    """A mapping survey, what its sample is, and the figures that come from it.

    Raises:
        BadInput: there is no such survey.
    """
    record = one(sight, SURVEYS, key)
    figures = {register: sight.records(register) for register in FIGURES}
    said = speaker(sight, FIGURES)
    return survey_of(key, record), told_survey(key, record, cited_by(key, figures, said), said)


def questionnaire_of(sight: Sight, key: str) -> Questionnaire:
    """The questions of a mapping survey. Raises BadInput if there is no such survey, or none."""
    return questionnaire(SURVEYS, one(sight, SURVEYS, key))


def template_questionnaire(folder: Path) -> Questionnaire:
    """The questions of the template that comes with a folder of registers."""
    declared = read_registers(folder)
    texts = {name: text for name, text in read_register_folder(folder).items() if name == TEMPLATE}
    (seed,) = parse_seeds(texts, declared.registers, declared.lists)
    return questionnaire(SURVEYS, seed.record)
