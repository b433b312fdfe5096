"""What is said of a request whose fields cannot be used, without quoting any of them?"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from shared.web.problems import Refused

OURS: Final = frozenset({"day", "known_at", "text", "young_person_id", "identifiers"})
"""Errors that our own types raise: their message is already what to do."""

MENDS: Final[Mapping[str, str]] = {
    "missing": "is required",
    "extra_forbidden": "take out what this request does not know",
    "string_too_long": "write at most {max_length} characters",
    "string_too_short": "is not long enough, or blank",
    "string_pattern_mismatch": "write it in the form that /openapi.json describes",
    "greater_than_equal": "give {ge} or more",
    "greater_than": "give more than {gt}",
    "less_than_equal": "give {le} or less",
    "less_than": "give less than {lt}",
    "literal_error": "give one of {expected}",
    "enum": "give one of {expected}",
    "json_invalid": "send valid JSON",
    "too_short": "give at least {min_length}",
    "too_long": "give at most {max_length}",
}
KINDS: Final[Mapping[str, str]] = {
    "int": "give a whole number",
    "float": "give a number",
    "finite": "give a number",
    "bool": "give true or false",
    "date": "give a date such as 2026-10-20",
    "uuid": "give the id as it was given to you",
    "string": "give a text",
    "list": "give a list",
    "model": "send a JSON object, with the content type application/json",
    "dict": "send a JSON object, with the content type application/json",
}
OTHERWISE: Final = "this cannot be used as it is"


def refusal(errors: Sequence[Mapping[str, Any]]) -> Refused:
    """One sentence that names every field, and the list of them."""
    mends = [{"where": _where(error), "mend": mend(error)} for error in errors]
    return Refused(422, None, " ".join(map(_sentence, mends)), errors=mends)


def _sentence(error: Mapping[str, str]) -> str:
    """Of the place the name is enough for a person; where there is none the place itself."""
    return f"{error['where'].rpartition(' ')[2]}: {error['mend']}."


def mend(error: Mapping[str, Any]) -> str:
    kind = str(error["type"])
    if kind in OURS:
        return str(error["msg"])
    said = MENDS.get(kind) or KINDS.get(kind.partition("_")[0]) or OTHERWISE
    limits = {name: value for name, value in (error.get("ctx") or {}).items() if "{" + name + "}" in said}
    try:
        return said.format(**limits)
    except KeyError:
        return OTHERWISE


def _where(error: Mapping[str, Any]) -> str:
    """The part of the request and the field's own name; a name that the sender made up is not repeated."""
    part, *names = error["loc"]
    known = [] if error["type"] in {"extra_forbidden", "json_invalid"} else names
    return " ".join([str(part), ".".join(map(str, known))]).strip()
