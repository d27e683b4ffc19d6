import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { root } from "../server.ts";
import { demo, expect, test } from "../story.ts";

const server = demo();

/** Runs a foreign program over the whole record. It ends with 0 even when it fails: what it says decides. */
function fsck(): Promise<string> {
  const args = [
    "tool", "-modfile=tools/go.mod", "fsck", `-storage_url=${server.url}/so-doi-chung/`,
    `-public_key=${join(server.data, "record.pub")}`, "-ui=false", "-N=2",
  ];
  return new Promise((resolve, reject) => {
    execFile("go", args, { cwd: root, timeout: 120_000 },
      (err, out, said) => (err ? reject(new Error(`${err.message}\n${said}`)) : resolve(out + said)));
  });
}

/** The size that the newest checkpoint signs. */
async function size(): Promise<number> {
  const answer = await fetch(`${server.url}/so-doi-chung/checkpoint`);
  expect(answer.status).toBe(200);
  return Number((await answer.text()).split("\n")[1]);
}

/** Hands in a slip of ten matters as a browser without scripts would. */
async function sendTen(n: number, village: string): Promise<void> {
  const form = new URLSearchParams({
    khoa: randomBytes(16).toString("base64url"), "cach-neu": "written", "toi-la": "person", "ho-ten": "Người Gửi Thử",
    thon: village, "nhan-tra-loi": "pick_up", "da-doc": "1",
  });
  for (let i = 1; i <= 10; i++) {
    form.append("noi-dung", `Việc thử thứ ${i} của phiếu thử thứ ${n}, ghi để sổ có nhiều dòng.`);
  }
  const answer = await fetch(`${server.url}/gui-y-kien/bien-nhan`, { method: "POST", body: form });
  expect(answer.status, await answer.text()).toBe(200);
}

test("another project's program finds the demo's record whole, beyond a full tile too", async () => {
  test.setTimeout(150_000);
  const before = await size();
  expect(before).toBeGreaterThan(20);
  expect(await fsck()).toContain(`Successfully fsck'd log with size ${before}`);

  const form = await (await fetch(`${server.url}/gui-y-kien`)).text();
  const village = /name="thon"[^>]*value="([0-9a-f-]{36})"/.exec(form)?.[1] ?? "";
  const tile = 256;
  const slips = Math.ceil((Math.ceil(before / tile) * tile + 40 - before) / 10);
  for (let n = 1; n <= slips; n++) await sendTen(n, village);
  await expect.poll(size).toBe(before + 10 * slips);
  expect(await fsck()).toContain(`Successfully fsck'd log with size ${before + 10 * slips}`);
});
