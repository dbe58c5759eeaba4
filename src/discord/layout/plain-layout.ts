import type { Layout, Row } from './layout.ts';

/** A message of text with rows of buttons below it. */
interface Plain {
  readonly content: string;
  readonly embeds?: readonly { readonly description?: string | undefined }[];
  readonly rows?: readonly Row[];
}

/** A plain message as Components V2, for the edit of a message that is made of them. */
export function plainLayout({ content, embeds = [], rows = [] }: Plain): Layout {
  const texts = [content, ...embeds.map(({ description = '' }) => description)];
  return {
    blocks: [
      ...texts.map((text) => ({ kind: 'text', text }) as const),
      ...rows.map((row) => ({ kind: 'row', row }) as const),
    ],
    // It has no lines of which some could be left out.
    more: () => '',
  };
}
