// Where the project's own files are, from wherever the compiled tests run.
export { packageRoot as projectRoot } from '../../src/util/package-root.ts';
