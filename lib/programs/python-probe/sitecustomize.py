"""Python runs this before any program of its own; it says what that program would run with, and ends it there.

A program such as moto_server may be a script with a shebang, a version manager's shim or a wrapper: running it is the
one way to learn which interpreter and which packages it really uses.
"""
import json
import os
import sys

try:
    from importlib.metadata import version

    moto = version("moto")
except Exception:
    moto = None

os.write(1, json.dumps({"executable": sys.executable, "moto": moto}).encode())
os._exit(0)
