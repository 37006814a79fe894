"""Sends the NDJSON on standard input to Millrace and prints what it did with the articles."""

import os
import sys
import time
import urllib.error
import urllib.request

SERVER = os.environ.get("MILLRACE_URL", "http://localhost:8000").rstrip("/")
TOKEN = os.environ.get("MILLRACE_TOKEN")
MAX_TRIES = 10


def send(articles: bytes) -> str:
    request = urllib.request.Request(
        SERVER + "/api/articles/import",
        data=articles,
        headers={"content-type": "application/x-ndjson"},
    )
    if TOKEN:
        request.add_header("authorization", f"Bearer {TOKEN}")
    with urllib.request.urlopen(request) as response:
        return response.read().decode()


def main() -> int:
    articles = sys.stdin.buffer.read()
    for attempt in range(1, MAX_TRIES + 1):
        delay = min(2**attempt, 30)
        try:
            print(send(articles))
            return 0
        except urllib.error.HTTPError as error:
            if error.code not in (429, 503):
                print(error.read().decode())
                return 1
            delay = int(error.headers.get("retry-after", delay))
        except urllib.error.URLError as error:
            print(f"{SERVER} cannot be reached: {error.reason}", file=sys.stderr)
        if attempt < MAX_TRIES:
            time.sleep(delay)
    return 1


sys.exit(main())
