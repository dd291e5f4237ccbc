// Bundles scripts, styles and icons into static/dist, each under a name that changes with its
// content, and writes which name stands for which file.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../../..");
const out = join(here, "../static/dist");

const KEPT = 60 * 60 * 1000;

mkdirSync(out, { recursive: true });
const before = readdirSync(out);

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  target: ["chrome111", "firefox113", "safari16.4"],
  outdir: out,
  entryNames: "[name]-[hash]",
  chunkNames: "part-[name]-[hash]",
  assetNames: "[name]-[hash]",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};
const pages = await esbuild.build({
  ...common,
  entryPoints: [
    { in: join(here, "js/main.js"), out: "main" },
    { in: join(here, "css/main.css"), out: "styles" },
  ],
  splitting: true,
  format: "esm",
});
// What runs before anything is drawn is no module: modules wait for the page.
const first = await esbuild.build({
  ...common,
  entryPoints: [{ in: join(here, "js/theme.js"), out: "theme" }],
  format: "iife",
});

const names = {};
for (const [path, about] of Object.entries({ ...pages.metafile.outputs, ...first.metafile.outputs })) {
  if (about.entryPoint) names[plainName(path)] = relative(out, join(root, path));
}
names["icons.svg"] = sprite();
writeFileSync(join(out, "names.json"), JSON.stringify(names, null, 2) + "\n");
clearAway();

// Who serves the build before this one still finds its files, for an hour.
function clearAway() {
  const made = new Set(
    [...Object.keys(pages.metafile.outputs), ...Object.keys(first.metafile.outputs)].map((path) =>
      relative(out, join(root, path)),
    ),
  ).add("names.json").add(names["icons.svg"]);
  const old = (name) => Date.now() - statSync(join(out, name)).mtimeMs > KEPT;
  before.filter((name) => !made.has(name) && old(name)).forEach((name) => rmSync(join(out, name)));
}

function plainName(path) {
  return relative(out, join(root, path)).replace(/-[A-Z0-9]{8}(?=\.)/, "");
}

// One file with every icon named in icons.txt; pages refer to them by name.
function sprite() {
  const wanted = readFileSync(join(here, "icons.txt"), "utf8").split(/\s+/).filter(Boolean);
  const symbols = [...new Set(wanted)].sort().map(symbol);
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
  writeFileSync(join(out, `icons-${hash}.svg`), text);
  return `icons-${hash}.svg`;
}

function symbol(name) {
  const file = join(root, "node_modules/@tabler/icons/icons/outline", `${name}.svg`);
  const drawn = readFileSync(file, "utf8").replace(/<!--[\s\S]*?-->/, "");
  const inner = drawn.match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].replace(/\s*\n\s*/g, "");
  return (
    `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" ` +
    `stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`
  );
}
