import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Connector, Target } from './connector.ts';
import { openConnection, type OpenConnection } from './open-connection.ts';

/** Connections to one origin that have carried nothing, one of them opened ahead. */
export interface FreshConnections {
  /** Opens the one ahead unless there is one. Its failure shows only when it is needed. */
  readonly prepare: () => void;
  /**
   * Hands over a connection that has carried nothing and is at most `MAX_AGE_MS` old, and opens the
   * next one ahead. Rejects if none can be opened.
   */
  readonly take: () => Promise<OpenConnection>;
  /** Closes the one ahead, and opens no other. */
  readonly close: () => void;
}

/** Hardly any server closes a silent connection sooner. */
const MAX_AGE_MS = 5000;

interface Ahead {
  readonly opening: Promise<OpenConnection>;
}

/** Creates the connections to an origin, which `connect` opens. */
export function createFreshConnections(target: Target, connect: Connector): FreshConnections {
  let ahead: Ahead | undefined;
  let isClosed = false;

  const prepare = (): void => {
    if (isClosed || ahead !== undefined) return;
    const opened: Ahead = { opening: openConnection(target, connect) };
    ahead = opened;
    const forget = (): void => {
      if (ahead === opened) ahead = undefined;
    };
    const expire = ({ socket }: OpenConnection): void => {
      const expiry = setTimeout(() => {
        if (ahead === opened) socket.destroy();
      }, MAX_AGE_MS).unref();
      socket.once('close', () => {
        clearTimeout(expiry);
        forget();
      });
    };
    opened.opening.then(expire, forget);
  };

  return {
    prepare,
    take: async () => {
      const kept = ahead;
      ahead = undefined;
      // One that is still being opened is awaited: another one would not be faster.
      const opened = kept && (await kept.opening);
      const isUsable = opened !== undefined && (await isStillFresh(opened));
      if (!isUsable) opened?.socket.destroy();
      const fresh = isUsable ? opened : await openConnection(target, connect);
      prepare();
      return fresh;
    },
    close: () => {
      isClosed = true;
      ahead?.opening.then(destroy, () => undefined);
      ahead = undefined;
    },
  };
}

function destroy({ socket }: { readonly socket: Socket }): void {
  socket.destroy();
}

/**
 * Whether nothing happened to a connection. The event loop reads the network first: a close that
 * has arrived must count, because a request written to a closed connection may or may not be lost.
 */
async function isStillFresh({ isUntouched, ageMs }: OpenConnection): Promise<boolean> {
  if (!isUntouched() || ageMs() > MAX_AGE_MS) return false;
  // Two turns: the first may end before the loop reads again.
  await nextTurn();
  await nextTurn();
  return isUntouched();
}
