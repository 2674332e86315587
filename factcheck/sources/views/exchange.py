"""Sources as CSV: out, and in again with a look at what would happen first."""

from dataclasses import asdict

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from factcheck.accounts.capabilities import Capability, requires
from factcheck.articles.outlets import and_linked
from factcheck.desk.errors import NotAllowed, Refused, in_words
from factcheck.sources import exchange, importing, planning, reads
from factcheck.sources.forms import ImportForm, SourceFilter
from factcheck.sources.models import Source

SALT = "sources.import"
GOOD_FOR = 60 * 60 * 24


@require_safe
@requires(Capability.READ)
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The sources of the list as it is filtered, as CSV."""
    form = SourceFilter(request.GET)
    if not form.is_valid():
        return HttpResponse(status=422)
    sources = reads.narrowed(Source.objects.visible_to(request.user), form.cleaned_data).order_by(
        "name", "pk"
    )
    answer = StreamingHttpResponse(exchange.csv_lines(sources), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="sources-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


@require_http_methods(["GET", "POST"])
@requires(Capability.MANAGE)
def import_(request: HttpRequest) -> HttpResponse:
    """A file, then what each of its rows would do, then doing it."""
    if request.method == "GET":
        return _page(request, ImportForm(), 200)
    if "table" in request.POST:
        return _confirmed(request)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    try:
        table = exchange.read(form.cleaned_data["file"].read())
    except Refused as refused:
        form.add_error("file", str(refused.message))
        return _page(request, form)
    return _planned(request, table, planning.plan(table, request.user), 200)


def _confirmed(request: HttpRequest) -> HttpResponse:
    try:
        table = exchange.Table(**signing.loads(request.POST["table"], salt=SALT, max_age=GOOD_FOR))
    except signing.BadSignature:
        form = ImportForm({})
        form.errors["file"] = [_("This was shown too long ago. Choose the file again.")]
        return _page(request, form)
    try:
        done = importing.apply(
            actor=request.user,
            table=table,
            digest=request.POST.get("digest", ""),
            good_only="good_only" in request.POST,
        )
    except importing.PlanChanged as changed:
        return _planned(request, table, changed.plan, changed.status, str(changed.message))
    except NotAllowed:
        raise
    except (Refused, ValidationError) as error:
        said = in_words(error)
        return _planned(request, table, planning.plan(table, request.user), 422, said)
    counts = done.counts
    added = ngettext("%(n)d source added", "%(n)d sources added", counts[planning.NEW])
    changed = _("%(n)d changed")
    left_out = _("%(n)d left out")
    words = [added % {"n": counts[planning.NEW]}, changed % {"n": counts[planning.CHANGED]}]
    if counts[planning.ERROR]:
        words.append(left_out % {"n": counts[planning.ERROR]})
    messages.success(request, and_linked(f"{', '.join(words)}.", done.linked))
    return redirect("sources:list")


def _page(request: HttpRequest, form: ImportForm, status: int = 422) -> HttpResponse:
    return render(
        request, "sources/import.html", {"form": form, "columns": exchange.COLUMNS.items()}, status=status
    )


def _planned(
    request: HttpRequest, table: exchange.Table, plan: planning.Plan, status: int, said: str = ""
) -> HttpResponse:
    context = {
        "plan": plan,
        "counts": plan.counts,
        "parts": [
            (outcome, plan.of(outcome)) for outcome in (planning.ERROR, planning.NEW, planning.CHANGED)
        ],
        "unchanged": plan.of(planning.UNCHANGED),
        "table": signing.dumps(asdict(table), salt=SALT, compress=True),
        "said": said,
    }
    return render(request, "sources/import_plan.html", context, status=status)
