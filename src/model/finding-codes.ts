/**
 * Every code a finding can carry, once, with the title that heads its page in `docs/findings/`. A code never changes its
 * meaning and is never used again.
 */
export const findingTitles = {
  // Reading files
  KS1001: "file cannot be read",
  KS1002: "file is empty",
  KS1003: "YAML syntax error",
  KS1004: "tab used for indentation",
  KS1005: "duplicate key",
  KS1006: "file is too large or not text",
  KS1007: "configuration is not a mapping",
  KS1008: "no configuration file found",
  KS1009: "YAML feature that is not allowed",
  // Interpolation
  KS1101: "environment variable is not set",
  KS1102: "unknown variable",
  KS1103: "file of a ${file:…} cannot be read",
  KS1104: "variable may not be read from a configuration",
  KS1105: "malformed ${…} expression",
  // Shape
  KS1201: "unknown key",
  KS1202: "wrong type of value",
  KS1203: "required key is missing",
  KS1204: "value is not one of those allowed",
  KS1205: "value out of range",
  KS1206: "unknown monitor type",
  KS1207: "malformed value",
  // References
  KS1301: "unknown reference",
  KS1302: "groups contain each other",
  KS1303: "parent is not a group",
  KS1304: "name is used twice",
  KS1305: "key is declared twice",
  // Meaning
  KS1401: "body is not JSON",
  KS1402: "body has comments, which JSON does not allow",
  KS1403: "status code range that matches nothing",
  KS1404: "timeout does not fit the interval",
  KS1405: "header is malformed",
  KS1406: "body that is never sent",
  // JSONata
  KS1500: "JSONata does not parse",
  KS1501: "unknown JSONata function or variable",
  KS1502: "operator that the server does not know",
  KS1503: "expected value that can never be equal",
  KS1504: "sample that the monitor shows as down",
  KS1505: "monitor that stays up when the service is dead",
  KS1506: "result that cannot be compared",
  KS1508: "predicate that is only text",
  KS1509: "query that does not depend on the response",
  KS1510: "expected value is not text",
  KS1511: "invisible or typographic character",
  KS1512: "query that may never end",
  KS1513: "sample that is not up on every server",
  KS1521: "field that the sample does not have",
  KS1522: "harmless change that shows the monitor down",
  KS1523: "monitor that fails only by an error",
  KS1524: "upside-down query",
  KS1525: "query that reads otherwise than it looks",
  KS1526: "field named as a member of JavaScript objects",
  KS1527: "query that differs between 1.23 and 2.x",
  KS1528: "big integer as text",
  KS1529: "expected value is too long",
  KS1530: "request without an Accept header",
  KS1541: "wildcard in brackets",
  KS1542: "query that depends on the clock or on chance",
  KS1543: "what a monitor watches",
  KS1551: "test of a monitor does not hold",
  // Between the files and the server
  KS2001: "field is newer than the server",
  KS2002: "monitor type is newer than the server",
  KS2003: "value is outside what the server accepts",
  KS2004: "server version is newer than any that was tested",
} as const satisfies Record<`KS${number}`, string>;

export type FindingCode = keyof typeof findingTitles;
