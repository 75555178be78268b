import { VmMove } from "../../model";
import { Attributes } from "../meaning/attributes";
import { poolPlace } from "../meaning/places";
import { Placed } from "../placed";

/** How a plan moves a VM that exists; undefined where it stays where it is. */
export function readMove({ attributes, before, update }: Pick<Placed, "attributes" | "before" | "update">): VmMove | undefined {
  if (before === undefined) return undefined;
  const [from, to] = [before, attributes].map((each) => poolPlace(each.value("resource_pool_id")).cluster);
  // A cluster that is not known is a finding of its own.
  const fromCluster = from?.known === true && to?.known === true && JSON.stringify(from) !== JSON.stringify(to) ? from.value : undefined;
  // Inside a cluster, another pool is no move. A host that nobody asked for is where the VM happens to be.
  const isAskedFor = (path: string): boolean =>
    path !== "resource_pool_id" && (path !== "host_system_id" || attributes.value(path) !== undefined);
  const by = (update?.moves ?? []).filter(isAskedFor);
  const [was, is] = [before, attributes].map(folderOf);
  const toOtherFolder = was === undefined || was !== is;
  if (by.length === 0 && fromCluster === undefined && !toOtherFolder) return undefined;
  return { by, toOtherFolder, ...(fromCluster && { fromCluster }) };
}

/** The empty one is the datacenter's own. Undefined where it is not known: the plan makes it. */
function folderOf(vm: Attributes): string | undefined {
  const folder = vm.text("folder");
  if (folder === undefined) return "";
  return folder.known ? folder.value.replace(/^\/+|\/+$/g, "") : undefined;
}
