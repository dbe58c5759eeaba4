import type { NearestRequest } from '../../domain/routes/nearest-request.ts';
import type { RequestChange } from '../../domain/routes/request-change.ts';
import type { Messages } from '../messages/en.ts';

/** What the nearest accepted requests change, line by line: every change is named. */
export function nearestText(nearest: readonly NearestRequest[], messages: Messages): string[] {
  return nearest.flatMap(({ keeps, changes }) => {
    const { wayOn } = messages.second;
    const title = {
      nearest: wayOn.changes,
      frames: wayOn.withFrames,
      references: wayOn.withReferences,
    }[keeps ?? 'nearest'];
    return [`**${title}**`, ...changeLines(changes, messages).map((line) => `- ${line}`)];
  });
}

/** New values first, one a line, then what is left out. */
function changeLines(changes: readonly RequestChange[], { second, units }: Messages): string[] {
  const { wayOn } = second;
  const values = changes.flatMap((change) => {
    if (change.kind === 'dropped') return [];
    const text = (value: string | number): string =>
      change.kind === 'duration' ? units.seconds(String(value)) : String(value);
    return [wayOn.value(change.kind, text(change.from), text(change.to))];
  });
  const dropped = changes.flatMap((change) =>
    change.kind === 'dropped' ? [`\`${change.option}\``] : [],
  );
  return [...values, ...(dropped.length === 0 ? [] : [wayOn.dropped(units.and(dropped))])];
}
