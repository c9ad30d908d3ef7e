// The page's script, style, map and licences, in the folder given: the same bytes on every machine.
import { mkdirSync, readFileSync, readdirSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { world } from "./world.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "..", "bundle"));

function packageOf(input) {
  const at = input.lastIndexOf("node_modules/");
  if (at < 0) return null;
  const parts = input.slice(at + "node_modules/".length).split("/");
  return input.slice(0, at + "node_modules/".length) + (parts[0].startsWith("@") ? parts.slice(0, 2) : parts.slice(0, 1)).join("/");
}

function licence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(here, folder, "package.json"), "utf8"));
  const file = readdirSync(join(here, folder)).find((one) => /^licen[cs]e(\.|$)/i.test(one));
  if (!file) throw new Error(`${name} has no licence file`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(here, folder, file), "utf8").trim()}\n`;
}

const result = await build({
  absWorkingDir: here, entryPoints: { explorer: "src/main.ts" }, outdir: out, bundle: true, minify: true, format: "iife",
  target: ["es2022"], charset: "utf8", legalComments: "none", metafile: true, write: false, logLevel: "warning",
});
mkdirSync(out, { recursive: true });
for (const file of result.outputFiles) writeFileSync(file.path, file.contents);
const folders = new Set(Object.values(result.metafile.outputs).flatMap((one) => Object.entries(one.inputs))
  .filter(([, used]) => used.bytesInOutput > 0).map(([input]) => packageOf(input)).filter(Boolean));
folders.add("node_modules/world-atlas");
if ([...folders].some((folder) => !existsSync(join(here, folder)))) throw new Error("run npm ci first");
const texts = [...folders].sort().map(licence);
texts.push("Map data: Natural Earth, public domain.\n");
writeFileSync(join(out, "LICENSES.txt"), texts.join("\n----\n\n"));
writeFileSync(join(out, "world.json"), JSON.stringify(world()));
