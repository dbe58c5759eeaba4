import type { Page } from '../page.ts';
import type { OpenChannel } from '../state/sight.ts';
import { putFiles } from './fill.ts';

/** Files from the desktop would else replace the page. */
export function allowDrop(event: DragEvent): void {
  if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
}

/** Files that are dropped or pasted anywhere go to the command being written. */
export function takeFiles(
  event: Event,
  data: DataTransfer | null,
  { page, open }: { readonly page: Page; readonly open: OpenChannel | undefined },
): void {
  const files = [...(data?.files ?? [])];
  // A slot has taken them already.
  if (files.length === 0 || event.defaultPrevented) return;
  event.preventDefault();
  const { composer } = page.state;
  if (open !== undefined && composer.kind === 'command') {
    void putFiles({ page, open, draft: composer }, files);
    return;
  }
  page.change((state) => ({ ...state, composerNote: page.words.composer.filesNeedCommand }));
}
