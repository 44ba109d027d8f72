"""How many people mechanisms let through, and what agreements mention."""

from cauce.assess.mechanisms.mentions import mentions
from cauce.assess.mechanisms.records import Scheme, counts_of, provisions_of
from cauce.assess.mechanisms.told import told_mentions, told_ways
from cauce.assess.mechanisms.ways import ways
from cauce.model.errors import BadInput
from cauce.model.funnel import Way
from cauce.model.judgement import Judgement
from cauce.model.provision import Mention
from cauce.model.text import Text
from cauce.pipeline.judge.sight import Sight, one, speaker, titled

FUNNEL = "mechanism_funnel"
SCHEMES: dict[Scheme, str] = {"theme": "CL_BLMA_THEME", "topic": "CL_BLA_TOPIC"}


def judge_funnel(sight: Sight, key: str) -> tuple[tuple[Way, ...], Judgement]:
    """The figures of a mechanism, with ratios only within unit and source.

    Raises:
        BadInput: there is no such mechanism.
    """
    record = one(sight, "mechanisms", key)
    counts = [count for count in counts_of(sight.records(FUNNEL)) if count.mechanism == key]
    found = ways(counts)
    name = titled(sight, "mechanisms", record, key)
    return found, told_ways(name, found, speaker(sight, ["mechanisms"]))


def judge_mentions(sight: Sight, scheme: Scheme = "theme") -> tuple[tuple[Mention, ...], Judgement]:
    """The share of agreements that mention each protection, by one of two lists of themes.

    Raises:
        BadInput: there are no agreements.
    """
    provisions = provisions_of(sight.records("mechanisms"), scheme)
    if not provisions:
        raise BadInput("No agreement is entered or approved yet, so there are no texts to count.")
    themes = [code.id for code in sight.lists[SCHEMES[scheme]].codes]
    found = mentions(provisions, themes)
    return found, told_mentions(found, SCHEMES[scheme], speaker(sight))


def with_figures(sight: Sight) -> dict[str, Text]:
    """The mechanisms with figures along the way, by key."""
    names = sight.records("mechanisms")
    keys = dict.fromkeys(count.mechanism for count in counts_of(sight.records(FUNNEL)))
    return {key: titled(sight, "mechanisms", names[key], key) for key in keys if key in names}
