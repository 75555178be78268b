import { Remark, RuleDescription } from "../model";
import { admissionControlGap } from "./admission-control-gap";
import { admissionControlRefuses } from "./admission-control-refuses";
import { clusterAssumed } from "./cluster-assumed";
import { clusterSettingsDiffer } from "./cluster-settings-differ";
import { deviceOutOfService } from "./device-out-of-service";
import { dependencyRuleIgnored } from "./dependency-rule-ignored";
import { deviceChangeRefused } from "./device-change-refused";
import { drsAssumed } from "./drs-assumed";
import { drsManual } from "./drs-manual";
import { drsOverrideDisables } from "./drs-override-disables";
import { extraConfigDevice } from "./extra-config-device";
import { failoverFails } from "./failover-fails";
import { failoverNotJudged } from "./failover-not-judged";
import { failoverUnknown } from "./failover-unknown";
import { firmwareNotEfi } from "./firmware-not-efi";
import { hardwareVersionTooOld } from "./hardware-version-too-old";
import { hostOutOfService } from "./host-out-of-service";
import { labelNearMiss } from "./label-near-miss";
import { labelNotOrdered } from "./label-not-ordered";
import { labelOnNothing } from "./label-on-nothing";
import { limitReached } from "./limit-reached";
import { lostFeatures } from "./lost-features";
import { mayReceiveOtherDevice } from "./may-receive-other-device";
import { memoryLimit } from "./memory-limit";
import { memoryNotReserved } from "./memory-not-reserved";
import { mmioTooSmall } from "./mmio-too-small";
import { multiFunctionDevice } from "./multi-function-device";
import { orderDependent } from "./order-dependent";
import { OTHER_FINDINGS } from "./other-findings";
import { placementDependent } from "./placement-dependent";
import { powerOnImpossible } from "./power-on-impossible";
import { powerOnUnknown } from "./power-on-unknown";
import { rebootPending } from "./reboot-pending";
import { requestsContradict } from "./requests-contradict";
import { Rule } from "./rule";
import { ruleAfterPowerOn } from "./rule-after-power-on";
import { sharedPciId } from "./shared-pci-id";
import { slotSizeFromPercentages } from "./slot-size-from-percentages";
import { staticAndDynamic } from "./static-and-dynamic";
import { staticNoRestart } from "./static-no-restart";
import { tooManyFailures } from "./too-many-failures";
import { twoOwners } from "./two-owners";
import { undeclaredSubId } from "./undeclared-sub-id";
import { undeclaredTemplate } from "./undeclared-template";
import { unknownCluster } from "./unknown-cluster";
import { unknownDevice } from "./unknown-device";
import { unknownRequests } from "./unknown-requests";
import { unknownValue } from "./unknown-value";
import { unlabelledCanTakeLabelled } from "./unlabelled-can-take-labelled";
import { unusedLabel } from "./unused-label";
import { vmRuleUnknown } from "./vm-rule-unknown";

/** The rules that speak of verdicts. */
const VERDICT_RULES: readonly Rule[] = [
  orderDependent,
  powerOnImpossible,
  powerOnUnknown,
  placementDependent,
  failoverFails,
  failoverUnknown,
  failoverNotJudged,
  admissionControlGap,
  admissionControlRefuses,
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
  sharedPciId,
  labelNotOrdered,
  unusedLabel,
  ruleAfterPowerOn,
  drsOverrideDisables,
  vmRuleUnknown,
  dependencyRuleIgnored,
  extraConfigDevice,
  requestsContradict,
  staticAndDynamic,
  staticNoRestart,
  undeclaredTemplate,
  memoryNotReserved,
  memoryLimit,
  hardwareVersionTooOld,
  firmwareNotEfi,
  mmioTooSmall,
  lostFeatures,
  unknownDevice,
  twoOwners,
  multiFunctionDevice,
  drsAssumed,
  drsManual,
  clusterSettingsDiffer,
  slotSizeFromPercentages,
  deviceOutOfService,
  hostOutOfService,
];

/** Every rule, in the order in which they are explained. */
export const RULES: readonly Rule[] = [...VERDICT_RULES, ...Object.values(REMARK_RULES), ...INPUT_RULES];

/** Everything that can be found, as people read about it. */
export const CATALOGUE: readonly RuleDescription[] = [...RULES, ...OTHER_FINDINGS];
