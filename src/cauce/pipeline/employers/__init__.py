"""A survey of employers, from the register of firms to the file its pack reads."""

from cauce.pipeline.employers.designing import (
    Designed,
    Frame,
    Wanted,
    design,
    read_frame,
    write_sample,
)
from cauce.pipeline.employers.form import write_employers_form
from cauce.pipeline.employers.inventing import invent
from cauce.pipeline.employers.weighing import Weighed, weigh_answers

__all__ = [
    "Designed",
    "Frame",
    "Wanted",
    "Weighed",
    "design",
    "invent",
    "read_frame",
    "weigh_answers",
    "write_employers_form",
    "write_sample",
]
