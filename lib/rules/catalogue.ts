import { Remark } from "../model";
import { clusterAssumed } from "./cluster-assumed";
import { deviceChangeRefused } from "./device-change-refused";
import { drsAssumed } from "./drs-assumed";
import { drsManual } from "./drs-manual";
import { extraConfigDevice } from "./extra-config-device";
import { failoverFails } from "./failover-fails";
import { failoverNotJudged } from "./failover-not-judged";
import { failoverUnknown } from "./failover-unknown";
import { firmwareNotEfi } from "./firmware-not-efi";
import { hardwareVersionTooOld } from "./hardware-version-too-old";
import { hostOutOfService } from "./host-out-of-service";
import { labelNearMiss } from "./label-near-miss";
import { labelOnNothing } from "./label-on-nothing";
import { limitReached } from "./limit-reached";
import { mayReceiveOtherDevice } from "./may-receive-other-device";
import { memoryLimit } from "./memory-limit";
import { memoryNotReserved } from "./memory-not-reserved";
import { orderDependent } from "./order-dependent";
import { OTHER_FINDINGS } from "./other-findings";
import { placementDependent } from "./placement-dependent";
import { powerOnImpossible } from "./power-on-impossible";
import { powerOnUnknown } from "./power-on-unknown";
import { rebootPending } from "./reboot-pending";
import { requestsContradict } from "./requests-contradict";
import { Rule, RuleDescription } from "./rule";
import { ruleAfterPowerOn } from "./rule-after-power-on";
import { staticAndDynamic } from "./static-and-dynamic";
import { staticNoRestart } from "./static-no-restart";
import { tooManyFailures } from "./too-many-failures";
import { twoOwners } from "./two-owners";
import { undeclaredSubId } from "./undeclared-sub-id";
import { undeclaredTemplate } from "./undeclared-template";
import { unknownCluster } from "./unknown-cluster";
import { unknownRequests } from "./unknown-requests";
import { unknownValue } from "./unknown-value";
import { unlabelledCanTakeLabelled } from "./unlabelled-can-take-labelled";

/** The rules that speak of verdicts: their ids are what a cluster's `accept` turns into notes. */
const VERDICT_RULES: readonly Rule[] = [
  orderDependent,
  powerOnImpossible,
  powerOnUnknown,
  placementDependent,
  failoverFails,
  failoverUnknown,
  failoverNotJudged,
];

/** Every remark that the engine can make becomes a finding: a new kind does not compile without its rule. */
const REMARK_RULES: Readonly<Record<Remark["kind"], Rule>> = {
  "unknown-requests": unknownRequests,
  "unknown-value": unknownValue,
  "unknown-cluster": unknownCluster,
  "undeclared-sub-id": undeclaredSubId,
  "disable-refused": deviceChangeRefused,
  "reboot-pending": rebootPending,
  "too-many-failures": tooManyFailures,
  "limit-reached": limitReached,
};

const INPUT_RULES: readonly Rule[] = [
  clusterAssumed,
  labelNearMiss,
  labelOnNothing,
  mayReceiveOtherDevice,
  unlabelledCanTakeLabelled,
  ruleAfterPowerOn,
  extraConfigDevice,
  requestsContradict,
  staticAndDynamic,
  staticNoRestart,
  undeclaredTemplate,
  memoryNotReserved,
  memoryLimit,
  hardwareVersionTooOld,
  firmwareNotEfi,
  twoOwners,
  drsAssumed,
  drsManual,
  hostOutOfService,
];

/** Every rule, in the order in which they are explained. */
export const RULES: readonly Rule[] = [...VERDICT_RULES, ...Object.values(REMARK_RULES), ...INPUT_RULES];

/** Everything that can be found, as people read about it. */
export const CATALOGUE: readonly RuleDescription[] = [...RULES, ...OTHER_FINDINGS];
