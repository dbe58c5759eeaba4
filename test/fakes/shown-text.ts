import { renderLayout } from '../../src/discord/layout/render-layout.ts';
import type { PrivateMessage } from '../../src/discord/replies.ts';
import type { RenderedLayout } from '../../src/discord/layout/render-layout.ts';

type Shown = RenderedLayout['components'][number];

/** What a message shows of Components V2; nothing for one of plain text. */
export function shownComponents(message: PrivateMessage): readonly Shown[] {
  if (!('layout' in message)) return [];
  return renderLayout(
    message.layout,
    message.files?.map(({ name }) => name),
  ).components;
}

/** All texts of a message, a text display beginning on a new line. */
export function shownText(message: string | PrivateMessage): string {
  if (typeof message === 'string') return message;
  if (!('layout' in message)) return message.content;
  return shownComponents(message)
    .flatMap((component) => ('components' in component ? [...component.components] : [component]))
    .flatMap((component) => ('content' in component ? [component.content] : []))
    .join('\n');
}
