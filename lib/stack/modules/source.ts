/** Whether a source is a folder beside the caller's, which Terraform reads where it is. Any other it installs. */
export function isLocalSource(source: string): boolean {
  return /^\.\.?[/\\]/.test(source);
}

/** Whether `terraform init` writes both texts of one source: it completes them to full addresses, `git::https://github.com/o/r.git` for `github.com/o/r`. */
export function isSameSource(a: string, b: string): boolean {
  return comparable(a) === comparable(b);
}

function comparable(source: string): string {
  return source
    .replace(/^[a-z0-9]+::/i, "")
    .replace(/^[a-z0-9+.-]+:\/\//i, "")
    .replace(/^(?:[^@/?]*@)?([^:/?]+):(?!\d+\/)/, "$1/")
    .replace(/^[^@/?]*@/, "")
    .replace(/\.git(?=\/\/|\?|$)/, "")
    .replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, "");
}

const MAX_SHOWN = 100;

/** A source for a message: its user and its query may be secrets. */
export function shownSource(source: string): string {
  const shown = source.replace(/:\/\/[^/?#]*@/, "://").replace(/[?#].*$/s, "");
  return shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown;
}
