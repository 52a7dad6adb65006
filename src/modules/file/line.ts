// Module: keeps one line of a file as it should be, or out of it.
import { resource } from '../../facts/resource.ts';
import { reveal, type Secret } from '../../util/secret.ts';
import { defineModule } from '../contract.ts';
import { unmet, type Step } from '../steps.ts';
import { editedFile, masked, textFacts, textProblems } from './edit-file.ts';
import { withLine, withoutLines } from './edit-lines.ts';
import { OWNERSHIP } from './ownership.ts';
import { tidy } from './paths.ts';
import { pattern, patternProblem } from './patterns.ts';
import { fileChanges, WHOLE_FILE } from './write-file.ts';

export const fileLine = defineModule({
  name: 'file.line',
  summary: 'keep one line of a text file as it should be, or out of it',
  params: {
    type: 'object',
    properties: {
      path: { type: 'string', kind: 'path', description: 'the file' },
      line: { type: 'string', description: 'the line, whole; with state absent and without match, the line that goes' },
      match: {
        type: 'string',
        description: 'regular expression (JavaScript): the last line it matches is replaced; with state absent, all of them go',
      },
      state: { type: 'string', enum: ['present', 'absent'], default: 'present', description: 'whether the line should be there' },
      after: { type: 'string', description: 'regular expression: a new line goes behind the last line it matches, else to the end' },
      before: { type: 'string', description: 'regular expression: a new line goes before the last line it matches, else to the end' },
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
      title: 'one setting of a configuration',
      yaml: 'name: forbid root logins by password\nfile.line:\n  path: /etc/ssh/sshd_config\n  match: "^#?PermitRootLogin "\n  line: PermitRootLogin prohibit-password\n  validate: sshd -t -f %s\n',
    },
    {
      title: 'a line that has to go',
      yaml: 'name: bring swap up no more\nfile.line:\n  path: /etc/fstab\n  match: "\\\\sswap\\\\s"\n  state: absent\n',
    },
  ],
  facts: textFacts,
  disturbs: p => [resource.path(tidy(p.path))],
  changes: (p, have): readonly Step[] => {
    const wanted = editedFile(p);
    const wrong = wrongParameters(p);
    if (wrong !== undefined) return [unmet(wrong)];
    if (p.state === 'absent' && have.node.kind === 'absent') return [];
    const problems = textProblems(wanted, have, p.create);
    if (problems.length > 0) return problems;
    const line: string | Secret = p.line ?? '';
    const edited =
      p.state === 'absent'
        ? withoutLines(have.text, p.line === undefined ? undefined : reveal(line), pattern(p.match))
        : withLine(have.text, reveal(line), { match: pattern(p.match), after: pattern(p.after), before: pattern(p.before) });
    const text = edited?.text ?? have.text;
    const from = edited === undefined || edited.gone.length === 0 ? 'absent' : masked(edited.gone.join('\n'), line);
    const body = masked(text, line);
    return fileChanges(wanted, body, have, { attribute: 'line', from, to: p.state === 'absent' ? 'absent' : line });
  },
  result: (p, have) => ({ ...have.node, path: tidy(p.path) }),
});

function wrongParameters(
  p: { readonly line?: string | undefined; readonly match?: string | undefined; readonly state: string } & Partial<
    Record<'after' | 'before', string | undefined>
  >,
): string | undefined {
  if (p.line === undefined && (p.state === 'present' || p.match === undefined))
    return 'file.line needs line; only with state: absent may match stand in for it';
  if (reveal(p.line ?? '').includes('\n')) return 'the line holds a line break; give each line a task of its own, or use file.template';
  return patternProblem(p.match, p.after, p.before);
}
