"""Topics: names under which registers are found."""

import pytest

from cauce.model.errors import BadInput
from cauce.model.text import Text
from cauce.model.topic import Topic
from cauce.registers.topics import parse_topics

TEXT = """
[[topic]]
id = "plans"
name = { en = "Plans", es = "Planes" }
registers = ["plans", "nodes"]
"""


def test_a_topic_names_its_registers_in_order() -> None:
    topics = parse_topics(TEXT, {"nodes", "plans"})
    assert topics == (Topic("plans", Text("Plans", "Planes"), ("plans", "nodes")),)


def test_a_register_that_is_not_declared_is_named_with_the_nearest() -> None:
    with pytest.raises(
        BadInput, match=r"topics.toml, line 5: .*no register nodes.*Did you mean node\?"
    ):
        parse_topics(TEXT, ["plans", "node"])


def test_a_text_that_is_no_toml_is_refused() -> None:
    with pytest.raises(BadInput, match=r"topics.toml"):
        parse_topics("[[topic", ())
