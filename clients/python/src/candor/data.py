"""For data people: files of `candor export`, reports of `candor evaluate`, plots.

Frames and plots need `pip install "candor[data]"`; the rest needs nothing.
"""

import csv
import gzip
import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def rows(path: str | Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of `candor export --as jsonl` or `--as csv`, plain or .gz."""
    path = Path(path)
    opened = gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")
    name = path.name.removesuffix(".gz")
    with io.TextIOWrapper(opened, encoding="utf-8-sig", newline="") as lines:
        if name.endswith(".csv"):
            yield from csv.DictReader(lines)
        else:
            yield from (json.loads(line) for line in lines if line.strip())


def frame(path: str | Path) -> Any:
    """The same as a pandas frame; also of `--as parquet`. Ids stay texts."""
    import pandas  # type: ignore[import-untyped,unused-ignore]

    if str(path).endswith(".parquet"):
        return pandas.read_parquet(path)
    return pandas.DataFrame.from_records(list(rows(path)))


def command(*arguments: str, candor: str = "candor") -> Any:
    """Runs `candor … --json` and returns its report."""
    run = subprocess.run([candor, *arguments, "--json"], capture_output=True, check=False)
    if run.returncode != 0:
        raise RuntimeError(run.stderr.decode(errors="replace").strip())
    return json.loads(run.stdout)


def evaluate(shop: str | Path, *options: str, candor: str = "candor") -> dict[str, Any]:
    """The report of `candor evaluate`; options as on the command line."""
    report: dict[str, Any] = command("evaluate", "--shop", str(shop), *options, candor=candor)
    return report


def faithfulness(shop: str | Path, *options: str, candor: str = "candor") -> dict[str, Any]:
    """The report of `candor evaluate faithfulness`."""
    arguments = ("evaluate", "faithfulness", "--shop", str(shop), *options)
    report: dict[str, Any] = command(*arguments, candor=candor)
    return report


def plot_comparisons(report: dict[str, Any], axes: Any = None) -> Any:
    """The blend's difference from each other way of ranking, with its interval."""
    import matplotlib.pyplot as plot  # type: ignore[import-not-found,unused-ignore]

    axes = axes or plot.gca()
    compared = report["comparisons"]
    places = range(len(compared))
    middles = [row["difference"] for row in compared]
    below = [row["difference"] - row["ci"][0] for row in compared]
    above = [row["ci"][1] - row["difference"] for row in compared]
    axes.errorbar(middles, places, xerr=[below, above], fmt="o", capsize=3)
    axes.set_yticks(places, [row["against"] for row in compared])
    axes.axvline(0, color="grey", linewidth=1)
    axes.set_xlabel("difference, with its interval")
    return axes
