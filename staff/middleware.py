"""Whoever gave a password alone is nobody yet, on every page, until the second factor is given too."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from staff.second_factor import has_second_factor


def second_factor_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Middleware, after django-otp's own: `request.user` is anonymous for somebody who owes a second factor."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.by_password = request.user  # type: ignore[attr-defined]
        request.user = SimpleLazyObject(partial(_trusted, request.user))  # type: ignore[assignment]
        return get_response(request)

    return answer


def owes_second_factor(request: HttpRequest) -> User | None:
    """Who gave the right password and no second factor yet, where one is asked for."""
    user = request.by_password  # type: ignore[attr-defined]
    return user if user.is_authenticated and _trusted(user) is not user else None


def _trusted(user: Any) -> Any:
    if not user.is_authenticated or user.is_verified():
        return user
    return AnonymousUser() if settings.STAFF_SECOND_FACTOR or has_second_factor(user) else user
