export interface JudgeOptions {
  /** `-n`: host failures to tolerate, in place of the inventory's; never changes admission control. */
  readonly hostFailures?: number;
  /** `--fault-domains`: each declared fault domain fails as a whole, too. */
  readonly faultDomains?: boolean;
  /** `--defrag movable`: VMs without devices may be moved aside at failover. */
  readonly defrag?: "movable";
  /** Limit on the search, counted in states looked at, for each cluster. */
  readonly maxWork?: number;
}
