import { rmSync } from "node:fs";
import { prepared, Server } from "./server.ts";

/** Tells the story of the demo once: each server of the run begins from a copy of its data. */
export default async function prepare(): Promise<() => void> {
  const server = new Server([]);
  await server.start();
  const code = await server.stop();
  if (code !== 0) throw new Error(`the demo ended with ${code}:\n${server.output}`);
  process.env[prepared] = server.data; // for the workers, which start after this
  return () => rmSync(server.data, { recursive: true, force: true });
}
