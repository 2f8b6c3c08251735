"""Writes functions.json: tanh, the logistic function and exp to 40 digits, by mpmath 1.3.0.

    python make_functions.py

Each value is the sum of two float64, the nearest one and what is missing.
"""

import json
import random

from mpmath import mp

mp.prec = 200
rng = random.Random(1)

FUNCTIONS = {
    "tanh": mp.tanh,
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)),
    "exp": mp.exp,
}


def arguments(name):
    scales = [1e-300, 1e-17, 1e-8, 1e-3, 0.1, 0.3, 1, 3, 10, 40]
    xs = [rng.gauss(0, 1) * scale for scale in scales for _ in range(120)]
    xs += [k * 2**-5 for k in range(-64, 65)]
    xs += [0.6249999999999999, 0.625, 0.6250000000000001, 1e-320, -5e-324]
    if name == "exp":
        xs += [rng.uniform(-708, 709) for _ in range(400)] + [709.78, -708.39]
        xs += [(k + 0.5) * float(mp.log(2)) for k in range(-1000, 1001, 50)]
    if name == "sigmoid":
        xs += [rng.uniform(-36, 700) for _ in range(400)]
    return xs


def pair(value):
    high = float(value)
    return [high.hex(), float(value - high).hex()]


def main():
    out = {}
    for name, f in FUNCTIONS.items():
        out[name] = [[x.hex()] + pair(f(mp.mpf(x))) for x in arguments(name)]
    lines = ",\n".join(f'"{name}": [\n' + ",\n".join(json.dumps(row) for row in rows) + "\n]" for name, rows in out.items())
    with open("functions.json", "w") as file:
        file.write("{\n" + lines + "\n}\n")


main()
