"""Packs from files."""

import json
from pathlib import Path

import pytest

from buurtsein_moderation.assess import assess
from buurtsein_moderation.loading import LADDER, PACKS, WEIGHTS, load_moderation, load_packs
from buurtsein_moderation.settings import ModerationSettings
from buurtsein_runtime.config import ConfigError

from .given import COMMUNITIES, WORDING, rule, shipped


def _write(path: Path, *rules: dict[str, object], **changes: object) -> None:
    content = {"id": path.stem, "version": 1, "language": "any", "rules": list(rules), **changes}
    path.write_text(json.dumps(content), "utf-8")


def test_the_packs_that_come_with_the_service_are_sound() -> None:
    """All five categories in both languages, and every example holds."""
    ids = [one.id for one in shipped().rules]
    categories = {"stigmatising", "irrelevant", "quarrel", "vigilantism", "spam"}
    for language in ("nl", "en"):
        assert {one.split(".")[1] for one in ids if one.startswith(f"{language}.")} == categories | {"type"}


def test_a_directory_and_one_file_can_be_loaded(tmp_path: Path) -> None:
    """In the order of the file names."""
    _write(tmp_path / "a.yaml", rule())
    _write(tmp_path / "b.yaml", rule(id="another"))
    assert [one.id for one in load_packs(tmp_path).rules] == ["xx.quarrel.fool", "another"]
    assert [one.id for one in load_packs(tmp_path / "b.yaml").rules] == ["another"]


def test_mistakes_of_all_files_are_reported_together(tmp_path: Path) -> None:
    """Whether in YAML, in JSON, in the form or in a rule."""
    _write(tmp_path / "a.yaml", rule(matches={"phrases": ["{ghost}"]}))
    _write(tmp_path / "b.yaml", rule(verdict="shout"), colour="red", language="fr", messages={"quarell": WORDING})
    (tmp_path / "c.yaml").write_text("rules: [", "utf-8")
    (tmp_path / "weights.json").write_text("{", "utf-8")
    with pytest.raises(ConfigError) as refused:
        load_packs(tmp_path)
    told = str(refused.value)
    for part in (
        "{ghost}",
        "b.yaml: rules.0.verdict: must be one of 'ask', 'hold', 'decline'",
        "b.yaml: colour: is not a field here; leave it out. The fields are id, version, language",
        "b.yaml: language: must be one of 'nl', 'en', 'other', 'any'",
        "b.yaml: messages.quarell: must be one of 'stigmatising'",
        "c.yaml: it is not YAML",
        "weights.json: it is not JSON",
    ):
        assert part in told


def test_a_mistake_in_one_rule_hides_none_in_others(tmp_path: Path) -> None:
    """Of its pack or of packs that build on it, so one round is enough."""
    _write(tmp_path / "a.yaml", rule(verdict="shout"), rule(id="a.other", matches={"phrases": ["{ghost}"]}), typo=1)
    _write(tmp_path / "b.yaml", rule(id="b.rule", examples={"match": ["x"], "not": ["a fool"]}), extends=["a"])
    with pytest.raises(ConfigError) as refused:
        load_packs(tmp_path)
    assert [problem.partition(": ")[0] for problem in refused.value.problems] == [
        "a.yaml",
        "a.yaml",
        "a.other",
        "b.rule",
        "b.rule",
    ]


def test_a_mistake_in_what_packs_build_on_is_told_without_what_follows_from_it(tmp_path: Path) -> None:
    """A wall of rules that miss a list would hide the one mistake."""
    (tmp_path / "a.yaml").write_text("rules: [", "utf-8")
    for name in ("b", "c"):
        own = rule(id=f"{name}.rule", matches={"phrases": ["{fools}"]})
        _write(tmp_path / f"{name}.yaml", own, extends=["a"], overrides=[{"rule": f"{name}.rule", "off": True}])
    with pytest.raises(ConfigError) as refused:
        load_packs(tmp_path)
    assert [problem.partition(": ")[0] for problem in refused.value.problems] == ["a.yaml", "b", "c"]


def _problems(packs: Path) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        load_packs(packs)
    return refused.value.problems


WRONG = {
    "a severity that there is not": (rule(severity="grim", matches={"phrases": ["{ghost}"]}), ["severity", "ghost"]),
    "no version and nothing to match": (rule(version=None, matches={}), ["version", "matches nothing"]),
    "an example that fails": (rule(strike=7, examples={"match": ["what a day"], "not": ["x"]}), ["strike", "a day"]),
    "half a message": (rule(message={"nl": "Hé"}, matches={"patterns": ["("]}), ["message.en", "RE2"]),
    "no examples": (rule(examples={}, matches={"phrases": ["{ghost}"]}), ["examples.match", "examples.not", "ghost"]),
    "a field that there is not": (rule(colour="red", exempt=["negated"]), ["colour", "negations"]),
    "text for a list": (rule(matches={"phrases": "{ghost}"}), ["matches.phrases: must be a list", "ghost"]),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_mistake_in_the_form_of_a_rule_hides_no_other(wrong: str, tmp_path: Path) -> None:
    """Nor does it make others up."""
    written, told = WRONG[wrong]
    _write(tmp_path / "a.yaml", written)
    problems = _problems(tmp_path)
    assert len(problems) == len(told)
    assert all(part in problem for part, problem in zip(told, problems, strict=True))


def test_a_mistake_in_the_form_of_a_pack_hides_no_other(tmp_path: Path) -> None:
    """Among them that what it extends does not exist, whether that is a list or text."""
    lists = {"x": "fool", "y": ["fool", 3]}
    _write(tmp_path / "a.yaml", rule(), id="A", extends="nowhere", lists=lists, messages={"spam": {"nl": "Hé"}})
    problems = _problems(tmp_path)
    told = ["id: ", "extends: ", "lists.x: ", "lists.y.1: ", "messages.spam.en: ", "'nowhere'"]
    assert [part in problem for part, problem in zip(told, problems, strict=True)] == [True] * len(told)


def test_each_mistake_is_named_by_its_place_in_the_file(tmp_path: Path) -> None:
    """Though what can't be mended before it is left out."""
    _write(tmp_path / "a.yaml", rule(id="a", matches=[]), rule(id="b", severity="grim", matches={}), rule(id="c"))
    assert [problem.split(": ")[1] for problem in _problems(tmp_path)] == [
        "rules.0.matches",
        "rules.1.severity",
        "rules.1",
    ]


def test_two_packs_with_one_id_are_refused(tmp_path: Path) -> None:
    """What extends them would get the lists of either."""
    _write(tmp_path / "a.yaml", rule())
    _write(tmp_path / "b.yaml", rule(id="another"), id="a")
    with pytest.raises(ConfigError, match="a: 2 packs have this id"):
        load_packs(tmp_path)


def test_weights_that_name_a_sign_twice_are_refused(tmp_path: Path) -> None:
    """Plain JSON would keep the last and lose the first."""
    _write(tmp_path / "a.yaml", rule())
    (tmp_path / "weights.json").write_text('{"version": 1, "signs": {"w:x": "1", "w:x": "2"}}', "utf-8")
    with pytest.raises(ConfigError, match=r"weights\.json: 'w:x' is named twice in one object"):
        load_packs(tmp_path)


def test_a_file_that_is_no_pack_is_refused_beside_sound_ones(tmp_path: Path) -> None:
    """Half of the rules would be worse than the old ones."""
    _write(tmp_path / "a.yaml", rule())
    (tmp_path / "b.yaml").write_text("just a line", "utf-8")
    with pytest.raises(ConfigError, match=r"b\.yaml"):
        load_packs(tmp_path)


def test_a_directory_without_packs_is_refused(tmp_path: Path) -> None:
    """Nothing would be moderated, and nobody would notice."""
    with pytest.raises(ConfigError, match="no rule packs"):
        load_packs(tmp_path)
    with pytest.raises(ConfigError, match="cannot be read"):
        load_packs(tmp_path / "nowhere.yaml")


def test_the_settings_name_the_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The ones beside the package unless the environment says otherwise."""
    assert (ModerationSettings().packs, ModerationSettings().http_port) == (PACKS, 8101)
    monkeypatch.setenv("BUURTSEIN_PACKS", str(tmp_path))
    assert ModerationSettings().packs == tmp_path


def test_the_policy_is_loaded_from_three_files(tmp_path: Path) -> None:
    """Packs, ladder and communities."""
    _write(tmp_path / "a.yaml", rule())
    communities = tmp_path / "communities.json"
    communities.write_text(COMMUNITIES.model_dump_json(), "utf-8")
    loaded = load_moderation(tmp_path / "a.yaml", LADDER, communities)
    assert loaded.communities == COMMUNITIES
    assert loaded.ladder.keep_days == 90


def test_an_override_is_written_as_the_manual_shows(tmp_path: Path) -> None:
    """Without quotes around `off`, which YAML 1.1 takes for a truth value."""
    _write(tmp_path / "a.yaml", rule())
    override = "overrides: [{rule: xx.quarrel.fool, off: true}]"
    (tmp_path / "b.yaml").write_text(f"id: b\nversion: 1\nlanguage: any\ncommunities: [woensel]\n{override}", "utf-8")
    engine = load_packs(tmp_path, COMMUNITIES)
    assert [assess("you fool", engine, community=each).verdict for each in ("woensel", "strict")] == ["publish", "ask"]


def test_what_only_weighing_finds_is_overridden_in_a_community_of_the_file(tmp_path: Path) -> None:
    """By a pack beside the weights that come with the service."""
    packs, communities = tmp_path / "packs", tmp_path / "communities.json"
    packs.mkdir()
    _write(packs / "a.yaml", rule())
    _write(packs / "b.yaml", communities=["woensel"], overrides=[{"rule": "weighed.stigmatising", "shadow": True}])
    (packs / WEIGHTS).symlink_to(PACKS / WEIGHTS)
    communities.write_text(COMMUNITIES.model_dump_json(), "utf-8")
    engine = load_moderation(packs, LADDER, communities).engine
    text = "Ever since those people moved in the whole street stinks, we all know why"
    assert [assess(text, engine, community=each).verdict for each in ("woensel", "strict")] == ["publish", "hold"]
