/** What decides before the body does (docs/upstream/uptime-kuma.md#how-an-http-check-is-made). */
import { describe, expect, it } from "vitest";
import { judgeStatus } from "../../src/testing/judge-status.ts";

const spec = {
  type: "json-query",
  url: "https://a.example/health",
  maxRedirects: 10,
  acceptedStatusCodes: ["200-299"],
};
const body = "{}";

describe("a stated status", () => {
  it.each([
    [503, ["200-299"], "Request failed with status code 503"],
    [302, ["200-299"], "Request failed with status code 302"],
    [200, ["401"], "Request failed with status code 200"],
    [200, [], "Request failed with status code 200"],
  ])("%i with %j is down: %s", (status, acceptedStatusCodes, message) => {
    const { verdict } = judgeStatus({ body, status }, { ...spec, acceptedStatusCodes });
    expect(verdict).toEqual({ status: "down", message, cause: "error" });
  });

  it("that is accepted leaves the verdict to the body", () => {
    const judged = judgeStatus(
      { body, status: 401, contentType: "text/html" },
      { ...spec, acceptedStatusCodes: ["401"] },
    );
    expect(judged).toEqual({ response: { body, contentType: "text/html", statusLine: "401 - Unauthorized" } });
  });

  it("is all that an http monitor looks at", () => {
    expect(judgeStatus({ body, status: 204 }, { ...spec, type: "http" }).verdict?.message).toBe("204 - No Content");
    expect(judgeStatus({ body }, { ...spec, type: "http" }).verdict?.status).toBe("up");
  });

  it("may be left out: then it is one that the monitor accepts", () => {
    expect(judgeStatus({ body }, { ...spec, acceptedStatusCodes: ["401"] })).toEqual({ response: { body } });
  });
});

describe("a stated url", () => {
  const none = { ...spec, maxRedirects: 0 };
  it.each(["/login", "https://other.example/health", "https://a.example/health?next=1"])(
    "%s is a redirect: followed, or the verdict",
    (url) => {
      expect(judgeStatus({ body, url }, spec)).toEqual({ response: { body } });
      expect(judgeStatus({ body, url }, none).verdict?.message).toBe("Request failed with status code 302");
    },
  );

  it.each(["/health", "https://a.example/health", "https://a.example:443/health#top"])(
    "%s is where it asked",
    (url) => {
      expect(judgeStatus({ body, url }, none)).toEqual({ response: { body } });
    },
  );

  it("of a redirect that is accepted and not followed says nothing about the body", () => {
    const accepting = { ...none, acceptedStatusCodes: ["301"] };
    expect(judgeStatus({ body: "ok", url: "/login" }, accepting)).toEqual({
      response: { body: "", statusLine: "301 - Moved Permanently" },
    });
  });
});
