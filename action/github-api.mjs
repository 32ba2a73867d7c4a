/** Calls of GitHub's REST API, with the token of the workflow. */

/**
 * @typedef {object} GitHub
 * @property {(method: string, path: string, body?: object) => Promise<any>} request Throws GitHubError. The answer's JSON.
 */

export class GitHubError extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * @param {{ readonly url: string, readonly token: string }} options
 * @returns {GitHub}
 */
export function createGitHub({ url, token }) {
  return {
    request: async (method, path, body) => {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          accept: "application/vnd.github+json",
          authorization: `Bearer ${token}`,
          "x-github-api-version": "2022-11-28",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer = await response.json().catch(() => ({}));
      if (!response.ok) {
        throw new GitHubError(response.status, `${method} ${path}: ${response.status} ${answer.message ?? ""}`.trim());
      }
      return answer;
    },
  };
}

/**
 * All items of a list, page by page; at most 1,000.
 * @param {GitHub} github @param {string} path
 * @returns {Promise<any[]>}
 */
export async function listAll(github, path) {
  const items = [];
  for (let page = 1; page <= 10; page += 1) {
    const found = await github.request("GET", `${path}${path.includes("?") ? "&" : "?"}per_page=100&page=${page}`);
    items.push(...found);
    if (found.length < 100) break;
  }
  return items;
}
