"""What is said of anything in SDMX beside its names."""

from dataclasses import dataclass

from cauce.model.text import Words


@dataclass(frozen=True)
class Annotation:
    """A note on an artefact or an item; any part may be empty."""

    id: str = ""
    title: str = ""
    type: str = ""
    url: str = ""
    value: str = ""
    texts: Words = ()
