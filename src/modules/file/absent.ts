// Module: sees to it that nothing stands at a path.
import { fileNode, NO_NODE } from '../../facts/file/node.ts';
import { fileText } from '../../facts/file/text.ts';
import { mountsUnder } from '../../facts/mount/under.ts';
import { resource } from '../../facts/resource.ts';
import { listed } from '../../util/listed.ts';
import { remove } from '../actions.ts';
import { defineModule } from '../contract.ts';
import { change, unmet, type Step } from '../steps.ts';
import { tidy } from './paths.ts';

/** Directories a system cannot do without: neither they nor what they stand in is ever removed. */
const KEPT = [
  ...['/bin', '/boot', '/dev', '/etc', '/home', '/lib', '/lib32', '/lib64', '/libx32', '/media', '/mnt', '/opt', '/proc', '/root', '/run'],
  ...['/sbin', '/srv', '/sys', '/tmp', '/usr', '/var', '/usr/bin', '/usr/lib', '/usr/lib64', '/usr/local', '/usr/sbin', '/usr/share'],
  ...['/etc/ssh', '/etc/systemd', '/var/cache', '/var/lib', '/var/log', '/var/spool', '/var/tmp', '/vmfs', '/vmfs/volumes'],
] as const;

export const fileAbsent = defineModule({
  name: 'file.absent',
  summary: 'see to it that nothing stands at a path: a file, a link, or a directory with all in it is removed',
  params: {
    type: 'object',
    properties: { path: { type: 'string', kind: 'path', description: 'what is removed; a link is removed itself, not what it leads to' } },
    required: ['path'],
    additionalProperties: false,
  },
  examples: [
    { title: 'the default site of nginx', yaml: 'name: remove the default site\nfile.absent:\n  path: /etc/nginx/sites-enabled/default\n' },
  ],
  facts: p => ({ node: fileNode({ path: tidy(p.path) }), mounts: mountsUnder({ path: tidy(p.path) }) }),
  disturbs: p => [resource.tree(tidy(p.path))],
  changes: (p, have): readonly Step[] => {
    const path = tidy(p.path);
    if (path === '/' || KEPT.some(kept => kept === path) || path.split('/').includes('..')) {
      return [unmet(`${path} is not removed: the system needs it; name what is to go, by its own path without ".."`)];
    }
    if (have.node.kind === 'absent') return [];
    if (have.mounts.length > 0) {
      const what = have.mounts.includes(path)
        ? `${path} is a mount point`
        : `${path} holds the mount point${have.mounts.length > 1 ? 's' : ''} ${listed(have.mounts)}`;
      return [unmet(`${what}; what is mounted would go with it, so take the mount away first, with mount and state: absent`)];
    }
    return [
      change('state', have.node.kind, 'absent', {
        actions: [remove(path)],
        sets: [fileNode({ path }).becomes(NO_NODE)],
        touches: [resource.tree(path)],
        empties: [resource.tree(path)],
        ...(have.node.kind === 'file' && { diff: { path, before: fileText({ path }), size: have.node.size, after: null } }),
      }),
    ];
  },
});
