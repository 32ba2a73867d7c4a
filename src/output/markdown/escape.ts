/**
 * Escapes text of users and servers for Markdown as GitHub, GitLab and Forgejo render it, so that it cannot create
 * markup, links or mentions. Every function makes its text inert first and cuts it, because a name of a megabyte would
 * fill a comment.
 */
import { clip } from "../../model/clip.ts";
import { inert } from "../inert.ts";

const longestName = 200;
const longestProse = 1000;

/** A name, key, path or value. Markup and mentions have no effect in a code span. Also works in tables. */
export function codeSpan(text: string): string {
  const shown = clip(inert(text), longestName).replaceAll("|", "¦");
  if (shown.trim() === "") return "` `";
  const ticks = "`".repeat(longestRun(shown, "`") + 1);
  const room = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return `${ticks}${room}${shown}${room}${ticks}`;
}

/** A sentence that may quote a user. */
export function markdownProse(text: string): string {
  return (
    clip(inert(text), longestProse)
      .replaceAll(/[\\`*_[\]|~$]|:(?=\/\/)|(?<=www)\./giu, String.raw`\$&`)
      // Characters that would start a list or a heading at the beginning of a line.
      .replace(/^(\s*\d*)([-+=.)])/u, String.raw`$1\$2`)
      .replaceAll(/[<>&]/gu, (character) => entities[character] ?? "")
      // A zero-width character breaks a mention or an issue reference. An entity for the sign alone does not help,
      // because renderers look for both in the rendered text.
      .replaceAll(/[@#]/gu, "$&&#8203;")
      .replaceAll(/\bGH-(?=\d)/giu, "$&&#8203;")
  );
}

/** A name where Markdown has no effect, for example in a `<summary>`. */
export function codeTag(text: string): string {
  return `<code>${clip(inert(text), longestName).replaceAll(/[<>&]/gu, (character) => entities[character] ?? "")}</code>`;
}

/** Inert lines in a code block that none of them can close. */
export function fence(lines: readonly string[], language = ""): string {
  const ticks = "`".repeat(Math.max(3, ...lines.map((line) => longestRun(line, "`") + 1)));
  return [`${ticks}${language}`, ...lines, ticks].join("\n");
}

/** Lets a later run find its own comment. Nothing in it can close the comment. */
export function hiddenTag(project: string, target: string): string {
  return `<!-- kuma-sync:${tagPart(project)}:${tagPart(target)} -->`;
}

const entities: Readonly<Record<string, string>> = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };

function tagPart(text: string): string {
  const kept = Array.from(text).slice(0, longestName).join("");
  return encodeURIComponent(Buffer.from(kept).toString()).replaceAll("-", "%2D");
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const each of text) {
    run = each === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
