/** How long a finger stays on a message to open its menu. */
const LONG_PRESS_MS = 500;
/** A finger that moves farther scrolls. */
const MAX_MOVE_PIXELS = 10;

/** Elements whose own menu is more useful. */
const OWN_MENU = 'video, audio, input, textarea, select, [role="menu"]';

type Open = (at: { readonly x: number; readonly y: number }) => void;

/** Opens the menu at a right-click, or at the key for menus; Shift leaves the browser's own menu. */
export function onContextMenu(event: MouseEvent, open: Open): void {
  if (event.shiftKey || hasOwnMenu(event.target)) return;
  event.preventDefault();
  open({ x: event.clientX, y: event.clientY });
}

/** Opens the menu when a finger stays where it is, on devices whose browser sends no `contextmenu`. */
export function onPointerDown(event: PointerEvent, open: Open): void {
  const { currentTarget: message, clientX: x, clientY: y } = event;
  if (event.pointerType !== 'touch' || message === null || hasOwnMenu(event.target)) return;
  const pressed = new AbortController();
  const { signal } = pressed;
  const timer = setTimeout(() => {
    // The click at the end of the press would close the menu.
    message.addEventListener('click', stop, { capture: true, once: true });
    setTimeout(() => message.removeEventListener('click', stop, { capture: true }), 2000);
    open({ x, y });
    pressed.abort();
  }, LONG_PRESS_MS);
  const cancel = (): void => {
    clearTimeout(timer);
    pressed.abort();
  };
  for (const type of ['pointerup', 'pointercancel', 'contextmenu']) {
    message.addEventListener(type, cancel, { signal });
  }
  message.addEventListener(
    'pointermove',
    (moved) => {
      if (!(moved instanceof PointerEvent)) return;
      const distance = Math.hypot(moved.clientX - x, moved.clientY - y);
      if (distance > MAX_MOVE_PIXELS) cancel();
    },
    { signal },
  );
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function hasOwnMenu(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(OWN_MENU) !== null;
}
