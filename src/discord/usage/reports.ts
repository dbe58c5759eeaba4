import { createReportTurns } from '../../app/report-turns.ts';
import type { ReportTurns } from '../../app/report-turns.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { RenderChart } from '../../chart/render-usage-chart.ts';
import type { PrivateMessage } from '../replies.ts';

/** What answers whose cost grows with the store share with each other. */
export interface Reports {
  readonly turns: ReportTurns;
  readonly share: ShareReport;
  readonly draw: RenderChart;
}

/** Makes a report once for all who ask for it while it is being made, by its key. */
type ShareReport = (key: string, make: () => Promise<PrivateMessage>) => Promise<PrivateMessage>;

/** Creates what they share. A chart that cannot be drawn is logged: its report comes without it. */
export function createReports(clock: Pick<Clock, 'after'>, log: Log): Reports {
  let renderer: Promise<RenderChart> | undefined;
  return {
    turns: createReportTurns(clock),
    share: createSharedReports(),
    async draw(chart) {
      try {
        renderer ??= loadRenderer();
        const render = await renderer;
        return await render(chart);
      } catch (cause) {
        log.warn({ err: cause }, 'chart could not be drawn');
        throw cause;
      }
    },
  };
}

/** Loaded with the first chart, as few ask for one. */
async function loadRenderer(): Promise<RenderChart> {
  const { createChartRenderer } = await import('../../chart/render-usage-chart.ts');
  return createChartRenderer();
}

function createSharedReports(): ShareReport {
  const inFlight = new Map<string, Promise<PrivateMessage>>();
  return async (key, make) => {
    const running = inFlight.get(key);
    if (running !== undefined) return running;
    const report = make().finally(() => inFlight.delete(key));
    inFlight.set(key, report);
    return report;
  };
}
