"""XML elements of DDI-Codebook, and the same element once for each language."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from cauce.model.codebook import Words

DDI = "ddi:codebook:2_5"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold; files have such characters in their labels."""

Element = etree._Element
SPACES: Any = {None: DDI}
"""DDI without a prefix, of which the stubs of lxml know nothing."""


def element(name: str, /, *parts: Element | str, **attributes: str) -> Element:
    """An element of DDI; of its parts, elements are children and text is its text.

    An attribute without a word is left out. `_` in its name stands for `-`.
    """
    made = etree.Element(f"{{{DDI}}}{name}", None, SPACES)
    for key, word in attributes.items():
        if word:
            made.set(key.rstrip("_").replace("_", "-"), clean(word))
    for part in parts:
        if isinstance(part, str):
            made.text = clean(part)
        else:
            made.append(part)
    return made


def clean(text: str) -> str:
    """A text without what XML cannot hold."""
    return NOT_IN_XML.sub(" ", text)


@dataclass(frozen=True)
class Speaking:
    """The languages a codebook is written in, the first of which stands where one alone may."""

    languages: Sequence[str]

    def said(self, name: str, words: Words, /, **attributes: str) -> Iterator[Element]:
        """The element in each of the languages that says something.

        What is said in none of them is written as it is rather than left out.
        """
        for language, word in self._chosen(words):
            made = element(name, word, **attributes)
            if language:
                made.set(XML_LANG, language)
            yield made

    def first(self, words: Words) -> str:
        """The words in the first language there is."""
        return next((word for _, word in self._chosen(words)), "")

    def others(self, words: Words) -> Words:
        return dict(self._chosen(words)[1:])

    def _chosen(self, words: Words) -> list[tuple[str, str]]:
        asked = [one for one in self.languages if words.get(one)]
        if not asked:
            asked = [one for one, word in words.items() if word][:1]
        return [(one, words[one]) for one in asked]
