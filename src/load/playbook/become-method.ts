// The keyword become_method of a play or task, under the names that Ansible has for it, too.
import { BECOME_WORDS, type BecomeMethod } from '../../util/become-method.ts';
import { BECOME_METHOD, readKeyword } from './keywords.ts';
import type { Report } from '../report.ts';
import { get, type YamlMap } from '../yaml/node.ts';

/** The method that is named; nothing where none is, or one that is not here, which is reported. */
export function readBecomeMethod(map: YamlMap, report: Report): { readonly becomeMethod?: BecomeMethod } {
  const written = get(map, 'become_method');
  const word = written?.kind === 'scalar' && typeof written.value === 'string' ? written.value : '';
  const becomeMethod = Object.hasOwn(BECOME_WORDS, word) ? BECOME_WORDS[word] : readKeyword(map, 'become_method', BECOME_METHOD, report);
  return becomeMethod === undefined ? {} : { becomeMethod };
}
