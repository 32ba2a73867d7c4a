/** The name of a run in its lease: its CI job, or its user. These variables hold no secret. */
import type { LeaseHolder } from "../model/lease.ts";
import type { Context } from "./context.ts";

/** The variables of CI systems: GitHub, Gitea and Forgejo; GitLab; Jenkins; Buildkite; CircleCI. */
const jobs: readonly (readonly string[])[] = [
  ["GITHUB_REPOSITORY", "GITHUB_WORKFLOW", "GITHUB_JOB", "GITHUB_RUN_ID"],
  ["CI_PROJECT_PATH", "CI_JOB_NAME", "CI_JOB_ID"],
  ["JOB_NAME", "BUILD_NUMBER"],
  ["BUILDKITE_PIPELINE_SLUG", "BUILDKITE_BUILD_NUMBER"],
  ["CIRCLE_PROJECT_REPONAME", "CIRCLE_JOB", "CIRCLE_BUILD_NUM"],
];

const longest = 100;

export function nameOfRun({ env, machine }: Context): Omit<LeaseHolder, "since"> {
  const job = jobs
    .map((names) => names.map((name) => env[name] ?? ""))
    .find((values) => values.every((value) => value !== ""));
  return {
    name: plain(job === undefined ? machine.user : `job ${job.join(" ")}`),
    host: plain(machine.host),
    pid: machine.pid,
  };
}

/** ASCII only: some databases store nothing else, and the run would not recognise its own record. */
function plain(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/gu, "?").slice(0, longest);
}
