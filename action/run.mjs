/**
 * What the GitHub Action does: runs kuma-sync, keeps its exit code, and puts the report where people look. Inputs come as
 * `INPUT_…`, the rest is GitHub's own environment; the server's login is in `KUMA_SYNC_…` as everywhere.
 */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { appendFile, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createGitHub, GitHubError } from "./github-api.mjs";
import { programEnvironment } from "./program-environment.mjs";
import { tagOf, upsertComment, upsertIssue } from "./sticky.mjs";

const program = process.env["KUMA_SYNC_PROGRAM"] ?? fileURLToPath(new URL("../dist/cli.js", import.meta.url));
/** As `plan --detailed-exitcode` says it. */
const hasChanges = 2;

/** @param {string} name */
function input(name) {
  return process.env[`INPUT_${name.toUpperCase().replaceAll("-", "_")}`] ?? "";
}

/** What started the workflow. Without it nothing is known of who wrote the files, as outside of GitHub. */
function readEvent() {
  const path = process.env["GITHUB_EVENT_PATH"] ?? "";
  return path === "" ? {} : JSON.parse(readFileSync(path, "utf8"));
}

/** Files and target, as flags. */
function scope() {
  const files = input("files").split(/\s+/u).filter(Boolean);
  const target = input("target");
  return [...files.flatMap((file) => ["-f", file]), ...(target === "" ? [] : ["--target", target])];
}

/** A saved plan holds its consent, so it is given when that is made. */
function consent() {
  const deletes = input("allow-deletes");
  return deletes === "" ? [] : ["--allow-deletes", deletes];
}

/** @param {readonly string[]} args @returns {Promise<number>} */
function kumaSync(args) {
  return new Promise((done, fail) => {
    const env = programEnvironment(process.env, readEvent());
    const child = spawn(process.execPath, [program, ...args], { env, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", fail);
    child.on("close", (code) => done(code ?? 1));
  });
}

/** @param {Readonly<Record<string, string | number | boolean>>} values */
async function setOutputs(values) {
  const file = process.env["GITHUB_OUTPUT"] ?? "";
  if (file === "") return;
  await appendFile(
    file,
    Object.entries(values)
      .map(([name, value]) => outputLines(name, String(value)))
      .join(""),
  );
}

/**
 * One output as the runner reads it: `name=value` would end at a line break in the value, and the rest would be outputs of
 * its own; the end of this form cannot be guessed.
 * @param {string} name @param {string} value
 */
function outputLines(name, value) {
  const end = `kuma-sync-${randomUUID()}`;
  return `${name}<<${end}\n${value}\n${end}\n`;
}

/** As the runner reads the text of a workflow command; anything else could begin another one. @param {string} text */
function commandText(text) {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** @param {string} file @returns {Promise<string>} */
async function readIfThere(file) {
  return readFile(file, "utf8").catch(() => "");
}

async function check() {
  const valid = await kumaSync(["validate", ...scope()]);
  if (valid !== 0) return valid;
  return kumaSync(["test", ...scope(), "--report", `junit=${input("junit-file") || "kuma-sync-tests.xml"}`]);
}

/** The plan as a file to apply, its counts as outputs, and its report for people. */
async function plan() {
  const folder = await mkdtemp(join(tmpdir(), "kuma-sync-"));
  const file = resolve(input("plan-file") || "kuma-sync-plan.json");
  const markdown = join(folder, "plan.md");
  const code = await kumaSync([
    "plan",
    ...scope(),
    ...(input("against") === "" ? [] : ["--against", input("against")]),
    "--detailed-exitcode",
    "--out",
    file,
    "--report",
    `markdown=${markdown}`,
    ...consent(),
  ]);
  if (code === 0 || code === hasChanges) {
    const { summary, blockers } = JSON.parse(await readFile(file, "utf8"));
    await setOutputs({
      changes: code === hasChanges,
      blocked: blockers.length > 0,
      create: summary.create,
      update: summary.update,
      delete: summary.delete,
      "plan-file": file,
    });
  }
  return { code, report: await readIfThere(markdown) };
}

function gitHub() {
  return createGitHub({
    url: process.env["GITHUB_API_URL"] ?? "https://api.github.com",
    graphqlUrl: process.env["GITHUB_GRAPHQL_URL"],
    token: input("token"),
  });
}

/** A fork's token may not write, and a comment is no reason to fail. @param {() => Promise<string>} write */
async function tryToWrite(write) {
  try {
    process.stderr.write(`${await write()}\n`);
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    process.stderr.write(`::warning::not written to GitHub: ${commandText(error.message)}\n`);
  }
}

/** @param {string} body */
async function comment(body) {
  const event = JSON.parse((await readIfThere(process.env["GITHUB_EVENT_PATH"] ?? "")) || "{}");
  const number = event.pull_request?.number;
  const repository = process.env["GITHUB_REPOSITORY"] ?? "";
  if (body === "" || number === undefined || input("comment") === "false" || input("token") === "") return;
  await tryToWrite(async () => `comment ${await upsertComment(gitHub(), { repository, number, body })}`);
}

/** The scheduled run: one issue while server and configuration differ. @param {number} code @param {string} body */
async function issue(code, body) {
  const repository = process.env["GITHUB_REPOSITORY"] ?? "";
  if (body === "" || input("token") === "") return;
  const tag = tagOf(body);
  const title = input("issue-title") || "Uptime Kuma differs from its configuration";
  const found = code === hasChanges ? body : undefined;
  await tryToWrite(async () => `issue ${await upsertIssue(gitHub(), { repository, tag, title, body: found })}`);
}

async function run() {
  const command = input("command");
  switch (command) {
    case "check":
      return check();
    case "plan": {
      const { code, report } = await plan();
      await comment(report);
      return code === hasChanges ? 0 : code;
    }
    case "apply": {
      const file = input("plan-file");
      const what = file === "" ? consent() : [file];
      return kumaSync(["apply", ...what, ...scope(), "--auto-approve"]);
    }
    case "drift": {
      const { code, report } = await plan();
      if (code === 0 || code === hasChanges) await issue(code, report);
      return code === hasChanges ? 0 : code;
    }
    case "snapshot":
      return kumaSync(["snapshot", "--out", input("snapshot-file") || "kuma-sync-snapshot.json"]);
    default:
      process.stderr.write(
        `::error::unknown command "${commandText(command)}": check, plan, apply, drift or snapshot\n`,
      );
      return 64;
  }
}

process.exitCode = await run();
