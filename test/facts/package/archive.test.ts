// What is kept of a package with many files.
import assert from 'node:assert/strict';
import { readArchive } from '../../../src/facts/package/archive.ts';
import { isExcluded, readFilters } from '../../../src/facts/package/path-filters.ts';

const host = { isMerged: true, filters: readFilters('= exclude /usr/share/doc/*\n= include /usr/share/doc/*/copyright\n') };
const line = (mode: string, path: string): string => `${mode} root/root 0 2026-11-04 02:45 .${path}`;

describe('facts/package/archive', () => {
  it('keeps folders, configuration, units and programs of a large one, and the bare paths of the rest', () => {
    const many = Array.from({ length: 400 }, (_, index) => line('-rw-r--r--', `/usr/share/big/${index}`));
    const folders = ['/usr/share/big/', '/usr/share/big/a/', '/usr/share/big/a/b/'].map(path => line('drwxr-xr-x', path));
    const files = ['/etc/big.conf', '/usr/bin/big', '/usr/lib/systemd/system/big.service'].map(path => line('-rw-r--r--', path));
    const { paths, others, commands } = readArchive(
      'big',
      '1',
      [...folders, ...many, ...files, '= there', '= control', '= data'].join('\n'),
      host,
    );
    assert.deepEqual(Object.keys(paths), [
      '/usr/share/big',
      '/usr/share/big/a',
      '/etc/big.conf',
      '/usr/bin/big',
      '/usr/lib/systemd/system/big.service',
    ]);
    assert.equal(others.length, 401);
    assert.deepEqual(commands, { big: '/usr/bin/big' });
  });

  it('leaves out what dpkg leaves out, and cannot tell of the folders', () => {
    const paths = ['/usr/share/doc/a/', '/usr/share/doc/a/copyright', '/usr/share/doc/a/changelog.gz', '/usr/share/a'];
    const listing = paths.map(path => line(path.endsWith('/') ? 'drwxr-xr-x' : '-rw-r--r--', path)).join('\n');
    const archive = readArchive('a', '1', `${listing}\n= there\n= control\n= data\n`, host);
    assert.deepEqual(Object.keys(archive.paths), ['/usr/share/a']);
    assert.deepEqual(archive.others, ['/usr/share/doc/a', '/usr/share/doc/a/copyright']);
  });

  it('reads the patterns of dpkg', () => {
    const filters = readFilters('= exclude /usr/[!s]*.o?\n= exclude /opt/a+b/[a-c]\n= include /usr/lib/b.o1\n');
    const excluded = ['/usr/lib/a/b.o1', '/usr/share/b.o1', '/opt/a+b/c', '/opt/aab/c', '/usr/lib/b.o1', '/usr/lib/b.o'];
    assert.deepEqual(
      excluded.filter(path => isExcluded(path, filters)),
      ['/usr/lib/a/b.o1', '/opt/a+b/c'],
    );
  });
});
