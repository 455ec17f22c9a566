"""The mails: what they carry, a real SMTP conversation, bounces, and a log without addresses."""

import io
import json
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from contributions import checks, tokens
from contributions.mailing import consent, emails, links, subscriptions
from contributions.mailing.emails import Sent
from contributions.models import ToolkitSignup
from tests.contributions.toolkit_site import fee_schedule

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 15)
ADDRESS = "biller@example.com"


class Server:
    """A mail server that keeps what it is given, refuses nobody@ for good and later@ for now."""

    def __init__(self) -> None:
        self.recipients: list[str] = []
        self.messages: list[Any] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusals = {"nobody": "550 5.1.1 No such user", "later": "451 4.2.1 Try later"}
        if refusal := refusals.get(address.partition("@")[0]):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        refusals = {"gone": "550 5.1.1 No such user", "spam": "554 5.7.1 Looks like spam"}
        if refusal := refusals.get(envelope.rcpt_tos[0].partition("@")[0]):
            return refusal
        self.recipients += envelope.rcpt_tos
        assert isinstance(envelope.content, bytes)
        self.messages.append(message_from_bytes(envelope.content, policy=default))
        return "250 Taken"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings_of(address: str) -> dict[str, Any]:
    """What the settings make of EMAIL_URL, in a process of its own."""
    names = "BACKEND HOST PORT HOST_USER HOST_PASSWORD USE_TLS USE_SSL TIMEOUT"
    program = (
        "import json, medpayiq.settings as s;"
        f"print(json.dumps({{n: getattr(s, n) for n in ['EMAIL_' + n for n in '{names}'.split()]}}))"
    )
    environment = {**os.environ, "EMAIL_URL": address}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(autouse=True)
def _room(settings: Any, tmp_path: Path) -> None:
    settings.TOOLKIT_DIR = tmp_path / "toolkit"
    settings.SITE_URL = "https://medpayiq.example"
    settings.POSTAL_ADDRESS = "MedPayIQ, 1 Main Street, Springfield"


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    """A mail server in a thread, reached through EMAIL_URL."""
    kept, port = Server(), free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    for name, value in settings_of(f"smtp://127.0.0.1:{port}").items():
        setattr(settings, name, value)
    yield kept
    controller.stop()


def waiting(address: str = ADDRESS) -> ToolkitSignup:
    signup = subscriptions.ask(address, "", TODAY, tokens.issue("toolkit", 0))
    assert signup is not None
    return signup


def listed(address: str = ADDRESS, edition: str = "RVU26B") -> ToolkitSignup:
    signup = waiting(address)
    subscriptions.confirm(signup.pk, edition, TODAY)
    return ToolkitSignup.objects.get(pk=signup.pk)


def test_a_mail_arrives_by_smtp_in_text_and_html_and_its_link_confirms(server: Server) -> None:
    assert subscriptions.write_to(waiting(), TODAY, time.time()) is Sent.YES
    assert server.recipients == [ADDRESS]
    message = server.messages[0]
    parts = {
        part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()
    }
    assert set(parts) == {"text/plain", "text/html"}
    link = next(word for word in parts["text/plain"].split() if "/toolkit/confirm/" in word)
    assert link.startswith("https://medpayiq.example/toolkit/confirm/")
    assert link in parts["text/html"]
    assert Client().post(link.removeprefix("https://medpayiq.example")).status_code == 200
    assert ToolkitSignup.objects.on_the_list().get().mailed_on == TODAY


def test_every_mail_can_be_left_with_one_click_and_carries_the_postal_address() -> None:
    signup = listed()
    mails = [
        emails.confirmation(signup, 0),
        emails.already_subscribed(signup),
        emails.new_edition(signup, "RVU26C", 0),
    ]
    leave = f"https://medpayiq.example/toolkit/leave/{links.to_leave(signup.pk)}/"
    for made in mails:
        html = str(made.alternatives[0][0])
        assert made.extra_headers["List-Unsubscribe"] == f"<{leave}>"
        assert made.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        for text in (str(made.body), html):
            assert leave in text
            assert "MedPayIQ, 1 Main Street, Springfield" in text
        assert "<img" not in html
        assert "url(" not in html
        assert {word.split("/")[2] for word in html.split('"') if "://" in word} == {"medpayiq.example"}


def test_no_link_of_a_mail_holds_the_address() -> None:
    made = emails.new_edition(listed(), "RVU26C", 0)
    assert "biller" not in str(made.body) + str(made.alternatives[0][0])


def test_a_refusal_for_good_takes_the_address_off_and_one_for_now_is_tried_again(server: Server) -> None:
    nobody, later = waiting("nobody@example.com"), waiting("later@example.com")
    assert subscriptions.write_to(nobody, TODAY, 0) is Sent.REFUSED
    assert subscriptions.write_to(later, TODAY, 0) is Sent.LATER
    nobody.refresh_from_db()
    later.refresh_from_db()
    assert (nobody.left_on, later.left_on, later.mailed_on) == (TODAY, None, None)
    assert subscriptions.how_many_due("RVU26C") == 1


def test_a_mailbox_that_is_missed_after_the_mail_leaves_the_list_and_doubts_of_its_words_do_not(
    server: Server,
) -> None:
    assert subscriptions.write_to(waiting("gone@example.com"), TODAY, 0) is Sent.REFUSED
    assert subscriptions.write_to(waiting("spam@example.com"), TODAY, 0) is Sent.LATER
    assert ToolkitSignup.objects.get(left_on=TODAY).address == "gone@example.com"


def test_a_mail_is_named_after_the_site(server: Server) -> None:
    subscriptions.write_to(waiting(), TODAY, time.time())
    assert str(server.messages[0]["Message-ID"]).strip().endswith("@medpayiq.example>")


def test_a_mail_server_that_is_down_disturbs_nobody_who_signs_up(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    form = {"address": ADDRESS, "consent": "on", "token": tokens.issue("toolkit", time.time() - 10)}
    assert Client().post("/toolkit/", form).status_code == 302
    assert ToolkitSignup.objects.get().mailed_on is None


def test_no_line_of_the_log_holds_an_address(
    server: Server, caplog: pytest.LogCaptureFixture, tmp_path: Path, settings: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    names = ("biller", "nobody", "later")
    for number, name in enumerate(names):
        token = tokens.issue("toolkit", time.time() - 10)
        form = {"address": f"{name}@example.com", "consent": "on", "token": token}
        assert Client().post("/toolkit/", form, REMOTE_ADDR=f"198.51.{number}.1").status_code == 302
    call_command("unsubscribe_bounces", file_of(tmp_path, "biller@example.com"), stdout=io.StringIO())
    settings.EMAIL_PORT = free_port()
    assert subscriptions.write_to(waiting("unlucky@example.com"), TODAY, 0) is Sent.LATER
    ours = [record for record in caplog.records if record.name not in ("mail.log", "django.db.backends")]
    assert "A mail was not sent: ConnectionRefusedError." in [record.getMessage() for record in ours]
    assert not any("@example" in record.getMessage() + str(record.exc_info) for record in ours)


def file_of(room: Path, *lines: str) -> str:
    """The path of a file with these lines."""
    path = room / "bounces.txt"
    path.write_text("\n".join(lines))
    return str(path)


def test_a_new_edition_is_told_once_to_those_on_the_list_alone(server: Server) -> None:
    fee_schedule("RVU26C", date(2026, 7, 1), "2.00")
    listed("old@example.com")
    listed("new@example.com", edition="RVU26C")
    ToolkitSignup.objects.filter(pk=waiting("waits@example.com").pk).update(mailed_on=TODAY)
    subscriptions.unsubscribe([listed("left@example.com").pk], TODAY)
    assert subscriptions.send_edition("RVU26C", TODAY, time.time()).sent == 1
    assert server.recipients == ["old@example.com"]
    assert "The MedPayIQ toolkit RVU26C is ready" in str(server.messages[0]["Subject"])
    assert subscriptions.send_edition("RVU26C", TODAY, time.time()).sent == 0


def test_the_command_builds_tells_and_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    fee_schedule("RVU26C", date(2026, 7, 1), "2.00")
    listed()
    call_command("send_toolkit_mail", "--dry-run")
    assert "Would send 1 mails on RVU26C." in capsys.readouterr().out
    assert not mail.outbox
    call_command("send_toolkit_mail")
    assert "Sent 1 mails on RVU26C; 0 are to be tried again" in capsys.readouterr().out
    page = next(word for word in str(mail.outbox[0].body).split() if "/toolkit/thanks/" in word)
    assert Client().get(page.removeprefix("https://medpayiq.example")).status_code == 200


def test_without_a_postal_address_no_mail_goes_out(settings: Any) -> None:
    settings.POSTAL_ADDRESS = ""
    fee_schedule("RVU26C", date(2026, 7, 1), "2.00")
    assert subscriptions.write_to(listed(), TODAY, 0) is Sent.LATER
    with pytest.raises(CommandError, match=r"1 mail can't go out: .* Set POSTAL_ADDRESS"):
        call_command("send_toolkit_mail")
    assert not mail.outbox


def test_without_a_postal_address_the_job_is_no_failure_while_nobody_waits_and_still_forgets(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.POSTAL_ADDRESS = ""
    fee_schedule("RVU26C", date(2026, 7, 1), "2.00")
    signup = waiting()
    type(signup).objects.filter(pk=signup.pk).update(asked_on=TODAY - timedelta(days=400))
    call_command("send_toolkit_mail")
    assert (
        capsys.readouterr().out == "POSTAL_ADDRESS is not set, so no mail can go out. Nobody waits for one.\n"
    )
    assert not type(signup).objects.exists()


def test_a_visitor_is_told_where_no_mail_can_go_out(settings: Any) -> None:
    assert "can't send mail yet" not in Client().get("/toolkit/").content.decode()
    settings.POSTAL_ADDRESS = ""
    assert "can't send mail yet" in Client().get("/toolkit/").content.decode()


def test_a_public_site_is_told_at_its_check_that_no_mail_can_go_out(settings: Any) -> None:
    settings.POSTAL_ADDRESS = ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert [said.id for said in checks.mail_can_go_out(None)] == ["contributions.I001", "contributions.I002"]


def test_without_an_edition_the_command_refuses() -> None:
    with pytest.raises(CommandError, match="no edition to tell of"):
        call_command("send_toolkit_mail")


def test_bounces_from_a_file_or_from_standard_input_leave_the_list(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("one", "two", "three"):
        listed(f"{name}@example.com")
    call_command("unsubscribe_bounces", file_of(tmp_path, "ONE@example.com", "", "stranger@example.com"))
    assert capsys.readouterr().out == "1 of 2 addresses left the list; the others were not on it.\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO("two@example.com\none@example.com\n"))
    call_command("unsubscribe_bounces")
    assert capsys.readouterr().out == "1 of 2 addresses left the list; the others were not on it.\n"
    assert ToolkitSignup.objects.on_the_list().get().address == "three@example.com"


def test_mail_goes_to_the_console_unless_told_otherwise() -> None:
    assert settings_of("console://")["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend"
    tls = settings_of("submission://u:p@mail.example")
    assert (tls["EMAIL_HOST"], tls["EMAIL_PORT"], tls["EMAIL_USE_TLS"]) == ("mail.example", 587, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "Upper@example.com"},
        {"consent_text": ""},
        {"consent_version": ""},
        {"confirmed_on": date(2026, 7, 14)},
    ],
)
def test_the_database_refuses_a_sign_up_that_cannot_be(wrong: dict[str, Any]) -> None:
    right = {
        "address": ADDRESS,
        "consent_text": consent.TEXT,
        "consent_version": consent.VERSION,
        "asked_on": TODAY,
    }
    ToolkitSignup.objects.create(**right)
    with pytest.raises(IntegrityError), transaction.atomic():
        ToolkitSignup.objects.create(**{**right, "address": "b@example.com", **wrong})
