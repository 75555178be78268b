import { Files, InputError, listing, Plan } from "../model";
import { rootsBelow, rootsInWords } from "./readers/roots";

/**
 * No VM is in what was read: why that may be, so that nobody takes it for an answer. VM resources without instances, and folders in
 * which the configurations are further down.
 */
export function nothingToJudge(files: Files, paths: readonly string[], plan: Plan): InputError {
  const { withoutInstances = [] } = plan;
  const roots = paths.flatMap((path) => (path !== "-" && files.kind(path) === "folder" ? rootsBelow(files, path) : []));
  const looked = [
    ...(withoutInstances.length > 0 ? [`${listing(withoutInstances.map(({ address, why }) => `${address} has ${why}`))}`] : []),
    ...(roots.length > 0 ? [rootsInWords(roots)] : []),
  ];
  const because = looked.map((each) => `; ${each}`).join("");
  const message = "no VM to judge, and no change of a device or a cluster that touches a running VM";
  const [first] = withoutInstances;
  return InputError.at(first?.source ?? { file: paths.join(", ") }, `${message}${because}; if that is meant, say --allow-empty`);
}
