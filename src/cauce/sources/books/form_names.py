"""What questions are called in forms: names are unique in all of a form, columns of rows too."""

FLAG_LIST, WHY_LIST = "YES_NO", "WHY_MISSING"


def question(field: str, owner: str = "") -> str:
    """The name of the question of a field, or of a column of the rows of `owner`."""
    return f"{owner}__{field}" if owner else field


def why(name: str) -> str:
    """The question after another that asks why it has no answer."""
    return f"{name}__why"
