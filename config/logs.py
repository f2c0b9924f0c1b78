"""What a log never holds: the key in an address that opens something without an account."""

import logging
import re

KEYED = re.compile(r"/(confirm|now|invite|told|key)/[^/\s?\"']+")


class WithoutKeys(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return KEYED.sub(r"/\1/…", super().format(record))
