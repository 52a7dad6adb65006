// What the text of a unit file says of its enablement.
import assert from 'node:assert/strict';
import { enablementAfter } from '../../../src/modules/systemd/install-section.ts';

describe('modules/systemd/install-section', () => {
  const service = '[Service]\nExecStart=/bin/true\n';

  it('leaves enabled what is enabled', () => {
    assert.equal(enablementAfter(service, 'enabled'), 'enabled');
  });

  it('reads a section that can be enabled by', () => {
    assert.equal(enablementAfter(`${service}[Install]\nWantedBy=multi-user.target\n`, ''), 'disabled');
    assert.equal(enablementAfter(`[Install]\n# by hand\nAlias = x.service\n${service}`, 'static'), 'disabled');
    assert.equal(enablementAfter(`${service}[Install]\nAlso=x.socket\n`, ''), 'indirect');
  });

  it('does not take another section for it', () => {
    assert.equal(enablementAfter(service, ''), 'static');
    assert.equal(enablementAfter(`[Install]\n[X-Other]\nWantedBy=multi-user.target\n${service}`, 'disabled'), 'static');
    assert.equal(enablementAfter(`[Install]\nWantedBy=\n${service}`, ''), 'static');
  });
});
