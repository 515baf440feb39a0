# For data people: a shop's data and its evaluation, in cells for any notebook (`# %%`).
#
#     pip install "./clients/python[data]"
#     SHOP=./demo-shop CANDOR=target/release/candor python3 examples/notebook.py

# %% What the shop knows
import os
import subprocess
from collections import Counter

from candor import data

shop, candor = os.environ.get("SHOP", "./demo-shop"), os.environ.get("CANDOR", "candor")
subprocess.run([candor, "export", "events", "--shop", shop, "--out", "events.jsonl"], check=True)
print(Counter(event["kind"] for event in data.rows("events.jsonl")))

# %% Held-out accuracy beside baselines
report = data.evaluate(shop, "--protocol", "leave-one-out", "--k", "10", candor=candor)
for row in report["comparisons"]:
    low, high = row["ci"]
    print(f"{row['model']} - {row['against']}: {row['difference']:+.4f} [{low:+.4f}, {high:+.4f}]")

# %% Do reasons say what the model does?
faithful = data.faithfulness(shop, candor=candor)
for ranker in faithful["rankers"]:
    print(ranker["ranker"], [row["explainer"] for row in ranker["rows"]])

# %% The same as a picture, where matplotlib is there
try:
    data.plot_comparisons(report).figure.savefig("comparisons.png", bbox_inches="tight")
except ImportError as missing:
    print(f"no picture: {missing}")
