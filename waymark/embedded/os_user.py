"""Under which user of the machine does PostgreSQL run, which refuses to run as root?"""

import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from waymark.problems import CannotBeDoneNow

NAME: Final = "waymark"


@dataclass(frozen=True, slots=True)
class OsUser:
    """Ids to run a child with; `None` where it simply runs as whoever started the system."""

    uid: int | None = None
    gid: int | None = None

    @property
    def options(self) -> dict[str, Any]:
        """What subprocess takes to start a child as this user."""
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


OURSELVES: Final = OsUser()


def database_user() -> OsUser:
    """Ourselves, or where that is root the machine's user `waymark`, made and said so if there is none yet."""
    if os.geteuid() != 0:
        return OURSELVES
    try:
        found = pwd.getpwnam(NAME)
    except KeyError:
        found = _made()
    return OsUser(found.pw_uid, found.pw_gid)


def _made() -> pwd.struct_passwd:
    print(f"Running as root: making the machine's user `{NAME}`, as whom PostgreSQL runs.", file=sys.stderr)
    for command in (
        ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
        ["adduser", "-S", "-D", "-H", NAME],
    ):
        if shutil.which(command[0]) and subprocess.run(command, check=False, capture_output=True).returncode == 0:
            return pwd.getpwnam(NAME)
    raise CannotBeDoneNow(f"PostgreSQL does not run as root and no user `{NAME}` could be made: start as another user.")


def open_the_way(path: Path, user: OsUser) -> None:
    """Lets `user` pass through (not read) the folders above `path`, and says which ones it opened."""
    if user.uid is None:
        return
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & 0o001 and folder.stat().st_uid != user.uid:
            print(f"Letting the machine's users pass through {folder}, which PostgreSQL needs.", file=sys.stderr)
            folder.chmod(mode | 0o001)
