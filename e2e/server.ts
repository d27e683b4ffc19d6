import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The root of the project. */
export const root = join(import.meta.dirname, "..");

/** The binary under test; make sets it. */
export const binary = process.env.DOITHOAI_BINARY ?? join(root, "bin/doithoai");

/** The variable that names the data folder of a demo whose story was told; prepare.ts sets it. */
export const prepared = "DOITHOAI_PREPARED_DEMO";

const readyWithin = 30_000;
const stopWithin = 10_000;

/** Servers that run: none outlives the process that started it. */
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** A server on a free loopback port, with a data folder of its own: the demo, or one that is not set up yet. */
export class Server {
  data = "";
  port = 0;
  private child: ChildProcess | undefined;
  private ended: Promise<number | null> = Promise.resolve(null);
  private printed = "";

  /** flags are further ones of the command, `doithoai demo` or `serve`; PORT in them stands for the server's port. */
  constructor(private readonly flags: string[], private readonly command: "demo" | "serve" = "demo") {}

  /** Under this address a browser on this machine may sign in, with or without TLS. */
  get url(): string {
    return `${this.flags.includes("--tls") ? "https" : "http"}://localhost:${this.port}`;
  }

  /** Everything it printed so far: the accounts, and its log. */
  get output(): string {
    return this.printed;
  }

  get running(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  /** Starts the program and waits until it is ready; after a stop, on the same port and the same data. */
  async start(): Promise<void> {
    this.data ||= this.newFolder();
    this.port ||= await freePort();
    const args = [
      this.command, "--data", this.data, "--addr", `127.0.0.1:${this.port}`, "--log", "debug",
      ...this.flags.map((f) => f.replace("PORT", String(this.port))),
    ];
    const child = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => (this.printed += chunk.toString()));
    }
    this.ended = new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        running.delete(child);
        resolve(code);
      });
    });
    const until = Date.now() + readyWithin;
    // One that is not set up is alive, and not ready.
    while ((await this.status(this.command === "demo" ? "/readyz" : "/healthz")) !== 200) {
      if (!this.running) throw new Error(`the server ended with ${child.exitCode}:\n${this.printed}`);
      if (Date.now() > until) throw new Error(`the server is not ready after ${readyWithin} ms:\n${this.printed}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** A data folder: that of a demo on its usual day has the story in it. */
  private newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), "doithoai-e2e-"));
    const from = process.env[prepared];
    if (from && this.command === "demo" && !this.flags.includes("--day")) cpSync(from, folder, { recursive: true });
    return folder;
  }

  /** Asks the program to end, as systemd does, and gives its exit code. One that does not end is an error. */
  async stop(): Promise<number | null> {
    this.child?.kill("SIGTERM");
    const late = setTimeout(() => this.child?.kill("SIGKILL"), stopWithin);
    const code = await this.ended;
    clearTimeout(late);
    return code;
  }

  /** Ends it in the middle of whatever it does, as a power cut does. */
  async kill(): Promise<void> {
    this.child?.kill("SIGKILL");
    await this.ended;
  }

  /** Ends it and starts it again. What is in the database is all that stays. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Ends it and removes its data. */
  async remove(): Promise<void> {
    await this.stop();
    if (this.data) rmSync(this.data, { recursive: true, force: true });
  }

  /** The status of a path, 0 where nobody answers. */
  private status(path: string): Promise<number> {
    return new Promise((resolve) => {
      const secure = this.url.startsWith("https");
      const r = secure ? requestHttps(this.url + path, { rejectUnauthorized: false }) : requestHttp(this.url + path);
      r.on("response", (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      r.on("error", () => resolve(0));
      r.end();
    });
  }

  /** What stands in a file of the data folder. */
  file(name: string): string {
    return readFileSync(join(this.data, name), "utf8");
  }

  /** The receipt codes of the guide that the demo prints, in its order. */
  get codes(): string[] {
    return Array.from(this.printed.matchAll(/^ {2}((?:[0-9A-Z]{2,}-){2,}[0-9A-Z]+) {2}/gm), (m) => m[1] ?? "");
  }
}

/** Runs a command of the program to its end. */
export function doithoai(...args: string[]): { code: number | null; out: string } {
  const done = spawnSync(binary, args, { encoding: "utf8", timeout: 30_000 });
  return { code: done.status, out: done.stdout + done.stderr };
}

if (!existsSync(binary)) throw new Error(`there is no ${binary}: run \`make build\``);

/** A port that nobody uses now. */
export function freePort(): Promise<number> {
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
