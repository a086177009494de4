"""What is known about the words of a language: other spellings of them, and their inflected forms."""

from functools import cache
from importlib.resources import files
from typing import Final

from buurtsein_moderation.inflection import Inflection, dutch, english
from buurtsein_moderation.phrases import Forms, canonical

_DATA: Final = files("buurtsein_moderation") / "wordforms"
_RULES: Final = {"nl": dutch, "en": english}


@cache
def forms(language: str) -> Forms:
    """Return what is known about the words of `nl`, `en`, or of any language, which is nothing."""
    if language not in _RULES:
        return Forms(inflected=lambda word: [word], spelled={})
    irregular = {words[0]: tuple(words) for words in _table(f"{language}.irregular.txt")}
    spelled = {words[0]: tuple(dict.fromkeys(words[1:])) for words in _table(f"{language}.spelling.txt")}
    return Forms(inflected=Inflection(irregular, _RULES[language]), spelled=spelled)


def _table(name: str) -> list[list[str]]:
    lines = (_DATA / name).read_text("utf-8").splitlines()
    return [[canonical(word) for word in line.split()] for line in lines if line and not line.startswith("#")]
