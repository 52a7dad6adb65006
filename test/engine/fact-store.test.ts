// What a dry run makes of facts that a change bears on without naming them.
import assert from 'node:assert/strict';
import { groupAccount, userAccount, type UserAccount } from '../../src/facts/account.ts';
import { commandProbe } from '../../src/facts/command/probe.ts';
import { idName } from '../../src/facts/file/id-name.ts';
import { fileLinks } from '../../src/facts/file/links.ts';
import { fileNode, NO_NODE, type FileNode } from '../../src/facts/file/node.ts';
import type { FactSet } from '../../src/facts/contract.ts';
import { resource, type Resource } from '../../src/facts/resource.ts';
import { FactStore } from '../../src/schedule/state/fact-store.ts';
import { Unknown } from '../../src/util/unknown.ts';

const FILE: FileNode = { kind: 'file', owner: 'app', group: 'app', mode: '0644', size: 1, target: '' };
const NOBODY: UserAccount = { exists: false, uid: null, gid: null, group: '', home: '', shell: '', comment: '', groups: [] };
const APP: UserAccount = { ...NOBODY, exists: true, uid: 1001, gid: 1001, group: 'app', home: '/home/app' };
const node = fileNode({ path: '/srv/file' });
const app = userAccount({ name: 'app' });

function storeWith(file: FileNode, account: UserAccount): FactStore {
  const store = new FactStore();
  store.keep(fileLinks({ path: '/srv' }), '', []);
  store.keep(fileLinks({ path: '/etc' }), '', []);
  store.keep(node, '', file);
  store.keep(app, '', account);
  return store;
}

function foretell(store: FactStore, sets: readonly FactSet[], touches: readonly Resource[] = [], empties: readonly Resource[] = []): void {
  store.foretell({ sets, touches, empties, by: 'task 1' }, '');
}

describe('fact store: owners', () => {
  it('have a number for a name once their account is gone', () => {
    const store = storeWith(FILE, APP);
    foretell(store, [app.becomes(NOBODY), groupAccount({ name: 'app' }).becomes({ exists: false, gid: null })]);
    assert.deepEqual(store.peek(node, '')?.value, { ...FILE, owner: '1001' });
  });

  it('have a name again once an account takes their number, and may have where the number is still to be picked', () => {
    const store = storeWith({ ...FILE, owner: '1001' }, NOBODY);
    foretell(store, [app.becomes(APP)]);
    assert.deepEqual(store.peek(node, '')?.value, FILE);
    const other = storeWith({ ...FILE, owner: '1001' }, NOBODY);
    foretell(other, [app.becomes({ ...APP, uid: new Unknown(['later']) as never })]);
    assert.deepEqual((other.peek(node, '')?.value as { readonly owner: unknown }).owner, new Unknown(['depends on task 1']));
  });

  it('keep their name when an account is made that is there already', () => {
    const made = { ...app.becomes({ ...APP, uid: new Unknown(['later']) as never }, 'a package brings it'), unlessThere: true };
    const there = storeWith(FILE, APP);
    foretell(there, [made]);
    assert.deepEqual(there.peek(node, '')?.value, FILE);
    assert.deepEqual(there.peek(app, ''), { value: APP, assumes: [] });
    const none = storeWith(FILE, NOBODY);
    foretell(none, [made]);
    assert.deepEqual(none.peek(app, '')?.assumes, ['a package brings it']);
  });

  it('keep the name that a later change gives them', () => {
    const store = storeWith(FILE, APP);
    foretell(store, [app.becomes(NOBODY)]);
    foretell(store, [node.becomes(FILE)]);
    assert.deepEqual(store.peek(node, '')?.value, FILE);
  });

  it('are told by their number as accounts come and go', () => {
    const holder = idName({ database: 'passwd', id: '1001' });
    const other = idName({ database: 'group', id: '1001' });
    const store = storeWith(FILE, NOBODY);
    store.keep(holder, '', '1001');
    store.keep(other, '', '1001');
    foretell(store, [app.becomes(APP)]);
    assert.deepEqual(store.peek(holder, ''), { value: 'app', assumes: [] });
    foretell(store, [app.becomes(NOBODY)]);
    assert.equal(store.peek(holder, '')?.value, '1001');
    foretell(store, [app.becomes({ ...APP, uid: new Unknown(['later']) as never })]);
    assert.deepEqual(store.peek(holder, ''), { value: '1001', assumes: ['task 1 picks another id than 1001'] });
    assert.deepEqual(store.peek(other, ''), { value: '1001', assumes: [] });
    store.disturb([resource.user('app')]);
    assert.deepEqual([store.peek(holder, ''), store.peek(other, '')?.value], [undefined, '1001']);
  });

  it('are read again in a run once their account was touched', () => {
    const store = storeWith(FILE, APP);
    store.disturb([resource.user('other')]);
    assert.deepEqual(store.peek(node, '')?.value, FILE);
    store.disturb([resource.user('app')]);
    assert.equal(store.peek(node, ''), undefined);
  });
});

describe('fact store: what is emptied', () => {
  const look = commandProbe({ argv: ['test', '-e', '/srv/other'] });

  it('says nothing of what a program looks at, nobody knows where', () => {
    const store = storeWith(FILE, APP);
    store.keep(look, '', { status: 0 });
    foretell(store, [node.becomes(NO_NODE)], [resource.tree('/srv/file')], [resource.tree('/srv/file')]);
    assert.deepEqual(store.peek(look, ''), { value: { status: 0 }, assumes: ['task 1 leaves command.probe as it is'] });
  });

  it('holds nothing below it', () => {
    const store = storeWith(FILE, APP);
    foretell(store, [], [resource.tree('/srv')], [resource.tree('/srv')]);
    assert.deepEqual(store.peek(node, '')?.value, NO_NODE);
  });
});

describe('fact store: ways', () => {
  const way = fileNode({ path: '/srv/l/f' });
  const link = fileNode({ path: '/srv/l' });
  const LINK: FileNode = { ...FILE, kind: 'link', target: 'a' };

  function storeWithLink(): FactStore {
    const store = new FactStore();
    store.keep(fileLinks({ path: '/srv' }), '', []);
    store.keep(fileLinks({ path: '/srv/l' }), '', [{ path: '/srv/l', target: 'a' }]);
    store.keep(fileLinks({ path: '/srv/a' }), '', []);
    store.keep(link, '', LINK);
    store.keep(fileNode({ path: '/srv/a/f' }), '', FILE);
    return store;
  }

  it('lead where their links lead', () => {
    assert.deepEqual(storeWithLink().peek(way, '')?.value, FILE);
  });

  it('are not known through a link that a task might turn, and are again once one sets it', () => {
    const store = storeWithLink();
    foretell(store, [], [resource.tree('/srv/l')]);
    assert.deepEqual(store.peek(way, '')?.value, new Unknown(['depends on task 1']));
    assert.deepEqual(store.peek(fileNode({ path: '/srv/a/f' }), '')?.value, FILE, 'by its real name it is');
    foretell(store, [link.becomes({ ...LINK, owner: new Unknown(['whose']) as never })], [resource.path('/srv/l')]);
    assert.deepEqual(store.peek(way, '')?.value, FILE);
  });
});
