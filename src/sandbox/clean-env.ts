/** Names that programs started here need to find their way; everything else stays with us. */
const passed =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|LANG|LC_.*|TZ|(https?|no|all)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|DOCKER_.*|XDG_.*)$/i;

/** The environment for a server: without `KUMA_SYNC_PASSWORD`, API keys, and `HOST` or `PORT`, which Uptime Kuma reads. */
export function cleanEnv(env: NodeJS.ProcessEnv, extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { ...Object.fromEntries(Object.entries(env).filter(([name]) => passed.test(name))), ...extra };
}
