import { defineConfig } from "@playwright/test";

/**
 * The stories drive the real binary in Debian's Chromium, as the shell without windows: the same pages in two thirds
 * of the time. Two workers, each with a server of its own: the machine has two cores. No retries: a story that fails
 * once is a defect, of the product or of the story.
 */
export default defineConfig({
  testDir: "stories",
  globalSetup: "./prepare.ts",
  outputDir: "test-results",
  workers: 2,
  fullyParallel: false,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: "../.make/stories.json" }]],
  use: {
    actionTimeout: 30_000,
    viewport: { width: 1440, height: 900 },
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
      args: [
        "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--disable-quic",
        "--no-first-run", "--disable-component-update",
        // No story reaches the Internet. One name stands for this machine as an office's does, without being localhost.
        "--host-resolver-rules=MAP doi-thoai.test 127.0.0.1, MAP *.localhost 127.0.0.1, MAP * ~NOTFOUND, " +
          "EXCLUDE localhost, EXCLUDE 127.0.0.1",
      ],
    },
  },
});
