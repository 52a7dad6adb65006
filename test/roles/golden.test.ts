// Every golden case of every role: variables and an inventory in, tasks and rendered files out.
import { deepEqual } from 'node:assert/strict';
import elasticsearch from '../../roles/elasticsearch/role.ts';
import java from '../../roles/java/role.ts';
import kafka from '../../roles/kafka/role.ts';
import redisCluster from '../../roles/redis-cluster/role.ts';
import zookeeper from '../../roles/zookeeper/role.ts';
import { goldenFiles, rewrite, updating } from '../support/golden.ts';
import { askRole, type RoleAnswer, type RoleCase } from './golden-role.ts';

const ROLES = { elasticsearch, java, kafka, 'redis-cluster': redisCluster, zookeeper };
const ANSWERS = ['advice', 'tasks', 'verify', 'chaos', 'files', 'error'] as const satisfies readonly (keyof RoleAnswer)[];

for (const file of goldenFiles<RoleCase & RoleAnswer>(['test/roles'], 'role')) {
  const name = String(file.content['role']) as keyof typeof ROLES;
  describe(`${file.name}: role ${name}`, () => {
    file.content.cases.forEach((golden, index) => {
      it(golden.title, () => {
        const answer = askRole(ROLES[name], golden);
        if (updating) file.content.cases[index] = { ...without(golden), ...answer };
        else for (const part of ANSWERS) deepEqual(answer[part], golden[part], part);
      });
    });
    if (updating) after(() => rewrite(file));
  });
}

function without({ title, hosts, group, host, others, vars }: RoleCase): RoleCase {
  return { title, hosts, group, host, ...(others && { others }), vars };
}
