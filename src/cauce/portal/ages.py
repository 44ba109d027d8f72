"""The ages a figure is about, in words and with their code beside."""

import re

from cauce.portal.words import Words

BAND = re.compile(r"Y_GE(?P<least>\d+)|Y(?P<low>\d+)T(?P<high>\d+)")


def ages(code: str, words: Words) -> str:
    """`Y_GE15` as "15 and over (Y_GE15)"; a code that is written in no such way as it is."""
    found = BAND.fullmatch(code)
    if found is None:
        return code
    if least := found["least"]:
        return f"{words('ages_from', least=least)} ({code})"
    return f"{words('ages_between', low=found['low'], high=found['high'])} ({code})"
