import { WorkedExample } from "./worked-example";
import { EXAMPLES_OF_FAILOVER } from "./worked-examples-of-failover";
import { EXAMPLES_OF_POWER_ON } from "./worked-examples-of-power-on";

export type { WorkedExample };

/** The specification's worked examples, section 8. E10 is scaled down. */
export const WORKED_EXAMPLES: readonly WorkedExample[] = [...EXAMPLES_OF_POWER_ON, ...EXAMPLES_OF_FAILOVER];
