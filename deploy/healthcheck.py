#!/usr/bin/env python3
"""The container's own question: does the process inside answer? Prints the answer; exit code 0 if it is 200.

    deploy/healthcheck.py [/ready/]

/ready/ names what is missing. The proxy shows it to nobody, so that it is asked inside.
"""

import http.client
import os
import sys

port = os.environ.get("BIND", "127.0.0.1:8000").rpartition(":")[2]
path = sys.argv[1] if sys.argv[1:] else "/health/"
try:
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=2)
    connection.request("GET", path)
    answer = connection.getresponse()
    print(answer.read().decode())
    sys.exit(answer.status != 200)
except (OSError, http.client.HTTPException) as error:
    sys.exit(str(error))
