"""How are small files written in the field's words?"""

from pathlib import Path

COUNTY = Path(__file__).parents[1] / "data" / "sample-county"
SCHOOL, OTHER_SCHOOL, COLLEGE = "8604000", "8604001", "8608000"
UPNS = ("H860200015034", "E860200015061", "J860200014273", "R860200014158", "C860200014186", "W860200014205")
ULNS = ("1000000000", "1000000019", "1000000027", "1000000035")

_HEADINGS = (
    "URN,LA (code),EstablishmentNumber,EstablishmentName,UKPRN,TypeOfEstablishment (name),PhaseOfEducation (name),"
    "FurtherEducationType (name)"
)
SCHOOLS = (
    "100001,860,4000,First School,10000001,Academy,Secondary,Not applicable",
    "100002,860,4001,Second School,10000002,Academy,Secondary,Not applicable",
)
THE_COLLEGE = "100003,860,8000,Town College,10000003,Further education,16 plus,General further education college"


def establishments(*rows: str) -> str:
    return "\n".join((_HEADINGS, *rows))


def cohort(*rows: str) -> str:
    """Each row is UPN, ULN, surname, forename, birth and postcode."""
    return "\n".join(("UPN,ULN,Surname,Forename,DOB,Postcode,Year group", *(f"{row},11" for row in rows)))


def offers(*rows: str) -> str:
    """Each row is UPN, ULN, surname, forename, birth, status, the provider's name and the day of the offer."""
    return "\n".join(("UPN,ULN,Surname,Forename,DOB,Offer status,Provider name,Offer date", *rows))


def postcodes(*rows: str) -> str:
    """Each row is postcode, district, authority and first day."""
    return "\n".join(("Postcode,District,Authority,From,To", *(f"{row}," for row in rows)))


def expectations(*rows: str) -> str:
    """Each row is provider, feed, campaign and due day."""
    return "\n".join(("Provider,Feed,Campaign,Due on,Contact", *(f"{row},office" for row in rows)))
