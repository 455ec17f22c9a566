"""The admin's site: its log-in leads to the second factor, and it has a few pages of its own."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import urlencode

from staff import views
from staff.middleware import owes_second_factor


class StaffSite(AdminSite):
    """Django's admin, and how staff proves who they are."""

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if owes_second_factor(request):
            query = urlencode({"next": request.GET.get("next", "")})
            return redirect(f"{views.second_factor.address('second_factor')}?{query}")
        return super().login(request, extra_context)

    def get_urls(self) -> list[Any]:
        pages = views.second_factor
        return [
            path("second-factor/", pages.enter, name="second_factor"),
            path("second-factor/set-up/", pages.set_up, name="second_factor_set_up"),
            path("second-factor/recovery-codes/", pages.recovery_codes, name="recovery_codes"),
            path("second-factor/log-out/", pages.log_out, name="second_factor_log_out"),
            path("for-staff/", self.admin_view(views.for_staff.for_staff), name="for_staff"),
            *super().get_urls(),
        ]
