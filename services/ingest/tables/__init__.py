"""Where do ingest's tables lie, and what do they say as text?"""

from importlib.resources import files

from services.ingest.domain.tables import Tables, compiled

OWN = (
    "columns",
    "header_aliases",
    "words",
    "checks",
    "establishment_kinds",
    "activity_mapping",
)
SHARED = (
    "activity_codes",
    "guarantee_codes",
    "characteristics",
    "ethnicity",
    "level_of_need",
    "cohort_status",
)


def load() -> Tables:
    """Everything that the reading of files goes by. Read once, at start."""
    own = {name: files(__name__).joinpath(f"{name}.csv").read_text("utf-8") for name in OWN}
    codes = {name: files("shared").joinpath("codes", f"{name}.csv").read_text("utf-8") for name in SHARED}
    return compiled(own, codes)
