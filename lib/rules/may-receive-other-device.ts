import { distinct, listing, matchesIdAndLabel } from "../model";
import { deviceKinds } from "./facts/device-kinds";
import { Rule } from "./rule";
import { deviceName, requestInWords } from "./words/devices-in-words";

export const mayReceiveOtherDevice: Rule = {
  id: "may-receive-other-device",
  severity: "warning",
  title: "a request that names no device ids can be given devices of different kinds",
  explanation: "A request without allowed ids takes any passthrough device that has its label, a network card as well as a GPU.",
  fix: "name the allowed vendor and device ids in the request",
  check: ({ clusters }) =>
    clusters.flatMap(({ cluster, askers }) => {
      const devices = deviceKinds(cluster);
      return askers.flatMap(({ name, requests, place }) =>
        requests
          .filter(({ allowed }) => allowed.length === 0)
          .filter((request, index, open) => open.findIndex(({ label }) => label === request.label) === index)
          .flatMap((request) => {
            const matching = devices.filter((device) => matchesIdAndLabel(request, device));
            const kinds = distinct(matching.map(({ id: { vendor, device } }) => deviceName({ vendor, device })));
            if (kinds.length < 2) return [];
            return [{ ...place, message: `${name} asks for ${requestInWords(request)}: it may be given ${listing(kinds, "or")}` }];
          }),
      );
    }),
};
