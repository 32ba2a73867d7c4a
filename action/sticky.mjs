/**
 * One comment and one issue for each project and target, updated and never repeated. They are known by a hidden tag in
 * their text, which the Markdown report begins with, and by their author: anybody may write the tag.
 */
import { listAll, ownAccount } from "./github-api.mjs";

/** The first line of a Markdown report: `<!-- kuma-sync:shop:prod -->`. */
const tagPattern = /^<!-- kuma-sync:[^\n]* -->/u;

/** @param {string} body */
export function tagOf(body) {
  const tag = tagPattern.exec(body)?.[0];
  if (tag === undefined) throw new Error("the report does not begin with its tag");
  return tag;
}

/**
 * Writes the comment of a pull request, over the one that is there.
 * @param {import("./github-api.mjs").GitHub} github
 * @param {{ readonly repository: string, readonly number: number, readonly body: string }} comment
 * @returns {Promise<"created" | "updated" | "unchanged">}
 */
export async function upsertComment(github, { repository, number, body }) {
  const tag = tagOf(body);
  const comments = await listAll(github, `/repos/${repository}/issues/${number}/comments`);
  const mine = await ownAmong(
    github,
    comments.filter((comment) => comment.body?.startsWith(tag)),
  );
  if (mine === undefined) {
    await github.request("POST", `/repos/${repository}/issues/${number}/comments`, { body });
    return "created";
  }
  if (mine.body === body) return "unchanged";
  await github.request("PATCH", `/repos/${repository}/issues/comments/${mine.id}`, { body });
  return "updated";
}

/**
 * Keeps one open issue while `body` is there, and closes it when there is nothing to say any more.
 * @param {import("./github-api.mjs").GitHub} github
 * @param {{ readonly repository: string, readonly tag: string, readonly title: string, readonly body: string | undefined }} issue
 * @returns {Promise<"created" | "updated" | "closed" | "unchanged">}
 */
export async function upsertIssue(github, { repository, tag, title, body }) {
  const open = await listAll(github, `/repos/${repository}/issues?state=open`);
  const mine = await ownAmong(
    github,
    open.filter((issue) => issue.pull_request === undefined && issue.body?.startsWith(tag)),
  );
  if (body === undefined) {
    if (mine === undefined) return "unchanged";
    await github.request("PATCH", `/repos/${repository}/issues/${mine.number}`, { state: "closed" });
    return "closed";
  }
  if (mine === undefined) {
    await github.request("POST", `/repos/${repository}/issues`, { title, body });
    return "created";
  }
  if (mine.body === body && mine.title === title) return "unchanged";
  await github.request("PATCH", `/repos/${repository}/issues/${mine.number}`, { title, body });
  return "updated";
}

/**
 * The first that the account of our token wrote. What others wrote stays as it is: a comment that somebody else can edit
 * would show any plan under our name, and rewriting it would put the plan under theirs.
 * @param {import("./github-api.mjs").GitHub} github @param {readonly any[]} items
 * @returns {Promise<any>}
 */
async function ownAmong(github, items) {
  if (items.length === 0) return undefined;
  const isOwn = await ownAccount(github);
  return items.find(({ user }) => isOwn(user));
}
