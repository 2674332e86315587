"""Bytes in, article out: the text of a web page or a file, and what it says of itself (title, bylines, dates).

Pure Python: no Django, no network, no database. Nothing here raises, whatever the bytes are.
"""

from factcheck.reading.document import Reading, Reason, Unreadable
from factcheck.reading.files import read_file
from factcheck.reading.page import read_page

__all__ = ["Reading", "Reason", "Unreadable", "read_file", "read_page"]
