"""What a fresh machine needs: the first-time set-up, and a PostgreSQL and a broker of our own. Imports no Django."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
