import { counted, gpuName, listing, parsePciId, Report, ReportCluster, ReportVm, shortHostNames } from "../model";

interface Drawn {
  readonly clusters: readonly Pick<ReportCluster, "hosts">[];
}

/** What sentences call the VMs, hosts and devices of a report. */
export interface Names {
  /** The VM's own name where it is the only one of that name, else its address. */
  readonly vm: (address: string) => string;
  /** Without its domain where no other host has the same first part. */
  readonly host: (name: string) => string;
  /** `A100-PCIE-40GB`, or the id where the product is not known. */
  readonly device: (id: string) => string;
  /** The addresses where they are real and few, else how many there are. */
  readonly addresses: (host: string, addresses: readonly string[]) => string;
}

const SHOWN_ADDRESSES = 2;

/** Of a report, or of whatever has clusters with hosts. */
export function namesIn(report: Pick<Report, "vms"> & Drawn): Names {
  const vms = vmNames(report.vms ?? []);
  const allHosts = report.clusters.flatMap((cluster) => cluster.hosts);
  const hosts = shortHostNames(allHosts.map(({ name }) => name));
  const madeUp = new Set(
    allHosts.flatMap(({ name, devices }) => devices.flatMap((device) => (device.madeUp ? [`${device.address} ${name}`] : []))),
  );
  const products = new Map<string, string>();
  return {
    vm: (address) => vms.get(address) ?? address,
    host: (name) => hosts.get(name) ?? name,
    device: (id) => {
      const name = products.get(id) ?? productOf(id);
      products.set(id, name);
      return name;
    },
    addresses: (host, addresses) => {
      const real = addresses.length <= SHOWN_ADDRESSES && !addresses.some((address) => madeUp.has(`${address} ${host}`));
      return real ? addresses.join(" ") : counted(addresses.length, "device");
    },
  };
}

function productOf(id: string): string {
  const parsed = parsePciId(id);
  return (parsed && gpuName(parsed)) ?? id;
}

/** VMs in prose, by address: a VM's own name where it is the only one of that name, else its address. */
export function vmNames(vms: readonly ReportVm[]): ReadonlyMap<string, string> {
  const uses = new Map<string, number>();
  for (const { name } of vms) uses.set(name, (uses.get(name) ?? 0) + 1);
  return new Map(vms.map(({ address, name }) => [address, uses.get(name) === 1 ? name : address]));
}

const MANY = 5;
const SHOWN_OF_MANY = 3;

/** `a, b, c and 97 more`: fewer than a sentence would name, where a sentence is one of many. */
export function few(names: readonly string[], last = "and"): string {
  if (names.length <= MANY) return listing(names, last);
  return listing([...names.slice(0, SHOWN_OF_MANY), `${names.length - SHOWN_OF_MANY} more`]);
}
