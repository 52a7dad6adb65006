// Who but root can change the directories that lead to a place.
import { deepEqual, equal } from 'node:assert/strict';
import { NO_NODE, type FileNode } from '../../../src/facts/file/node.ts';
import { intruderAtLink, intruderOn, isShared, ownerAmong, waymarksOf } from '../../../src/schedule/changing/may-change.ts';

const directory = (owner: string, mode: string, group = owner): FileNode => ({
  kind: 'directory',
  owner,
  group,
  mode,
  size: 0,
  target: '',
});
const link = (owner: string): FileNode => ({ kind: 'link', owner, group: owner, mode: '0777', size: 0, target: 'x' });
const HOST: Readonly<Record<string, FileNode>> = {
  '/etc': directory('root', '0755'),
  '/home': directory('root', '0755'),
  '/home/alice': directory('alice', '0700'),
  '/home/alice/ours': directory('root', '0755'),
  '/home/alice/open': directory('alice', '0777'),
  '/home/alice/sticky': directory('alice', '1777'),
  '/tmp': directory('root', '1777'),
  '/tmp/way': link('alice'),
  '/tmp/ours': link('root'),
  '/tmp/hers': directory('alice', '0755'),
  '/var': directory('root', '0755'),
  '/var/log': directory('root', '0775', 'syslog'),
  '/opt': directory('root', '0775', 'root'),
  '/open': directory('root', '0777'),
};
const look = (path: string): FileNode => HOST[path] ?? NO_NODE;
const alice = (at: string) => ({ at, who: 'alice', user: 'alice' });

describe('schedule/may-change', () => {
  for (const [place, expected] of [
    ['/f', undefined],
    ['/etc/f', undefined],
    ['/etc/to-come/f', undefined],
    ['/opt/f', undefined],
    ['/tmp/f', undefined],
    ['/home/alice', undefined],
    ['/home/alice/f', alice('/home/alice')],
    ['/home/alice/ours/f', alice('/home/alice')],
    ['/home/alice/sticky/f', alice('/home/alice/sticky')],
    ['/home/alice/open/f', { at: '/home/alice/open', who: 'everybody' }],
    ['/tmp/hers/f', alice('/tmp/hers')],
    ['/var/log/app/f', { at: '/var/log', who: 'the group syslog' }],
    ['/open/f', { at: '/open', who: 'everybody' }],
  ] as const)
    it(`says of ${place}: ${expected?.who ?? 'nobody'}`, () => deepEqual(intruderOn(place, look), expected));

  it('knows whose things in a directory like /tmp can be exchanged', () => {
    deepEqual(ownerAmong('/tmp/hers', look), alice('/tmp/hers'));
    deepEqual([ownerAmong('/tmp/ours', look), ownerAmong('/tmp/none', look), ownerAmong('/home/alice', look)], Array(3).fill(undefined));
    deepEqual(
      ['/tmp', '/home/alice/sticky', '/open', '/etc'].map(path => isShared(look(path))),
      [true, false, false, false],
    );
  });

  it('knows who can point a link elsewhere', () => {
    deepEqual(intruderAtLink('/tmp/way', look), alice('/tmp/way'));
    deepEqual(intruderAtLink('/home/alice/x', look), alice('/home/alice/x'));
    equal(intruderAtLink('/tmp/ours', look), undefined);
  });

  it('names all that has to be known: the directories on the way, and the links with theirs', () => {
    deepEqual(waymarksOf({ real: '/etc/app/f', links: ['/tmp/way'] }), ['/tmp', '/tmp/way', '/etc', '/etc/app']);
    deepEqual(waymarksOf({ real: '/f', links: [] }), []);
  });
});
