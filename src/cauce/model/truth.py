"""Yes, no, and what cannot be told."""

from enum import StrEnum

from cauce.model.text import Text


class Truth(StrEnum):
    """An answer that may be out of reach; "cannot tell" is never counted as "no"."""

    YES = "YES"
    NO = "NO"
    CANNOT_TELL = "CANNOT_TELL"


TRUTHS = {
    Truth.YES: Text("yes", "sí"),
    Truth.NO: Text("no", "no"),
    Truth.CANNOT_TELL: Text("cannot tell", "no se puede saber"),
}
