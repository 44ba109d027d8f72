"""The form on a phone for who wants to complain and has no account: it takes, and never reads.

A process of its own: it has the public keys of countries and a folder to drop letters into. It has
no key that opens anything, no register, no release, no cookie, no script and no log of who came.
"""

from cauce.intake.app import Intake, create_intake

__all__ = ["Intake", "create_intake"]
