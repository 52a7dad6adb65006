// Module: keeps a block of lines in a file as it should be, or out of it; two lines around it mark it as kept.
import { resource } from '../../facts/resource.ts';
import { reveal, type Secret } from '../../util/secret.ts';
import { defineModule } from '../contract.ts';
import { unmet, type Step } from '../steps.ts';
import { blockProblem, hasBlock, withBlock, withoutBlock, type Markers } from './edit-block.ts';
import { editedFile, masked, textFacts, textProblems } from './edit-file.ts';
import { splitLines } from './edit-lines.ts';
import { OWNERSHIP } from './ownership.ts';
import { pattern, patternProblem } from './patterns.ts';
import { tidy } from './paths.ts';
import { fileChanges, WHOLE_FILE } from './write-file.ts';

export const fileBlock = defineModule({
  name: 'file.block',
  summary: 'keep a block of lines in a text file as it should be, or out of it, between two lines that mark it',
  params: {
    type: 'object',
    properties: {
      path: { type: 'string', kind: 'path', description: 'the file' },
      name: {
        type: 'string',
        pattern: '^\\S(.*\\S)?$',
        default: 'tsplay',
        description:
          'what the block is called: "# BEGIN name" stands before it and "# END name" behind it; one name for one block of a file',
      },
      block: { type: 'string', description: 'the lines; needed unless state is absent' },
      state: { type: 'string', enum: ['present', 'absent'], default: 'present', description: 'whether the block should be there' },
      comment: { type: 'string', pattern: '^\\S.*$', default: '#', description: 'what begins a comment in this file' },
      comment_end: { type: 'string', pattern: '^\\S.*$', description: 'what ends a comment, where the file needs that: -->' },
      after: { type: 'string', description: 'regular expression: a new block goes behind the last line it matches, else to the end' },
      before: { type: 'string', description: 'regular expression: a new block goes before the last line it matches, else to the end' },
      create: { type: 'boolean', default: false, description: 'make the file where there is none' },
      ...OWNERSHIP,
      mode: {
        type: 'string',
        kind: 'mode',
        description: 'four octal digits, quoted; left out: as it is; a new file gets 0644, or 0600 with a secret in it',
      },
      ...WHOLE_FILE,
    },
    required: ['path'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'a few settings in a file that others edit too',
      yaml: 'name: let the deployer in\nfile.block:\n  path: /etc/ssh/sshd_config\n  name: deployer\n  block: |\n    Match User deploy\n      AllowTcpForwarding no\n  validate: sshd -t -f %s\n',
    },
    {
      title: 'in XML',
      yaml: 'name: name the store\nfile.block:\n  path: /etc/app/site.xml\n  name: store\n  block: "  <store>/srv/store</store>"\n  comment: "<!--"\n  comment_end: "-->"\n  before: "^</site>"\n',
    },
    {
      title: 'a block that has to go',
      yaml: 'name: no settings of the old release\nfile.block:\n  path: /etc/app/app.conf\n  name: release 1\n  state: absent\n',
    },
  ],
  facts: textFacts,
  disturbs: p => [resource.path(tidy(p.path))],
  changes: (p, have): readonly Step[] => {
    const wanted = editedFile(p);
    const block: string | Secret = p.block ?? '';
    const lines = splitLines(reveal(block));
    const markers = markersOf(p);
    const wrong = wrongParameters(p, lines, markers);
    if (wrong !== undefined) return [unmet(wrong)];
    if (p.state === 'absent' && have.node.kind === 'absent') return [];
    const problems = textProblems(wanted, have, p.create);
    if (problems.length > 0) return problems;
    const astray = blockProblem(have.text, markers);
    if (astray !== undefined) return [unmet(`${wanted.path} ${astray}`)];
    const edited =
      p.state === 'absent'
        ? withoutBlock(have.text, markers)
        : withBlock(have.text, lines, markers, { after: pattern(p.after), before: pattern(p.before) });
    const from = edited !== undefined && hasBlock(have.text, markers) ? masked(edited.gone.join('\n'), block) : 'absent';
    const to = p.state === 'absent' ? 'absent' : masked(lines.join('\n'), block);
    return fileChanges(wanted, masked(edited?.text ?? have.text, block), have, { attribute: 'block', from, to });
  },
  result: (p, have) => ({ ...have.node, path: tidy(p.path) }),
});

interface Marking {
  readonly name: string;
  readonly comment: string;
  readonly comment_end?: string | undefined;
}

function markersOf({ name, comment, comment_end: end }: Marking): Markers {
  const line = (word: string): string => [comment, word, name, ...(end === undefined ? [] : [end])].join(' ');
  return { begin: line('BEGIN'), end: line('END') };
}

function wrongParameters(
  p: {
    readonly block?: string | undefined;
    readonly state: string;
    readonly after?: string | undefined;
    readonly before?: string | undefined;
  },
  lines: readonly string[],
  { begin, end }: Markers,
): string | undefined {
  if (p.block === undefined && p.state === 'present') return 'file.block needs block; only with state: absent it may be left out';
  if (lines.some(line => line === begin || line === end))
    return `the block holds one of its own markers, ${JSON.stringify(begin)} or ${JSON.stringify(end)}; leave that line out, or give the block another name`;
  return patternProblem(p.after, p.before);
}
