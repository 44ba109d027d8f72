"""Gaps by occupation and skill level, and who could close them: capability, never requirement.

GSBPM phase: Analyse.
"""

from cauce.outlook.gaps.agreements import Gain, where_more_helps
from cauce.outlook.gaps.allocation import (
    Allocation,
    Area,
    Passage,
    World,
    allocate,
    area,
    arrivals,
)
from cauce.outlook.gaps.assumptions import (
    said_of_capability,
    said_of_channels,
    said_of_gaps,
    unknown_steps,
)
from cauce.outlook.gaps.capability import (
    STEPS,
    Capability,
    Programmes,
    first_year,
    pay_flags,
    reach,
    training,
)
from cauce.outlook.gaps.channels import Cap, Channel, caps
from cauce.outlook.gaps.classes import DEFAULT, Classes, GapClass, Threshold, classify, support
from cauce.outlook.gaps.gap import Gap, Totals, gap, totals
from cauce.outlook.gaps.harm import Protected
from cauce.outlook.gaps.posts import Matched, Post, matched, post
from cauce.outlook.gaps.present import NowAndAhead, now_and_ahead
from cauce.outlook.gaps.published import judged, medians
from cauce.outlook.gaps.region import Home, Region, region
from cauce.outlook.gaps.said import Gaps, gap_table, now_and_ahead_table
from cauce.outlook.gaps.said_channels import agreements_table, channels_table, waterfall_table
from cauce.outlook.gaps.tables import Axis, Frame, Row, Table, occupation_axis, projected
from cauce.outlook.gaps.waterfall import Taken, Waterfall, waterfall

__all__ = [
    "DEFAULT",
    "STEPS",
    "Allocation",
    "Area",
    "Axis",
    "Cap",
    "Capability",
    "Channel",
    "Classes",
    "Frame",
    "Gain",
    "Gap",
    "GapClass",
    "Gaps",
    "Home",
    "Matched",
    "NowAndAhead",
    "Passage",
    "Post",
    "Programmes",
    "Protected",
    "Region",
    "Row",
    "Table",
    "Taken",
    "Threshold",
    "Totals",
    "Waterfall",
    "World",
    "agreements_table",
    "allocate",
    "area",
    "arrivals",
    "caps",
    "channels_table",
    "classify",
    "first_year",
    "gap",
    "gap_table",
    "judged",
    "matched",
    "medians",
    "now_and_ahead",
    "now_and_ahead_table",
    "occupation_axis",
    "pay_flags",
    "post",
    "projected",
    "reach",
    "region",
    "said_of_capability",
    "said_of_channels",
    "said_of_gaps",
    "support",
    "totals",
    "training",
    "unknown_steps",
    "waterfall",
    "waterfall_table",
    "where_more_helps",
]
