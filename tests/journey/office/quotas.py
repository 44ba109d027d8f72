"""Quotas entered, altered and judged by somebody, to try what happens to a record."""


def entered(desk, register="quotas", **values) -> str:
    """The key of a record entered by the API."""
    answer = desk.post(f"/api/v1/registers/{register}/records", json={"record": values})
    assert answer.status_code == 201, answer.text
    return answer.json()["key"]


QUOTA = {
    "title_es": "Cuota de prueba", "mechanism": "UNK", "country": "BLZ",
    "period_from": "2023-01-01", "period_to": "2023-12-31",
    "ceiling": 100, "unit": "VISA", "source": "Gaceta 1",
}  # fmt: skip


def quota(desk, **values) -> str:
    return entered(desk, **{**QUOTA, **values})


def altered(desk, key, action="change", had=None, reason="porque sí", days=None, **values):
    now = desk.get(f"/api/v1/registers/quotas/records/{key}")
    had = now.headers["etag"] if had is None else f'"{had}"'
    record = {**now.json()["record"], **values}
    body = {"action": action, "record": record, "reason": reason, **(days or {})}
    return desk.post(
        f"/api/v1/registers/quotas/records/{key}/entries", json=body, headers={"If-Match": had}
    )


def judged(desk, key, number, verdict="approved", note=""):
    return desk.post(
        f"/es/registers/quotas/{key}/review/{number}",
        data={"verdict": verdict, "note": note},
        follow_redirects=False,
    )
