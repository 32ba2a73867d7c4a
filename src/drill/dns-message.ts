/** The few bytes of DNS (RFC 1035, section 4) that a drill needs: a question in, one record or an error out. */

export interface DnsQuestion {
  readonly name: string;
  /** The number of the record type. */
  readonly type: number;
  /** Where the question ends. */
  readonly end: number;
}

/** What goes wrong at a name server; `no-record`: the name is there, without a record of the type. */
export type DnsError = "no-name" | "server-failure" | "no-record";

const responseCodes: Readonly<Record<DnsError, number>> = { "server-failure": 2, "no-name": 3, "no-record": 0 };

/** Undefined for bytes that are not a query with one question. */
export function readQuestion(query: Buffer): DnsQuestion | undefined {
  if (query.length < 17 || query.readUInt16BE(4) !== 1 || (query.readUInt8(2) & 0x80) !== 0) return undefined;
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]; length !== undefined && length > 0; length = query[at]) {
    // Compression has no place in a question, and a label has at most 63 bytes.
    if (length > 63 || at + length >= query.length) return undefined;
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  if (at + 5 > query.length) return undefined;
  return { name: labels.join(".").toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** Answers a query; without `error` with one record of the type, where it is one of `records`. */
export function answerQuery(query: Buffer, { type, end }: DnsQuestion, error: DnsError | undefined): Buffer {
  const data = error === undefined ? records.get(type) : undefined;
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 2);
  // A response with recursion desired and available.
  head.writeUInt16BE(0x8180 | (error === undefined ? 0 : responseCodes[error]), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data === undefined ? 0 : 1, 6);
  return Buffer.concat([head, query.subarray(12, end), ...(data === undefined ? [] : [recordHead(type, data), data])]);
}

/** The name of the question, the type, the class IN, a life of 0 s, the length. */
function recordHead(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return head;
}

const target = nameBytes("drill.invalid");

/** By number: A, NS, CNAME, SOA, MX, TXT, AAAA, SRV, CAA. The addresses are those for documentation. */
const records: ReadonlyMap<number, Buffer> = new Map([
  [1, Buffer.from([192, 0, 2, 1])],
  [2, target],
  [5, target],
  [6, Buffer.concat([target, target, Buffer.alloc(20)])],
  [15, Buffer.concat([Buffer.from([0, 10]), target])],
  [16, Buffer.from([5, ...Buffer.from("drill")])],
  [28, Buffer.from("20010db8000000000000000000000001", "hex")],
  [33, Buffer.concat([Buffer.from([0, 0, 0, 0, 1, 187]), target])],
  [257, Buffer.concat([Buffer.from([0, 5]), Buffer.from("issuedrill.invalid")])],
]);

function nameBytes(name: string): Buffer {
  return Buffer.concat([
    ...name.split(".").map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.alloc(1),
  ]);
}
