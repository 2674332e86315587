"""Taking a suggested speaker in as a source, linking them to one, setting them aside, and undoing it."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import F, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from factcheck.accounts.capabilities import Capability, demand
from factcheck.claims.models import Claimant
from factcheck.desk.audit import acting, person
from factcheck.desk.errors import AlreadyThere, NotAllowed, Refused, in_words

from .models import Source, SourceAlias, SuggestionIgnored
from .services import Taken, add_source, delete_source, lock_source, uses_in_words
from .suggestions import described, speakers, suggested_names

if TYPE_CHECKING:
    from factcheck.accounts.models import User


@dataclass
class Linked:
    """What a decision did, to be undone by: the claimants that got the source, and what was made for it."""

    source: int
    name: str
    claimants: list[int]
    made_source: bool = False
    made_alias: int | None = None

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Decided:
    """What became of several names: those linked and those set aside now, and by name why the others were not."""

    linked: list[Linked] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def accept_suggestions(*, actor: "User", kinds: dict[str, str]) -> Decided:
    """Take in each name by itself, as the kind that stands with it; one that a source is called like is linked to that source."""
    demand(actor, Capability.MANAGE)
    rows = suggested_names(actor).filter(low__in=[name.lower() for name in kinds])
    waiting = {one.name.lower(): one for one in described(list(rows), actor)}

    def accept(name: str, done: Decided) -> None:
        if name.lower() not in waiting:
            raise _gone()
        same = [likely.source for likely in waiting[name.lower()].likely if likely.is_same]
        if len(same) > 1:
            raise Refused(_("Several sources are called like this: say in its row which it is."))
        if same:
            done.linked.append(link_suggestion(actor=actor, name=name, source=same[0]))
        else:
            done.linked.append(accept_suggestion(actor=actor, name=name, kind=kinds[name]))

    return _each(kinds, accept)


def link_suggestions(*, actor: "User", names: Iterable[str], source: Source) -> Decided:
    """They are all this source, each linked by itself."""
    demand(actor, Capability.MANAGE)

    def link(name: str, done: Decided) -> None:
        done.linked.append(link_suggestion(actor=actor, name=name, source=source))

    return _each(names, link)


def ignore_suggestions(*, actor: "User", names: Iterable[str]) -> Decided:
    """Suggest none of them again; one that is a source by now is none to set aside."""
    demand(actor, Capability.MANAGE)

    def ignore(name: str, done: Decided) -> None:
        if not _waiting(actor, name):
            raise _gone()
        ignore_suggestion(actor=actor, name=name)
        done.aside.append(name)

    return _each(names, ignore)


def accept_suggestion(*, actor: "User", name: str, kind: str) -> Linked:
    """Make a person or organisation of that name a source, and link all its claims. One that is there already is linked."""
    demand(actor, Capability.MANAGE)
    if kind not in (Source.Kind.PERSON, Source.Kind.ORGANISATION):
        raise Refused(_("A speaker is a person or an organisation."))
    with acting(actor, "accept suggested source"):
        if not _waiting(actor, name):
            raise _gone()
        try:
            source, made = add_source(actor=actor, name=name, kind=kind), True
        except AlreadyThere as there:
            source, made = there.existing, False
        return Linked(source.pk, name, _link(actor, name, source), made_source=made)


def link_suggestion(*, actor: "User", name: str, source: Source) -> Linked:
    """The speaker is this source: it gets the name as another one, and all claims of that name. Raises Taken."""
    demand(actor, Capability.MANAGE)
    with acting(actor, "link suggested source"):
        source = lock_source(source.pk)
        if not _waiting(actor, name):
            raise _gone()
        alias = None
        if source.name.lower() != name.lower():
            held = SourceAlias.objects.select_related("source").filter(name__iexact=name).first()
            if held is not None and held.source_id != source.pk:
                raise Taken(held.source, "source", name)
            if held is None:
                alias = SourceAlias.objects.create(source=source, name=name).pk
                Source.objects.filter(pk=source.pk).update(revision=F("revision") + 1)
        return Linked(source.pk, name, _link(actor, name, source), made_alias=alias)


def undo_link(*, actor: "User", linked: Linked) -> list[str]:
    """Take back what `accept_suggestion` or `link_suggestion` did, but for what people changed since, which is returned in words."""
    demand(actor, Capability.MANAGE)
    with acting(actor, "undo suggested source"):
        told: list[str] = []
        source = Source.objects.select_for_update(of=("self",)).filter(pk=linked.source).first()
        if source is None:
            return told
        rows = Claimant.objects.filter(pk__in=linked.claimants, source=source, confirmed_at=None)
        rows.update(source=None, revision=F("revision") + 1)
        if Claimant.objects.filter(pk__in=linked.claimants, source=source).exists():
            told.append(_("Claimants that an editor confirmed keep their source."))
        if linked.made_alias and source.aliases.filter(pk=linked.made_alias).delete()[0]:
            Source.objects.filter(pk=source.pk).update(revision=F("revision") + 1)
        if linked.made_source:
            if uses := uses_in_words(source):
                words = _("%(name)s stays a source: %(uses)s refer to it.")
                told.append(words % {"name": source, "uses": ", ".join(uses)})
            else:
                delete_source(actor=actor, source=source)
        return told


def ignore_suggestion(*, actor: "User", name: str) -> None:
    """Do not suggest this name again. Twice is once. Raises Refused for none."""
    demand(actor, Capability.MANAGE)
    if not name:
        raise Refused(_("There is no name to set aside."))
    with acting(actor, "ignore suggested source"):
        if not SuggestionIgnored.objects.filter(name__iexact=name).exists():
            SuggestionIgnored.objects.create(name=name[:200], ignored_by=person(actor))


def suggest_again(*, actor: "User", name: str) -> None:
    """A name that was set aside is suggested again."""
    demand(actor, Capability.MANAGE)
    with acting(actor, "suggest source again"):
        SuggestionIgnored.objects.filter(name__iexact=name).delete()


def _each(names: Iterable[str], decide: Callable[[str, Decided], None]) -> Decided:
    """Decide on each name; one that is refused keeps none of the others back."""
    done = Decided()
    for name in names:
        try:
            decide(name, done)
        except NotAllowed:
            raise
        except (Refused, ValidationError) as error:
            done.refused[name] = in_words(error)
    return done


def _gone() -> Refused:
    return Refused(_("Nobody of that name waits any more: somebody was faster."))


def _rows(actor: "User", name: str) -> Any:
    return speakers(actor).annotate(low=Lower("name")).filter(low=Lower(Value(name)))


def _waiting(actor: "User", name: str) -> bool:
    return _rows(actor, name).exists()


def _link(actor: "User", name: str, source: Source) -> list[int]:
    rows = _rows(actor, name).order_by("pk").select_for_update(of=("self",))
    keys = list(rows.values_list("pk", flat=True))
    # The revision counts, so that somebody who has the claimant open does not save them without their source.
    Claimant.objects.filter(pk__in=keys).update(source=source, revision=F("revision") + 1)
    return keys
