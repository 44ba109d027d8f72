"""An employer's request becomes ten cards; a border post and a farm record them without a network.

In the browser, in Spanish: the office without scripts, the page for telephones from a file.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.journey.serving import NOON, chromium, from_noon, served

from cauce.model.account import Role
from cauce.model.text import Text
from cauce.pipeline.registers import Declared
from cauce.registers.seed import key_of
from cauce.store.log import open_database
from cauce.store.log.card_keys import make_key
from cauce.store.log.cards import sign_list
from cauce.store.log.key_folder import KeyFolder

from .hands import assert_sound, type_in
from .house import House, office_over
from .invented import enter

GUATEMALA = frozenset({"GTM"})
TODAY = NOON.date()
WAY = {
    "title_es": "Vía temporal inventada", "title_en": "Invented temporary way", "kind": "TFWP",
    "country": "GTM", "status": "FORCE", "card_code": "TEMPORAL", "may_change_employer": True,
    "source": "Inventado",
}  # fmt: skip
REQUEST = {
    "number": "SOL-1", "country": "GTM", "mechanism": key_of("mechanisms", "way"),
    "employer": "FINCA-7", "occupation": "9", "industry": "A", "positions": "10",
    "work_from": f"{TODAY}", "work_to": f"{TODAY + timedelta(120)}",
    "requested_on": f"{TODAY - timedelta(60)}", "check_result": "NONE", "check_found": "0",
    "check_source": "Oferta inventada", "check_on": f"{TODAY - timedelta(50)}",
    "decision": "GRANTED", "decided_on": f"{TODAY - timedelta(40)}", "approved": "10",
    "source": "Inventado para la prueba",
}  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, declared: Declared) -> Iterator[House]:
    """An office with one mechanism and its key, served to a browser."""
    folder, clock = tmp_path_factory.mktemp("mobility"), from_noon()
    with ExitStack() as stack:
        database = open_database(f"sqlite:///{folder / 'registers.sqlite'}")
        stack.callback(database.close)
        enter(database, declared, {("mechanisms", key_of("mechanisms", "way")): WAY})
        keys, now = KeyFolder(folder / "keys"), clock()
        with database.writing("ana") as connection:
            issuer = Text("A ministry", "Un ministerio")
            make_key(connection, keys, "TEMPORAL", "GTM", issuer, "ana", now)
            sign_list(connection, keys, "TEMPORAL", "ana", now)
        app = office_over(database, declared, folder / "keys", clock)
        office = stack.enter_context(served(app))
        browser = stack.enter_context(chromium(*CAMERA))
        yield House(database, declared, folder / "store", office, "", browser, clock)


def permit(number: int, request: str) -> dict[str, Any]:
    return {
        "number": f"PER-{number}", "country": "GTM", "request": request, "worker": f"W-{number:04}",
        "nationality": "HND", "sex": "F", "occupation": "9", "industry": "A",
        "selected_on": TODAY - timedelta(30), "applied_on": TODAY - timedelta(29),
        "state": "GRANTED", "decided_on": TODAY - timedelta(15 - number),
        "valid_from": TODAY, "valid_to": TODAY + timedelta(100), "source": "Inventado",
        "employers": ({"employer": "FINCA-7", "since": TODAY},),
    }  # fmt: skip


# Chromium reads codes on telephones and not here: its camera is a made one, and so is the reading.
CAMERA = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
DETECTOR = """window.BarcodeDetector = class {
  async detect(video) { return video.videoWidth && window.seen ? [{ rawValue: window.seen }] : []; }
};"""


class Phone:
    """A telephone with the page in a file: it records without a network and sends with one."""

    def __init__(self, house: House, page: Path, key: str) -> None:
        self.context = house.chromium.new_context(
            viewport={"width": 320, "height": 720}, locale="es-GT"
        )
        self.context.clock.install(time=house.clock())
        self.context.add_init_script(DETECTOR)
        self.page = self.context.new_page()
        self.page.goto(page.as_uri())
        self.page.wait_for_selector("html[data-recorder]")
        self.page.fill("#key", key)
        self.page.click("#enrol button")
        self.says("#sent", "está inscrito")

    def says(self, where: str, words: str) -> None:
        told = "([where, words]) => document.querySelector(where).textContent.includes(words)"
        self.page.wait_for_function(told, arg=[where, words])

    def scan(self, code: str, answer: str) -> None:
        """Hold a card before the camera."""
        self.page.click("#scan")
        self.page.wait_for_function("() => document.getElementById('video').videoWidth > 0")
        assert self.page.is_visible("#video")
        self.page.evaluate("code => { window.seen = code; }", code)
        self.says("#verdict", answer)
        self.page.wait_for_function("() => document.getElementById('video').hidden")
        self.page.evaluate("() => { window.seen = ''; }")

    def check(self, code: str, answer: str) -> None:
        self.page.fill("#code", code)
        self.page.click("#form button[type=submit]")
        self.says("#verdict", answer)

    def record(self, code: str, *kinds: str) -> None:
        for kind in kinds:
            self.page.click("#form button[type=reset]")
            self.check(code, "Válido")
            self.page.click(f"#do-{kind}")
            self.says("#recorded", "Registrado")

    def send(self, words: str) -> None:
        self.page.click("#send")
        self.says("#sent", words)


def approve_all(page: Any, office: str) -> None:
    """A second person approves everything that waits."""
    page.goto(f"{office}/es/")
    for href in page.eval_on_selector_all("#waiting ~ ul a", "all => all.map(a => a.href)"):
        page.goto(href)
        page.click('button[value="approved"]')


def test_from_a_request_to_ten_cards_to_the_funnel(
    house: House, declared: Declared, tmp_path: Path
) -> None:
    ope = house.desk("Olga", Role.OPERATOR, GUATEMALA)
    sup = house.desk("Sara", Role.SUPERVISOR, GUATEMALA)
    register = declared.registers["mobility_requests"]
    ope.goto(f"{house.office}/es/registers/mobility_requests/new")
    type_in(ope, register, REQUEST)
    ope.click('button[value="submit"]')
    key = re.search(r"mobility_requests/(\w+)", ope.url)[1]  # type: ignore[index]
    approve_all(sup, house.office)
    permits = {("mobility_permits", f"permit-{n}"): permit(n, key) for n in range(10)}
    enter(house.database, declared, permits, house.clock())

    # Ten cards, on one sheet.
    ope.goto(f"{house.office}/es/mobility")
    assert_sound(ope)
    ope.click("text=Solicitud SOL-1")
    ope.click("text=Emitir los carnés que faltan: 10")
    assert_sound(ope)
    codes = ope.eval_on_selector_all("code.typed", "all => all.map(one => one.textContent)")
    tokens = set(re.findall(r"<code>([0-9a-f]{16})</code>", ope.content()))
    assert len(set(codes)) == len(tokens) == 10

    # A border post and a farm, each with a page in a file.
    found = []
    for name, kind, place, employer in (
        ("Puesto norte", "POST", "P-NORTE", ""), ("Finca siete", "FARM", "LOTE-1", "FINCA-7"),
    ):  # fmt: skip
        ope.goto(f"{house.office}/es/mobility/devices")
        ope.fill("#name", name)
        ope.select_option("#kind", kind)
        ope.fill("#place", place)
        ope.fill("#employer", employer)
        ope.click("text=Inscribir >> nth=-1")
        found.append(ope.inner_text("code.once"))
    file = tmp_path / "post.html"
    file.write_bytes(ope.context.request.get(f"{house.office}/es/mobility/post.html").body())
    assert file.stat().st_size < 60_000
    post, farm = (Phone(house, file, key) for key in found)
    for phone in (post, farm):
        phone.context.set_offline(True)
    post.scan(codes[0], "Válido")
    for code in codes:
        post.record(code, "ENTRY")
    post.check("CAUCE1:ABC", "No se leyó")
    post.send("no hay red")
    post.page.reload()
    post.says("#queue", "sin enviar: 10")
    for code in codes[:3]:
        farm.record(code, "FARM_IN")
    farm.record(codes[0], "HEALTH")
    for phone, count in ((post, 10), (farm, 4)):
        phone.context.set_offline(False)
        phone.send(f"guardado por la oficina: {count}")
        phone.says("#queue", "sin enviar: 0")

    # One changes employer, one is revoked: the farm's old list does not know it, the post's does.
    ope.goto(f"{house.office}/es/mobility/permits/permit-1")
    ope.fill("#employer", "FINCA-9")
    ope.fill("#since", f"{TODAY + timedelta(1)}")
    ope.click("text=Ingresar el cambio")
    approve_all(sup, house.office)
    ope.goto(f"{house.office}/es/mobility/permits/permit-9?on={TODAY + timedelta(1)}")
    assert_sound(ope)
    gone = codes[9]
    ope.select_option('[name="why"]', "LOST")
    ope.click('button:has-text("Revocar")')
    assert "está revocado" in ope.inner_text("main")
    post.send("guardado por la oficina: 0")
    post.check(gone, "Revocado")
    assert not post.page.is_visible("#do-ENTRY")
    farm.context.set_offline(True)
    farm.record(gone, "FARM_IN")
    farm.context.set_offline(False)
    farm.send("guardado por la oficina: 1")

    ope.goto(f"{house.office}/es/mobility/permits/permit-1?on={TODAY + timedelta(1)}")
    assert "FINCA-7 → FINCA-9" in ope.inner_text("main")
    ope.goto(f"{house.office}/es/mobility/events")
    assert_sound(ope)
    events = ope.inner_text("main")
    assert "De un carné revocado: 1" in events
    assert "Carnés en una finca\n3" in events
    assert "Carnés en el país\n7" in events

    # The way shows it, and says that it is invented.
    ope.goto(f"{house.office}/es/mobility")
    ope.click("text=Vía temporal inventada")
    assert_sound(ope)
    way = " ".join(ope.inner_text("main").split())
    assert "Inventado para la demostración" in way
    for said in ("Solicitadas", "Llegadas", "Activas"):
        assert f"{said} 10" in way, way
