// The documented six instances of a program that is compiled from the archive of the project. That takes minutes: REDIS_SOURCE=1 tries it.
import assert from 'node:assert/strict';
import { buildArtifacts } from '../../src/lab/artifacts/build.ts';
import { skipBecause } from '../support/skip.ts';
import { leftBehind, lookAtAll } from './support/compare.ts';
import { askHost } from './support/kafka-hosts.ts';
import { failuresOf, unknownsOf } from './support/run-results.ts';
import { needLab, startTestLab, type LabRun, type TestLab } from './support/lab-inventory.ts';

const PLAYBOOK = 'playbooks/redis-cluster.yml';
const ARCHIVE = 'redis-7.0.15.tar.gz';
const URL = `{{ lab.artifacts }}/${ARCHIVE}`;
const FROM_SOURCE = JSON.stringify({
  redis_cluster_method: 'source',
  redis_cluster_version: '7.0.15',
  redis_cluster_url: URL,
  redis_cluster_checksum: `${URL}.sha256`,
});

describe(`${PLAYBOOK} from source`, function () {
  this.timeout(1_800_000);
  let lab: TestLab;
  let stop: (() => PromiseLike<void>) | undefined;
  before(async function () {
    this.timeout(600_000);
    if (process.env['REDIS_SOURCE'] !== '1') skipBecause(this, 'compiling Redis takes minutes, REDIS_SOURCE=1 tries it');
    await needLab(this);
    await buildArtifacts([ARCHIVE], () => undefined);
    lab = await startTestLab('redis-single', PLAYBOOK);
    stop = () => lab[Symbol.asyncDispose]();
  });
  after(async function () {
    this.timeout(120_000);
    await stop?.();
  });

  const go = (mode: 'run' | 'check' | 'verify'): Promise<LabRun> => lab.run(mode, { extraVars: [FROM_SOURCE], prove: true });

  it('is foretold, compiled, made one cluster, and proved', async () => {
    const fresh = await lookAtAll(lab);
    const foretold = await go('check');
    assert.deepEqual(failuresOf(foretold), []);
    assert.deepEqual(unknownsOf(foretold), []);
    assert.deepEqual(leftBehind([lab.program, foretold.program], fresh, await lookAtAll(lab)), []);
    const built = await go('run');
    assert.deepEqual(failuresOf(built), []);
    assert.deepEqual(built.changes, foretold.changes);
    assert.match(await askHost(lab.state, 'redis1', '/usr/local/redis/bin/redis-server --version'), /v=7\.0\.15 /);
    assert.deepEqual(failuresOf(await go('verify')), []);
  });

  it('is as described afterwards', async () => {
    const again = await go('run');
    assert.deepEqual(again.changes, []);
    assert.ok(again.roundTrips <= again.roundTripsAllowed, `${again.roundTrips} round trips, ${again.roundTripsAllowed} allowed`);
  });
});
