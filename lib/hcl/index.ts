export { blockHeads, type HclHead } from "./block-heads";
export { parseHcl, type HclAttribute, type HclBlock, type HclBody, type HclFile, type HclLabel } from "./parse-hcl";
export { literalText, type HclValue } from "./template";
