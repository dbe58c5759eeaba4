import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { NEXT_STAGES, mayFollow, renderStageGraph } from '../../../src/domain/tasks/stage-graph.ts';
import { stageAtStart } from '../../../src/domain/tasks/resume.ts';
import type { RouteState } from '../../../src/domain/tasks/route-state.ts';
import { STAGES, aTask } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';

const ARCHITECTURE = new URL('../../../docs/developers/architecture.md', import.meta.url);

const STATES: readonly RouteState[] = ['on', 'elsewhere', 'gone'];

it.each(STAGES.flatMap((stage) => STATES.map((route) => ({ stage, route }))))(
  'what a start makes of $stage.name may follow it (route: $route)',
  ({ stage, route }) => {
    for (const secrets of [aTask().secrets, {}]) {
      const next = stageAtStart(aTask({ stage, secrets }), NOON, route);
      expect(mayFollow(stage.name, next.name)).toBe(true);
    }
  },
);

it('nothing is created once a task has ended, and nothing ends silently but by a reply or a video', () => {
  expect(Object.keys(NEXT_STAGES.ended)).toEqual(['running', 'notifying']);
  const endings = Object.entries(NEXT_STAGES).filter(([, next]) => next.ended !== undefined);
  expect(endings.map(([name]) => name)).toEqual([
    'acknowledging',
    'running',
    'delivering',
    'notifying',
  ]);
  const creators = Object.entries(NEXT_STAGES).filter(([, next]) => next.submitting !== undefined);
  expect(creators.map(([name]) => name)).toEqual(['queued']);
});

it('the architecture shows the graph as it is', () => {
  expect(readFileSync(ARCHITECTURE, 'utf8')).toContain(renderStageGraph());
});
