"""A browser's way with a form: what a page offers is what can be sent."""

from collections.abc import Mapping
from typing import Any

from lxml import html

from cauce.model.record import Absent
from cauce.model.register import Field, Register


class Paper:
    """The form of a page: its fields are set as a person does, and sent with a button."""

    def __init__(self, browser: Any, address: str) -> None:
        self.browser = browser
        self._open(browser.get(address, follow_redirects=True))

    def _open(self, answer: Any) -> None:
        self.answer = answer
        self.page = html.fromstring(answer.text)
        (self.form,) = self.page.xpath("//main//form[@method='post']")

    def set(self, name: str, value: object) -> None:
        """Fill a field in. Fails if the page has no such field or does not offer the value."""
        found = self.form.xpath(".//*[@name=$name]", name=name)
        assert found, f"the form has no {name}"
        if found[0].tag == "select":
            assert str(value) in found[0].value_options, f"{name} does not offer {value}"
            found[0].value = str(value)
        elif found[0].get("type") in ("checkbox", "radio"):
            wanted = list(value) if isinstance(value, list) else [value]
            offered = {box.get("value"): box for box in found}
            for box in found:
                box.checked = False
            for one in wanted:
                offered[str(one)].checked = True
        elif found[0].tag == "textarea":
            found[0].value = str(value)
        else:
            found[0].set("value", str(value))

    def leave(self, name: str, reason: str) -> None:
        """Say why a field has no value: beside it, or in its own list."""
        beside = self.form.xpath(".//*[@name=$name]", name=f"{name}?")
        self.set(f"{name}?" if beside else name, reason)

    def press(self, button: str) -> Any:
        """Send the form with a button; the page it leads to."""
        (pressed,) = self.form.xpath(
            ".//button[@name='do'][@value=$value][not(@tabindex)]", value=button
        )
        fields = [*self.form.form_values(), ("do", pressed.get("value"))]
        data: dict[str, list[str]] = {}
        for name, value in fields:
            data.setdefault(name, []).append(value)
        answer = self.browser.post(self.form.action, data=data, follow_redirects=True)
        if self.page.xpath("//main") and '<form method="post"' in answer.text:
            self._open(answer)
        return answer

    def fill_raw(self, register: Register, raw: Mapping[str, Any]) -> None:
        """Type a whole record in, rows and all."""
        for field in register.fields:
            rows = raw.get(field.id, [])
            if field.kind == "rows" and rows:
                left = len(rows)
                while left > 0:
                    self.set(f"{field.id}~more", min(left, 20))
                    self.press(f"add:{field.id}")
                    left -= 20
        for field in register.fields:
            if field.kind != "rows":
                self._one(field, field.id, raw.get(field.id))
                continue
            for number, row in enumerate(raw.get(field.id, []), start=1):
                for column in field.rows:
                    self._one(column, f"{field.id}.{number}.{column.id}", row.get(column.id))

    def _one(self, field: Field, name: str, value: object) -> None:
        if value is None:
            return
        if value in list(Absent) and field.kind != "note":
            self.leave(name, str(value))
        else:
            self.set(name, value)
