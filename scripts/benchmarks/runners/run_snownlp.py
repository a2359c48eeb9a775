"""SnowNLP's words: TEXTS OUT. Runs in the rivals' own environment.

It is trained on other text than jieba, by another method (a hidden Markov model of characters), so what both
call a word is one. TEXTS and OUT are JSON: texts, and for each of them its words.
"""

import json
import sys
from pathlib import Path

from snownlp import SnowNLP  # type: ignore[import-not-found, import-untyped, unused-ignore]

texts, out = sys.argv[1:]
words = [SnowNLP(text).words if text.strip() else [] for text in json.loads(Path(texts).read_text("utf-8"))]
Path(out).write_text(json.dumps(words), "utf-8")
