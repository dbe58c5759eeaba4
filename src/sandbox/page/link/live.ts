import type { LiveFrame } from '../../playground/protocol.ts';
import type { Identity } from '../../playground/protocol/world.ts';

const RETRY_MS = 1000;

/** The connection that receives frames. */
export interface LiveLink {
  /** Reconnects as another person or in another language. */
  switchIdentity(you: Partial<Identity>): void;
}

/** The handlers of a connection. */
export interface LiveEvents {
  onFrame(frame: LiveFrame): void;
  onLost(): void;
}

/** Connects to the stream of frames; reconnects whenever the connection is lost. */
export function openLive(first: Partial<Identity>, events: LiveEvents): LiveLink {
  let you = first;
  let socket = connect();

  function connect(): WebSocket {
    const opened = new WebSocket(liveAddress(you));
    opened.addEventListener('message', ({ data }) => {
      if (opened !== socket) return;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the playground's own server, with typed frames, sends here
      events.onFrame(JSON.parse(String(data)) as LiveFrame);
    });
    opened.addEventListener('close', () => {
      if (opened !== socket) return;
      events.onLost();
      setTimeout(() => {
        if (opened === socket) socket = connect();
      }, RETRY_MS);
    });
    return opened;
  }

  return {
    switchIdentity(next) {
      const old = socket;
      you = next;
      socket = connect();
      old.close();
    },
  };
}

function liveAddress({ personId, locale }: Partial<Identity>): string {
  const url = new URL('/live', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (personId !== undefined) url.searchParams.set('person', personId);
  if (locale !== undefined) url.searchParams.set('locale', locale);
  return url.href;
}
