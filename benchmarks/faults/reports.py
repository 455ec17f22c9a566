"""Reports of denials, as the scripts of this folder send them."""

import re
from urllib.parse import urlencode

from trial import Response, Site

CODE = "99213"
TOKENS = """
import time
from contributions import tokens
for _ in range({count}):
    print("token", tokens.issue("{code}", time.time() - 60))
"""
STORED = """
from contributions.models import Report
print('stored', Report.objects.filter(reporter__isnull=False).count())
"""
# What a site needs so that each report may come from a network of its own, and none is one too many.
SETTINGS = {"REPORT_PROXY_HOPS": "1", "REPORT_BURST": "100000/hour"}


def tokens(site: Site, count: int) -> list[str]:
    """Tokens of forms that were opened a minute ago."""
    said = site.manage("shell", "--verbosity", "0", "--command", TOKENS.format(code=CODE, count=count))
    return re.findall(r"^token (\S+)", said, re.M)


def stored(site: Site) -> int:
    """How many reports of visitors are there."""
    return int(site.manage("shell", "--verbosity", "0", "--command", STORED).split("stored")[1])


def report(site: Site, token: str, number: int) -> Response:
    """Send a report, each number from a network of its own. It was kept if the answer is 302."""
    secret = "a" * 32
    form = {"payer_kind": "medicare", "reason": "CO-97", "token": token, "sure": "on"}
    return site.send(
        "POST",
        f"/reports/{CODE}/new/",
        urlencode(form | {"csrfmiddlewaretoken": secret}),
        Cookie=f"csrftoken={secret}",
        Content_Type="application/x-www-form-urlencoded",
        X_Forwarded_For=f"10.{number // 250}.{number % 250}.1",
    )
