/**
 * The page around a report: one file that requests nothing. Its policy allows only the style and the script below, by
 * their hashes, so that even a mistake in escaping could not run code.
 */
import { createHash } from "node:crypto";
import { html, ownSource, htmlProse, type Markup } from "./markup.ts";
import { pageScript } from "./page-script.ts";
import { pageStyle } from "./page-style.ts";

export interface Page {
  readonly title: string;
  /** Shown below the title. */
  readonly lead?: Markup;
  readonly main: Markup;
}

export function renderPage({ title, lead, main }: Page): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(pageStyle)}'`,
    `script-src '${hashOf(pageScript)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${ownSource(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${htmlProse(title)}</title>
<style>${ownSource(pageStyle)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<h1>${htmlProse(title)}</h1>
${lead}
</header>
<main id="main">
${main}
</main>
<footer><p>Made by kuma-sync. This page loads nothing and sends nothing.</p></footer>
<script>${ownSource(pageScript)}</script>
</body>
</html>
`.text;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
