/** Calls of GitHub's REST API, with the token of the workflow. */

/**
 * @typedef {object} GitHub
 * @property {(method: string, path: string, body?: object) => Promise<any>} request Throws GitHubError. The answer's JSON.
 * @property {string} graphqlUrl
 */

export class GitHubError extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * @param {{ readonly url: string, readonly graphqlUrl?: string, readonly token: string }} options
 * @returns {GitHub}
 */
export function createGitHub({ url, graphqlUrl = `${url}/graphql`, token }) {
  return {
    graphqlUrl,
    request: async (method, path, body) => {
      // A path, or the one address that has none below the API's.
      const response = await fetch(path.startsWith("/") ? `${url}${path}` : path, {
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

/** Who writes with a workflow's own token, where the API does not say so. */
const workflowBot = "github-actions[bot]";

/**
 * Whether an account, as comments and issues name their author, is the one that our token writes as. GraphQL tells it for
 * every token; `GET /user` answers only the tokens of people, and servers that are not GitHub's have nothing else.
 * @param {GitHub} github
 * @returns {Promise<(account: { readonly id?: number, readonly login?: string, readonly type?: string } | undefined) => boolean>}
 */
export async function ownAccount(github) {
  const query = { query: "query { viewer { databaseId login } }" };
  const viewer = await github
    .request("POST", github.graphqlUrl, query)
    .then(({ data }) => data?.viewer?.databaseId)
    .catch(() => undefined);
  const id = viewer ?? (await github.request("GET", "/user").catch(() => ({}))).id;
  if (typeof id === "number") return (account) => account?.id === id;
  return (account) => account?.type === "Bot" && account.login === workflowBot;
}
