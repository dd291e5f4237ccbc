// Bundles scripts, styles and icons into static/dist, each under a name that changes with its
// content, and writes which name stands for which file.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../../..");
const out = join(here, "../static/dist");

const AN_HOUR = 60 * 60 * 1000;

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
names["favicon.svg"] = copied("favicon.svg");
const made = new Set(["names.json", ...readdirSync(out).filter(isOfThisBuild)]);
pack();
write("names.json", JSON.stringify(names, null, 2) + "\n");
clearAway();

function isOfThisBuild(name) {
  const path = relative(root, join(out, name));
  const outputs = { ...pages.metafile.outputs, ...first.metafile.outputs };
  return path in outputs || Object.values(names).includes(name);
}

// Beside each file lies what is sent of it: packed once here, not for every browser.
function pack() {
  for (const name of [...made].filter((one) => /\.(js|css|svg)$/.test(one))) {
    const plain = readFileSync(join(out, name));
    made.add(`${name}.gz`).add(`${name}.br`);
    if (before.includes(`${name}.br`)) continue;
    write(`${name}.gz`, gzipSync(plain, { level: 9 }));
    write(`${name}.br`, brotliCompressSync(plain));
  }
}

// Who serves the build before this one still finds its files, for an hour. Another build may be
// clearing away at the same time.
function clearAway() {
  for (const name of before.filter((one) => !made.has(one))) {
    const about = statSync(join(out, name), { throwIfNoEntry: false });
    if (about && Date.now() - about.mtimeMs > AN_HOUR) rmSync(join(out, name), { force: true });
  }
}

// A file is there wholly or not at all, whoever reads it or writes it meanwhile.
function write(name, content) {
  const begun = join(out, `${name}.${process.pid}`);
  writeFileSync(begun, content);
  renameSync(begun, join(out, name));
}

function plainName(path) {
  return relative(out, join(root, path)).replace(/-[A-Z0-9]{8}(?=\.)/, "");
}

// One file with every icon named in icons.txt; pages refer to them by name.
function sprite() {
  const wanted = readFileSync(join(here, "icons.txt"), "utf8").split(/\s+/).filter(Boolean);
  const symbols = [...new Set(wanted)].sort().map(symbol);
  return written("icons", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

// A drawing of ours, as it is.
function copied(name) {
  return written(name.replace(".svg", ""), readFileSync(join(here, "img", name), "utf8"));
}

function written(name, text) {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
  write(`${name}-${hash}.svg`, text);
  return `${name}-${hash}.svg`;
}

function symbol(name) {
  const drawn = drawing(name).replace(/<!--[\s\S]*?-->/, "");
  const inner = drawn.match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].replace(/\s*\n\s*/g, "");
  return (
    `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" ` +
    `stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`
  );
}

function drawing(name) {
  try {
    return readFileSync(join(root, "node_modules/@tabler/icons/icons/outline", `${name}.svg`), "utf8");
  } catch (missing) {
    if (missing.code !== "ENOENT") throw missing;
    console.error(`icons.txt names an icon that Tabler does not have: ${name}. See https://tabler.io/icons.`);
    process.exit(1);
  }
}
