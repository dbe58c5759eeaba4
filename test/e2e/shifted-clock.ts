import { join } from 'node:path';
import { projectRoot } from '../../src/sandbox/project-root.ts';

/** Before the bot is loaded, every `Date` is off; the signal sets it on, or back, once more. */
const source = (offMs: number, jumpMs: number): string => `
let off = ${offMs};
const Real = Date;
globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + off);
    else super(...given);
  }
  static now() {
    return Real.now() + off;
  }
};
process.on('SIGUSR2', () => {
  off += ${jumpMs};
});`;

/**
 * What Node is given to run the built bot on a machine whose clock is off by so much, and jumps with
 * each SIGUSR2. Nothing of the bot's own code is another.
 */
export function onShiftedClock(offMs: number, jumpMs = 0): readonly string[] {
  const shift = `data:text/javascript,${encodeURIComponent(source(offMs, jumpMs))}`;
  return ['--import', shift, join(projectRoot(), 'dist', 'src', 'main.js')];
}
