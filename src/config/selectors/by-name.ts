/** Compares names as people do, in the same way on every machine: case is ignored, and `Web 2` is before `Web 10`. */
export function compareNames(left: string, right: string): number {
  const [one, other] = [partsOf(left), partsOf(right)];
  for (let index = 0; index < Math.min(one.length, other.length); index += 1) {
    const order = compareParts(one[index] ?? "", other[index] ?? "");
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

/** Splits a name into numbers and the texts between them. */
function partsOf(name: string): readonly string[] {
  return name.toLowerCase().match(/\d+|\D+/gu) ?? [];
}

function compareParts(left: string, right: string): number {
  const isNumber = /^\d/u.test(left) && /^\d/u.test(right);
  if (isNumber) {
    const [one, other] = [left.replace(/^0+(?=\d)/u, ""), right.replace(/^0+(?=\d)/u, "")];
    if (one.length !== other.length) return one.length - other.length;
    return compareTexts(one, other);
  }
  return compareTexts(left, right);
}

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
