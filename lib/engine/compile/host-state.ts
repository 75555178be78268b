/** What one host has left and who is on it. Equal states of a kind are one object, so that `id` tells them apart. */
export interface HostState {
  readonly id: number;
  readonly kind: number;
  /** By device group: devices not held. */
  readonly free: readonly number[];
  readonly usedCpuMhz: number;
  readonly usedMemoryMb: number;
  /** Classes of the VMs that are on, sorted, one entry for each VM. */
  readonly members: readonly number[];
  /** By device group: its event has taken effect. */
  readonly changed: readonly boolean[];
}
