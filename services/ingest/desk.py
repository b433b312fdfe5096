"""What does ingest have at hand whatever it does: its tables, the authorities it works for, and who is who?"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from services.ingest import directory_rows
from services.ingest.acts import sql
from services.ingest.domain.evidence import Directories
from services.ingest.domain.mapping import activity_code
from services.ingest.domain.postcodes import Postcodes
from services.ingest.domain.providers import Providers
from services.ingest.domain.rows import EnrolmentRow
from services.ingest.domain.tables import Tables
from services.ingest.following import Following
from shared.domain.vocabulary import Feed, ProviderKind
from shared.plumbing.database import Connection, Pool


@dataclass(slots=True)
class Desk:
    """`version` is that of the establishments at hand: they are read again when another one is in force."""

    pool: Pool
    tables: Tables
    authorities: tuple[str, ...]
    providers: Providers = field(default_factory=Providers)
    version: int = 0
    following: Following = field(init=False)

    def __post_init__(self) -> None:
        self.following = Following(self.pool)

    async def known_providers(self, connection: Connection) -> Providers:
        version = await connection.fetchval(sql("directory_version"), Feed.ESTABLISHMENTS)
        if version != self.version:
            self.providers = Providers.of(await directory_rows.establishments(connection))
            self.version = version
        return self.providers

    async def directories(self, connection: Connection, postcodes: Iterable[str | None]) -> Directories:
        """Every establishment, and these postcodes."""
        wanted = list({postcode for postcode in postcodes if postcode})
        return Directories(
            await self.known_providers(connection),
            Postcodes.of(await directory_rows.postcodes(connection, wanted)),
            self.authorities,
            self.activity_code,
        )

    def activity_code(self, row: EnrolmentRow, kind: ProviderKind | None) -> int:
        return activity_code(row, kind or ProviderKind.OTHER, self.tables.mapping)
