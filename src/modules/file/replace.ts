// Module: replaces what matches in a text file, wherever it stands.
import { resource } from '../../facts/resource.ts';
import { reveal, type Secret } from '../../util/secret.ts';
import { defineModule } from '../contract.ts';
import { unmet, type Step } from '../steps.ts';
import { editedFile, masked, textFacts, textProblems } from './edit-file.ts';
import { OWNERSHIP } from './ownership.ts';
import { patternProblem } from './patterns.ts';
import { tidy } from './paths.ts';
import { fileChanges, WHOLE_FILE } from './write-file.ts';

export const fileReplace = defineModule({
  name: 'file.replace',
  summary: 'replace every part of a text file that a regular expression matches',
  params: {
    type: 'object',
    properties: {
      path: { type: 'string', kind: 'path', description: 'the file; it has to exist' },
      match: {
        type: 'string',
        description:
          'regular expression (JavaScript): every match is replaced; ^ and $ stand at the ends of each line, \\n matches a line end',
      },
      replace: {
        type: 'string',
        default: '',
        description: 'what takes its place: $1 stands for the first group, $& for the match, $$ for a dollar sign; left out: nothing',
      },
      ...OWNERSHIP,
      mode: { type: 'string', kind: 'mode', description: 'four octal digits, quoted; left out: as it is' },
      ...WHOLE_FILE,
    },
    required: ['path', 'match'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'a host that has moved',
      yaml: 'name: the broker has moved\nfile.replace:\n  path: /etc/app/app.conf\n  match: "\\\\bold\\\\.example\\\\.org\\\\b"\n  replace: new.example.org\n  backup: true\n',
    },
    {
      title: 'with a group',
      yaml: 'name: bring no swap up\nfile.replace:\n  path: /etc/fstab\n  match: "^([^#\\\\n].*\\\\sswap\\\\s.*)$"\n  replace: "# $1"\n',
    },
  ],
  facts: textFacts,
  disturbs: p => [resource.path(tidy(p.path))],
  changes: (p, have): readonly Step[] => {
    const wrong = patternProblem(p.match);
    if (wrong !== undefined) return [unmet(wrong)];
    const wanted = editedFile(p);
    const problems = textProblems(wanted, have, undefined);
    if (problems.length > 0) return problems;
    const into: string | Secret = p.replace;
    const replaced = (text: string): string => text.replace(new RegExp(p.match, 'gm'), reveal(into));
    const text = replaced(have.text);
    if (replaced(text) !== text) {
      return [
        unmet(
          `what ${JSON.stringify(p.match)} leaves in ${wanted.path} would be changed again by the next run; let the expression match only what is not replaced yet`,
        ),
      ];
    }
    return fileChanges(wanted, masked(text, into), have);
  },
  result: (p, have) => ({ ...have.node, path: tidy(p.path), sha256: have.digest }),
});
