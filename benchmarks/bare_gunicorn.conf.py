"""gunicorn's settings for the baseline: the site's own, but nothing of the site is built beforehand."""

import runpy

SITE = runpy.run_path("deploy/gunicorn.conf.py")
globals().update({name: value for name, value in SITE.items() if name != "when_ready"})
