import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test as base } from "@playwright/test";
import { type Server, startDemo } from "./server.ts";

/** Every story file has a demo server of its own for each worker. */
export const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await startDemo();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});
export { expect };

/** The widths at which pages are looked at. */
export const widths = [320, 768, 1440];

/**
 * Checks a page as every page must be: axe-core finds nothing, nothing reaches beyond the width (WCAG 1.4.10), it says
 * that its data are simulated, and it has one h1. Leaves a picture under test-results for people to look at.
 */
export async function look(page: Page, name: string): Promise<void> {
  await expect(page.locator(".dt-strip")).toContainText(/DỮ LIỆU MÔ PHỎNG|SIMULATED DATA/);
  await expect(page.locator("h1")).toHaveCount(1);
  const size = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 320 ? 640 : 900 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `${name} reaches ${overflow} px beyond ${width}`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `test-results/pages/${name}-${width}.png`, fullPage: true });
  }
  if (size) await page.setViewportSize(size);
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`), name).toEqual([]);
}
