"""The database engine used when DATABASE_URL is not set: the server is started by the first connection."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base, client

from config import devdb, unprivileged


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`, with the server's own psql."""

    def runshell(self, parameters: Iterable[str]) -> None:
        at = devdb.address(settings.VAR_DIR)
        self.connection.settings_dict.update(HOST=at.host, PORT=at.port, USER=at.user, PASSWORD=at.password)
        programs = unprivileged.programs(settings.VAR_DIR / "pg", unprivileged.account())
        type(self).executable_name = str(programs / "psql")
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), **asdict(devdb.address(settings.VAR_DIR))}
