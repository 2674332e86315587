"""Whether this process lives, and whether the desk can work: for load balancers and for `manage.py run`."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis.exceptions import RedisError

from .services import worker_seen_lately


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database, the broker and a worker answer; else 503. Says which, and nothing more."""
    state = {"database": _database(), "broker": _broker()}
    state["worker"] = state["database"] and worker_seen_lately()
    return JsonResponse(
        state, status=200 if all(state.values()) else 503, headers={"Cache-Control": "no-store"}
    )


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM desk_workerheartbeat LIMIT 1")
    except Error:
        return False
    return True


def _broker() -> bool:
    try:
        cache.set("readyz", 1, 5)
    except (RedisError, OSError):
        return False
    return True
