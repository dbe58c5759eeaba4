import type { UnknownRoute } from '../../domain/routes/read-route.ts';
import type { Messages } from '../messages/en.ts';
import { escapeUserText } from '../render/escape-user-text.ts';

const TYPED_SHOWN_CHARS = 60;

/** Says that there is no such model, and names the nearest. */
export function unknownModelText(
  { typed, nearest }: UnknownRoute,
  { modelChoice, models }: Messages,
): string {
  if (nearest === undefined) return models.none;
  return modelChoice.unknown(escapeUserText(typed, TYPED_SHOWN_CHARS), nearest.name);
}
