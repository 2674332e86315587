"""Pages of what was fetched: a capture with its headers, and its bytes as they were, made harmless."""

from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from factcheck.accounts.capabilities import Capability, requires
from factcheck.articles.querysets import long_of
from factcheck.desk.errors import Refused

from .captures import CaptureLost, bytes_of
from .models import Capture
from .names import name_to_save, safe_name

# Somebody else's page on our own host: no script, no form, no frame, nothing fetched, and no origin of ours for it to act in.
INERT = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# What a browser may open, and as what: XHTML that is not well-formed would only show its error.
OPENED = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}
EXTENSIONS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
OF_NAME = {".htm": "text/html", ".html": "text/html", ".xhtml": "text/html", ".txt": "text/plain"}


class Lost(Refused):
    """The storage does not hold what was kept."""

    status = 410


@require_safe
@requires(Capability.READ)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of a capture: where and when it was fetched, what the site said, and which version was read from it."""
    capture = _capture(request, pk)
    return render(request, "intake/capture.html", {"capture": capture, "shown": _type_of(capture) in OPENED})


@require_safe
@requires(Capability.READ)
def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they were: pages and texts shown without scripts and without network, anything else to be saved."""
    capture = _capture(request, pk)
    kind = _type_of(capture)
    if kind not in OPENED:
        return _inert(_to_save(capture))
    # Without a charset of the server's the browser looks for the page's own, as it did when the page was there.
    charset = (
        f"; charset={capture.charset}" if capture.charset.replace("-", "").replace("_", "").isalnum() else ""
    )
    return _inert(HttpResponse(_bytes(capture), content_type=OPENED[kind] + charset))


@require_safe
@requires(Capability.READ)
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they were, to be saved."""
    return _inert(_to_save(_capture(request, pk)))


def _capture(request: HttpRequest, pk: int) -> Capture:
    captures = Capture.objects.visible_to(request.user).with_words().select_related("article", "version")
    return get_object_or_404(captures.defer(*long_of("version")), pk=pk)


def _type_of(capture: Capture) -> str:
    """The type it came with; that of its name where it came with none."""
    named = OF_NAME.get(PurePosixPath(capture.file_name.lower()).suffix, "")
    return capture.content_type.partition(";")[0].strip().lower() or named


def _bytes(capture: Capture) -> bytes:
    try:
        return bytes_of(capture)
    except CaptureLost:
        raise Lost(_("The desk's storage does not hold these bytes any more.")) from None


def _to_save(capture: Capture) -> HttpResponse:
    extension = (
        EXTENSIONS.get(_type_of(capture)) or PurePosixPath(safe_name(capture.file_name)).suffix or ".bin"
    )
    name = name_to_save(
        url=capture.final_url or capture.url, file_name=capture.file_name, extension=extension.lower()
    )
    response = HttpResponse(_bytes(capture), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _inert(response: HttpResponse) -> HttpResponse:
    response["Content-Security-Policy"] = INERT
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Referrer-Policy"] = "no-referrer"
    response["X-DNS-Prefetch-Control"] = "off"
    return response
