import type { TypicalDuration } from '../../domain/durations/typical-duration.ts';
import type { Messages } from '../messages/en.ts';

/** Shorter durations are shown as "a few seconds". */
const FEW_SECONDS = 5;

type Units = Pick<Messages['typicalDuration'], 'seconds' | 'minutes' | 'half'>;

/** How long such tasks usually take, the way people say it: `1½ to 3 minutes`. */
export function typicalDurationText(
  { fromSeconds, toSeconds }: TypicalDuration,
  { typicalDuration }: Messages,
): string {
  if (toSeconds <= FEW_SECONDS) return typicalDuration.line(typicalDuration.fewSeconds);
  const [from, to] = [spoken(fromSeconds, typicalDuration), spoken(toSeconds, typicalDuration)];
  if (fromSeconds === toSeconds) {
    return typicalDuration.line(typicalDuration.about(to.unit(to.count)));
  }
  const isSameUnit = from.unit === to.unit;
  return typicalDuration.line(
    typicalDuration.range(isSameUnit ? from.count : from.unit(from.count), to.unit(to.count)),
  );
}

/** The same where there is little room: `1½–3 min`. */
export function briefDurationText(
  { fromSeconds, toSeconds }: TypicalDuration,
  { modelChoice, typicalDuration: { half } }: Messages,
): string {
  if (toSeconds <= FEW_SECONDS) return modelChoice.fewSeconds;
  const units = { ...modelChoice, half };
  const [from, to] = [spoken(fromSeconds, units), spoken(toSeconds, units)];
  if (fromSeconds === toSeconds) return to.unit(to.count);
  const isSameUnit = from.unit === to.unit;
  return `${isSameUnit ? from.count : from.unit(from.count)}–${to.unit(to.count)}`;
}

/**
 * From one minute on in minutes, whole or with a half, because that is how durations are rounded.
 */
function spoken(
  seconds: number,
  { seconds: inSeconds, minutes, half }: Units,
): { readonly count: string; readonly unit: (count: string) => string } {
  if (seconds < 60) return { count: String(seconds), unit: inSeconds };
  const whole = Math.floor(seconds / 60);
  return { count: seconds % 60 === 0 ? String(whole) : half(whole), unit: minutes };
}
