// JSON pointers, which are how ajv says where something stands in a value or in a schema.

/** The steps of a pointer. */
export function stepsOf(pointer: string): readonly string[] {
  const [, ...steps] = pointer.split('/');
  return steps.map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The steps of a pointer that stands in a URI: `#/properties/a%20b`. */
export function stepsOfFragment(fragment: string): readonly string[] {
  return stepsOf(fragment.split('/').map(decodeURIComponent).join('/'));
}
