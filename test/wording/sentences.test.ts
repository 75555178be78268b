import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Report } from "../../lib/model";
import {
  answerInWords,
  capacityInWords,
  clusterInWords,
  conditionsInWords,
  faultsInWords,
  findingsInWords,
  gateInWords,
  judgedInWords,
  namesIn,
  stepsInWords,
  verdictsInWords,
  workingOrderInWords,
} from "../../lib/wording";

const folder = join(__dirname, "../data/reports");
const reports = readdirSync(folder).filter((name) => name.endsWith(".json") && !name.startsWith("hostile"));

/** Every sentence that is made of a report; a finding's own message is a rule's. */
function sentencesOf(report: Report): readonly string[] {
  const names = namesIn(report);
  const { told, leftOut } = findingsInWords(report, names);
  return [
    ...[answerInWords(report).text, judgedInWords(report.summary), gateInWords(report), ...leftOut],
    ...told.flatMap(({ also, suppressed }) => [also, suppressed]),
    ...report.clusters.flatMap((cluster) => [
      clusterInWords(cluster, names),
      ...[...verdictsInWords(cluster, names), ...capacityInWords(cluster, names)].flatMap(({ title, verdict, text }) => [
        title,
        verdict,
        text,
      ]),
      ...[cluster.powerOn.failing, cluster.powerOn.succeeding].flatMap((sequence) =>
        sequence === undefined
          ? []
          : stepsInWords(sequence, names).flatMap((step) => ("hidden" in step ? [step.hidden] : [step.who, ...step.outcome])),
      ),
      workingOrderInWords(cluster.powerOn, names),
      ...cluster.hosts.flatMap((host) => [...conditionsInWords(host), ...faultsInWords(host.devices)]),
    ]),
  ].flatMap((sentence) => sentence ?? []);
}

// A page and a table lay the same sentences out, each in its own way.
test.each(reports)("no sentence about %s has a layout: no line feeds, no spaces in a row, no colours", (name) => {
  const sentences = sentencesOf(JSON.parse(readFileSync(join(folder, name), "utf8")) as Report);
  expect(sentences.length).toBeGreaterThan(8);
  expect(sentences.filter((sentence) => !/^(\S+( \S+)*)?$/.test(sentence) || sentence.includes("\u001b"))).toEqual([]);
});
