// A page for the terminal.
import type { Page, Row, Section } from './page.ts';

/** The page as text; what begins a sentence of its own stands below the name. */
export function pageText({ kind, name, summary, sections }: Page): string {
  const head = kind === 'fact' ? `${name}\n\n${summary}\n` : `${name}: ${summary}\n`;
  return head + sections.map(sectionText).join('');
}

function sectionText(section: Section): string {
  switch (section.kind) {
    case 'rows':
      return `\n${section.heading}:\n${rowsText(section.rows)}`;
    case 'text':
      return `\n${section.text}\n`;
    case 'example':
      return `\n${section.title}:\n\n${section.code.replaceAll(/^/gm, '  ').trimEnd()}\n`;
    default:
      return section satisfies never;
  }
}

/** Names and what is said of them, aligned. */
export function rowsText(rows: readonly Row[]): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}\n`).join('');
}
