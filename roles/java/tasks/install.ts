// Tasks: each wanted Java is there, and found under a link that outlives it.
import { archiveUnpack, fileDirectory, fileLink, packageModule, task } from '../../../src/index.ts';
import type { Expr, RoleTask, TaskOptions } from '../../../src/index.ts';
import { javaHome } from '../home.ts';
import { PLATFORMS } from '../platforms.ts';
import type { PackagedJava, UnpackedJava, WantedJava } from '../versions.ts';

/** Where a Java really lies, and the condition under which it lies there. */
interface Place {
  readonly home: string | Expr<string>;
  /** Told apart in the names of tasks. */
  readonly where: string;
  readonly options: TaskOptions;
}

/** Installs one Java and links it, also as the default one where it is that. */
export function install(java: WantedJava, isDefault: boolean): readonly RoleTask[] {
  const brought = java.method === 'archive' ? unpack(java) : installPackage(java);
  const links = [javaHome(java.major), ...(isDefault ? [javaHome()] : [])];
  const linked = links.flatMap(path =>
    placesOf(java).map(({ home, where, options }) =>
      task(`${path} points to java ${java.major}${where}`, fileLink, { path, target: home }, options),
    ),
  );
  return [...brought, ...linked];
}

function unpack({ major, url, checksum, home }: UnpackedJava): readonly RoleTask[] {
  const owned = { owner: 'root', group: 'root' } as const;
  return [
    task(`${home} exists`, fileDirectory, { path: home, ...owned, mode: '0755', parents: true }),
    task(`java ${major} is unpacked`, archiveUnpack, { src: url, dest: home, strip: 1, ...owned, checksum }),
  ];
}

function installPackage({ major, package: name }: PackagedJava): readonly RoleTask[] {
  if (name !== undefined) return [task(`java ${major} is installed`, packageModule, { name })];
  return PLATFORMS.map(({ family, packageOf }) =>
    task(`java ${major} is installed on ${family}`, packageModule, { name: packageOf(major) }, { when: onFamily(family) }),
  );
}

function placesOf({ major, home }: WantedJava): readonly Place[] {
  if (home !== undefined) return [{ home, where: '', options: {} }];
  return PLATFORMS.map(({ family, homeOf }) => ({ home: homeOf(major), where: ` on ${family}`, options: { when: onFamily(family) } }));
}

function onFamily(family: string): string {
  return `facts.os.family == "${family}"`;
}
