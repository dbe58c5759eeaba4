import { describe, expect, it } from 'vitest';
import { connectionFault } from '../../../src/store/postgres/connection-faults.ts';

const withCode = (code: string, message = 'of the driver') =>
  Object.assign(new Error(message), { code });

describe('a connection that fails', () => {
  it.each([
    [withCode('ECONNREFUSED'), /refused/],
    [withCode('ENOTFOUND'), /no host of that name/],
    [withCode('28P01'), /password is wrong/],
    [withCode('28000'), /pg_hba.*TLS/],
    [withCode('3D000'), /does not exist.*createdb/],
    [withCode('53300'), /no connection left.*max_connections/],
    [withCode('53100'), /disk of the server is full/],
    [withCode('57P03'), /starting up/],
    [withCode('42501'), /GRANT/],
    [withCode('25006'), /only reads/],
    [withCode('08P01'), /pooler/],
    [withCode('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'), /signed by nobody/],
    [withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first'), /signed by nobody/],
    [withCode('ERR_TLS_CERT_ALTNAME_INVALID'), /another name/],
    [new Error('The server does not support SSL connections'), /does not speak TLS/],
    [new Error('SASL: SCRAM: client password must be a string'), /asks for a password/],
    [new Error('timeout expired'), /did not answer in time/],
    [new Error('Connection terminated unexpectedly'), /ended the connection/],
    [new Error('odd'), /unknown fault/],
  ])('is told in a sentence: %s', (cause, told) => {
    const { message } = connectionFault(cause);
    expect(message).toMatch(told);
    expect(message).toMatch(/^the database on Postgres: .*[^.]$/);
    expect(connectionFault(cause).cause).toBe(cause);
  });
});
