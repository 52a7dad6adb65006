// What is wrong with an Elasticsearch cluster, in words, the cause before what follows from it.
import { listed } from '../../../src/index.ts';
import { ALLOCATION } from '../facts/types.ts';
import type { ClusterSettings, ClusterState } from '../facts/types.ts';
import { apartProblem } from './bootstrap-problems.ts';
import type { Problem } from './bootstrap-problems.ts';
import type { Seen } from './members.ts';

/** One node as `verify` sees it. */
export interface Watched extends Seen {
  readonly unit: { readonly active: string };
}

/** What the cluster should be. */
export interface Expected {
  readonly unit: string;
  readonly cluster: string;
  readonly version: string;
  readonly data: string;
}

/** What one node said for all. */
export interface Whole {
  readonly cluster: ClusterState;
  readonly settings: ClusterSettings;
}

export function problemsOf(seen: readonly Watched[], whole: Whole | undefined, expected: Expected): readonly Problem[] {
  const apart = apartProblem(seen, expected.data);
  return [
    ...seen.flatMap(one => ownProblems(one, expected)),
    ...(apart === undefined ? [...viewProblems(seen), ...(whole === undefined ? [] : wholeProblems(seen, whole))] : [apart]),
  ];
}

function ownProblems({ member, node, unit }: Watched, expected: Expected): readonly Problem[] {
  const on = member.name;
  if (node.says !== '')
    return [{ words: `${member.node} does not answer on ${member.port} (${node.says}): ${expected.unit} is ${unit.active}`, on }];
  const differences = [
    ['node.name', node.name, member.node],
    ['cluster.name', node.cluster, expected.cluster],
    ['version', node.version, expected.version],
  ] as const;
  return [
    ...differences
      .filter(([, found, wanted]) => found !== wanted)
      .map(([what, found, wanted]) => ({ words: `${member.node} has the ${what} ${found}, not ${wanted}`, on })),
    ...(node.master === ''
      ? [{ words: `${member.node} knows no master${node.uuid === '' ? ', and has joined no cluster' : ''}`, on }]
      : []),
  ];
}

/** All see the same nodes, and the same master. */
function viewProblems(seen: readonly Watched[]): readonly Problem[] {
  const answering = seen.filter(({ node }) => node.says === '' && node.master !== '');
  const wanted = seen.map(({ member }) => member.node);
  const views = answering.flatMap(({ member, node }) => {
    const missing = wanted.filter(name => !node.nodes.includes(name));
    const strange = node.nodes.filter(name => !wanted.includes(name));
    return [
      ...(missing.length === 0
        ? []
        : [{ words: `${member.node} sees ${node.nodes.length} nodes, not ${listed(missing)}`, on: member.name }]),
      ...(strange.length === 0
        ? []
        : [{ words: `${member.node} sees ${listed(strange)}, which the inventory does not have`, on: member.name }]),
    ];
  });
  const masters = [...new Set(answering.map(({ node }) => node.master))];
  const first = answering[0]?.member.name ?? '';
  return [
    ...views,
    ...(masters.length < 2
      ? []
      : [
          {
            words: `the nodes follow different masters: ${answering.map(({ member, node }) => `${member.node} follows ${node.master}`).join(', ')}`,
            on: first,
          },
        ]),
  ];
}

function wholeProblems(seen: readonly Watched[], { cluster, settings }: Whole): readonly Problem[] {
  const on = seen.find(({ node }) => node.says === '')?.member.name ?? '';
  const says = cluster.says || settings.says;
  if (says !== '') return [{ words: `the cluster does not say how it is (${says})`, on }];
  const scopes = (['transient', 'persistent'] as const).filter(scope => (settings[scope][ALLOCATION] ?? 'all') !== 'all');
  return [
    ...(cluster.status === 'green' || (cluster.status === 'yellow' && seen.length === 1)
      ? []
      : [{ words: `the cluster is ${cluster.status}${lackingIn(cluster)}`, on }]),
    ...scopes.map(scope => ({
      words: `${ALLOCATION} is ${String(settings[scope][ALLOCATION])} (${scope}), so that copies are not made again`,
      on,
    })),
  ];
}

function lackingIn({ lacking, moving }: ClusterState): string {
  const shown = lacking.length > 3 ? [...lacking.slice(0, 3), `${lacking.length - 3} more`] : lacking;
  return [
    lacking.length === 0 ? '' : `, copies of ${listed(shown)} are not allocated`,
    moving === 0 ? '' : `, ${moving} are on their way`,
  ].join('');
}
