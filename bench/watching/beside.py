"""
A thread for each site and a regular expression for each name, as pystemon is made, on one core.

`python -m bench.watching.beside ROSTER ADDRESS…`: each site's listing is
fetched, then what it lists, and in each page every name is looked for, all of
them exactly as they are written and in clear. Prints pages and seconds of
processor time.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.reading.turn import pin

PAGES = 3  # of each site


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:
        return str(answer.read().decode("utf-8", "replace"))


def site(url: str, names: list[re.Pattern[str]]) -> int:
    """How many names the first pages of this site hold."""
    found = 0
    for link in re.findall(r'href="([^"]+)"', get(url))[:PAGES]:
        text = get(link)
        found += sum(bool(name.search(text)) for name in names)
    return found


def main() -> None:
    """Measure, and say it in JSON."""
    pin()
    with Path(sys.argv[1]).open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = [
        re.compile(rf"{re.escape(row['forename'])}\s+{re.escape(row['surname'])}", re.IGNORECASE)
        for row in rows
    ]
    urls = sys.argv[2:]
    began = time.process_time()
    with ThreadPoolExecutor(len(urls)) as threads:
        list(threads.map(site, urls, [names] * len(urls)))
    seconds = time.process_time() - began
    print(json.dumps({"pages": PAGES * len(urls), "seconds": seconds}))


if __name__ == "__main__":
    main()
