export interface JudgeOptions {
  /** `-n`: host failures to tolerate, in place of the inventory's; never changes admission control. */
  readonly hostFailures?: number;
  /** Limit on the search, counted in states looked at, for each cluster. */
  readonly maxWork?: number;
}
