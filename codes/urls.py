"""Addresses of the reference side."""

from django.urls import URLPattern

app_name = "codes"
urlpatterns: list[URLPattern] = []
