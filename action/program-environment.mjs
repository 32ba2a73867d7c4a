/**
 * What the program is given of the action's environment: everything but tokens, and whether a stranger may have written the
 * files. A configuration may name environment variables, so what is not there cannot be sent anywhere.
 */

/** Of the action itself, and of the runner: they open GitHub, never Uptime Kuma. */
const tokenNames = /^INPUT_|^ACTIONS_(?:RUNTIME|ID_TOKEN|CACHE|RESULTS)/u;

/**
 * Without the action's inputs, the runner's tokens, and whatever else holds the action's token. With
 * `KUMA_SYNC_UNTRUSTED=1` for files of a stranger, unless the workflow says otherwise.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {unknown} event
 * @returns {Record<string, string | undefined>}
 */
export function programEnvironment(env, event) {
  const token = env["INPUT_TOKEN"] ?? "";
  const kept = Object.entries(env).filter(
    ([name, value]) => !tokenNames.test(name) && (token === "" || value?.includes(token) !== true),
  );
  const own = Object.fromEntries(kept);
  const isSaid = (own["KUMA_SYNC_UNTRUSTED"] ?? "") !== "";
  return !isSaid && mayBeAStrangers(event) ? { ...own, KUMA_SYNC_UNTRUSTED: "1" } : own;
}

/**
 * Whether the event is about a pull request of another repository: directly, through `workflow_run`, or through a comment,
 * which does not say where the pull request comes from.
 * @param {any} event
 * @returns {boolean}
 */
export function mayBeAStrangers(event) {
  const here = event?.repository?.full_name;
  const { pull_request: request, workflow_run: run } = event ?? {};
  if (request !== undefined && request !== null) {
    const [head, base] = [request.head?.repo?.full_name, request.base?.repo?.full_name ?? here];
    return head === undefined || head !== base;
  }
  if (run?.event === "pull_request" || run?.event === "pull_request_target") {
    return run.head_repository?.full_name === undefined || run.head_repository.full_name !== here;
  }
  return event?.issue?.pull_request !== undefined && event.issue.pull_request !== null;
}
