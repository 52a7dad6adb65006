// ajv as it is set up here: when the program is built, and when a role of one's own brings a schema that the build did not know.
import { createRequire } from 'node:module';
import type * as AjvPackage from 'ajv';
import { KIND_ACCEPTS } from './string-kinds.ts';
import type { StringKind } from './schema.ts';

/** What `KIND_ACCEPTS` is called in code that is written out. */
export const KINDS = 'kinds';

/**
 * An ajv that knows our keywords. It is loaded here and not before: most runs need none. (The build takes `createRequire` for `require`.)
 * @param choices for code that is written out. Without them schemas are not checked against their meta schema, which would be compiled
 * first: what strict mode does not see of a wrong schema is little, and the types of roles and modules see it.
 */
export function createAjv(choices: AjvPackage.Options = { meta: false, validateSchema: false }): AjvPackage.Ajv {
  const { Ajv, Name, _ } = createRequire(import.meta.url)('ajv') as typeof AjvPackage;
  const ajv = new Ajv({
    allErrors: true,
    useDefaults: true,
    coerceTypes: false,
    strict: true,
    allowUnionTypes: true,
    messages: false,
    logger: false,
    // Ours has no `$ref`, and a schema that is frozen must not be looked through for ids.
    addUsedSchema: false,
    ...choices,
  });
  ajv.addKeyword({
    keyword: 'kind',
    type: 'string',
    schemaType: 'string',
    code(context) {
      const kind = context.schema as StringKind;
      const written = _`${new Name(KINDS)}.${new Name(kind)}`;
      const accepts = context.gen.scopeValue('func', { ref: KIND_ACCEPTS[kind], code: written });
      context.fail(_`!${accepts}(${context.data})`);
    },
  });
  ajv.addKeyword({ keyword: 'secret', schemaType: 'boolean' });
  ajv.addKeyword({ keyword: 'late', schemaType: 'boolean' });
  return ajv;
}

/** The schema of the box that a value of this schema comes in. */
export function boxedSchema(schema: object): object {
  return { type: 'object', properties: { value: schema } };
}
