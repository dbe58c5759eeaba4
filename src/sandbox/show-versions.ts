import type { MessageView } from '../simulators/discord/world/message-view.ts';
import { readableText } from './readable-text.ts';
import type { Reader } from './readable-text.ts';

/** Formats one version of a message as plain text, as the channel would show it. */
export function renderVersion(
  version: MessageView,
  startedAt: number,
  reader: Omit<Reader, 'nowMs'>,
): string {
  const seconds = ((version.at - startedAt) / 1000).toFixed(1);
  const marks = [
    `+${seconds} s`,
    ...(version.ephemeral ? ['only you see this'] : []),
    ...(version.at > version.createdAt && !version.loading ? ['edited'] : []),
  ];
  const text = version.loading
    ? 'Clapper is thinking…'
    : readableText(version.text, { ...reader, nowMs: version.at });
  // Without its address, which is gone when the command ends.
  const files = version.attachments.map(
    ({ filename, size }) => `[${filename}, ${Math.ceil(size / 1024)} KiB]`,
  );
  const lines = [...text.split('\n'), ...files].map((line) => `  │ ${line}`);
  return [`  ┌ Clapper · ${marks.join(' · ')}`, ...lines, '  └'].join('\n');
}
