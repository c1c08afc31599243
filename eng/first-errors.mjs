#!/usr/bin/env node
// Prints the first 50 findings of severity error of each folder with templates, in path order, as rows of the tables in docs/precision.md.
//   node eng/first-errors.mjs FOLDER...       checkouts, brought by whoever judges them; build the command in Release first
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const most = 50;
const tool = fileURLToPath(new URL("../tool/ProvableSec.Tool/bin/Release/net10.0/provablesec.dll", import.meta.url));
const folders = process.argv.slice(2);
if (folders.length === 0 || !existsSync(tool)) {
  console.error(folders.length === 0 ? "usage: node eng/first-errors.mjs FOLDER..." : `${tool} is not there; build it first: dotnet build tool/ProvableSec.Tool -c Release`);
  process.exit(2);
}

for (const folder of folders) {
  const run = spawnSync("dotnet", [tool, "check", ".", "--format", "json"], { cwd: folder, encoding: "utf8", maxBuffer: 1 << 30 });
  if (run.error || !run.stdout.trimStart().startsWith("[")) {
    console.error(`${folder}: ${run.error ?? run.stderr}`);
    process.exit(2);
  }

  const order = (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column);
  const errors = JSON.parse(run.stdout).filter((finding) => finding.severity === "error").sort(order);
  console.log(`\n## ${folder}: ${errors.length} errors\n\n${run.stderr.trim().split("\n").at(-1)}\n\n| file | line | rule | finding |\n| --- | --- | --- | --- |`);
  for (const { file, line, rule, message } of errors.slice(0, most)) {
    console.log(`| ${file} | ${line} | ${rule} | ${message.replaceAll("|", "\\|")} |`);
  }
}
