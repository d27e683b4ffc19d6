import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The binary under test; make sets it. */
export const binary = process.env.DOITHOAI_BINARY ?? join(import.meta.dirname, "../bin/doithoai");

/** A demo server on a free loopback port, with a data folder of its own. */
export interface Server {
  url: string;
  port: number;
  data: string;
  /** Everything it printed so far: the accounts, and its log. */
  output(): string;
  stop(): Promise<number | null>;
}

/** Starts `doithoai demo` and waits until it is ready. */
export async function startDemo(...flags: string[]): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), "doithoai-e2e-"));
  const port = await freePort();
  let printed = "";
  const child: ChildProcess = spawn(binary, ["demo", "--data", data, "--addr", `127.0.0.1:${port}`, ...flags], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const secure = flags.includes("--tls");
  const url = `${secure ? "https" : "http"}://localhost:${port}`;
  await ready(url, child, () => printed);
  return {
    url,
    port,
    data,
    output: () => printed,
    async stop() {
      child.kill("SIGTERM");
      const code = await ended;
      rmSync(data, { recursive: true, force: true });
      return code;
    },
  };
}

async function ready(url: string, child: ChildProcess, printed: () => string): Promise<void> {
  const insecure = url.startsWith("https");
  const { request } = insecure ? await import("node:https") : await import("node:http");
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${printed()}`);
    const status = await new Promise<number>((resolve) => {
      const r = request(`${url}/readyz`, { rejectUnauthorized: false } as object, (res) => {
        res.resume();
        resolve(res.statusCode ?? 0);
      });
      r.on("error", () => resolve(0));
      r.end();
    });
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server is not ready after 30 s:\n${printed()}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const s = createServer();
    s.on("error", reject);
    s.listen(0, "127.0.0.1", () => {
      const at = s.address();
      const port = typeof at === "object" && at ? at.port : 0;
      s.close(() => resolve(port));
    });
  });
}
