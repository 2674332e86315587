"""What programs send and get, described for the OpenAPI document."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict, StringConstraints, model_validator

from factcheck.articles.canonical import canonical_url
from factcheck.articles.published import is_to_come


def _web_address(url: str) -> str:
    if url and not canonical_url(url):
        raise ValueError("This is not a web address; begin it with https://.")
    return url


def _not_to_come(published: date | datetime) -> date | datetime:
    if is_to_come(published):
        raise ValueError("This date is still to come.")
    return published


Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Status = Literal["queued", "running", "later", "added", "known", "updated", "unchanged", "gone", "failed"]


class ArticleIn(Schema):
    """An article to bring in: its address alone, its text, or its page's HTML with the address."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(_web_address)
    ] = Field(
        "",
        description="Where it is published. Alone, the desk fetches the page.",
        examples=["https://herald.example/a"],
    )
    text: str = Field("", description="The article's words, if you have them; the page is not fetched then.")
    html: str = Field("", description="The page's source, if you have it; needs `url`.")
    title: Short = Field("", description="Overrides the page's own.")
    bylines: list[Name] = Field([], max_length=50)
    # A day first: a plain one would be read as its midnight.
    published: (
        Annotated[date | datetime, Field(union_mode="left_to_right"), AfterValidator(_not_to_come)] | None
    ) = Field(None, description="A day or an instant; without a zone, the desk's.")
    language: Annotated[str, StringConstraints(pattern=r"^([a-z]{2})?$")] = Field("", description="ISO 639-1")
    medium: Literal["news", "speech", "broadcast", "post", "image", "document", "tip"] = "news"
    outlet: Name = Field("", description="The outlet's name, other name or domain, as the desk knows it.")
    extract: bool = Field(True, description="Whether claims are looked for.")

    @model_validator(mode="after")
    def has_something(self) -> "ArticleIn":
        if not (self.url or self.text.strip() or self.html.strip()):
            raise ValueError("Send a url, a text, or html with its url.")
        if self.html.strip() and not self.url:
            raise ValueError("Send the page's url with its html.")
        if self.html.strip() and self.text.strip():
            raise ValueError("Send either text or html.")
        return self


class IntakeOut(Schema):
    """What became of an article that was posted. `words` say it to a person; `article` is there once it came in."""

    id: int
    status: Status
    reason: str
    words: str
    article: int | None = Field(None, description="The article's id.")
    queued_at: datetime
    next_try_at: datetime | None
    finished_at: datetime | None

    @staticmethod
    def resolve_article(row: object) -> int | None:
        return row.article_id


class ArticleOut(Schema):
    """An article on the desk."""

    id: int
    url: str
    canonical_url: str
    title: str
    bylines: list[str]
    outlet: str | None
    written_by: str | None
    published_on: date | None
    published_at: datetime | None
    language: str
    medium: str
    version: int
    sha256: str = Field(description="Of the current version's text, UTF-8.")
    copy_of: int | None
    extraction: Literal["none", "queued", "running", "finished", "failed"]
    added_at: datetime

    @staticmethod
    def resolve_outlet(row: object) -> str | None:
        return row.carried_by.name if row.carried_by else None

    @staticmethod
    def resolve_written_by(row: object) -> str | None:
        return row.written_by.name if row.written_by else None

    @staticmethod
    def resolve_version(row: object) -> int:
        return row.current_version.number

    @staticmethod
    def resolve_sha256(row: object) -> str:
        return row.current_version.sha256

    @staticmethod
    def resolve_copy_of(row: object) -> int | None:
        return row.copy_of_id

    @staticmethod
    def resolve_extraction(row: object) -> str:
        return row.run_status or "none"


class Problem(Schema):
    """Why a request was not carried out. `fields` names what is wrong with what was sent."""

    message: str
    fields: dict[str, str] = {}
