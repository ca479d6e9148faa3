"""Reads paths of models as JSON, and answers with what ONNX's own checker says of each."""
import json
import os
import sys

import onnx

said = []
for path in json.load(sys.stdin):
    try:
        # Data beside a model is looked for from here. As an object, because by its path a full check writes the file anew.
        os.chdir(os.path.dirname(path))
        onnx.checker.check_model(onnx.load(path, load_external_data=False), full_check=True)
        said.append("")
    except Exception as fault:
        said.append(str(fault))
json.dump(said, sys.stdout)
