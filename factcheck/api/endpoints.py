"""The JSON API for programs, version 1: posting articles, and asking what became of them."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from ninja import NinjaAPI, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle
from redis.exceptions import RedisError

from factcheck.accounts.capabilities import Capability, demand
from factcheck.articles.models import Article
from factcheck.articles.querysets import long_of
from factcheck.desk.errors import Refused
from factcheck.intake.models import Intake
from factcheck.intake.services import hand_in_file, hand_in_text, hand_in_url
from factcheck.sources.models import Source

from .models import Token
from .schemas import ArticleIn, ArticleOut, IntakeOut, Problem
from .services import token_of

RATE = "600/m"
PROBLEMS = dict.fromkeys((401, 403, 404, 413, 422, 429), Problem)


class Bearer(HttpBearer):
    """`Authorization: Bearer desk_…`"""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        return token_of(token)


class PerToken(AuthRateThrottle):
    """So many requests of one client; while the broker is down, as many as it likes."""

    def get_cache_key(self, request: HttpRequest) -> str:
        return f"api-rate-{request.auth.pk}"

    def allow_request(self, request: HttpRequest) -> bool:
        try:
            return super().allow_request(request)
        except (RedisError, OSError):
            return True


api = NinjaAPI(
    title="Fact desk",
    version="1",
    description="Post articles to the desk and ask what became of them. Every request carries a client's token.",
    urls_namespace="api-v1",
    docs_url=None,
    auth=Bearer(),
    throttle=[PerToken(RATE)],
)


@api.post(
    "/articles",
    response={202: IntakeOut, 200: IntakeOut, **PROBLEMS},
    operation_id="postArticle",
    summary="Bring an article in",
)
def post_article(request: HttpRequest, response: HttpResponse, article: ArticleIn) -> Status:
    """Hands the article in and answers at once: 202 with the intake to ask for, 200 where the desk has the article already.

    Posting the same address twice gives the same intake, or the article, and never a second one; another text or page for it
    becomes the article's new version.
    """
    demand(request.auth, Capability.TRIAGE)
    given: dict[str, Any] = {
        "title": article.title,
        "bylines": article.bylines,
        "published": article.published.isoformat() if article.published else "",
        "language": article.language,
        "medium": "" if article.medium == "news" else article.medium,
    }
    common = {
        "actor": request.auth,
        "via": Intake.Via.API,
        "given": given,
        "source": _outlet(article.outlet),
    }
    if article.text.strip():
        intake = hand_in_text(text=article.text, url=article.url, extract=article.extract, **common)
    elif article.html.strip():
        body = article.html.encode("utf-8", "replace")
        intake = hand_in_file(
            body=body,
            file_name="page.html",
            content_type="text/html",
            url=article.url,
            extract=article.extract,
            **common,
        )
    else:
        intake = hand_in_url(url=article.url, extract=article.extract, **common)
    if intake.status == Intake.Status.FAILED:
        raise HttpError(422, intake.words)
    response["Location"] = reverse("api-v1:getIntake", args=[intake.pk])
    return Status(200 if intake.is_over else 202, intake)


@api.get(
    "/intakes/{int:pk}",
    response={200: IntakeOut, **PROBLEMS},
    operation_id="getIntake",
    url_name="getIntake",
    summary="What became of an article that was posted",
)
def get_intake(request: HttpRequest, pk: int) -> Intake:
    demand(request.auth, Capability.TRIAGE)
    return get_object_or_404(Intake.objects.visible_to(request.auth), pk=pk)


@api.get(
    "/articles/{int:pk}",
    response={200: ArticleOut, **PROBLEMS},
    operation_id="getArticle",
    url_name="getArticle",
    summary="An article on the desk",
)
def get_article(request: HttpRequest, pk: int) -> Article:
    demand(request.auth, Capability.READ)
    articles = Article.objects.visible_to(request.auth).with_run()
    return get_object_or_404(
        articles.select_related("carried_by", "written_by", "current_version").defer(
            *long_of("current_version")
        ),
        pk=pk,
    )


def _outlet(name: str) -> Source | None:
    name = name.replace("\x00", "").strip()
    if not name:
        return None
    known = Source.objects.publishers()
    found = (
        known.named(name).first() or known.filter(domains__domain=name.lower().removeprefix("www.")).first()
    )
    if found is None:
        raise HttpError(422, f"The desk has no outlet named “{name}”.")
    return found


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return _problem(request, error.status, str(error.message))


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    answer = _problem(request, error.status_code, str(error))
    if wait := getattr(error, "wait", None):
        answer["Retry-After"] = str(int(wait) + 1)
    return answer


@api.exception_handler(AuthenticationError)
def no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = _problem(request, 401, "Send a live token: Authorization: Bearer desk_…")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {
        ".".join(str(part) for part in e["loc"][2:]) or "body": _message(e["msg"]) for e in error.errors
    }
    return _problem(request, 422, "Something in what was sent is not right.", fields)


def _message(text: str) -> str:
    return text.removeprefix("Value error, ")


def _problem(
    request: HttpRequest, status: int, message: str, fields: dict[str, str] | None = None
) -> HttpResponse:
    return api.create_response(request, {"message": message, "fields": fields or {}}, status=status)


def urls() -> tuple[list[URLPattern], str, str]:
    """The API's addresses. Its clients show a token instead of a session."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        login_not_required(pattern.callback)
    return patterns, app_name, namespace
