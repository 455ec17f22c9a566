"""The client of the documentation, and what the page for programs shows, against the running site."""

import re
import subprocess
import sys
import urllib.request
from html import unescape
from pathlib import Path

from tests.functional.conftest import ROOT

CODES = re.findall(
    r"\w{5}",
    """
    99202 99203 99204 99205 99211 99212 99213 99214 99215 99221 99222 99223 99231 99232 99233 99281 99282
    99283 99284 99285 99291 93000 93010 71045 71046 76376 20610 20605 11042 45378 45380 45385 43239 66984
    27447 97110 97140 90837 90834 G0439 G0438 G0121 36415 80053 80048 85025 J1885 99999 Z9999 00142
    """,
)
CLAIMS = ("45385,45380", "99213-25,20610-RT", "97110-GPx3,97140-GP", "66984-RT@900.00", "99214,93000")


def client() -> str:
    return (ROOT / "docs" / "api.md").read_text().split("```python\n")[1].split("```")[0]


def run(script: str, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def test_the_client_has_twenty_lines() -> None:
    assert len([line for line in client().splitlines() if line.strip()]) <= 20


def test_the_client_prices_200_codes_and_checks_20_claims(site: str, tmp_path: Path) -> None:
    (tmp_path / "codes.txt").write_text("\n".join(CODES * 4))
    (tmp_path / "claims.txt").write_text("\n".join(CLAIMS * 4))
    ended = run(client(), tmp_path, site)
    assert ended.returncode == 0, ended.stderr
    rows = [row.split(" ") for row in ended.stdout.splitlines()]
    priced, checked = rows[:200], rows[200:]
    assert [code for code, _ in priced] == CODES * 4
    assert ["99213", "87.79"] in priced  # Alabama, RVU26C: (1.30 + 1.46 × 0.875 + 0.09 × 0.566) × 33.4009
    assert ["99999", "not_in_release"] in priced
    assert len(checked) == 4 * sum(claim.count(",") + 1 for claim in CLAIMS)
    assert ["45385,45380", "45380", "denied", "None"] in checked


def test_the_client_says_what_is_wrong(site: str, tmp_path: Path) -> None:
    (tmp_path / "codes.txt").write_text("99213@abc")
    (tmp_path / "claims.txt").write_text("")
    ended = run(client(), tmp_path, site)
    assert ended.returncode == 1
    assert "not an amount" in ended.stderr or "codes:" in ended.stderr


def test_what_the_page_shows_for_curl_and_python_works(site: str, tmp_path: Path) -> None:
    page = urllib.request.urlopen(f"{site}/api/").read().decode()
    shown = [unescape(each) for each in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)]
    shown = [each for each in shown if not each.startswith("<iframe")]
    assert len(shown) == 3
    for each in shown:
        here = re.sub(r"http://127\.0\.0\.1:8000", site, each)
        if here.startswith("curl"):
            ended = subprocess.run(
                f"{here} --fail --silent", shell=True, capture_output=True, text=True, check=False
            )
        else:
            ended = run(here, tmp_path)
        assert ended.returncode == 0, ended.stderr
        assert "99213" in ended.stdout or "45385" in ended.stdout
