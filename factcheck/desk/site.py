"""The administration's site: for those whose role manages sources and data, or administers people."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from factcheck.desk.errors import NotAllowed


class DeskAdminSite(AdminSite):
    """Django's site, opened by capabilities; what a model allows follows from them too (accounts.permissions)."""

    index_title = _("What do you want to manage?")
    site_url = "/"
    empty_value_display = "–"

    @property
    def site_header(self) -> str:
        return settings.DESK_NAME

    @property
    def site_title(self) -> str:
        return settings.DESK_NAME

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_authenticated and user.opens_admin

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        # Roles are the desk's own; Django's groups beside them would be a second place for the same.
        if model_or_iterable is Group or model_or_iterable == [Group] or model_or_iterable == (Group,):
            return
        super().register(model_or_iterable, admin_class, **options)

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one way in, with one count of wrong passwords: the desk's own."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise NotAllowed(_("Your role does not open the administration."))
        index = reverse("admin:index")
        wanted = request.GET.get("next", "")
        back = wanted if wanted.startswith(index) else index
        return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back})}")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """One's password is changed where one's other settings are, which also ends other sessions."""
        return redirect("accounts:me")
