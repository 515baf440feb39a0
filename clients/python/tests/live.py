"""A small shop with keys, made by the test and served by the binary of `CANDOR_BINARY`."""

import csv
import os
import random
import shutil
import socket
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).parents[3]
BINARY = Path(os.environ.get("CANDOR_BINARY", ROOT / "target/debug/candor"))
SERVER_KEY, ADMIN_KEY = "server-key-of-the-test-shop", "admin-key-of-the-test-shop"
PAGE_KEY = "publishable-key-of-the-test-shop"
SETTINGS = f"""
[serve]
server_key = "{SERVER_KEY}"
admin_key = "{ADMIN_KEY}"
publishable_key = "{PAGE_KEY}"
cors_origins = ["https://shop.example"]
%s
[signals.sequence]
enabled = false
[signals.tuning]
enabled = false
"""


class Shop:
    """Its folder, and the server that may be stopped and started again on the same port."""

    def __init__(self, more_settings: str = "") -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="candor-client-"))
        self.shop = self.folder / "shop"
        self.shop.mkdir()
        (self.shop / "candor.toml").write_text(SETTINGS % more_settings)
        self.process: subprocess.Popen[str] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def fill(self) -> None:
        chance, log = random.Random(1), self.folder / "log.csv"
        sold = self.folder / "items.csv"
        kinds = ["Tea", "Mugs", "Prints"]
        lines = [f"I{n:02},{kinds[n % 3]} {n},{kinds[n % 3]},{5 + n}.50" for n in range(24)]
        sold.write_text("\n".join(["item_id,title,category,price", *lines, ""]))
        with log.open("w", newline="") as file:
            table = csv.writer(file)
            table.writerow(["shopper", "item_id", "kind", "time"])
            for shopper in range(60):
                for day in range(8):
                    n = chance.randrange(24)
                    time = f"2026-10-{1 + day:02}T{shopper % 24:02}:00:00Z"
                    did = chance.choice(["view", "purchase"])
                    table.writerow([f"u{shopper}", f"I{n:02}", did, time])
        self.run("import", "csv", str(sold), "--currency", "EUR")
        self.run("import", "csv", str(log))
        self.run("train")

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [BINARY, *arguments, "--shop", self.shop], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        """Returns when the server says that it listens."""
        listen = ["serve", "--shop", str(self.shop), "--listen", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            [BINARY, *listen], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self.process.stdout
        said = []
        for line in self.process.stdout:
            said.append(line)
            if "serving on" in line:
                return
        raise AssertionError("the server did not start: " + "".join(said))

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            assert self.process.stdout
            self.process.stdout.close()
            self.process = None

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self.folder)


def shop_of(case: type[unittest.TestCase], more_settings: str = "") -> Shop:
    """A filled shop in service until the test class ends."""
    shop = Shop(more_settings)
    case.addClassCleanup(shop.close)
    shop.fill()
    shop.start()
    return shop
