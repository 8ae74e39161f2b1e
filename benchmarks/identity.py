"""How well names and numbers become one unit, one instrument, one person: pairwise precision, recall and F1.

    python benchmarks/identity.py [--scenes tests/tables/identity.txt] [--generated 40] [--misses]

On the scenes written by hand and on generated ones. `--misses` lists every pair that is judged wrongly.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.evaluation.identity import Scene, judge, pairs, read_scenes, score
from pipeline.sample.identities import identity_scene


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, default=Path("tests/tables/identity.txt"))
    parser.add_argument("--generated", type=int, default=40)
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    by_hand = read_scenes(given.scenes.read_text(encoding="utf-8"))
    generated = [identity_scene(seed) for seed in range(given.generated)]
    write = sys.stdout.write
    write(f"{'':22}{'same':>7}{'apart':>8}{'precision':>11}{'recall':>8}{'F1':>7}\n")
    for name, scenes in (("by hand", by_hand), ("generated", generated)):
        for kind, found in score(scenes).items():
            write(
                f"{name:10} {kind:11}{found.same:>7}{found.apart:>8}{found.precision:>11.4f}{found.recall:>8.4f}"
                f"{found.f1:>7.4f}\n"
            )
    if given.misses:
        write("".join(_misses([*by_hand, *generated])))


def _misses(scenes: Sequence[Scene]) -> list[str]:
    return [
        f"{'missed' if same else 'wrong'}: {one.where} / {other.where}\n"
        for scene in scenes
        for one, other, same, found in pairs(judge(scene))
        if same != found
    ]


if __name__ == "__main__":
    main()
