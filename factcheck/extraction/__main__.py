"""`python -m factcheck.extraction …` is `manage.py extract …` without Django."""

import sys

from factcheck.extraction.cli import main

sys.exit(main())
