"""For whoever watches over the server: is the process up, and can it do its work?"""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.errors import DATABASE_DOWN
from partnerships.access import public_view

_known: set[str] = set()


@public_view
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("up\n", content_type="text/plain")


@public_view
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers too, and has every migration that this code knows."""
    problem = _problem()
    return HttpResponse(f"{problem or 'ready'}\n", content_type="text/plain", status=503 if problem else 200)


def _problem() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "" if _is_migrated() else "the database lacks migrations: run manage.py migrate"
    except (*DATABASE_DOWN, DatabaseError):
        return "the database does not answer"


def _is_migrated() -> bool:
    """Looked up until it is so; code never loses a migration while it runs."""
    if "migrated" not in _known:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _known.add("migrated")
    return True
