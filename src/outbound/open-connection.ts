import type { Socket } from 'node:net';
import type { Connector, Target } from './connector.ts';

/** An open connection, and whether it is as it was when it became ready. */
export interface OpenConnection {
  readonly socket: Socket;
  /**
   * Whether a byte was handed to it for sending. What opened it (TLS, a proxy) does not count.
   * After its end this can only become true.
   */
  readonly hasSent: () => boolean;
  /** Whether it is open and has carried nothing in either direction. */
  readonly isUntouched: () => boolean;
  /** How long it has been open, in milliseconds. */
  readonly ageMs: () => number;
}

/** Opens a connection. Rejects with the connector's error. */
export async function openConnection(target: Target, connect: Connector): Promise<OpenConnection> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    connect(target, (...[error, opened]) => {
      if (error === null) resolve(opened);
      else reject(error);
    });
  });
  const openedAt = performance.now();
  const { bytesWritten, bytesRead } = socket;
  // An error ends it; "close" follows and is what its users wait for.
  socket.on('error', () => undefined);
  const hasSent = (): boolean => socket.bytesWritten !== bytesWritten;
  return {
    socket,
    hasSent,
    isUntouched: () =>
      socket.readyState === 'open' &&
      !socket.destroyed &&
      !socket.readableEnded &&
      socket.readableLength === 0 &&
      socket.bytesRead === bytesRead &&
      !hasSent(),
    ageMs: () => performance.now() - openedAt,
  };
}
