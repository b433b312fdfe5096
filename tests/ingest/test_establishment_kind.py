"""Which kind of provider is what the national register lists?"""

import pytest

from services.ingest.domain.establishment_kind import Looks, kind_of
from services.ingest.domain.tables import Tables
from shared.domain.vocabulary import ProviderKind


@pytest.mark.parametrize(
    ("looks", "kind"),
    [
        (("Sixth form college", "Further education", "16 plus"), ProviderKind.SIXTH_FORM_COLLEGE),
        (("Not applicable", "Free schools 16 to 19", "16 plus"), ProviderKind.SIXTH_FORM_COLLEGE),
        (("General", "Further education", "16 plus"), ProviderKind.OTHER),
        (("Not applicable", "Special post 16 institution", "16 plus"), ProviderKind.OTHER),
        (("Not applicable", "Academy converter", "Secondary"), ProviderKind.SCHOOL),
        (("Not applicable", "Community special school", "Not applicable"), ProviderKind.SCHOOL),
        ((None, "Pupil referral unit", None), ProviderKind.SCHOOL),
        (("SIXTH-FORM COLLEGE", None, None), ProviderKind.SIXTH_FORM_COLLEGE),
    ],
)
def test_the_first_row_that_fits_decides(looks: Looks, kind: ProviderKind, tables: Tables) -> None:
    assert kind_of(looks, tables.kinds) is kind


def test_the_last_row_fits_all(tables: Tables) -> None:
    last = tables.kinds[-1]
    assert (last.further_education_type, last.establishment_type, last.phase) == ("*", "*", "*")
