import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { connectionFault } from './connection-fault.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Resolves a name to all its addresses. */
export type ResolveName = (name: string) => Promise<readonly ResolvedAddress[]>;

/**
 * Creates a lookup function for `net.connect` that returns all addresses of a name, or an error if
 * one is not allowed.
 */
export const createLookup =
  (resolve: ResolveName, isAllowed: (ip: string) => boolean): LookupFunction =>
  (name, options, callback) =>
    callbackify(resolveAllowed)(resolve, isAllowed, name, (error, addresses) => {
      if (error !== null) return callback(error, []);
      if (options.all === true) return callback(null, [...addresses]);
      const [first] = addresses;
      return callback(null, first.address, first.family);
    });

/**
 * Resolves a name to its addresses. Rejects with the code `PRIVATE_ADDRESS` if one of them is not
 * allowed, and with `ENOTFOUND` if there is none.
 */
export async function resolveAllowed(
  resolve: ResolveName,
  isAllowed: (ip: string) => boolean,
  name: string,
): Promise<readonly [ResolvedAddress, ...ResolvedAddress[]]> {
  const [first, ...others] = await resolve(name);
  if (first === undefined) throw connectionFault('ENOTFOUND');
  // One private address is enough to refuse the name: rebinding attacks mix private and public
  // addresses.
  if (![first, ...others].every(({ address }) => isAllowed(address))) {
    throw connectionFault('PRIVATE_ADDRESS');
  }
  return [first, ...others];
}

/** Asks the system, which knows the operator's name servers and host file. */
export const resolveBySystem: ResolveName = async (name) => systemLookup(name, { all: true });
