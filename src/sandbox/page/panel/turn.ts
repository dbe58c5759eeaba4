import type { KnobTurn } from '../../playground/protocol/knobs.ts';
import type { Page } from '../page.ts';

/** Turns a knob; the reason of a refusal is shown above the knobs. */
export async function turn({ server, change }: Page, what: KnobTurn): Promise<void> {
  const result = await server.turn(what);
  const knobError = result.kind === 'refused' ? result.reason : undefined;
  change((state) => ({ ...state, knobError }));
}
