import { expect, test } from "vitest";
import { dockerHost } from "../../src/kinds/docker-host.ts";
import { contextOf, desired, observed, recordingClient } from "./recording-client.ts";

const socket = { name: "local", dockerDaemon: "/var/run/docker.sock" };

test("without a type, the address is a socket", async () => {
  const client = recordingClient();
  await dockerHost.create(contextOf(client), desired(dockerHost, "local", socket));
  const tcp = { ...socket, dockerType: "tcp", dockerDaemon: "http://docker:2375" };
  await dockerHost.update(contextOf(client), {
    entity: desired(dockerHost, "local", tcp),
    observed: observed(dockerHost, { id: 3, userID: 1, ...socket, dockerType: "socket" }),
    changes: [],
    owner: undefined,
  });
  await dockerHost.remove({ client }, observed(dockerHost, { id: 3, ...socket }));
  expect(client.calls).toEqual([
    { event: "addDockerHost", args: [{ ...socket, dockerType: "socket" }, null] },
    { event: "addDockerHost", args: [tcp, 3] },
    { event: "deleteDockerHost", args: [3] },
  ]);
});

test("Docker hosts are matched by name and belong to no project", async () => {
  const dockerHostList = [{ id: 3, userID: 1, ...socket, dockerType: "socket" }];
  const rows = await dockerHost.rows(recordingClient({ lists: { dockerHostList } }), { freshness: "pushed" });
  expect(rows).toEqual([{ id: 3, name: "local", type: undefined, owner: undefined, row: dockerHostList[0] }]);
});
