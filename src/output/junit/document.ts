/** JUnit's XML, which CI systems read. */

/** One of `failure` and `skipped`, or neither: it passed. */
export interface Case {
  readonly name: string;
  readonly failure?: string;
  readonly skipped?: string;
}

export interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

export function junitDocument(suites: readonly Suite[]): string {
  const parts = suites.map(({ name, cases }) => suite(name, cases));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="kuma-sync">\n${parts.join("")}</testsuites>\n`;
}

function suite(name: string, cases: readonly Case[]): string {
  const count = (key: "failure" | "skipped"): number => cases.filter((one) => one[key] !== undefined).length;
  const numbers = `tests="${cases.length}" failures="${count("failure")}" skipped="${count("skipped")}"`;
  const lines = cases.map((one) => {
    const head = `    <testcase classname="${xml(name)}" name="${xml(one.name)}"`;
    if (one.failure !== undefined) return `${head}>\n      <failure message="${xml(one.failure)}"/>\n    </testcase>\n`;
    if (one.skipped !== undefined) return `${head}>\n      <skipped message="${xml(one.skipped)}"/>\n    </testcase>\n`;
    return `${head}/>\n`;
  });
  return `  <testsuite name="${xml(name)}" ${numbers}>\n${lines.join("")}  </testsuite>\n`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML 1.0 cannot hold most control characters, not even as references. */
function xml(text: string): string {
  return (
    text
      .replaceAll(/[^\P{C}\n\t]|[\p{Zl}\p{Zp}]/gu, "\uFFFD")
      .replaceAll(/[&<>"]/g, (character) => entities[character] ?? "")
      .replaceAll("\n", "&#10;")
      // A report in a log must not contain commands for the runner.
      .replaceAll("##[", "##&#91;")
  );
}
