/** Says what to write instead of a YAML tag: other tools use tags for secrets, other files and functions. */

const hints: readonly (readonly [tag: RegExp, hint: string])[] = [
  [/^!vault$/u, "kuma-sync does not decrypt Ansible Vault: write ${env:NAME} or ${file:path}"],
  [/^!(?:secret|env|env_var|getenv)$/u, "write ${env:NAME} or ${file:path}"],
  [/^!(?:include|include_dir\w*|import|file)$/u, "name more files with -f, or read a value with ${file:path}"],
  [/^!(?:ref|sub|getatt|join|if|findinmap|fn::\w+)$/u, "that is CloudFormation: write ${var:name} or ${env:NAME}"],
  [/^!(?:reference|override|reset)$/u, "share values by anchors and merge keys: &name, *name, <<: *name"],
];

/** `tag` is as written, such as `!vault`. */
export function tagHint(tag: string): string {
  const known = hints.find(([pattern]) => pattern.test(tag.toLowerCase()))?.[1];
  return known ?? "remove the tag, or quote a text that starts with !";
}
