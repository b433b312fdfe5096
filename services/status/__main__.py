"""What does status hear? `python -m services.status` reads the bus until it is told to stop."""

from services.status import handlers, tables
from services.status.handlers import Handlers
from shared.domain import events
from shared.plumbing.chunks import Chunked
from shared.plumbing.settings import Settings
from shared.plumbing.turns import Hears
from shared.plumbing.worker import run


def hears(decides: Handlers) -> Hears:
    """The table of contents: what is done with each event."""
    return {
        events.CohortRowStated: decides.evidence_heard,
        events.OfferStated: decides.evidence_heard,
        events.GuaranteeCodeStated: decides.evidence_heard,
        events.EnrolmentStated: decides.evidence_heard,
        events.ActivityStated: decides.evidence_heard,
        events.ContactOutcomeStated: decides.evidence_heard,
        events.EvidenceWithdrawn: decides.evidence_heard,
        events.CohortExcepted: decides.evidence_heard,
        events.ExpectationsSet: Chunked(handlers.expectations_set, decides.redecide, handlers.pass_on),
        events.SubmissionReturned: Chunked(handlers.submission_returned, decides.redecide, handlers.pass_on),
        events.CohortFrozen: Chunked(handlers.cohort_frozen, decides.redecide, handlers.pass_on),
        events.DayPassed: handlers.pass_days_on,
    }


def installed() -> Hears:
    """As this installation has it: its rules and its authorities."""
    return hears(Handlers(tables.load(), frozenset(Settings.from_environment().authorities)))


if __name__ == "__main__":
    run("status", installed())
