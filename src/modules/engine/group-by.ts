// Module `group_by`: groups that follow from what a host is, for the plays to come.
import { defineModule } from '../contract.ts';
import { enlist } from '../steps.ts';
import { namesIn } from './names-in.ts';

/** Puts the host into a group of the inventory of this run. It is no change of the host. */
export const groupBy = defineModule({
  name: 'group_by',
  summary: 'put the host into a group that its facts or variables name, for the plays that follow',
  params: {
    type: 'object',
    properties: {
      key: { type: 'string', minLength: 1, description: 'the name of the group; a blank in it becomes "-"' },
      parents: { type: ['string', 'array'], default: [], description: 'groups that this group is in: a list, or a text with commas' },
    },
    required: ['key'],
    additionalProperties: false,
  },
  examples: [{ title: 'a play for each family of systems', yaml: 'name: by family\ngroup_by:\n  key: "os_{{ facts.os.family }}"\n' }],
  facts: () => ({}),
  changes: p => [enlist({ groups: [withoutBlanks(p.key)], parents: namesIn(p.parents).map(withoutBlanks), variables: {} })],
  rounds: () => 0,
  result: p => ({ groups: [withoutBlanks(p.key)] }),
});

function withoutBlanks(name: string): string {
  return name.replaceAll(' ', '-');
}
