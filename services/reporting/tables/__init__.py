"""Where do the words of the ledger lie? Read once, at start."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from shared import codes


@cache
def ledger_reasons() -> Mapping[str, str]:
    """The sentence for each reason of the ledger, and for each leaving status."""
    own = csv.DictReader(files(__name__).joinpath("ledger_reasons.csv").read_text("utf-8").splitlines())
    statuses = csv.DictReader(codes.text("cohort_status").splitlines())
    return {row["code"]: row["label"] for row in statuses} | {row["key"]: row["reason"] for row in own}
