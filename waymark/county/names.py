"""What are the invented people and places called?"""

from collections.abc import Iterator
from random import Random

HEADS = [
    "Bramb", "Caldr", "Dunt", "Eltn", "Farrw", "Gorsb", "Haxl", "Ingw", "Keld", "Ludg", "Marrow", "Norsk",
    "Ormb", "Pendl", "Quarb", "Rookl", "Stanw", "Thornd", "Ulvers", "Wexm", "Yarld", "Arkw", "Birst", "Corvell",
    "Drax", "Ebber", "Fennor", "Grisk", "Holv", "Isterl",
]  # fmt: skip
MIDDLES = ["a", "e", "i", "o", "era", "ene", "ila", "owa", "unde", "ate"]
TAILS = [
    "bury", "by", "combe", "dale", "ham", "hurst", "ingham", "ley", "lock", "more", "ner", "ney", "rick",
    "ridge", "son", "stow", "thorpe", "ton", "ward", "wick", "worth", "né", "rë",
]  # fmt: skip
FORE_HEADS = [
    "Ad", "Bel", "Cor", "Dar", "Ev", "Fin", "Gwen", "Har", "Is", "Jor", "Kai", "Lor", "Mil", "Nad", "Or", "Per",
    "Ros", "Sam", "Tam", "Yas", "Zel", "Bry", "Cael", "Dri", "Eil", "Fae",
]  # fmt: skip
FORE_MIDDLES = ["a", "e", "i", "o", "ara", "eli", "ona", "ue"]
FORE_TAILS = [
    "ck", "en", "era", "ine", "l", "la", "lan", "n", "nne", "ra", "ssa", "th", "tte", "ya", "zoë", "ryn", "mir",
    "sel", "dan", "vi",
]  # fmt: skip
PLACE_TAILS = ["bury", "combe", "dale", "ford", "ham", "mere", "stead", "stow", "ton", "wick"]
STREETS = [
    "Mill Lane", "Quarry Rise", "Heron Way", "Tollgate Road", "Weir Bank", "Larkfield Close", "Kiln Hill",
    "Station Approach",
]  # fmt: skip
TRADES = [
    "Joinery", "Engineering", "Care", "Logistics", "Motors", "Catering", "Landscapes", "Interiors", "Farms",
    "Salon",
]  # fmt: skip


def surname(random: Random) -> str:
    return random.choice(HEADS) + random.choice(MIDDLES) + random.choice(TAILS)


def forename(random: Random) -> str:
    return random.choice(FORE_HEADS) + random.choice(FORE_MIDDLES) + random.choice(FORE_TAILS)


def employer(random: Random) -> str:
    return f"{random.choice(HEADS)}{random.choice(PLACE_TAILS)} {random.choice(TRADES)}"


def places(random: Random) -> Iterator[str]:
    """Place names, each once; with so many schools that the names run out, with a second word."""
    plain = [head + tail for head in HEADS for tail in PLACE_TAILS]
    random.shuffle(plain)
    yield from plain
    yield from (f"{name} {second}" for second in ("Green", "Heath", "Cross", "Magna") for name in plain)
