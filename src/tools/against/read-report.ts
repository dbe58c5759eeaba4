import { z } from 'zod';

const report = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()),
          title: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
});

interface TestEnd {
  /** With the names of the blocks around it: `block > test`. */
  readonly name: string;
  readonly end: 'fails' | 'passes' | 'skipped';
  /** The first line of why it fails. */
  readonly why?: string;
}

/** How a test file ended: its tests, or why none of it could be run. */
export type FileEnd =
  | { readonly loads: true; readonly tests: readonly TestEnd[] }
  | { readonly loads: false; readonly why: string };

/** Reads what vitest's json reporter wrote of one file. Throws where it is no such report. */
export function readReport(text: string): FileEnd {
  const { testResults } = report.parse(JSON.parse(text));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const broken = testResults.find(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  if (broken !== undefined || tests.length === 0) {
    return { loads: false, why: firstLine(broken?.message) ?? 'it has no tests' };
  }
  return { loads: true, tests: tests.map(endOf) };
}

type Assertion = z.infer<typeof report>['testResults'][number]['assertionResults'][number];

function endOf({ ancestorTitles, title, status, failureMessages }: Assertion): TestEnd {
  const name = [...ancestorTitles, title].join(' > ');
  if (status === 'passed') return { name, end: 'passes' };
  if (status !== 'failed') return { name, end: 'skipped' };
  const why = firstLine(failureMessages[0]);
  return { name, end: 'fails', ...(why === undefined ? {} : { why }) };
}

const firstLine = (text: string | undefined): string | undefined => text?.trim().split('\n')[0];
