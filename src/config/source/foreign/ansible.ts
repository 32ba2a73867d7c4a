/** Playbooks, tasks and variables of Ansible, and files that Ansible Vault or SOPS has encrypted. */
import { entriesOfNode, firstOf, itemsOfNode, type ForeignEntry, type Recogniser } from "./foreign-file.ts";

const hint =
  "kuma-sync does not read Ansible: `kuma-sync import` writes what it made on the server (docs/coming-from/ansible.md)";
const playKeys = ["hosts", "tasks", "roles", "import_playbook", "module_defaults"];
const taskKeys = ["register", "when", "loop", "with_items", "delegate_to", "block", "include_tasks", "import_tasks"];

const playbook: Recogniser = ({ roots: [root] }) => {
  for (const item of itemsOfNode(root)) {
    const entries = entriesOfNode(item);
    const play = entries.get("hosts") === undefined ? undefined : firstOf(entries, playKeys);
    if (play !== undefined) return found("an Ansible playbook", play);
    const module = [...entries.values()].find(({ key }) => /^[a-z]\w*\.[a-z]\w*\.[a-z]\w*$/u.test(key));
    const task = module ?? firstOf(entries, taskKeys);
    if (task !== undefined) return found("a list of Ansible tasks", task);
  }
  return undefined;
};

/** Variables of the roles that set up Uptime Kuma. */
const variables: Recogniser = ({ roots: [root] }) => {
  const own = [...entriesOfNode(root).values()].find(({ key }) => /^uptime_?kuma_/u.test(key));
  return own === undefined ? undefined : found("a file of Ansible variables", own);
};

const vault: Recogniser = ({ text }) =>
  text.startsWith("$ANSIBLE_VAULT;")
    ? {
        what: "a file that Ansible Vault has encrypted",
        hint: "decrypt it first: `ansible-vault view FILE | kuma-sync plan -f -`",
        start: 0,
        end: "$ANSIBLE_VAULT".length,
      }
    : undefined;

const sops: Recogniser = ({ roots: [root] }) => {
  const own = entriesOfNode(root).get("sops");
  if (own === undefined || !entriesOfNode(own.value).has("mac")) return undefined;
  return {
    what: "a file that SOPS has encrypted",
    hint: "decrypt it first: `sops -d FILE | kuma-sync plan -f -`",
    start: own.start,
    end: own.end,
  };
};

function found(what: string, { start, end }: ForeignEntry): ReturnType<Recogniser> {
  return { what, hint, start, end };
}

export const ansible: readonly Recogniser[] = [vault, sops, playbook, variables];
