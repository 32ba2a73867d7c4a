/**
 * How much of a response is read. Uptime Kuma has no limit (axios's `maxContentLength` is -1 there;
 * server/model/monitor.js sets none), so a larger body gives no verdict here. Without a limit, a few kilobytes of
 * compressed zeros could fill this machine's memory.
 */

/** Bytes, after decompression. */
export const bodyLimit = 10_000_000;

const words = `${bodyLimit / 1_000_000} MB`;

/** Why there is no verdict on the content of a body. */
export const tooLargeToJudge = `the response is too large: more than ${words}, which is all that is read here`;

/** For a monitor that only looks at the status. */
export const tooLargeToShow = `the response is larger than ${words}; its body was not read to its end`;
