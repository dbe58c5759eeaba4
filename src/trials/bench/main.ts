import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchAck } from './ack.ts';
import { benchDeliver } from './deliver.ts';
import { benchEdits } from './edits.ts';
import { renderFigures } from './figures.ts';
import type { Figure } from './figures.ts';
import { benchInFlight } from './in-flight.ts';
import { benchLedger } from './ledger.ts';
import { benchLifecycle } from './lifecycle.ts';
import { describeMachine } from './machine.ts';
import { benchPage } from './page.ts';
import { benchPolls } from './polls.ts';
import { writeReport } from './report.ts';
import { benchReports } from './reports.ts';
import type { Results } from './report.ts';
import { benchScale } from './scale.ts';
import { benchStart } from './start.ts';
import { HOUR_MS } from '../../domain/time-units.ts';

/** Every benchmark by name; a brief run only shows that it works. */
const BENCHES: Readonly<Record<string, (isBrief: boolean) => Promise<Figure[]>>> = {
  start: benchStart,
  ack: benchAck,
  lifecycle: benchLifecycle,
  'in-flight': benchInFlight,
  polls: async (isBrief) => benchPolls(isBrief ? 300 : 20_000),
  deliver: benchDeliver,
  edits: benchEdits,
  ledger: benchLedger,
  reports: benchReports,
  scale: benchScale,
  page: benchPage,
};

/** Far more than all benchmarks take, in milliseconds. */
const MAX_DURATION_MS = 2 * HOUR_MS;

const HELP = `npm run bench [-- NAME …]     ${Object.keys(BENCHES).join(', ')}; all where none is named
  --json FILE      writes what was measured
  --report FILE    puts it into the tables of a document, such as docs/developers/performance.md
  --brief          runs each shortly, only to see that it runs: the figures mean nothing
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    brief: { type: 'boolean', default: false },
    json: { type: 'string' },
    report: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const wanted = positionals.length === 0 ? Object.keys(BENCHES) : positionals;
const unknown = wanted.filter((name) => BENCHES[name] === undefined);
if (values.help || unknown.length > 0) {
  process.stdout.write(HELP);
  process.exit(unknown.length > 0 ? 2 : 0);
}
const benches: Record<string, Figure[]> = {};
const watchdog = setTimeout(() => {
  throw new Error('a benchmark hangs');
}, MAX_DURATION_MS);
for (const name of wanted) {
  const figures = (await BENCHES[name]?.(values.brief)) ?? [];
  // What could not be measured here keeps its table.
  if (figures.length > 0) benches[name] = figures;
  process.stdout.write(`${name}\n${renderFigures(figures)}\n\n`);
}
clearTimeout(watchdog);
const day = new Date().toISOString().slice(0, 10);
const results: Results = { machine: describeMachine(), day, benches };
if (values.json !== undefined) {
  await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
}
if (values.report !== undefined) await writeReport(values.report, results);
