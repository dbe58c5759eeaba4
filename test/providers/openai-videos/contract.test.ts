import { describe, expect, it } from 'vitest';
import { describeContract } from '../contract/describe-contract.ts';
import { casesFor } from '../contract/play-cases.ts';
import { SERVERS_UNDER_TEST } from './under-test.ts';

for (const under of SERVERS_UNDER_TEST) describeContract(under);

describe('an exception from the contract', () => {
  it.each(SERVERS_UNDER_TEST)('of $descriptor.name is a case that there is', (under) => {
    const names = Object.values(casesFor(under)).flatMap((cases) => cases.map(({ name }) => name));
    expect(names).toEqual(expect.arrayContaining(Object.keys(under.exceptions ?? {})));
  });
});
