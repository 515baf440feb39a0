// A small shop with keys, made by the test and served by the binary of CANDOR_BINARY.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const BINARY = process.env.CANDOR_BINARY ?? fileURLToPath(new URL("../../../target/debug/candor", import.meta.url));
export const SERVER_KEY = "server-key-of-the-test-shop";
export const PAGE_KEY = "publishable-key-of-the-test-shop";
const KINDS = ["Tea", "Mugs", "Prints"];

export async function shop(t, settings = "") {
  const folder = mkdtempSync(join(tmpdir(), "candor-client-"));
  const path = join(folder, "shop");
  mkdirSync(path);
  const text = `[serve]
server_key = "${SERVER_KEY}"
admin_key = "admin-key-of-the-test-shop"
publishable_key = "${PAGE_KEY}"
cors_origins = ["https://shop.example"]
${settings}
[signals.sequence]
enabled = false
[signals.tuning]
enabled = false
`;
  writeFileSync(join(path, "candor.toml"), text);
  const sold = Array.from({ length: 24 }, (_, n) => `I${n},${KINDS[n % 3]} ${n},${KINDS[n % 3]},${5 + n}.50`);
  writeFileSync(join(folder, "items.csv"), ["item_id,title,category,price", ...sold, ""].join("\n"));
  const log = Array.from({ length: 480 }, (_, n) => {
    const day = String(1 + (n % 8)).padStart(2, "0");
    return `u${n % 60},I${(n * 7 + (n % 5)) % 24},view,2026-10-${day}T10:00:00Z`;
  });
  writeFileSync(join(folder, "log.csv"), ["shopper,item_id,kind,time", ...log, ""].join("\n"));
  const run = (...call) => execFileSync(BINARY, [...call, "--shop", path], { stdio: "pipe" });
  run("import", "csv", join(folder, "items.csv"), "--currency", "EUR");
  run("import", "csv", join(folder, "log.csv"));
  run("train");
  const port = await freePort();
  let child;
  const served = {
    url: `http://127.0.0.1:${port}`,
    async start() {
      child = spawn(BINARY, ["serve", "--shop", path, "--listen", `127.0.0.1:${port}`], { stdio: ["ignore", "pipe", "pipe"] });
      const lines = [child.stdout, child.stderr].map((input) => createInterface({ input }));
      await new Promise((listening, failed) => {
        for (const input of lines) input.on("line", (line) => line.includes("serving on") && listening());
        child.once("exit", (code) => failed(new Error(`the server ended with ${code}`)));
      });
    },
    kill: () =>
      new Promise((gone) => {
        if (!child || child.exitCode !== null || child.signalCode !== null) return gone();
        child.once("exit", gone);
        child.kill("SIGKILL");
      }),
  };
  t.after(async () => {
    await served.kill();
    rmSync(folder, { recursive: true });
  });
  await served.start();
  return served;
}

function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}
