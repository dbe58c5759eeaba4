import { errorCode } from '../../domain/error-code.ts';

/**
 * What went wrong with the database at a start, in a sentence with advice; never with the address,
 * which may carry a password. The cause stays with it.
 */
export function connectionFault(cause: unknown): Error {
  const text = cause instanceof Error ? cause.message : '';
  const sentence =
    BY_CODE.get(errorCode(cause) ?? '') ??
    BY_TEXT.find(([pattern]) => pattern.test(text))?.[1] ??
    `it cannot be used (${errorCode(cause) ?? 'unknown fault'}). Check STORE_URL, and what the server's own log says`;
  return new Error(`the database on Postgres: ${sentence}`, { cause });
}

const NOT_REACHED =
  'Check the host and the port in STORE_URL, that the server runs, and that nothing between blocks it';

/** Codes of the server (Postgres, appendix A: Error Codes), of the system and of TLS. */
const BY_CODE: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', `the connection was refused: no server listens there. ${NOT_REACHED}`],
  ['ENOTFOUND', 'there is no host of that name. Check the host in STORE_URL'],
  [
    'EAI_AGAIN',
    'the name of the host cannot be looked up. Check the host in STORE_URL, and the DNS of this machine',
  ],
  ['ETIMEDOUT', `the server did not answer. ${NOT_REACHED}`],
  ['EHOSTUNREACH', `the host cannot be reached. ${NOT_REACHED}`],
  ['ENETUNREACH', `the host cannot be reached. ${NOT_REACHED}`],
  ['ECONNRESET', `the server ended the connection. ${NOT_REACHED}`],
  ['28P01', 'the password is wrong. Check the user and the password in STORE_URL'],
  [
    '28000',
    'the server does not let this user in from here. Check the user in STORE_URL, pg_hba.conf on the server, and whether it asks for TLS (add ?sslmode=verify-full, or ?sslmode=no-verify for a certificate of its own)',
  ],
  [
    '3D000',
    'the database does not exist. Make it (createdb), or check the name at the end of STORE_URL',
  ],
  [
    '53300',
    'the server has no connection left. Raise max_connections, or end what holds them; each process of Clapper takes a few',
  ],
  ['53100', 'the disk of the server is full. Make room on it; nothing was written'],
  ['57P03', 'the server is starting up or shutting down. Start again when it is ready'],
  [
    '42501',
    'the user may not make tables. Make it the owner of the database, or run: GRANT USAGE, CREATE ON SCHEMA public TO the user',
  ],
  [
    '25006',
    'the server only reads: it is a standby, or set to read only. Let STORE_URL lead to the primary',
  ],
  [
    '08P01',
    'what answers is no server of Postgres, or a pooler that refuses what Clapper needs. Let STORE_URL lead to the server itself',
  ],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'its certificate is for another name. Use that name in STORE_URL',
  ],
  ['CERT_HAS_EXPIRED', 'its certificate has expired. Renew it on the server'],
  ['ENOENT', 'a file named in STORE_URL does not exist. Check sslrootcert, sslcert and sslkey'],
]);

const UNKNOWN_CERTIFICATE =
  'its certificate is signed by nobody whom this machine knows. Add &sslrootcert=/path/to/ca.pem to STORE_URL, or sslmode=no-verify to check none';

const BY_TEXT: readonly (readonly [RegExp, string])[] = [
  [
    /does not support SSL/i,
    'the server does not speak TLS. Set sslmode=disable in STORE_URL where the way to it is your own, or let the server speak TLS',
  ],
  [/self.signed|unable to verify|local issuer|unable to get/i, UNKNOWN_CERTIFICATE],
  [
    /password must be a string|empty password|no password/i,
    'the server asks for a password. Write it into STORE_URL: postgres://user:password@host:5432/database',
  ],
  [/timeout/i, `the server did not answer in time. ${NOT_REACHED}`],
  [/terminated|connection is over/i, `the server ended the connection. ${NOT_REACHED}`],
];
