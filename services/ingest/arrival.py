"""What is a submission when it is accepted: who sent it, what was read of it, and who was who until then?"""

from dataclasses import dataclass

from services.ingest.domain.contents import Parsed
from services.ingest.domain.evidence import Sending
from services.ingest.domain.providers import Providers
from shared.domain.vocabulary import Feed


@dataclass(frozen=True, slots=True)
class Arrival:
    """`providers` are the establishments in force just before it."""

    sending: Sending
    feed: Feed
    parsed: Parsed
    providers: Providers
