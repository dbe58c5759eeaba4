import { collectDefaultMetrics, Registry } from 'prom-client';
import type { MetricsPort } from '../app/ports/metrics-port.ts';
import type { Catalogue } from '../domain/routes/catalogue.ts';
import { currentRoute } from '../domain/tasks/plan.ts';
import { createGauges } from './gauges.ts';
import type { GaugeSources } from './gauges.ts';
import { createInstruments } from './instruments.ts';

/** Renders the metrics in Prometheus' text format. */
interface MetricsPage {
  readonly contentType: string;
  readonly body: string;
}

export interface Metrics {
  readonly port: MetricsPort;
  /** Tells it the routes, which label what is counted from then on. */
  know(catalogue: Catalogue): void;
  /** Names this process among those of its database, on every metric. */
  label(instance: string): void;
  /** Registers the gauges that are read on each scrape. Call it once. */
  watch(sources: GaugeSources): void;
  render(): Promise<MetricsPage>;
}

/** Counts with prom-client, in a registry of its own. */
export function createMetrics(): Metrics {
  const routes = new Set<string>();
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const on = createInstruments(registry);
  // An old task may be of a route that this version does not know: the label stays bounded.
  const routeLabel = (route: string): string => (routes.has(route) ? route : 'gone');
  const port: MetricsPort = {
    requested: (route, answer) => {
      on.requests.inc({ route: routeLabel(route), answer });
    },
    acknowledged: (tookMs) => {
      on.acknowledgementSeconds.observe(tookMs / 1000);
    },
    createAnswered: (provider, answer) => {
      on.creates.inc({ provider, answer });
    },
    polled: (provider, answer) => {
      on.polls.inc({ provider, answer });
    },
    edited: (way, result) => {
      on.edits.inc({ way, result });
    },
    ended: (task) => {
      const { stage, acceptedAt } = task;
      if (stage.name !== 'ended') return;
      const route = routeLabel(currentRoute(task).route);
      on.tasks.inc({ route, outcome: stage.outcome.kind });
      if (stage.outcome.kind !== 'delivered') return;
      on.taskSeconds.observe({ route }, (stage.endedAt - acceptedAt) / 1000);
    },
    wrote: (tookMs, isDone) => {
      on.storeWriteSeconds.observe(tookMs / 1000);
      if (!isDone) on.storeFailures.inc();
    },
  };
  return {
    port,
    know: (catalogue) => {
      for (const { id } of catalogue.routes) routes.add(id);
    },
    label(instance) {
      registry.setDefaultLabels({ instance });
    },
    watch: (sources) => {
      createGauges(registry, sources);
    },
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
