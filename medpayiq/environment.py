"""Readers of settings: each says in a sentence what is wrong with one, and never repeats what may hold a password."""

import ipaddress
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from dotenv import load_dotenv
from environs import Env, EnvError, validate
from limits import parse_many

from medpayiq.starting import PROJECT_DIR

# Into the environment, where the log and the server look too; what is set there already stands above the file.
load_dotenv(PROJECT_DIR / ".env")
env = Env()
is_web_address = validate.Regexp(
    "https?://", error="it begins with https://, such as https://medpayiq.example."
)


@env.parser_for("secret_file")
def secret_file(path: str) -> str:
    """What stands in the file that a setting names, without white space around it; "" where none is named."""
    try:
        return Path(path).read_text(encoding="utf-8").strip() if path else ""
    except OSError as fault:
        raise EnvError(f"{path} cannot be read: {fault.strerror}.") from fault


@env.parser_for("folder")
def folder(path: str | Path) -> Path:
    """The folder that a setting names, made where it is not there."""
    if not str(path):
        raise EnvError("it is empty. Name a folder, or leave the line out.")
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise EnvError(f"the folder {path} cannot be made: {fault.strerror}.") from fault
    return Path(path)


@env.parser_for("limits")
def limits(text: str) -> str:
    """Limits as the library of that name writes them, such as "6/hour;20/day"."""
    try:
        parse_many(text)
    except ValueError as fault:
        raise EnvError(f'"{text}" is no limit; write it like 6/hour;20/day.') from fault
    return text


@env.parser_for("time_zone")
def time_zone(name: str) -> str:
    """The name of a time zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as fault:
        raise EnvError(f'"{name}" is no time zone; write one like America/New_York.') from fault
    return name


@env.parser_for("url_path")
def url_path(text: str) -> str:
    """A part of an address, with one slash at its end."""
    if not text.strip("/"):
        raise EnvError("it is empty. Give a word, or leave the line out.")
    return text.strip("/") + "/"


@env.parser_for("closed_address")
def closed_address(text: str) -> tuple[str, int] | None:
    """Host and port of this machine or of a private network; None for "". A public one, or all at once, is refused."""
    host, _, port = text.rpartition(":")
    if not text:
        return None
    try:
        at = ipaddress.ip_address(socket.gethostbyname(host or "0.0.0.0"))
    except OSError as fault:
        raise EnvError(f'nobody knows the host "{host}".') from fault
    if not port.isdecimal() or at.is_unspecified or not at.is_private:
        raise EnvError(f'"{text}" is no private address with a port, such as 127.0.0.1:9109.')
    return str(at), int(port)


def address(read: Callable[..., dict[str, Any]], name: str, default: str, example: str) -> dict[str, Any]:
    """What the address in a setting says. It may hold a password, so that a wrong one is not repeated."""
    try:
        found = read(name, default)
        if {"ENGINE", "BACKEND", "EMAIL_BACKEND"} & found.keys():
            return found
    except EnvError:
        pass
    state = "cannot be read" if env.str(name, "") else "is empty"
    raise ImproperlyConfigured(f"{name} {state}. Give an address such as {example}, or leave the line out.")
