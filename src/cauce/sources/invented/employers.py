"""An invented register of construction firms, and what each of them would answer.

In the shape of the study of the construction sector of Guyana (minor groups 711, 214 and 834 among
others, a direction for five years), whose own tables are not known: every number here is made up.
"""

from dataclasses import dataclass

import numpy as np

from cauce.sources.invented.country import SEED

FORMAL, INFORMAL = 900, 60
REGIONS, REGION_SHARES = ("CAP", "COA", "INT"), (0.55, 0.30, 0.15)
ACTIVITIES, ACTIVITY_SHARES = ("F", "C", "M"), (0.70, 0.15, 0.15)
ANSWER, CLOSED = 0.75, 0.03
CAUSES = ("few", "qual", "exper", "skill", "pay", "place", "permit")
WAYS = {"pay": 0.45, "train": 0.5, "out": 0.3, "auto": 0.1, "abroad": 0.2}
PRACTICES = {"contract": 0.7, "housing": 0.15, "agency": 0.3}
SKILLS = {
    "TECH": (3.4, 1.9),
    "IT": (2.9, 1.8),
    "OSH": (3.5, 2.2),
    "SOFT": (2.5, 2.9),
    "LANG": (1.8, 2.6),
    "CERT": (3.0, 1.9),
}
Row = dict[str, str]


@dataclass(frozen=True)
class Trade:
    """One occupation: in how many firms, with what part of their staff, how wanted and how hard."""

    presence: float
    part: float
    vacant: float
    growth: float
    hard: float
    women: float
    foreign: float


TRADES = {
    "711": Trade(0.85, 5.0, 0.09, 0.10, 0.70, 0.03, 0.18),
    "931": Trade(0.80, 5.0, 0.05, 0.05, 0.25, 0.05, 0.15),
    "834": Trade(0.55, 2.5, 0.10, 0.12, 0.75, 0.02, 0.10),
    "712": Trade(0.50, 2.0, 0.06, 0.04, 0.45, 0.04, 0.08),
    "411": Trade(0.60, 0.8, 0.02, 0.01, 0.10, 0.75, 0.03),
    "312": Trade(0.40, 0.8, 0.05, 0.06, 0.60, 0.12, 0.12),
    "214": Trade(0.38, 0.8, 0.12, 0.15, 0.85, 0.20, 0.20),
    "741": Trade(0.38, 1.0, 0.07, 0.06, 0.55, 0.03, 0.07),
    "132": Trade(0.35, 0.5, 0.02, 0.02, 0.35, 0.20, 0.08),
    "833": Trade(0.35, 0.9, 0.05, 0.03, 0.40, 0.02, 0.05),
    "721": Trade(0.20, 0.9, 0.08, 0.05, 0.65, 0.02, 0.09),
    "311": Trade(0.18, 0.5, 0.05, 0.05, 0.50, 0.25, 0.06),
}


def firms(seed: int = SEED) -> list[Row]:
    """The register: firm, activity, region, staff, formal."""
    chance = np.random.default_rng((seed, 900))
    count = FORMAL + INFORMAL
    staff = np.ceil(np.exp(chance.normal(2.3, 1.15, count)))
    staff[FORMAL:] = np.minimum(staff[FORMAL:], 9)
    activity = chance.choice(ACTIVITIES, count, p=ACTIVITY_SHARES)
    region = chance.choice(REGIONS, count, p=REGION_SHARES)
    return [
        {
            "firm": f"XCA-{at:04}",
            "activity": str(activity[at]),
            "region": str(region[at]),
            "staff": f"{staff[at]:.0f}",
            "formal": "yes" if at < FORMAL else "no",
        }
        for at in range(count)
    ]


def firm_fate(firm: str, seed: int = SEED) -> str:
    """What becomes of a firm that is asked: answered, refused or out."""
    luck = _chance(firm, seed, 1).random()
    return "out" if luck < CLOSED else "answered" if luck < CLOSED + ANSWER else "refused"


def firm_answers(firm: Row, seed: int = SEED) -> list[Row]:
    """The rows of a firm of the register: itself, its occupations, its hires, competences."""
    chance = _chance(firm["firm"], seed, 2)
    own = {"firm": firm["firm"], "activity": firm["activity"], "region": firm["region"]}
    own["size"] = _size(int(firm["staff"]))
    rows: list[Row] = [{"row": "FIRM", **_said(chance, "way", WAYS), **_practices(chance)}]
    rows += _occupations(int(firm["staff"]), chance)
    hires = sum(int(row["vacancies"]) + int(row["filled"]) for row in rows[1:])
    rows += _hires(hires, chance)
    rows += [_skill(name, chance) for name in SKILLS]
    return [{**own, **row} for row in rows]


def _chance(firm: str, seed: int, purpose: int) -> np.random.Generator:
    return np.random.default_rng((seed, purpose, int(firm.rpartition("-")[2])))


def _size(staff: int) -> str:
    bounds = ((100, "GE100"), (20, "S20T99"), (5, "S5T19"), (2, "S2T4"), (0, "S1"))
    return next(code for least, code in bounds if staff >= least)


def _said(chance: np.random.Generator, what: str, shares: dict[str, float]) -> Row:
    return {f"{what}_{one}": f"{int(chance.random() < share)}" for one, share in shares.items()}


def _practices(chance: np.random.Generator) -> Row:
    return {one: f"{int(chance.random() < share)}" for one, share in PRACTICES.items()}


def _occupations(staff: int, chance: np.random.Generator) -> list[Row]:
    """The staff of a firm by occupation; a firm has more of them the larger it is."""
    reach = min(1.0, 0.25 + staff / 40)
    there = [one for one, trade in TRADES.items() if chance.random() < trade.presence * reach]
    there = there or ["711"]
    parts = chance.dirichlet([TRADES[one].part for one in there])
    people = chance.multinomial(staff, parts).tolist()
    return [
        _occupation(one, TRADES[one], many, chance) for one, many in zip(there, people, strict=True)
    ]


def _occupation(code: str, trade: Trade, staff: int, chance: np.random.Generator) -> Row:
    vacancies = int(chance.poisson(staff * trade.vacant * chance.gamma(2.0, 0.5)))
    filled = int(chance.binomial(vacancies + int(staff > 3), 1 - trade.hard / 2))
    likely = max(0, round(staff * (1 + trade.growth + chance.normal(0, 0.15))) + vacancies // 2)
    unsure = chance.random() < 0.05
    row = {
        "row": "OCC",
        "occupation": code,
        "staff_now": f"{staff}",
        "women": f"{chance.binomial(staff, trade.women)}",
        "foreign": f"{chance.binomial(staff, trade.foreign)}",
        "next_likely": "-9" if unsure else f"{likely}",
        "next_low": "-9" if unsure else f"{round(likely * 0.9)}",
        "next_high": "-9" if unsure else f"{round(likely * 1.15) + 1}",
        "five_years": str(chance.choice(("FEWER", "SAME", "MORE", "9"), p=_outlook(trade))),
        "vacancies": f"{vacancies}",
        "advertised": f"{vacancies + filled}",
        "filled": f"{filled}",
        "exits": f"{chance.binomial(staff, 0.12)}",
    }
    return {**row, **_difficulty(trade, chance, vacancies)} if vacancies else row


def _outlook(trade: Trade) -> tuple[float, float, float, float]:
    more = 0.3 + 2 * trade.growth
    return 0.1, 0.85 - more, more, 0.05


def _difficulty(trade: Trade, chance: np.random.Generator, vacancies: int) -> Row:
    difficulty = int(chance.binomial(4, trade.hard))
    applicants = int(chance.poisson(vacancies * 6 * (1.1 - trade.hard)))
    qualified = int(chance.binomial(applicants, 1 - 0.7 * trade.hard))
    found = {
        "difficulty": f"{difficulty}",
        "applicants": f"{applicants}",
        "qualified": f"{qualified}",
        "suitable": f"{chance.binomial(qualified, 0.6)}",
    }
    shares = dict(zip(CAUSES, (0.5, 0.45, 0.4, 0.35, 0.4, 0.15, 0.12), strict=True))
    return {**found, **_said(chance, "cause", shares)} if difficulty else found


def _hires(hires: int, chance: np.random.Generator) -> list[Row]:
    rows: list[Row] = []
    for who, share, cost, fee in (
        ("NAT", 0.80, 120, 0.05),
        ("RET", 0.05, 200, 0.05),
        ("FRG", 0.15, 900, 0.30),
    ):
        many = int(chance.binomial(hires, share))
        if many:
            channel = str(chance.choice(("PUB", "PRI", "DIR", "MIX"), p=(0.1, 0.2, 0.6, 0.1)))
            rows.append(
                {
                    "row": "HIRE",
                    "hire_who": who,
                    "hire_channel": channel,
                    "hires": f"{many}",
                    "hire_cost": f"{round(many * cost * chance.gamma(4.0, 0.25))}",
                    "paid_fees": f"{chance.binomial(many, fee)}",
                }
            )
    return rows


def _skill(name: str, chance: np.random.Generator) -> Row:
    importance, available = (1 + int(chance.binomial(3, (x - 1) / 3)) for x in SKILLS[name])
    said = {"importance": f"{importance}", "available": f"{available}"}
    return {"row": "SKILL", "skill": name, **said}
