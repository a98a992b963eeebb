import { calibrationFigures, type HeadFigures, mean } from './judge-head.js';

/** Prints what the heads of repositories are worth, and all of them together. */
export function reportHeads(figures: ReadonlyMap<string, HeadFigures>, json: boolean): void {
  const all = [...figures.values()];
  const sum = (of: (figures: HeadFigures) => number) =>
    all.reduce((total, own) => total + of(own), 0);
  const overall = {
    judged: sum((own) => own.judged),
    labels: sum((own) => own.labels),
    macroF1: {
      head: mean(all.map((own) => own.macroF1.head)),
      encoderAlone: mean(all.map((own) => own.macroF1.encoderAlone)),
      textAlone: mean(all.map((own) => own.macroF1.textAlone)),
      majority: mean(all.map((own) => own.macroF1.majority)),
    },
    averagePrecision: mean(all.map((own) => own.averagePrecision)),
    promised: sum((own) => own.promised),
    proposing: sum((own) => own.proposing),
    kept: sum((own) => own.kept),
    proposed: sum((own) => own.proposed),
    right: sum((own) => own.right),
    ...calibrationFigures(all.flatMap((own) => own.told)),
  };
  const named = [...figures].map(([name, { told: _told, ...own }]) => ({ name, ...own }));
  if (json) {
    console.log(JSON.stringify({ repositories: named, overall }, null, 2));
    return;
  }
  const three = (value: number) => value.toFixed(3);
  console.table(
    Object.fromEntries(
      [...named, { name: 'mean, sums, all rows', ...overall }].map((own) => [
        own.name,
        {
          judged: own.judged,
          'F1 head': three(own.macroF1.head),
          // It knows no areas: there it says nothing of any issue.
          ...(overall.macroF1.encoderAlone > 0
            ? { 'encoder alone': three(own.macroF1.encoderAlone) }
            : {}),
          'text alone': three(own.macroF1.textAlone),
          majority: three(own.macroF1.majority),
          'avg. precision': three(own.averagePrecision),
          'labels on': `${own.promised} of ${own.labels}`,
          'promise kept': `${own.kept} of ${own.proposing}`,
          'right of proposed': `${own.right} of ${own.proposed}`,
          ECE: three(own.calibrationError),
          'by chance': three(own.errorByChance),
        },
      ]),
    ),
  );
}
