"""The pages of the second factor: give a code, set up an app, get recovery codes. No cache keeps one of them."""

from collections.abc import Callable
from typing import Any

import django_otp
from django import forms
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from staff import second_factor
from staff.middleware import owes_second_factor

KEY = "second_factor_key"  # in the session, while an app is being set up
View = Callable[[HttpRequest], HttpResponse]


class CodeForm(forms.Form):
    """What the app shows, or a recovery code."""

    code = forms.CharField(
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "size": 12}),
    )


def address(name: str) -> str:
    """The address of a page of the admin."""
    return reverse(f"admin:{name}")


def _page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    shared = {**admin.site.each_context(request), "title": title}
    shared["is_nav_sidebar_enabled"] = request.user.is_authenticated  # else it says that nothing may be seen
    return TemplateResponse(request, f"admin/second_factor/{template}.html", {**shared, **context})


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: a page of this site, else the front page of the admin."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if here else address("index")


def _by_password(request: HttpRequest) -> User | None:
    """Who gave a password, with a second factor or without."""
    user = owes_second_factor(request) or request.user
    return user if user.is_authenticated else None


def _accept(request: HttpRequest, user: User, device: django_otp.models.Device) -> None:
    """From here on this session has both factors, under another key."""
    request.session.pop(KEY, None)
    request.session.cycle_key()
    request.user = user
    django_otp.login(request, device)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Where a second factor is owed: give the code, or set up an app first. Else: what is set up."""
    user = owes_second_factor(request)
    if user is None:
        return _standing(request)
    if not second_factor.has_second_factor(user):
        return redirect(f"{address('second_factor_set_up')}?{request.GET.urlencode()}")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wait = second_factor.seconds_to_wait(user)
        if device := second_factor.verify(user, form.cleaned_data["code"]):
            _accept(request, user, device)
            return redirect(_next(request))
        form.add_error(
            "code", f"Wait {wait} s, then try again." if wait > 0 else "This code is wrong, old or used."
        )
    return _page(request, "enter", "Second factor", form=form, next=_next(request))


def _standing(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.path, address("login"))
    has = second_factor.has_second_factor(request.user)
    left = second_factor.recovery_codes_left(request.user)
    return _page(request, "standing", "Second factor", has=has, left=left)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """A new app: its secret once, and the recovery codes once a code of the app has come back."""
    user = _by_password(request)
    if user is None:
        return redirect_to_login(request.path, address("login"))
    if owes_second_factor(request) and second_factor.has_second_factor(user):
        return redirect("admin:second_factor")
    key = request.session.setdefault(KEY, second_factor.new_key())
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if made := second_factor.set_up(user, key, "".join(form.cleaned_data["code"].split())):
            _accept(request, user, made[0])
            return _page(request, "recovery_codes", "Your recovery codes", codes=made[1], next=_next(request))
        form.add_error("code", "This is not the code of this secret. Is the clock of your phone right?")
    app = second_factor.enrollment(user, key)
    return _page(request, "set_up", "Set up your second factor", app=app, form=form, next=_next(request))


@never_cache
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes in place of the former ones."""
    if not request.user.is_authenticated or not second_factor.has_second_factor(request.user):
        return redirect("admin:second_factor")
    codes = second_factor.new_recovery_codes(request.user)
    return _page(request, "recovery_codes", "Your recovery codes", codes=codes, next=address("index"))


@never_cache
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """For whoever gave a password and has no second factor at hand."""
    logout(request)
    messages.info(request, "You are logged out.")
    return redirect("admin:login")
