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

interface TestResult {
  /** Includes the names of its describe blocks: `block > test`. */
  readonly name: string;
  readonly outcome: 'fails' | 'passes' | 'skipped';
  /** The first line of the failure message. */
  readonly why?: string;
}

/** The result of a test file: its tests, or why it could not be loaded. */
export type FileResult =
  | { readonly loads: true; readonly tests: readonly TestResult[] }
  | { readonly loads: false; readonly why: string };

/** Reads the report of vitest's JSON reporter about one file. Throws if the text is not such a report. */
export function readReport(text: string): FileResult {
  const { testResults } = report.parse(JSON.parse(text));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const broken = testResults.find(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  if (broken !== undefined || tests.length === 0) {
    return { loads: false, why: firstLine(broken?.message) ?? 'it has no tests' };
  }
  return { loads: true, tests: tests.map(toTestResult) };
}

type Assertion = z.infer<typeof report>['testResults'][number]['assertionResults'][number];

function toTestResult({ ancestorTitles, title, status, failureMessages }: Assertion): TestResult {
  const name = [...ancestorTitles, title].join(' > ');
  if (status === 'passed') return { name, outcome: 'passes' };
  if (status !== 'failed') return { name, outcome: 'skipped' };
  const why = firstLine(failureMessages[0]);
  return { name, outcome: 'fails', ...(why === undefined ? {} : { why }) };
}

const firstLine = (text: string | undefined): string | undefined => text?.trim().split('\n')[0];
