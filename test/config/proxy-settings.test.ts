import { expect, it } from 'vitest';
import { configOf } from './environment.ts';

const exceptionsOf = (text: string) => configOf({ NO_PROXY: text }).proxies.exceptions;

it.each([
  ['example.com', 'example.com', []],
  ['.example.com, *.other.test', '.example.com,*.other.test', []],
  ['localhost 127.0.0.1\tmedia:8080', 'localhost,127.0.0.1,media:8080', []],
  ['*', '*', []],
  ['example.com,*', '*', []],
  ['::1,[fd00::1],[fd00::1]:8080', '[::1],[fd00::1],[fd00::1]:8080', []],
  ['10.0.0.0/8,a.test,fd00::/8', 'a.test', ['10.0.0.0/8', 'fd00::/8']],
])('reads NO_PROXY=%s as undici understands it', (text, hosts, ranges) => {
  expect(exceptionsOf(text)).toEqual({ hosts, ranges });
});

it.each(['http://proxy.local', 'http://proxy.local:3128/', 'https://user:pass@proxy.local'])(
  'takes the proxy %s',
  (proxy) => {
    expect(configOf({ HTTPS_PROXY: proxy }).proxies.httpsProxy).toBe(new URL(proxy).href);
  },
);
