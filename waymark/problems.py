"""What can keep a command from doing what was asked, and which exit code says so?"""

from collections.abc import Mapping


class Problem(Exception):
    """The command ends with this exit code, its sentence on standard error and, with --json, its document."""

    exit_code = 3

    def __init__(self, sentence: str, document: Mapping[str, object] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.document = dict(document) if document else {"title": sentence, "detail": sentence, "status": None}


class CannotBeUsed(Problem):
    """What was given cannot be used: the person who typed it changes it and tries again."""

    exit_code = 2


class CannotBeDoneNow(Problem):
    """The system is down, too slow or at fault: the same command may be typed again later, and does no harm twice."""

    exit_code = 3
