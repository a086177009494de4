"""`buurtsein moderation train`: weights from labelled messages."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import click
from pydantic import BaseModel, Field

from buurtsein_events.values import SignalType
from buurtsein_moderation.commands.loading import loaded
from buurtsein_moderation.engine import Engine
from buurtsein_moderation.jsonlines import lines_of, read_as
from buurtsein_moderation.language import Language
from buurtsein_moderation.loading import WEIGHTS, read_weights
from buurtsein_moderation.settings import ModerationSettings
from buurtsein_moderation.text import normalise
from buurtsein_moderation.weighing import FOUND, counts, signs
from buurtsein_moderation.weights import UNIT, Judged, Weights, packed
from buurtsein_runtime.config import ConfigError

_OFTEN: Final = 3
"""In how many messages a sign must be seen to get a weight."""

_STRENGTH: Final = 2.0
"""The inverse of the regularisation: less gives smaller weights."""

_LEAST: Final = 5
"""Hundredths below which a sign says nothing."""

_WITHOUT_RULES: Final = 0.8
"""How much a message counts without what rules found in it: they are written with these messages in view, so what they
find in them says more than what they find in others."""

Row = dict[str, float]
Columns = dict[str, dict[str, float]]


class Labelled(BaseModel):
    """A message with what is right about it and how much it counts; sentences about groups have no type."""

    lang: Language
    text: str
    moderation: Judged
    type: SignalType | None = None
    weight: Annotated[float, Field(gt=0, le=1)] = 1.0


class _Example(NamedTuple):
    """The signs of a message, its label and how much it counts."""

    row: Row
    label: str
    weight: float


@click.command()
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
def train(files: tuple[Path, ...]) -> None:
    """Learn the weights beside the packs in force from the labelled messages of FILES (JSON lines), and write them.

    A line is {"lang", "text", "moderation", "type"?, "weight"?}. Learn again after rules change. What gives the same
    weights leaves them their version.
    """
    engine, packs = loaded(None), ModerationSettings().packs
    before, messages = _weights_before(packs), _labelled(files)
    _check_each_seen(before, messages)
    rows = _with_frequent_signs([_signs(engine, message) for message in messages])
    said = list(zip(rows, messages, strict=True))
    columns = {
        **_learned([example for row, message in said for example in _judged(row, message)]),
        **_learned([_Example(row, str(one.type), one.weight) for row, one in said if one.type]),
    }
    _write(packs / WEIGHTS, columns, before)
    click.echo(f"{packs / WEIGHTS}: {len(messages)} messages, {len(next(iter(columns.values())))} signs")


def _weights_before(packs: Path) -> Weights:
    if before := read_weights(packs):
        return before
    raise click.ClickException(f"{packs / WEIGHTS} is not there: begin with one that has no signs")


def _labelled(files: Sequence[Path]) -> list[Labelled]:
    try:
        return [message for file in files for message in read_as(Labelled, lines_of(file), file)]
    except ConfigError as error:
        raise click.ClickException(str(error)) from error


def _check_each_seen(before: Weights, messages: Sequence[Labelled]) -> None:
    """Raise `ClickException` unless there is a message of every category and every type that has weights."""
    seen = {message.moderation for message in messages} | {message.type for message in messages}
    if unseen := [label for label in (*before.categories, *before.types) if label not in seen]:
        raise click.ClickException(f"no message is labelled {', '.join(unseen)}: add messages of each")


def _signs(engine: Engine, message: Labelled) -> Row:
    matched = engine.match(normalise(message.text), message.lang)
    return signs(matched.scan, engine.lexicon, matched.applied, matched.types)


def _judged(row: Row, message: Labelled) -> Iterator[_Example]:
    """Yield the example of what is wrong with a message that its signs are, and the one without what rules found."""
    yield _Example(row, message.moderation, message.weight * (1 - _WITHOUT_RULES))
    bare = {sign: much for sign, much in row.items() if not sign.startswith(FOUND)}
    yield _Example(bare, message.moderation, message.weight * _WITHOUT_RULES)


def _with_frequent_signs(rows: Sequence[Row]) -> list[Row]:
    seen = Counter(sign for row in rows for sign in row)
    if not any(times >= _OFTEN for times in seen.values()):
        raise click.ClickException(f"no word is in {_OFTEN} messages, so there is nothing to learn from: add messages")
    return [{sign: much for sign, much in row.items() if seen[sign] >= _OFTEN} for row in rows]


def _learned(examples: Sequence[_Example]) -> Columns:
    """Return for each label the weight of every sign and, under the empty name, its bias: logistic regression."""
    try:
        from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    except ImportError as error:
        raise click.ClickException("learning takes scikit-learn: pip install scikit-learn") from error
    rows, labels, weights = zip(*examples, strict=True)
    if len(set(labels)) == 1:
        raise click.ClickException(f"all messages are labelled {labels[0]}: add messages of another kind")
    vectors = DictVectorizer()
    model = LogisticRegression(C=_STRENGTH, max_iter=4000).fit(vectors.fit_transform(rows), labels, weights)
    signs_of_all = ["", *map(str, vectors.get_feature_names_out())]
    learned = [[float(bias), *map(float, row)] for bias, row in zip(model.intercept_, model.coef_, strict=True)]
    if len(learned) == 1:
        # Of two labels only the second has weights; half of them speak for it and half against the first.
        learned = [[sign * weight / 2 for weight in learned[0]] for sign in (-1, 1)]
    return {
        str(label): dict(zip(signs_of_all, row, strict=True))
        for label, row in zip(model.classes_, learned, strict=True)
    }


def _write(path: Path, columns: Columns, before: Weights) -> None:
    order = [*before.categories, *before.types]
    names = sorted({sign for column in columns.values() for sign in column})
    rows = {
        name: tuple(round(columns[label].get(name, 0.0) * counts(name) * UNIT) for label in order) for name in names
    }
    bias = rows.pop("")
    said = {name: row for name, row in rows.items() if any(abs(weight) >= _LEAST for weight in row)}
    same = bias == before.bias and {name: packed(row) for name, row in said.items()} == before.signs
    version = before.version if same else before.version + 1
    content = before.model_dump(mode="json", exclude={"signs", "bias"})
    head = json.dumps({**content, "version": version, "bias": bias}, ensure_ascii=False, indent=1)
    lines = ",\n".join(f'{json.dumps(name)}: "{" ".join(map(str, row))}"' for name, row in said.items())
    path.write_text(f'{head[:-2]},\n "signs": {{\n{lines}\n}}}}\n', "utf-8")
