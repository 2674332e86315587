"""Around every request: one line in the log, and the desk's refusals turned into pages."""

import logging
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from .errors import Refused

log = logging.getLogger("factcheck.request")

Handler = Callable[[HttpRequest], HttpResponse]


class RequestLogMiddleware:
    """Writes method, path, status, time and person of each request as one structured line."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        request.id = uuid.uuid4().hex[:12]
        response = self.get_response(request)
        if request.path not in ("/healthz", "/readyz"):
            user = getattr(request, "user", None)
            log.info(
                "request",
                extra={
                    "request_id": request.id,
                    "method": request.method,
                    "path": request.path,
                    "status": response.status_code,
                    "ms": round((time.monotonic() - began) * 1000),
                    "user": user.pk if user is not None and user.is_authenticated else None,
                },
            )
        response["X-Request-ID"] = request.id
        return response


class SizeLimitMiddleware:
    """Refuses a body that no form of the desk needs before any of it is read, since files are otherwise kept whatever their size."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or len(length) > 12 or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            if request.content_type == "application/json":
                # Programs get a problem as all others of the API are.
                megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000
                return JsonResponse({"message": f"Send at most {megabytes} MB.", "fields": {}}, status=413)
            raise RequestDataTooBig("The request is larger than DATA_UPLOAD_MAX_MEMORY_SIZE.")
        return self.get_response(request)


class DeskMiddleware:
    """Answers a service's refusal with a page or fragment in its own words, and keeps signed-in pages out of caches.

    An HTMX request after the session ended gets 401 rather than the login page inside the one that is open.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        signed_out = not request.user.is_authenticated
        if request.htmx and signed_out and response.status_code == 302:
            return HttpResponse(status=401)
        patch_vary_headers(response, ["HX-Request"])
        if not signed_out and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-cache"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        template = "desk/refused_fragment.html" if request.htmx else "desk/refused.html"
        response = render(request, template, {"message": error.message}, status=error.status)
        if request.htmx:
            # The page stays as it is; the refusal is shown and read out beside it.
            response["HX-Retarget"] = "#messages"
            response["HX-Reswap"] = "innerHTML"
        return response
