import type { Page } from '../page.ts';
import type { OpenChannel } from '../state/selectors.ts';
import { putFiles } from './fill.ts';

/** Files from the desktop would else replace the page; while they are over it, it shows where they go. */
export function dragOver(event: DragEvent, { state, change }: Page): void {
  if (event.dataTransfer?.types.includes('Files') !== true) return;
  event.preventDefault();
  if (!state.isDragging) change((now) => ({ ...now, isDragging: true }));
}

/** Called when they leave an element: the page, where there is no other that they enter. */
export function dragLeave({ relatedTarget }: DragEvent, { change }: Page): void {
  if (relatedTarget === null) change((now) => ({ ...now, isDragging: false }));
}

/** Files that are dropped or pasted anywhere go to the command being written. */
export function takeFiles(
  event: Event,
  data: DataTransfer | null,
  { page, open }: { readonly page: Page; readonly open: OpenChannel | undefined },
): void {
  const files = [...(data?.files ?? [])];
  page.change((state) => ({ ...state, isDragging: false }));
  // A slot has taken them already.
  if (files.length === 0 || event.defaultPrevented) return;
  event.preventDefault();
  const { composer } = page.state;
  if (open !== undefined && composer.kind === 'command') {
    void putFiles({ page, open, draft: composer }, files);
    return;
  }
  page.change((state) => ({ ...state, composerNote: page.texts.composer.filesNeedCommand }));
}
