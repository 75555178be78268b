/** Names in an inventory have at most that many characters: longer ends need no look. */
const MAX_NAME = 255;

/** What stands behind each `/` of a path: the names that it may end with, the longest first. */
export function pathEnds(path: string): readonly string[] {
  const ends: string[] = [];
  const first = Math.max(0, path.length - MAX_NAME - 1);
  for (let at = path.indexOf("/", first); at >= 0; at = path.indexOf("/", at + 1)) ends.push(path.slice(at + 1));
  return ends;
}
