import type { MessageView } from '../simulators/discord/world/message-view.ts';

/** Formats one version of a message as plain text, as the channel would show it. */
export function renderVersion(version: MessageView, startedAt: number): string {
  const seconds = ((version.at - startedAt) / 1000).toFixed(1);
  const marks = [
    `+${seconds} s`,
    ...(version.ephemeral ? ['only you see this'] : []),
    ...(version.at > version.createdAt && !version.loading ? ['edited'] : []),
  ];
  const text = version.loading ? 'Clapper is thinking…' : version.text;
  const files = version.attachments.map(
    ({ filename, size, url }) => `[${filename}, ${Math.ceil(size / 1024)} KiB] ${url}`,
  );
  const lines = [...text.split('\n'), ...files].map((line) => `  │ ${line}`);
  return [`  ┌ Clapper · ${marks.join(' · ')}`, ...lines, '  └'].join('\n');
}
