"""A hotline in Guatemala, with a directory and the people around it, and one case told to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from starlette.testclient import TestClient

from cauce.letterbox import Box
from cauce.office.app import create_office
from cauce.office.seat import Office
from cauce.pipeline.registers import Declared

from .conftest import DOUBLE
from .invented import enter

SERVICE = {"country": "GTM", "authority": True, "free": True, "source": "Inventado"}
DIRECTORY = {
    ("referral_services", f"s-{concept.lower()}"): {
        **SERVICE,
        "name_es": f"Servicio inventado {concept}",
        "name_en": f"Invented service {concept}",
        "concepts": (concept,),
        "contact": f"0000-{concept}",
    }
    for concept in ("LABOUR", "FORCED_LABOUR", "TRAFFICKING", "SMUGGLING", "CHILD")
}
CONFIRMED = {
    ("screening_confirmations", "confirmed"): {
        "country": "GTM",
        "authority": "Autoridad inventada",
        "confirmed_on": date(2026, 1, 1),
        "frame_version": "1",
        "ground": "Oficio inventado 1",
    }
}
TOLD = {
    "account": "<script>alert(1)</script> =HYPERLINK(1) 𝔊𝔲𝔞𝔱𝔢 👩🏽‍🌾 «me quitaron el pasaporte»",
    "recruiter_name": "Agencia Inventada, S. A.",
    "recruiter_phone": "+502 5555-0123",
    "employer_name": "Finca Inventada",
    "contact": "+502 4444 9876",
    "place": "Aldea inventada",
    "amount": "1534779.25",
    "currency": "GTQ",
    "payment_made": "Y",
    "allegations": ["FEE", "DOCS"],
    "origin": "GTM",
    "destination": "MEX",
    "consent": "AUTH",
}
"""What an invented person tells, with everything in it that breaks careless programs."""
SECRETS = (
    "quitaron",
    "Agencia Inventada",
    "5555-0123",
    "55550123",
    "4444 9876",
    "44449876",
    "Finca Inventada",
    "Aldea",
    "1534779",
)
"""What may be found nowhere; numbers so long that no sealed value holds them by chance."""
UNANSWERED = {"child": "UNK", "smuggled": "UNK"}


@dataclass(frozen=True)
class Hotline:
    """The office of the hotline, and how to sit down in it."""

    office: Office
    box: Box
    of: Callable[[str], TestClient]

    def take(self, who: str = "clerk", **told: object) -> str:
        """A complaint taken as the form does it; its key."""
        desk = self.of(who)
        form = desk.get("/es/hotline/take")
        hidden = dict(re.findall(r'type="hidden" name="(key|number)" value="([^"]+)"', form.text))
        answer = desk.post("/es/hotline/take", data={**hidden, **(told or TOLD), "do": "take"})
        assert answer.status_code == 200, answer.text
        return answer.url.path.rpartition("/")[2]

    def approve(self, register: str, key: str) -> None:
        """A second person's yes to the newest entry."""
        desk = self.of("second")
        page = desk.get(f"/es/registers/{register}/{key}").text
        (address,) = set(re.findall(rf"/es/registers/{register}/{key}/review/\d+", page))
        assert desk.post(address, data={"verdict": "approved"}).status_code == 200


def open_hotline(office: Office, declared: Declared, directory: bool = True) -> Hotline:
    """A hotline whose directory was approved, or that has none."""
    folder = office.keys.folder.parent
    box = Box(folder / "letters", folder / "answers")
    for one in (box.letters, box.answers):
        one.mkdir()
    app = create_office(
        office.database,
        declared,
        office.access,
        office.keys,
        DOUBLE,
        office.clock,
        Path("packs/frames"),
        box=box,
    )
    if directory:
        enter(office.database, declared, DIRECTORY)
    return Hotline(office, box, lambda who: TestClient(app, headers={"x-who": who}))
