"""Serves pages and live streams from one process."""

import os
import socket
from typing import Any

import uvicorn
from django.core.management.base import BaseCommand, CommandParser

from config.processes import end_on_signals, end_with_parent

TIME_FOR_OPEN_REQUESTS = 10


class Server(uvicorn.Server):
    """Ends the live streams first: they would stay open for ever, and the server would wait for them."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        from config.stream import hub

        hub.close()
        await super().shutdown(sockets)


class Command(BaseCommand):
    help = "Serves pages and live streams. One process is enough for a school; several share the work."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument(
            "--fd", type=int, help="serve on this open socket instead, as handed over by systemd"
        )

    def handle(self, *args: Any, host: str, port: int, fd: int | None, **options: Any) -> None:
        end_with_parent()
        end_on_signals()
        config = uvicorn.Config(
            "config.asgi:application",
            host=host,
            port=port,
            fd=fd,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=TIME_FOR_OPEN_REQUESTS,
            forwarded_allow_ips=os.environ.get("TRUSTED_PROXIES", "127.0.0.1"),
        )
        Server(config).run()
