/** The title of a box, larger than the text below it. */
export function titleText(title: string): string {
  return `### ${title}`;
}
