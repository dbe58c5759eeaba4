import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

interface Finding {
  readonly impact: string;
  readonly rule: string;
  readonly where: readonly string[];
}

/** Returns the violations of impact serious or critical that axe-core finds in a part of the page. */
export async function serious(page: Page, within = 'body'): Promise<readonly Finding[]> {
  await page.evaluate(axe.source);
  const { violations }: AxeResults = await page.evaluate(`axe.run('${within}')`);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ impact, id, nodes }) => ({
      impact: impact ?? '',
      rule: id,
      where: nodes.map(({ target, html }) => `${target.join(' ')}: ${html.slice(0, 120)}`),
    }));
}
