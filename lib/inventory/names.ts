import { nearMiss, quoted } from "../model";

const MAX_SHOWN = 10;

/** `; did you mean "esx-05.lab"?`, or else which names there are. */
export function hintAmong(name: string, known: Iterable<string>): string {
  const names = [...known];
  if (names.length === 0) return "; none is declared";
  const meant = nearMiss(name, names);
  return meant === undefined ? `; known: ${folded(names)}` : `; did you mean ${quoted(meant)}? known: ${folded(names)}`;
}

/** `esx-01.lab to esx-05.lab, gpu-1`: sorted, runs of numbered names folded, ten at most. */
export function folded(names: readonly string[]): string {
  const runs: string[][] = [];
  for (const name of [...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))) {
    const run = runs.at(-1);
    if (run && follows(run.at(-1)!, name)) run.push(name);
    else runs.push([name]);
  }
  const shown = runs.flatMap((run) => (run.length > 2 ? [`${plain(run[0]!)} to ${plain(run.at(-1)!)}`] : run.map(plain)));
  const rest = shown.length - MAX_SHOWN;
  return shown.slice(0, MAX_SHOWN).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

function follows(before: string, name: string): boolean {
  const [a, b] = [before, name].map((text) => /^(.*?)(\d{1,9})(\D*)$/s.exec(text));
  return !!a && !!b && a[1] === b[1] && a[3] === b[3] && Number(b[2]) === Number(a[2]) + 1;
}

function plain(name: string): string {
  return quoted(name).slice(1, -1);
}
