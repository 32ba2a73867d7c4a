/** A configuration of `count` monitors as a person would write it: groups of 50, http, keyword, json-query and ping. */
export function manyMonitors(count, { base = "http://127.0.0.1:1", active = true } = {}) {
  const lines = ["version: 1", "project: bench", "notifications:"];
  lines.push("  oncall: { name: On call, type: webhook, webhookURL: 'http://127.0.0.1:1/hook' }");
  lines.push("tags:", "  team: { color: '#2563EB' }", "monitors:");
  for (let index = 0; index < count; index += 1) {
    const group = `group-${Math.floor(index / 50)}`;
    if (index % 50 === 0) {
      lines.push(`  ${group}: { name: Group ${index / 50}, type: group${active ? "" : ", active: false"} }`);
      continue;
    }
    lines.push(`  monitor-${index}:`, `    name: Monitor ${index}`, `    parent: ${group}`, "    interval: 5m");
    if (!active) lines.push("    active: false");
    if (index % 7 === 0) lines.push("    tags: [{ team: core }]", "    notifications: [oncall]");
    if (index % 4 === 0) lines.push("    type: http", `    url: ${base}/${index}`);
    else if (index % 4 === 1)
      lines.push("    type: keyword", `    url: ${base}/${index}`, "    keyword: all systems operational");
    else if (index % 4 === 2) {
      lines.push("    type: json-query", `    url: ${base}/${index}`);
      lines.push(`    jsonPath: $count(data[id='model-${index % 9}']) > 0`, '    expectedValue: "true"');
      lines.push("    headers: { Accept: application/json }");
    } else lines.push("    type: ping", "    hostname: 127.0.0.1");
  }
  return `${lines.join("\n")}\n`;
}
