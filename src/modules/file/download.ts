// Module: keeps a file that is published somewhere. The controller fetches it and sends it: hosts need no way out.
import { resource } from '../../facts/resource.ts';
import { defineModule } from '../contract.ts';
import { OWNERSHIP } from './ownership.ts';
import { tidy } from './paths.ts';
import { fileChanges, fileFacts, WHOLE_FILE } from './write-file.ts';

export const fileDownload = defineModule({
  name: 'file.download',
  summary: 'keep a file as it is published at a URL; fetched and checked on the controller, sent to the host',
  params: {
    type: 'object',
    properties: {
      src: {
        type: 'string',
        kind: 'download',
        description: 'the URL, or a path on the controller; fetched once and kept on the controller, so give what changes another name',
      },
      checksum: {
        type: 'string',
        description: 'sha512:<hex> (or sha256, sha1, md5), or the URL or path of the checksum file the project publishes',
      },
      dest: { type: 'string', kind: 'path', description: 'the file on the host, with its name; its directory has to exist' },
      ...OWNERSHIP,
      mode: { type: 'string', kind: 'mode', description: 'four octal digits, quoted; left out: as it is, 0644 for a new file' },
      ...WHOLE_FILE,
    },
    required: ['src', 'dest'],
    additionalProperties: false,
  },
  examples: [
    {
      title: 'a driver for every server',
      yaml: 'name: fetch the driver\nfile.download:\n  src: https://jdbc.postgresql.org/download/postgresql-42.7.3.jar\n  checksum: https://jdbc.postgresql.org/download/postgresql-42.7.3.jar.sha256\n  dest: /opt/app/lib/postgresql.jar\n',
    },
    {
      title: 'a program that is one file',
      yaml: 'name: fetch the exporter\nfile.download:\n  src: https://releases.example.org/exporter-1.2\n  checksum: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n  dest: /usr/local/bin/exporter\n  mode: "0755"\n',
    },
  ],
  facts: p => fileFacts({ ...p, path: tidy(p.dest) }),
  disturbs: p => [resource.path(tidy(p.dest))],
  changes: (p, have) =>
    fileChanges({ ...p, path: tidy(p.dest), mode: p.mode, validate: p.validate, replaceLink: p.replace_link }, p.src, have),
  result: (p, have) => ({ ...have.node, path: tidy(p.dest), sha256: have.digest }),
});
