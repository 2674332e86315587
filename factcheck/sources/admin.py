"""Sources in the administration: searched, filtered, and saved through the services like everywhere else."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from factcheck.articles.outlets import and_linked
from factcheck.desk.errors import Refused
from factcheck.desk.forms import WebAddressField

from . import reads, services
from .domains import host_of
from .history import changes_of
from .models import Source, SourceAlias, SourceDomain


class SourceForm(forms.ModelForm):
    """Carries the revision it was opened at, so that a save over somebody else's is noticed."""

    opened_at = forms.IntegerField(required=False, widget=forms.HiddenInput)
    homepage = WebAddressField(label=_("Homepage"), required=False, max_length=200)

    class Meta:
        model = Source
        fields = list(services.EDITABLE)
        widgets = {
            "reliability_reason": forms.Textarea(attrs={"rows": 3}),
            "interests": forms.Textarea(attrs={"rows": 3}),
            "notes": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "opened_at" in self.fields:
            self.fields["opened_at"].initial = self.instance.revision if self.instance.pk else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        same = Source.objects.filter(name__iexact=cleaned.get("name", ""), kind=cleaned.get("kind", ""))
        if same.exclude(pk=self.instance.pk).exists():
            said = _("The desk has a source of this name and kind already. Search for it in the list.")
            self.add_error("name", said)
        if self.instance.pk and cleaned.get("opened_at"):
            # Held until the request's transaction ends, so nobody can save between this look and our own saving.
            row = Source.objects.select_for_update(of=("self",)).filter(pk=self.instance.pk).first()
            if row is not None and row.revision != cleaned["opened_at"]:
                self.take_over(row)
        return cleaned

    def take_over(self, now: Source) -> None:
        """Keep what was typed, say what differs, and let a second save be a deliberate one."""
        self.data = self.data.copy()
        self.data[self.add_prefix("opened_at")] = str(now.revision)
        theirs = [
            f"{self.fields[name].label}: {getattr(now, name) or '–'}"
            for name in services.EDITABLE
            if name in self.fields and getattr(now, name) != self.cleaned_data.get(name)
        ]
        said = _(
            "Somebody else saved this source while you were writing. Yours is kept below; on the desk it now says: %(theirs)s. "
            "Save again to put yours in its place."
        )
        raise ValidationError(said % {"theirs": "; ".join(theirs) or "–"}, code="stale")


class NameForm(forms.ModelForm):
    """One other name; whether it is taken is the service's to say, with by whom."""

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        taken = SourceAlias.objects.filter(name__iexact=name).exclude(source=self.instance.source_id)
        if other := taken.select_related("source").first():
            raise ValidationError(_("%(name)s has this name already."), params={"name": other.source})
        return name


class DomainForm(forms.ModelForm):
    """One domain, out of whatever was pasted: https://www.herald.example/news is herald.example."""

    domain = forms.CharField(label=_("domain"), max_length=2000)

    def clean_domain(self) -> str:
        host = host_of(self.cleaned_data["domain"])
        taken = SourceDomain.objects.filter(domain=host).exclude(source=self.instance.source_id)
        if other := taken.select_related("source").first():
            raise ValidationError(_("%(name)s has this domain already."), params={"name": other.source})
        return host


class AliasInline(admin.TabularInline):
    model = SourceAlias
    form = NameForm
    extra = 1


class DomainInline(admin.TabularInline):
    model = SourceDomain
    form = DomainForm
    extra = 1


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    form = SourceForm
    list_display = ["name", "kind", "reliability", "articles", "checked", "parent", "also"]
    list_filter = ["kind", "reliability", "is_demo"]
    list_select_related = ["parent"]
    list_per_page = 50
    search_fields = ["name", "aliases__name", "domains__domain"]
    search_help_text = _("Name, other name or domain")
    autocomplete_fields = ["parent"]
    inlines = [AliasInline, DomainInline]
    actions = None
    save_on_top = True
    object_history_template = "admin/sources/history.html"
    fieldsets = [
        (None, {"fields": ["opened_at", "name", "kind", "parent", "homepage", "country"]}),
        (
            _("Reliability, for the desk only"),
            {"fields": ["reliability", "reliability_reason", "reliability_on"]},
        ),
        (_("More"), {"fields": ["interests", "notes", "obeys_robots", "fetch_delay"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        sources = Source.objects.visible_to(request.user)
        return reads.with_counts(sources, request.user).prefetch_related(
            Prefetch("aliases"), Prefetch("domains")
        )

    @admin.display(description=_("other names and domains"))
    def also(self, source: Source) -> str:
        names = [alias.name for alias in source.aliases.all()]
        return ", ".join([*names, *(domain.domain for domain in source.domains.all())])

    @admin.display(description=_("articles"), ordering="article_count")
    def articles(self, source: Source) -> int:
        return source.article_count

    @admin.display(description=_("checked claims"), ordering="claim_count")
    def checked(self, source: Source) -> str:
        address = reverse("sources:show", args=[source.pk])
        return format_html('<a href="{}">{}</a>', address, source.claim_count)

    def save_model(self, request: HttpRequest, obj: Source, form: SourceForm, change: bool) -> None:
        given = {name: form.cleaned_data[name] for name in services.EDITABLE}
        if change:
            # Only what this person changed: the rest is as somebody else may have left it.
            given = {name: value for name, value in given.items() if name in form.changed_data}
            saved = services.edit_source(
                actor=request.user,
                source=obj,
                revision=form.cleaned_data["opened_at"] or obj.revision,
                **given,
            )
        else:
            saved = services.add_source(actor=request.user, **given)
        obj.__dict__.update({k: v for k, v in saved.__dict__.items() if k != "_state"})
        obj._state.adding = False

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        # Told the rows without saving them, the formset knows what to write into the log of the administration.
        formset.save(commit=False)
        kept = [row for row in formset.forms if row.cleaned_data and row not in formset.deleted_forms]
        source = form.instance
        if formset.model is SourceAlias:
            names = [row.cleaned_data["name"] for row in kept if row.cleaned_data.get("name")]
            services.set_aliases(actor=request.user, source=source, names=names)
        else:
            domains = [row.cleaned_data["domain"] for row in kept if row.cleaned_data.get("domain")]
            source = services.set_domains(actor=request.user, source=source, domains=domains)
            if source.linked:
                self.message_user(request, and_linked("", source.linked).strip(), messages.SUCCESS)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as error:
            # Only where two save in the same moment: the form's own checks come first.
            self.message_user(request, str(error.message), messages.ERROR)
            return redirect(request.get_full_path())
        form = getattr(response, "context_data", None) and response.context_data.get("adminform")
        if form and form.form.is_bound and form.form.has_error("__all__", "stale"):
            response.status_code = 409
        return response

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        source = get_object_or_404(Source, pk=object_id)
        if self.has_delete_permission(request, source) and (used := services.uses_in_words(source)):
            said = _("%(name)s cannot be deleted: %(uses)s refer to it.")
            self.message_user(request, said % {"name": source, "uses": ", ".join(used)}, messages.ERROR)
            return redirect("admin:sources_source_change", object_id)
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request: HttpRequest, obj: Source) -> None:
        services.delete_source(actor=request.user, source=obj)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        source = get_object_or_404(Source.objects.visible_to(request.user), pk=object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("What changed: %(name)s") % {"name": source},
            "opts": self.opts,
            "object": source,
            "changes": changes_of(source),
        }
        return TemplateResponse(request, self.object_history_template, context)
