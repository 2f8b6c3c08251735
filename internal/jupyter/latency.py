"""Times cells: reads a JSON list of sources from standard input, runs them in one
kernel, and prints a JSON list of times in seconds."""
import json
import sys
import time

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="gonb", startup_timeout=120)
try:
    seconds = []
    for source in json.load(sys.stdin):
        begin = time.perf_counter()
        reply = client.execute_interactive(source, timeout=300, output_hook=lambda message: None)
        seconds.append(time.perf_counter() - begin)
        if reply["content"]["status"] != "ok":
            sys.exit("a cell failed: " + json.dumps(reply["content"]))
    print(json.dumps(seconds))
finally:
    client.stop_channels()
    # A kernel that is not killed stops the gopls that it started.
    manager.shutdown_kernel(now=False)
