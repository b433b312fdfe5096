"""Where do the official code lists and the guidance values lie, and what do they say as text?"""

from importlib.resources import files


def text(name: str) -> str:
    """The CSV of one list, as it lies here: `activity_codes`, `guidance`, …"""
    return files(__name__).joinpath(f"{name}.csv").read_text("utf-8")
