/**
 * Text of users and servers in Markdown as GitHub, GitLab and Forgejo render it: it shows, and neither marks up, nor
 * links, nor calls anybody. Every function makes its text inert first and cuts it, because one name of a megabyte would
 * use up a comment.
 */
import { clip } from "../../model/clip.ts";
import { inert } from "../inert.ts";

const longestName = 200;
const longestProse = 1000;

/** A name, key, path or value: mentions and markup mean nothing in a code span. Safe in a table too. */
export function codeSpan(text: string): string {
  const shown = clip(inert(text), longestName).replaceAll("|", "¦");
  if (shown.trim() === "") return "` `";
  const ticks = "`".repeat(longestRun(shown, "`") + 1);
  const room = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return `${ticks}${room}${shown}${room}${ticks}`;
}

/** A sentence that may quote what a user wrote. */
export function markdownProse(text: string): string {
  return (
    clip(inert(text), longestProse)
      .replaceAll(/[\\`*_[\]|~$]|:(?=\/\/)|(?<=www)\./giu, String.raw`\$&`)
      // What would be a list or a heading at the start of a line.
      .replace(/^(\s*\d*)([-+=.)])/u, String.raw`$1\$2`)
      .replaceAll(/[<>&]/gu, (character) => entities[character] ?? "")
      // A character of no width ends what would be a mention or a reference to an issue; an entity for the sign alone
      // does not, as both are looked for in what is rendered.
      .replaceAll(/[@#]/gu, "$&&#8203;")
      .replaceAll(/\bGH-(?=\d)/giu, "$&&#8203;")
  );
}

/** A name where Markdown does not reach, as in a `<summary>`. */
export function codeTag(text: string): string {
  return `<code>${clip(inert(text), longestName).replaceAll(/[<>&]/gu, (character) => entities[character] ?? "")}</code>`;
}

/** Inert lines in a block that none of them can end. */
export function fence(lines: readonly string[], language = ""): string {
  const ticks = "`".repeat(Math.max(3, ...lines.map((line) => longestRun(line, "`") + 1)));
  return [`${ticks}${language}`, ...lines, ticks].join("\n");
}

/** What a later run finds its own comment by; nothing in it can end the comment. */
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
