// The variables of role java: the one home of their defaults.

const VERSION = {
  type: 'object',
  properties: {
    major: { type: 'integer', minimum: 6, description: 'major version: 8, 11, 17, 21' },
    method: {
      type: 'string',
      enum: ['package', 'archive'],
      default: 'package',
      description: "from the distribution's packages, or from an archive",
    },
    package: { type: 'string', description: 'package name; default: the headless runtime of this major version' },
    url: { type: 'string', description: 'URL or path of the archive; method archive needs it' },
    checksum: { type: 'string', description: 'sha256:HEX of the archive, or URL or path of its checksum file' },
    home: { type: 'string', description: 'where it lies; default: where the package puts it, or /usr/local/ and the name of the archive' },
  },
  required: ['major'],
  additionalProperties: false,
} as const;

export const vars = {
  java_versions: {
    type: 'array',
    items: VERSION,
    minItems: 1,
    default: [{ major: 17, method: 'package' }],
    description: 'the Javas to install, side by side; each is found at /usr/local/java-MAJOR',
  },
  java_default: {
    type: 'integer',
    description: 'the major version found at /usr/local/java and in login shells; default: the first of java_versions',
  },
} as const;
