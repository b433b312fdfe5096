"""Which finite facts do the tables see? Every word that a table may use is an Enum here."""

from enum import Enum, auto


class Speaks(Enum):
    """What there is to say what somebody does."""

    CURRENT = auto()
    LAPSED = auto()
    NOTHING = auto()


class Answer(Enum):
    """What the guarantee outcome means for contact before September."""

    OFFERED = auto()
    NOT_APPROPRIATE = auto()
    FELL_THROUGH = auto()
    SILENT = auto()
    OTHER = auto()


class Doing(Enum):
    """What participation means for contact from September."""

    PARTICIPATING = auto()
    UNCONFIRMED = auto()
    EET = auto()
    NEET = auto()
    NOT_KNOWN = auto()
    COMPULSORY = auto()
    CUSTODY = auto()


class Autumn(Enum):
    """What became of the last spell of the campaign's autumn."""

    NONE = auto()
    GOES_ON = auto()
    ENDED = auto()
    NON_START = auto()
