import { isMap, isScalar, isSeq, Scalar, type Pair, type ParsedNode } from "yaml";

/** A scalar without quotes. Most slips become part of one, because YAML accepts nearly every text as one. */
export interface PlainScalar {
  readonly start: number;
  readonly end: number;
  /** The text as written, with line breaks. */
  readonly source: string;
  readonly role: "key" | "value" | "item" | "root";
  readonly isInFlow: boolean;
  /** Whether it is a key without a value. */
  readonly isAlone: boolean;
}

export function plainScalarsOf(root: ParsedNode, text: string): readonly PlainScalar[] {
  const found: PlainScalar[] = [];
  const add = (node: ParsedNode | null | undefined, about: Omit<PlainScalar, "start" | "end" | "source">): void => {
    if (node == null) return;
    if (isScalar(node)) {
      const [start, end] = node.range;
      if (node.type === Scalar.PLAIN && end > start)
        found.push({ start, end, source: text.slice(start, end), ...about });
    } else if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const isInFlow = node.flow === true;
      for (const pair of node.items) {
        add(pair.key, { role: "key", isInFlow, isAlone: isWithoutValue(pair) });
        add(pair.value, { role: "value", isInFlow, isAlone: false });
      }
    } else if (isSeq<ParsedNode>(node)) {
      for (const item of node.items) add(item, { role: "item", isInFlow: node.flow === true, isAlone: false });
    }
  };
  add(root, { role: "root", isInFlow: false, isAlone: false });
  return found;
}

function isWithoutValue({ value }: Pair<ParsedNode, ParsedNode | null>): boolean {
  return value === null || (isScalar(value) && value.value === null && value.source === "");
}
