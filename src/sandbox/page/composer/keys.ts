/** What a key does in the composer. */
type KeyAction = 'next' | 'previous' | 'dismiss' | 'advance' | 'accept' | 'erase';

const KEY_ACTIONS: Readonly<Record<string, KeyAction>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Escape: 'dismiss',
  Tab: 'advance',
  Enter: 'accept',
  Backspace: 'erase',
};

/** Returns the key's action; `undefined` for keys that type and during input method composition. */
function actionOf(event: KeyboardEvent): KeyAction | undefined {
  if (event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) {
    return undefined;
  }
  return KEY_ACTIONS[event.key];
}

/** Handlers by action; one that returns false leaves the key to the browser. */
export type KeyHandlers = Readonly<Record<KeyAction, () => boolean>>;

/** Calls the key's handler, and prevents the browser's default if it returns true. */
export function handleKey(event: KeyboardEvent, handlers: KeyHandlers): void {
  const action = actionOf(event);
  if (action !== undefined && handlers[action]()) event.preventDefault();
}
