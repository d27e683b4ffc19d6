import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { prepared, Server } from "./server.ts";

/**
 * Tells the story of the demo once: each server of the run begins from a copy of its data, some minutes past eight,
 * since hours without minutes are the shorter ones.
 */
export default async function prepare(): Promise<() => void> {
  const server = new Server([]);
  await server.start();
  const code = await server.stop();
  if (code !== 0) throw new Error(`the demo ended with ${code}:\n${server.output}`);
  const clock = JSON.parse(server.file("demo.json")) as { ahead_ms: number };
  clock.ahead_ms += 11 * 60_000;
  writeFileSync(join(server.data, "demo.json"), JSON.stringify(clock));
  process.env[prepared] = server.data; // for the workers, which start after this
  return () => rmSync(server.data, { recursive: true, force: true });
}
