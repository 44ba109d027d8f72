"""The two errors that are not our bug, and the one a survey design calls for."""


class BadInput(Exception):  # noqa: N818 - the house's word for it
    """The file, pack or request is not what was promised: what is wrong, where, what to do."""


class MethodFailed(Exception):  # noqa: N818 - the house's word for it
    """The data are fine but the method does not apply to them."""


class LonelyPsu(MethodFailed):
    """A stratum has a single PSU, so its variance cannot be estimated without a policy."""
