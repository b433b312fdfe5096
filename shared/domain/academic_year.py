"""Which dates make up a campaign and an academic year? (rulebook 1.3 to 1.5)"""

from datetime import date


def ends_in(day: date) -> int:
    """The year in which the academic year that holds `day` ends: 2026 for 1 September 2025 to 31 August 2026."""
    return day.year + 1 if day.month >= 9 else day.year


def starts_on(ending: int) -> date:
    return date(ending - 1, 9, 1)


def ends_on(ending: int) -> date:
    return date(ending, 8, 31)


def born_in(birth: date) -> int:
    """The year in which the academic year of a birth ends; all that the bus may carry of a date of birth."""
    return ends_in(birth)


def academic_age(born: int, on: date) -> int:
    """Age on the 31 August before the academic year that holds `on`; `born` is what `born_in` gave."""
    return ends_in(on) - 1 - born


def campaign_of_cohort_file(sent_on: date) -> int:
    """A cohort or offers file is for the academic year that ends on the next 31 August."""
    return ends_in(sent_on)


def campaign_of_enrolments_file(sent_on: date) -> int:
    """Enrolments sent from 1 August Y to 31 July Y+1 are for campaign Y."""
    return sent_on.year if sent_on.month >= 8 else sent_on.year - 1


def cohort_day(campaign: int) -> date:
    return date(campaign, 5, 31)


def autumn_starts_on(campaign: int) -> date:
    return date(campaign, 9, 1)


def guarantee_deadline(campaign: int) -> date:
    return date(campaign, 9, 30)


def survey_day(campaign: int) -> date:
    return date(campaign, 11, 1)


def survey_closes_on(campaign: int) -> date:
    return date(campaign + 1, 1, 31)
