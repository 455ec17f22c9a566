#!/usr/bin/env python3
"""The container's own question: does the process inside answer? Exit code 0 if it does."""

import http.client
import os
import sys

port = os.environ.get("BIND", "127.0.0.1:8000").rpartition(":")[2]
try:
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=2)
    connection.request("GET", "/health/")
    sys.exit(connection.getresponse().status != 200)
except (OSError, http.client.HTTPException):
    sys.exit(1)
