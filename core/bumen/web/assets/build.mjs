// Bundles scripts, styles and icons into static/dist, each under a name that changes with its
// content, and writes which name stands for which file.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../../..");
const out = join(here, "../static/dist");

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const built = await esbuild.build({
  absWorkingDir: root,
  entryPoints: [
    { in: join(here, "js/main.js"), out: "main" },
    { in: join(here, "css/main.css"), out: "styles" },
    { in: join(here, "js/theme.js"), out: "theme" },
  ],
  bundle: true,
  minify: true,
  splitting: true,
  format: "esm",
  target: ["chrome111", "firefox113", "safari16.4"],
  outdir: out,
  entryNames: "[name]-[hash]",
  chunkNames: "part-[name]-[hash]",
  assetNames: "[name]-[hash]",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

const names = {};
for (const [path, about] of Object.entries(built.metafile.outputs)) {
  if (about.entryPoint) names[plainName(path)] = relative(out, join(root, path));
}
names["icons.svg"] = sprite();
writeFileSync(join(out, "names.json"), JSON.stringify(names, null, 2) + "\n");

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
