import { demo, expect, look, test } from "../story.ts";

const server = demo("--province-addr", "127.0.0.1:0");

/** The site of the demo's province: the other one that the program says it serves, "" until it does. */
function province(): string {
  const ports = [...server.output.matchAll(/^Đối Thoại: http:\/\/127\.0\.0\.1:(\d+)\//gm)].map((m) => Number(m[1]));
  const port = ports.find((p) => p !== server.port);
  return port ? `http://localhost:${port}` : "";
}

test("the province sees who held its dialogue and who is late, down to the commune's public rows", async ({
  officer,
  visitor,
}) => {
  test.setTimeout(120_000);
  await expect.poll(province, { message: "the province is served", timeout: 60_000 }).not.toBe("");
  const at = province();
  const page = await officer(server, "tonghop", { baseURL: at });
  const commune = (name: string) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });

  await test.step("twelve communes, one late, one that held none", async () => {
    await page.goto("/noi-bo/tong-hop");
    await expect(page.locator("tbody tr")).toHaveCount(12);
    await look(page, "roll-up");
    await page.getByRole("link", { name: /^1\s+đơn vị chưa tổ chức/ }).click();
    await expect(page.locator("tbody tr")).toHaveCount(1);
    await expect(commune("Gia Bản Nháp")).toContainText("Chưa tổ chức");
    await page.goto("/noi-bo/tong-hop?loc=late");
    await expect(page.locator("tbody tr")).toHaveCount(1);
    await expect(commune("Đông Minh Họa")).toContainText("Chậm");
  });

  await test.step("a figure opens the commune's public rows, as many as it counts", async () => {
    for (const [column, count] of [["Ý kiến", 8], ["Quá hạn", 2]] as const) {
      const figure = commune("Đông Minh Họa").getByRole("link", { name: `Đông Minh Họa, ${column}` });
      await expect(figure).toHaveText(new RegExp(`^${count}\\s`));
      const to = new URL((await figure.getAttribute("href")) ?? "");
      const resident = await visitor(server, { baseURL: to.origin });
      await resident.goto(to.pathname + to.search);
      await expect(resident.locator(".dt-matter")).toHaveCount(count);
      await look(resident, `roll-up-${to.search ? "overdue" : "all"}`);
    }
  });

  await test.step("a commune's dialogues one by one, with the same ways", async () => {
    await commune("Đông Minh Họa").getByRole("rowheader").getByRole("link").click();
    await expect(page.getByRole("link", { name: /Quá hạn$/ })).toHaveAttribute("href", /\/y-kien\?so=qua-han$/);
    await look(page, "roll-up-commune");
  });
});
