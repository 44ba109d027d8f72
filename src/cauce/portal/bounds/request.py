"""What a request itself may be, looked at before anything is read."""

from starlette.types import Scope

from cauce.portal.bounds.limits import Limits
from cauce.portal.bounds.refused import Refused


def fault_of(scope: Scope, limits: Limits) -> Refused | None:
    """Why a request is refused as it stands, None if it is not. Nothing of it is said again."""
    query: bytes = scope["query_string"]
    length = len(scope.get("raw_path") or scope["path"].encode()) + len(query)
    if length > limits.longest_address:
        most = f"{limits.longest_address:,}"
        return Refused(
            414, "long_address", f"The address has more than {most} characters.", {"most": most}
        )
    if query.count(b"&") + query.count(b";") >= limits.most_parameters:
        most = f"{limits.most_parameters:,}"
        words = f"The address has more than {most} parameters."
        return Refused(400, "many_parameters", words, {"most": most})
    headers = scope["headers"]
    if sum(len(name) + len(value) + 4 for name, value in headers) > limits.longest_headers:
        most = f"{limits.longest_headers:,}"
        words = f"The headers have more than {most} bytes."
        return Refused(431, "long_headers", words, {"most": most})
    if any(_body(name, value) for name, value in headers):
        return Refused(413, "has_body", "Nothing is taken here: send a request without a body.")
    return None


def _body(name: bytes, value: bytes) -> bool:
    if name == b"content-length":
        return value.strip() not in (b"", b"0")
    return name == b"transfer-encoding"
