"""Which pupil and learner numbers are sound, temporary or broken? (domain.md 3.2 and 3.3)"""

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
PLACEHOLDER_ULN = "9999999999"


def upn(authority: str, school: int, year: int, serial: int) -> str:
    """A sound UPN: a check letter, LA, school, year of entry and serial."""
    return _with_letter(f"{authority}{school:04d}{year:02d}{serial:03d}")


def temporary_upn(authority: str, school: int, year: int, serial: int) -> str:
    """A temporary UPN ends with a letter."""
    return _with_letter(f"{authority}{school:04d}{year:02d}{serial % 100:02d}{LETTERS[serial // 100 % 23]}")


def _with_letter(rest: str) -> str:
    values = (int(sign) if sign.isdigit() else LETTERS.index(sign) for sign in rest)
    return LETTERS[sum(weight * value for weight, value in enumerate(values, start=2)) % 23] + rest


def uln(serial: int) -> str:
    """A sound ULN for every serial; the stems that have no check digit are passed over."""
    stem = 110_000_000 + serial * 2
    return _checked(stem) or _checked(stem + 1) or ""


def broken_uln(sound: str) -> str:
    """The same number with a check digit that does not fit."""
    return sound[:-1] + str((int(sound[-1]) + 3) % 10)


def _checked(stem: int) -> str | None:
    rest = sum(int(digit) * weight for digit, weight in zip(str(stem), range(10, 1, -1), strict=True)) % 11
    return f"{stem}{10 - rest}" if rest else None
