import type { SimulatedAsset } from '../../simulators/providers/library/simulated-asset.ts';
import type { Evidence } from './evidence.ts';

/** What was uploaded so long before a copy may not be in it yet, in milliseconds. */
const SLACK_MS = 1000;

/** Whether the restored store does not know an asset, which was uploaded after the copy was made. */
export function isForgottenAsset(
  { restore }: Pick<Evidence, 'restore'>,
  { createdMs }: Pick<SimulatedAsset, 'createdMs'>,
): boolean {
  return (
    restore !== undefined &&
    createdMs >= restore.copiedAtMs - SLACK_MS &&
    createdMs <= restore.restoredAtMs
  );
}
