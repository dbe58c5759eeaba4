import { join } from 'node:path';
import { projectRoot } from '../../src/sandbox/project-root.ts';

/** Before the bot is loaded, every timer of so long a wait is made a short one. */
const source = ({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): string => `
const real = globalThis.setTimeout;
globalThis.setTimeout = (then, ms, ...given) => real(then, ms >= ${fromMs} ? ${toMs} : ms, ...given);`;

/**
 * What Node is given to run the built bot so that what it does every so long comes at once. Nothing of
 * the bot's own code is another.
 */
export function onHurriedTimers(wait: {
  readonly fromMs: number;
  readonly toMs: number;
}): readonly string[] {
  const hurry = `data:text/javascript,${encodeURIComponent(source(wait))}`;
  return ['--import', hurry, join(projectRoot(), 'dist', 'src', 'main.js')];
}
