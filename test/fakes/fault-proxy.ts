/**
 * A TCP proxy between the tool and a real server that makes something go wrong at the nth write. It reads just enough of
 * the websocket to know writes and their acks: socket.io sends `42<ack id>["event",…]` as one text frame, and the server
 * answers `43<ack id>[…]`; frames of the client are masked.
 */
import { connect as connectTcp, createServer, type AddressInfo, type Socket } from "node:net";
import { writeEvents } from "../../src/model/kuma-client.ts";

/**
 * `cutBefore`: the write never arrives. `cutAfter`: it arrives, and the connection goes before the ack. `dropAck`: the ack
 * is lost, the connection stays. `delay`: everything from the server comes late from then on. `act`: `onFault` is called, once the
 * server has the write, and nothing else happens.
 */
export type ProxyFault = "cutBefore" | "cutAfter" | "dropAck" | "delay" | "act";

export interface FaultProxy {
  readonly url: string;
  /** Arms one fault, at the nth write from now on. */
  arm(fault: ProxyFault, nth: number): void;
  /** Whether the armed fault came to pass. */
  readonly hasStruck: boolean;
  /** Writes seen since the last `arm`. */
  readonly writes: number;
  close(): Promise<void>;
}

export interface FaultProxyOptions {
  /** Of the server on 127.0.0.1. */
  readonly port: number;
  /** Milliseconds that `delay` holds the server's answers back. */
  readonly delayMs: number;
  readonly onFault?: () => void;
}

const writes = new Set<string>(writeEvents);

export async function startFaultProxy({ port, delayMs, onFault }: FaultProxyOptions): Promise<FaultProxy> {
  const open = new Set<Socket>();
  let armed: { readonly fault: ProxyFault; readonly nth: number } | undefined;
  let seen = 0;
  let hasStruck = false;

  const server = createServer((client) => {
    const upstream = connectTcp(port, "127.0.0.1");
    const cut = (): void => {
      client.destroy();
      upstream.destroy();
    };
    let lostAck: string | undefined;
    let heldUntil = 0;
    const isFatal = (text: string): boolean => {
      const write = writeIn(text);
      if (write === undefined) return false;
      seen += 1;
      if (armed === undefined || hasStruck || seen !== armed.nth) return false;
      hasStruck = true;
      if (armed.fault === "dropAck") lostAck = write.ackId;
      if (armed.fault === "delay") heldUntil = performance.now() + delayMs;
      if (armed.fault === "act") setImmediate(() => onFault?.());
      // The server reads what is in its socket although the other end is gone.
      if (armed.fault === "cutAfter") setImmediate(() => upstream.end(() => client.destroy()));
      return armed.fault === "cutBefore";
    };
    const toServer = splitFrames((frame, text) => {
      if (isFatal(text)) cut();
      else upstream.write(frame);
    });
    const toClient = splitFrames((frame, text) => {
      if (lostAck !== undefined && text.startsWith(`43${lostAck}[`)) {
        lostAck = undefined;
        return;
      }
      const wait = heldUntil - performance.now();
      if (wait <= 0) client.write(frame);
      else setTimeout(() => client.writable && client.write(frame), wait);
    });
    client.on("data", toServer);
    upstream.on("data", toClient);
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on("error", cut);
      socket.on("close", () => {
        open.delete(socket);
        cut();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arm: (fault, nth) => {
      armed = { fault, nth };
      seen = 0;
      hasStruck = false;
    },
    get hasStruck() {
      return hasStruck;
    },
    get writes() {
      return seen;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function writeIn(text: string): { readonly ackId: string } | undefined {
  const match = /^42(?<ackId>\d+)\["(?<event>\w+)"/u.exec(text);
  const { ackId = "", event = "" } = match?.groups ?? {};
  return writes.has(event) ? { ackId } : undefined;
}

/** Passes the HTTP handshake on as it is, then one websocket frame at a time, with its beginning as text. */
function splitFrames(onFrame: (bytes: Buffer, text: string) => void): (chunk: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0);
  let isUpgraded = false;
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    if (!isUpgraded) {
      const end = pending.indexOf("\r\n\r\n");
      if (end < 0) return;
      isUpgraded = true;
      onFrame(pending.subarray(0, end + 4), "");
      pending = pending.subarray(end + 4);
    }
    for (let size = frameSize(pending); size !== undefined && pending.length >= size; size = frameSize(pending)) {
      onFrame(pending.subarray(0, size), textOf(pending.subarray(0, size)));
      pending = pending.subarray(size);
    }
  };
}

interface FrameHead {
  readonly headLength: number;
  readonly payloadLength: number;
  readonly mask: Buffer | undefined;
}

/** RFC 6455 section 5.2; undefined while the head is not complete. */
function readHead(bytes: Buffer): FrameHead | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] as number) & 0x7f;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const isMasked = ((bytes[1] as number) & 0x80) !== 0;
  const headLength = 2 + lengthBytes + (isMasked ? 4 : 0);
  if (bytes.length < headLength) return undefined;
  const payloadLength =
    lengthBytes === 0 ? short : lengthBytes === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  return { headLength, payloadLength, mask: isMasked ? bytes.subarray(headLength - 4, headLength) : undefined };
}

function frameSize(bytes: Buffer): number | undefined {
  const head = readHead(bytes);
  return head === undefined ? undefined : head.headLength + head.payloadLength;
}

/** Enough of it to know the event. */
function textOf(frame: Buffer): string {
  const head = readHead(frame);
  if (head === undefined) return "";
  const payload = Buffer.from(frame.subarray(head.headLength, head.headLength + 100));
  const { mask } = head;
  if (mask !== undefined)
    for (const [index, byte] of payload.entries()) payload[index] = byte ^ (mask[index % 4] as number);
  return payload.toString("utf8");
}
