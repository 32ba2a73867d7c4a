/**
 * The page around a report: one file that asks for nothing. Its policy allows exactly the style and the script below, by their
 * hashes, so that even a mistake in escaping could not run anything.
 */
import { createHash } from "node:crypto";
import { html } from "./escape.ts";
import { pageScript } from "./page-script.ts";
import { pageStyle } from "./page-style.ts";

export interface Page {
  /** As text. */
  readonly title: string;
  /** As HTML: below the title, and the rest. */
  readonly lead: string;
  readonly main: string;
}

export function renderPage({ title, lead, main }: Page): string {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(pageStyle)}'`,
    `script-src '${hashOf(pageScript)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${html(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<h1>${html(title)}</h1>
${lead}
</header>
<main id="main">
${main}
</main>
<footer><p>Made by kuma-sync. This page loads nothing and sends nothing.</p></footer>
<script>${pageScript}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
