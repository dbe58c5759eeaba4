import type { ClickClaim } from '../../domain/tasks/click-claim.ts';
import { localized } from '../localized.ts';

/** The command "Animate", by the name that Discord has of it. */
export const ANIMATE_NAME = localized(({ animating }) => animating.name);

/** What a member needs for all that Animate leads to. */
export const ANIMATE_COMMANDS: readonly string[] = [ANIMATE_NAME.text, 'video'];

/**
 * The commands that a member must be allowed to use to make what a click began: all that Animate leads
 * to needs its permission and that of `/video`, everything else that of `/video` alone.
 */
export function neededCommands(claim: Pick<ClickClaim, 'action'> | undefined): readonly string[] {
  return claim?.action === 'animate' ? ANIMATE_COMMANDS : ['video'];
}
