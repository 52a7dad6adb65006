// The table of what packages bring.
import assert from 'node:assert/strict';
import { bringsOf } from '../../../src/modules/package/brings.ts';

describe('modules/package/brings', () => {
  it('knows where each JDK and JRE puts its programs', () => {
    assert.ok(bringsOf('openjdk-21-jre-headless', 'arm64')?.paths?.['/usr/lib/jvm/java-21-openjdk-arm64/bin/java']);
    assert.deepEqual(bringsOf('openjdk-17-jdk', 'amd64')?.packages, [
      'openjdk-17-jre',
      'openjdk-17-jdk-headless',
      'ca-certificates-java',
      'java-common',
    ]);
    assert.deepEqual(bringsOf('openjdk-17-jre-headless', 'amd64')?.packages, ['ca-certificates-java', 'java-common']);
  });

  it('does not know what nobody wrote down', () => {
    assert.equal(bringsOf('mystery', 'amd64'), undefined);
  });
});
