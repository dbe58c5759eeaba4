import type { Server } from 'node:http';

/** The port of a listening server. */
export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
