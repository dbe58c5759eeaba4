/** What a key means in the composer. */
type Meaning = 'next' | 'previous' | 'leave' | 'go-on' | 'accept' | 'erase';

const MEANINGS: Readonly<Record<string, Meaning>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Escape: 'leave',
  Tab: 'go-on',
  Enter: 'accept',
  Backspace: 'erase',
};

/** Undefined for keys that just type, and while an input method builds a word: its Enter is not ours. */
function meaningOf(event: KeyboardEvent): Meaning | undefined {
  if (event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) {
    return undefined;
  }
  return MEANINGS[event.key];
}

/** What the keys do; a handler that answers false leaves the key to the browser. */
export type KeyHandlers = Readonly<Record<Meaning, () => boolean>>;

export function handleKey(event: KeyboardEvent, handlers: KeyHandlers): void {
  const meaning = meaningOf(event);
  if (meaning !== undefined && handlers[meaning]()) event.preventDefault();
}
