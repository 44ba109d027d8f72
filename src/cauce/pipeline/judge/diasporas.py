"""What the diaspora of a country contributes: a ledger of what was added, what not, and why."""

from cauce.assess.diaspora.countries import country_ledger
from cauce.assess.diaspora.records import whose
from cauce.assess.diaspora.told import told_ledger
from cauce.model.contribution import CountryLedger
from cauce.model.errors import BadInput
from cauce.model.judgement import Judgement
from cauce.pipeline.judge.sight import Sight, speaker

CONTRIBUTIONS = "diaspora_contributions"


def judge_diaspora(sight: Sight, country: str) -> tuple[CountryLedger, Judgement]:
    """The ledger of one country. Raises BadInput if there is nothing of it."""
    records = sight.records(CONTRIBUTIONS)
    if country not in diaspora_countries(sight):
        known = ", ".join(diaspora_countries(sight)) or "none yet"
        raise BadInput(f"No contributions of {country[:40]} are seen. There are: {known}.")
    ledger = country_ledger(records, country)
    return ledger, told_ledger(ledger, speaker(sight, ["diaspora_initiatives"]))


def diaspora_countries(sight: Sight) -> list[str]:
    """The countries whose diasporas contributed something that is seen."""
    records = sight.records(CONTRIBUTIONS).values()
    return sorted({country for record in records for country in whose(record).split("+")} - {""})
