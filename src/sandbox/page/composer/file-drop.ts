import type { Page } from '../page.ts';
import type { OpenChannel } from '../state/selectors.ts';
import { attachToMessage } from './attached-files.ts';
import { putFiles } from './fill.ts';

/** Accepts dragged files, which would otherwise replace the page, and highlights the drop target. */
export function dragOver(event: DragEvent, { state, change }: Page): void {
  if (event.dataTransfer?.types.includes('Files') !== true) return;
  event.preventDefault();
  if (!state.isDragging) change((now) => ({ ...now, isDragging: true }));
}

/** Ends the highlight when the files leave the page; they do if they enter no other element. */
export function dragLeave({ relatedTarget }: DragEvent, { change }: Page): void {
  if (relatedTarget === null) change((now) => ({ ...now, isDragging: false }));
}

/** Adds dropped or pasted files to the command or the message being written. */
export function receiveFiles(
  event: Event,
  data: DataTransfer | null,
  { page, open }: { readonly page: Page; readonly open: OpenChannel | undefined },
): void {
  const files = [...(data?.files ?? [])];
  page.change((state) => ({ ...state, isDragging: false }));
  // `defaultPrevented` means that a slot has handled the event.
  if (files.length === 0 || event.defaultPrevented) return;
  event.preventDefault();
  const { composer } = page.state;
  if (open !== undefined && composer.kind === 'command') {
    void putFiles({ page, open, draft: composer }, files);
    return;
  }
  if (open !== undefined) void attachToMessage({ page, open }, files);
}
