// Builds web/dist: app.css, app.js, qr.js, js-enabled.js, icon.svg and the fonts.
//
// Run by `npm run build` in this folder, after `npm ci`. The output depends on
// the sources and the locked packages alone, so that two builds give the same
// bytes. It is made beside web/dist and moved there whole: a build that fails or
// is killed leaves the old one. Stale files are removed; .gitkeep stays.
import { copyFile, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const served = join(here, "..", "dist");
const dist = join(here, "node_modules", ".dist"); // being built; ignored like all of that folder
const modules = join(here, "node_modules");

// The page loads only the subsets whose letters it shows (unicode-range).
const subsets = ["latin", "latin-ext", "vietnamese"];
const weights = [400, 600, 700];

// What every browser with module scripts understands, as GOV.UK Frontend requires.
const target = "es2018";

async function clean() {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
}

/** Moves what was built to where the binary takes it from, file by file. */
async function publish(from, to) {
  await mkdir(to, { recursive: true });
  const built = await readdir(from, { withFileTypes: true });
  for (const entry of built) {
    if (entry.isDirectory()) await publish(join(from, entry.name), join(to, entry.name));
    else await rename(join(from, entry.name), join(to, entry.name));
  }
  const names = new Set([".gitkeep", ...built.map((entry) => entry.name)]);
  for (const name of await readdir(to)) {
    if (!names.has(name)) await rm(join(to, name), { recursive: true });
  }
}

async function styles() {
  const { css } = sass.compile(join(here, "scss", "app.scss"), {
    // MOJ Frontend imports both by package name and by "node_modules/…".
    loadPaths: [modules, here],
    style: "compressed",
    quietDeps: true,
  });
  await writeFile(join(dist, "app.css"), css);
}

async function scripts() {
  // app.js is loaded by every page, qr.js by who reads codes with a camera that the browser has no reader for.
  for (const name of ["app", "qr"]) {
    await esbuild.build({
      entryPoints: [join(here, "ts", `${name}.ts`)],
      outfile: join(dist, `${name}.js`),
      bundle: true,
      format: "esm",
      minify: true,
      target,
      legalComments: "none",
    });
  }
  // A classic script: it has to run before the first paint, also where modules are unknown.
  await esbuild.build({
    entryPoints: [join(here, "ts", "js-enabled.ts")],
    outfile: join(dist, "js-enabled.js"),
    format: "iife",
    minify: true,
    target,
    legalComments: "none",
  });
}

async function fonts() {
  const from = join(modules, "@fontsource", "be-vietnam-pro", "files");
  await mkdir(join(dist, "fonts"), { recursive: true });
  for (const subset of subsets) {
    for (const weight of weights) {
      const name = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
      await copyFile(join(from, name), join(dist, "fonts", name));
    }
  }
}

await clean();
await Promise.all([
  styles(),
  scripts(),
  fonts(),
  copyFile(join(here, "icon.svg"), join(dist, "icon.svg")),
]);
await publish(dist, served);
