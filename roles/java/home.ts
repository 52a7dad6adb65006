// Where Java is found: links that stay the same while versions come and go. For units of other roles.

/** The folder of the links. */
const LINKS = '/usr/local';

/** The JAVA_HOME of a major version, or of the default one: `javaHome(11)` is `/usr/local/java-11`, `javaHome()` is `/usr/local/java`. */
export function javaHome(major?: number): string {
  return major === undefined ? `${LINKS}/java` : `${LINKS}/java-${major}`;
}
