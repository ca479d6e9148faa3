/** What times the models of a kit with onnxruntime, on any device that has Python. */
export const RUN_PYTHON = `#!/usr/bin/env python3
"""Times every model of this folder with onnxruntime and writes results.csv and device.json.

    pip install onnxruntime
    python3 run.py [--threads N] [--provider CPUExecutionProvider] [--device "a name for people"]

Models that have a line in results.csv already are left out, so that it can be stopped and started again.
"""
import argparse
import csv
import datetime
import json
import os
import platform
import time

import numpy
import onnxruntime

WARM_UPS = 2
LEAST_RUNS = 8
MOST_RUNS = 40
SECONDS = 0.3
QUANTILE = 0.2
EVERY = 10  # models between two timings of the reference

here = os.path.dirname(os.path.abspath(__file__))
parser = argparse.ArgumentParser()
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--provider", default="CPUExecutionProvider")
parser.add_argument("--device", default=platform.processor() or platform.machine())
options = parser.parse_args()

# The time of the process does not see what other programs do, but is that of all its threads.
by_cpu = options.threads == 1 and options.provider == "CPUExecutionProvider"
clock = time.process_time if by_cpu else time.perf_counter


def quantile(values, share):
    return sorted(values)[int(share * (len(values) - 1))]


def timed(file):
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = options.threads
    settings.inter_op_num_threads = 1
    settings.log_severity_level = 3
    session = onnxruntime.InferenceSession(os.path.join(here, file), settings, providers=[options.provider])
    [entry] = session.get_inputs()
    feed = {entry.name: numpy.random.default_rng(0).standard_normal(entry.shape, dtype=numpy.float32)}
    for _ in range(WARM_UPS):
        session.run(None, feed)
    times, began = [], time.perf_counter()
    while len(times) < LEAST_RUNS or (time.perf_counter() - began < SECONDS and len(times) < MOST_RUNS):
        start = clock()
        session.run(None, feed)
        times.append((clock() - start) * 1000)
    own = quantile(times, QUANTILE)
    return own, (quantile(times, 0.75) - quantile(times, 0.25)) / max(own, 1e-9), len(times)


with open(os.path.join(here, "kit.json"), encoding="utf-8") as file:
    kit = json.load(file)
path = os.path.join(here, "results.csv")
known = set()
if os.path.exists(path):
    with open(path, encoding="utf-8", newline="") as file:
        known = {row["file"] for row in csv.DictReader(file)}
reference = kit["reference"]
with open(path, "a", encoding="utf-8", newline="") as file:
    writer = csv.writer(file)
    if not known:
        writer.writerow(["file", "ms", "spread", "runs"])
    left = [model["file"] for model in kit["models"] if model["file"] not in known]
    for index, model in enumerate(left):
        for name in ([reference] if index % EVERY == 0 else []) + [model]:
            ms, spread, runs = timed(name)
            writer.writerow([name, f"{ms:.6g}", f"{spread:.3g}", runs])
        file.flush()
        print(f"{index + 1} of {len(left)}: {model} {ms:.4g} ms", flush=True)
    ms, spread, runs = timed(reference)
    writer.writerow([reference, f"{ms:.6g}", f"{spread:.3g}", runs])

about = {
    "device": options.device,
    "runtime": {"name": "onnxruntime" if options.provider == "CPUExecutionProvider" else options.provider, "version": onnxruntime.__version__},
    "threads": options.threads,
    "clock": "cpu" if by_cpu else "wall",
    "quantile": QUANTILE,
    "warmUps": WARM_UPS,
    "date": datetime.date.today().isoformat(),
}
with open(os.path.join(here, "device.json"), "w", encoding="utf-8") as file:
    json.dump(about, file, indent=2)
print("Done: take results.csv and device.json back to where the kit was written.")
`;
