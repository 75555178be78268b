import {
  counted,
  Device,
  formatPciId,
  gpuModels,
  groupBy,
  Host,
  hostOf,
  isCapacity,
  isUsable,
  matchesIdAndLabel,
  PciId,
  pickRequests,
} from "../model";
import { knownRequests } from "./facts/asks";
import { Asker, PlacedVm } from "./facts/facts";
import { Hit, Rule } from "./rule";
import { deviceName } from "./words/devices-in-words";

/** GPUs on a board of NVSwitches (HGX). */
const BOARD = 8;

export const nvswitchDivided: Rule = {
  id: "nvswitch-divided",
  severity: "warning",
  title: "GPUs of an NVSwitch board are handed out one by one",
  explanation:
    "The GPUs of an HGX board are joined by NVSwitches, which a fabric manager has to set up. VMs with some of the GPUs need the board to be " +
    "divided for them, in groups that the vendor supports; handed out one by one, the GPUs may not start or not reach each other. NVIDIA " +
    "supports on vSphere whole boards and device groups.",
  fix: "give one VM all GPUs of the board, or hand them out by the vendor's device groups",
  check: ({ clusters, hostName, nameOf }) =>
    clusters.flatMap(({ cluster, askers, vms }) => {
      const alike = [...groupBy(askers, ({ requests }) => JSON.stringify(requests)).values()];
      return cluster.hosts.filter(isUsable).flatMap((host) =>
        boardsOf(host).flatMap(({ model, gpus }): readonly Hit[] => {
          const smaller = alike.flatMap((group) => {
            const amount = requestsFor(group[0]!, gpus);
            return amount > 0 && amount < Math.min(gpus.length, BOARD) ? group.map(({ name }) => ({ name, amount })) : [];
          });
          const bound = vms.flatMap((placed) => {
            const amount = gpusBoundTo(placed, host, gpus);
            return amount > 0 && amount < Math.min(gpus.length, BOARD) ? [{ name: nameOf(placed.vm.address), amount }] : [];
          });
          const [first, ...others] = [...smaller, ...bound];
          if (first === undefined) return [];
          const more = others.length === 0 ? "" : `, and so ${others.length === 1 ? "does" : "do"} ${counted(others.length, "other VM")}`;
          const board = `which ${gpus.length === 1 ? "stands" : "stand"} on an NVSwitch board`;
          const message = `${first.name} asks for ${first.amount} of the ${counted(gpus.length, "GPU")} ${deviceName(model)} of ${hostName(host.name)}, ${board}${more}`;
          return [{ cluster: cluster.name, source: host.source, message }];
        }),
      );
    }),
};

interface Board {
  readonly model: PciId;
  /** Those of the model in the host. */
  readonly gpus: readonly Device[];
}

function boardsOf({ devices, nvswitch }: Host): readonly Board[] {
  const kinds = groupBy(devices, ({ id: { vendor, device } }) => formatPciId({ vendor, device }));
  return [...kinds.values()].flatMap((gpus) => {
    const { vendor, device } = gpus[0]!.id;
    const boards = gpuModels({ vendor, device }).map(({ board }) => board);
    const onSwitches = boards.length > 0 && boards.every((board) => board === "nvswitch");
    return onSwitches && (nvswitch !== undefined || gpus.length >= BOARD) ? [{ model: { vendor, device }, gpus }] : [];
  });
}

/** How many of the GPUs a VM names by their addresses. */
function gpusBoundTo(placed: PlacedVm, host: Host, gpus: readonly Device[]): number {
  const { vm, cluster } = placed;
  const own = cluster && vm.host?.known ? hostOf(vm.host.value, cluster) : undefined;
  if (!own?.known || own.value !== host) return 0;
  const named = pickRequests(knownRequests(placed), { dynamic: false, static: true });
  return named.filter(({ address }) => gpus.some((gpu) => gpu.address === address)).length;
}

/** How many of a VM's requests the GPUs may answer. */
function requestsFor({ requests }: Asker, gpus: readonly Device[]): number {
  return requests.filter((request) => gpus.some((gpu) => isCapacity(gpu) && matchesIdAndLabel(request, gpu) !== false)).length;
}
