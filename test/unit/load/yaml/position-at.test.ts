// Paths back to the lines that a person wrote.
import assert from 'node:assert/strict';
import { formatPosition } from '../../../../src/errors/problem.ts';
import type { YamlNode } from '../../../../src/load/yaml/node.ts';
import { parseYaml } from '../../../../src/load/yaml/parse-yaml.ts';
import { type Path, pathOf, positionAt } from '../../../../src/load/yaml/position-at.ts';

const TEXT = `\
base: &base {x: 1}
tasks:
  - name: "install"
    file.copy:
      content: |
        one
        two
      path:
  - *base
  - <<: *base
    y: 2
`;

const PLACES: readonly (readonly [path: Path, value: string, key: string])[] = [
  [[], '1:1', '1:1'],
  [['tasks'], '3:3', '2:1'],
  [['tasks', 0], '3:5', '3:5'],
  [['tasks', 0, 'name'], '3:12', '3:5'],
  [['tasks', '0', 'file.copy', 'content'], '6:9', '5:7'],
  [['tasks', 0, 'file.copy', 'path'], '8:7', '8:7'],
  [['tasks', 0, 'file.copy', 'owner'], '5:7', '4:5'],
  [['tasks', 1], '9:5', '9:5'],
  [['tasks', 1, 'x'], '1:17', '1:14'],
  [['tasks', 2, 'x'], '1:17', '1:14'],
  [['tasks', 2, 'y'], '11:8', '11:5'],
];

function tree(text: string): YamlNode {
  const node = parseYaml(text, 'f.yml');
  assert.ok(node);
  return node;
}

describe('load/yaml/position-at', () => {
  for (const [path, value, key] of PLACES) {
    it(`finds /${path.join('/')}`, () => {
      assert.equal(formatPosition(positionAt(tree(TEXT), path)), `f.yml:${value}`);
      assert.equal(formatPosition(positionAt(tree(TEXT), path, { key: true })), `f.yml:${key}`);
    });
  }

  it('counts lines that end in CRLF or CR, and takes no column for a byte order mark', () => {
    assert.equal(formatPosition(positionAt(tree('a: 1\r\nb: 2\rc: 3\n'), ['c'])), 'f.yml:3:4');
    assert.equal(formatPosition(positionAt(tree('\uFEFFa: 1\n'), ['a'], { key: true })), 'f.yml:1:1');
  });

  it('reads a JSON pointer', () => assert.deepEqual(pathOf('/hosts/0/~1data~0'), ['hosts', '0', '/data~']));
});
