"""How much of a file is read, so that no file takes more than some seconds and some hundred megabytes."""

MAX_PAGE_BYTES = 12_000_000
MAX_FILE_BYTES = 40_000_000
# The longest text that the desk's extraction takes at once.
MAX_TEXT_CHARS = 1_000_000
# A long news page has about 10,000 elements; the search for the body takes some 40 microseconds for each.
MAX_ELEMENTS = 60_000
# The parser's own: it reads a page no further than to where this is passed.
MAX_DEPTH = 256
# Summed over all elements: it goes up from many of them to the page's top.
MAX_DEPTHS = 1_200_000
MAX_JSON_CHARS = 2_000_000
MAX_JSON_DEPTH = 40

PDF_MAX_PAGES = 400
PDF_SECONDS = 10.0
PDF_STREAM_BYTES = 20_000_000

DOCX_MAX_PARTS = 3_000
DOCX_XML_BYTES = 24_000_000
DOCX_TOTAL_BYTES = 150_000_000
