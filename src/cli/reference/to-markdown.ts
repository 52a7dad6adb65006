// A page for docs/reference.
import type { Page, Section } from './page.ts';

/** The page under a heading of the second level. */
export function pageMarkdown({ name, summary, sections }: Page): string {
  return `## ${name}\n\n${prose(summary)}\n${sections.map(sectionMarkdown).join('')}`;
}

function sectionMarkdown(section: Section): string {
  switch (section.kind) {
    case 'rows':
      return `\n| ${section.heading.toLowerCase()} | |\n| --- | --- |\n${section.rows.map(([name, text]) => `| ${code(name)} | ${cell(text)} |\n`).join('')}`;
    case 'text':
      return `\n${prose(section.text)}\n`;
    case 'example':
      return `\n${prose(section.title)}:\n\n\`\`\`${section.language}\n${section.code.trimEnd()}\n\`\`\`\n`;
    default:
      return section satisfies never;
  }
}

/** Text in which nothing is taken for markup but what stands between backquotes. */
function prose(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map(piece =>
      piece.startsWith('`') ? piece : piece.replaceAll(/[<*]/g, String.raw`\$&`).replaceAll(/(?<=\W|^)_|_(?=\W|$)/g, String.raw`\_`),
    )
    .join('');
}

/** The same inside a table. */
function cell(text: string): string {
  return prose(text).replaceAll('|', String.raw`\|`);
}

function code(text: string): string {
  return `\`${text.replaceAll('|', String.raw`\|`)}\``;
}
