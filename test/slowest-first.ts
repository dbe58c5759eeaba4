import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** Files that take longest by themselves, though they are short to read. */
const SLOWEST = [
  'trials/chaos/rounds',
  'e2e/damaged-store',
  'e2e/every/killed',
  'e2e/several-processes',
  'e2e/restored',
  'e2e/sandbox-command',
  'e2e/task-calls',
  'move/move',
  'store/repair/damaged-records',
  'store/moving/move-store',
].map((path) => `/test/${path}.test.ts`);

/**
 * Begins with the slowest files. Where nothing is known of a run before, the largest come first, and
 * projects one after the other: what is slow and small would be left at the end, for one core.
 */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- of this class, not of an array
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = SLOWEST.findIndex((path) => moduleId.endsWith(path));
  return place === -1 ? SLOWEST.length : place;
}
