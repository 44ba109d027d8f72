"""What must hold between the figures of a release, whatever the country: declared and read.

Source: the rules the ILO checks its own database by: POP = EMP + UNE + EIP, those born abroad are
the sum of all other countries. `estimate` holds them against the cells.
"""

from cauce.declare.problems import Problems
from cauce.declare.section import Section
from cauce.declare.words import did_you_mean
from cauce.model.catalogue import HOME, OTHERS, Identity, Nesting
from cauce.model.pack import Dictionary


def read_identities(top: Section, into: Dictionary) -> None:
    """Every [[identity]] and [[nesting]] of a file."""
    for section in top.tables("identity"):
        identity = Identity(section.words("says"), section.text("total"), section.texts("parts"))
        section.finish()
        into.places[f"identity.{len(into.identities)}"] = section.place()
        into.identities.append(identity)
    for section in top.tables("nesting"):
        codes = section.table("codes")
        nesting = Nesting(
            section.words("says"),
            section.text("coarse"),
            section.text("fine"),
            {key: codes.texts(key) for key in codes.rest()} if codes else {},
        )
        section.finish()
        into.places[f"nesting.{len(into.nestings)}"] = section.place()
        into.nestings.append(nesting)


def check_identities(dictionary: Dictionary, problems: Problems) -> None:
    """Note every identity of what is not there, or of figures that are no totals."""
    for number, identity in enumerate(dictionary.identities):
        place = dictionary.places[f"identity.{number}"]
        for name in (identity.total, *identity.parts):
            indicator = dictionary.indicators.get(name)
            if indicator is None or indicator.estimator != "total":
                near = did_you_mean(name, dictionary.indicators)
                problems.add(place, f"{name} is no indicator that is a total.{near}")
    for number, nesting in enumerate(dictionary.nestings):
        place = dictionary.places[f"nesting.{number}"]
        for name, codes in (
            (nesting.coarse, tuple(nesting.codes)),
            (nesting.fine, tuple(code for fine in nesting.codes.values() for code in fine)),
        ):
            variable = dictionary.variables.get(name)
            codelist = variable and dictionary.codelists.get(variable.codelist)
            if not codelist:
                near = did_you_mean(name, dictionary.variables)
                problems.add(place, f"{name} is no coded variable.{near}")
                continue
            known = {code.id for code in codelist.codes} | {HOME, OTHERS}
            for code in sorted(set(codes) - known):
                problems.add(place, f"{name} has no code {code}.{did_you_mean(code, known)}")
