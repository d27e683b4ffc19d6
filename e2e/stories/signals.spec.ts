import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { demo, expect, test } from "../story.ts";

const server = demo();

test("asked to end while a page listens and a slip is half sent, it finishes the slip, ends the stream, exits with 0",
    async ({ officer, visitor, expected }) => {
  expected.push(/net::ERR_/);
  const secretary = await officer(server, "thuky");
  await secretary.goto("/hoi-truong/2024-10-25");
  await expect(secretary.getByText("Mạng hội trường: đã kết nối")).toBeVisible();

  const resident = await visitor(server);
  await resident.goto("/gui-y-kien");
  const village = await resident.getByRole("radio", { name: "Thôn 1" }).getAttribute("value");
  const dialogue = await resident.locator("input[name='doi-thoai']").first().getAttribute("value");
  const slip = await halfSent({
    "doi-thoai": dialogue ?? "", khoa: randomBytes(16).toString("base64url"),
    "noi-dung": "Đề nghị xã sửa đường vào Thôn 1, mưa là ngập.", "cach-neu": "written", "toi-la": "person",
    "ho-ten": "Lê Văn Dở Dang", thon: village ?? "", "nhan-tra-loi": "pick_up", "da-doc": "1",
  });

  const ended = server.stop();
  await expect.poll(() => server.output).toContain("msg=stopping");
  const answer = await slip.finish();
  expect(answer).toMatch(/^HTTP\/1\.1 303 /);
  expect(answer, "it leads to the receipt").toMatch(/^Location: \/gui-y-kien\/bien-nhan\r$/m);
  const held = /^Set-Cookie: (tra-cuu=[^;\s]+)/m.exec(answer)?.[1] ?? "";
  expect(await ended, "it ends by itself, before it would be killed").toBe(0);
  await expect(secretary.getByText("mất kết nối, đang nối lại")).toBeVisible();

  await server.start();
  const receipt = await fetch(`${server.url}/gui-y-kien/bien-nhan`, { headers: { cookie: held } });
  expect(receipt.status).toBe(200);
  expect(await receipt.text()).toContain("ND-24-");
  await expect(secretary.getByText("Mạng hội trường: đã kết nối"), "the page finds the server again by itself")
    .toBeVisible({ timeout: 20_000 });
  await expect(secretary.getByText("Lê Văn Dở Dang"), "and shows what was finished meanwhile")
    .toBeVisible({ timeout: 20_000 });
});

/**
 * Sends the head and half of the body of a slip over a connection of its own; finish sends the rest and gives the
 * answer. The server says "100 Continue" when it begins to read the body: from then on the act is under way, and not a
 * connection that waits to be accepted.
 */
async function halfSent(fields: Record<string, string>): Promise<{ finish(): Promise<string> }> {
  const body = Buffer.from(new URLSearchParams(fields).toString());
  const half = Math.floor(body.length / 2);
  const socket = connect(server.port, "127.0.0.1");
  await new Promise((resolve) => socket.once("connect", resolve));
  const head = [
    "POST /gui-y-kien/bien-nhan HTTP/1.1", `Host: localhost:${server.port}`,
    "Content-Type: application/x-www-form-urlencoded", `Content-Length: ${body.length}`,
    `Cookie: dang-viet=${randomBytes(32).toString("base64url")}`, // of a browser that has posted before
    "Expect: 100-continue", "Connection: close", "", "",
  ].join("\r\n");
  const asked = new Promise<string>((resolve) => socket.once("data", (chunk: Buffer) => resolve(chunk.toString())));
  socket.write(head);
  expect(await asked).toMatch(/^HTTP\/1\.1 100 /);
  await new Promise((resolve) => socket.write(body.subarray(0, half), resolve));
  return {
    finish: () =>
      new Promise((resolve, reject) => {
        let answer = "";
        socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
        socket.on("error", reject);
        socket.on("end", () => resolve(answer));
        socket.write(body.subarray(half));
      }),
  };
}
