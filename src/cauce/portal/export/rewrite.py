"""A page of the site as a page of a folder: relative links, and what needs the service said so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from posixpath import dirname, relpath
from urllib.parse import urldefrag, urljoin

from cauce.portal.export.names import Names
from cauce.portal.words import Words

TAG = re.compile(r"<(a|link|img|image|source|iframe)\b[^>]*>", re.IGNORECASE)
ADDRESS = re.compile(r'\b(href|src)="([^"]*)"')
FORM = re.compile(r"<form\b([^>]*)>.*?</form>", re.DOTALL)
SCRIPT = re.compile(r"<script\b.*?</script>\n?", re.DOTALL)
OTHERS = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|$", re.IGNORECASE)
"""How addresses begin that are not of this site, or of the same page."""
CLASS = re.compile(r'\bclass="([^"]*)"')


def addresses(html: str, at: str) -> Iterator[tuple[str, str]]:
    """The addresses of this site that the page `at` names, each with the tag that names it."""
    for tag in TAG.finditer(html):
        for _, address in ADDRESS.findall(tag[0]):
            if not OTHERS.match(address):
                yield tag[1].lower(), urldefrag(urljoin(at, unescape(address))).url


@dataclass(frozen=True)
class Standing:
    """Where a page stands: its address on the site, and its file in the folder."""

    at: str
    file: str


def rewritten(html: str, page: Standing, names: Names, words: Words, known: bool) -> str:
    """A page as it stands in the folder.

    What the folder does not have leads to the page that says why. Forms ask a service, so words
    stand in their place. `known` says that the folder's address is: harvesters are told it.
    """
    if not known:
        html = SCRIPT.sub("", html)
    told = _relative(names[f"/{words.language}/folder"], page.file)
    html = FORM.sub(lambda form: _without_form(form[1], page.file, told, names, words), html)
    return TAG.sub(lambda tag: _tag(tag[0], tag[1].lower(), page, told, names), html)


def _tag(tag: str, kind: str, page: Standing, told: str, names: Names) -> str:
    found = ADDRESS.search(tag)
    if found is None or OTHERS.match(found[2]):
        return tag
    address, fragment = urldefrag(urljoin(page.at, unescape(found[2])))
    if address in names:
        href = _relative(names[address], page.file) + (f"#{fragment}" if fragment else "")
        return tag.replace(found[0], f'{found[1]}="{escape(href)}"')
    if kind != "a":
        return ""
    return _served(tag.replace(found[0], f'href="{escape(told)}#service"'))


def _served(tag: str) -> str:
    """A link to what the folder does not have, marked as such."""
    if CLASS.search(tag):
        return CLASS.sub(lambda found: f'class="{found[1]} served"', tag)
    return f'{tag[:2]} class="served"{tag[2:]}'


def _without_form(attributes: str, file: str, told: str, names: Names, words: Words) -> str:
    if 'class="seek"' in attributes:
        href = _relative(names[f"/{words.language}/search"], file)
        return f'<a class="seek" href="{escape(href)}">{escape(words("search_title"))}</a>'
    link = f'<a href="{escape(told)}#service">{escape(words("folder_why"))}</a>'
    return f'<p class="notice">{escape(words("folder_form"))} {link}</p>'


def _relative(target: str, file: str) -> str:
    return relpath(target, dirname(file) or ".")
