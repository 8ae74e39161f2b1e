"""Names and numbers become one unit, one instrument, one person: pairwise, on labelled scenes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluation.identity import PairScore, judge, pairs, score
from pipeline.evaluation.scenes import IdentityKind, Scene, read_scenes
from pipeline.sample.identities import identity_scene

SCENES = read_scenes((Path(__file__).parent / "tables" / "identity.txt").read_text(encoding="utf-8"))
GENERATED = tuple(identity_scene(seed) for seed in range(12))


@pytest.mark.parametrize("scene", SCENES, ids=[scene.about for scene in SCENES])
def test_every_pair_written_by_hand(scene: Scene) -> None:
    wrong = [
        f"{one.where} / {other.where}: {'one' if same else 'two'}, found {one.found} and {other.found}"
        for one, other, same, found in pairs(judge(scene))
        if same != found
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", ["instrument", "unit", "person"])
def test_pairwise_f1_on_generated_scenes(kind: IdentityKind) -> None:
    found = score(GENERATED)[kind]
    assert found.same >= 15
    assert found.apart >= 300
    assert found.f1 >= 0.97
    assert found.precision >= 0.97


def test_there_are_enough_pairs_of_each_kind_by_hand() -> None:
    by_hand = score(SCENES)
    assert sum(found.same + found.apart for found in by_hand.values()) >= 1000
    assert {kind: found.same for kind, found in by_hand.items() if found.same < 5} == {}


def test_figures_of_pairs() -> None:
    found = PairScore(same=10, right=8, wrong=2, apart=90) + PairScore(0, 0, 0, 5)
    assert (found.precision, found.recall, found.apart) == (0.8, 0.8, 95)
    assert found.f1 == pytest.approx(0.8)


def test_a_scene_gone_wrong_is_named_by_its_line() -> None:
    with pytest.raises(ValueError, match="line 2"):
        read_scenes("## x\nu a : before any document")


def test_the_same_seed_gives_the_same_scene() -> None:
    assert identity_scene(3) == identity_scene(3) != identity_scene(4)
