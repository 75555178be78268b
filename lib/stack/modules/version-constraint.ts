/**
 * Whether a version satisfies Terraform's constraint, `>= 1.2, < 2`
 * (https://developer.hashicorp.com/terraform/language/expressions/version-constraints). By hand because npm's ranges mean other things:
 * Terraform's `~> 1.2` goes up to 2. What is no constraint is not satisfied.
 */
export function satisfies(version: string, constraint: string): boolean {
  return constraint.split(",").every((part) => satisfiesPart(version, part.trim()));
}

const PART = /^(=|!=|>=|<=|>|<|~>)?\s*v?(\d+(?:\.\d+)*)(-[0-9A-Za-z.-]+)?(?:\+.*)?$/;

function satisfiesPart(version: string, part: string): boolean {
  const [wanted, found] = [PART.exec(part), PART.exec(version)];
  if (wanted === null || found === null) return false;
  const [, operator = "=", numbers, pre = ""] = wanted;
  // A pre-release is only taken where it is named.
  if (pre !== "" || found[3] !== undefined) return (operator === "=") === (numbers + pre === found[2]! + (found[3] ?? ""));
  const limits = numbers!.split(".").map(Number);
  const order = compare(found[2]!.split(".").map(Number), limits);
  switch (operator) {
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    default:
      // All but the last number are those of the limit; one number alone may grow.
      return (
        order >= 0 &&
        (limits.length === 1 ||
          compare(
            found[2]!
              .split(".")
              .map(Number)
              .slice(0, limits.length - 1),
            limits.slice(0, -1),
          ) === 0)
      );
  }
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
