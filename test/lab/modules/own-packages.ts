// Packages made on a host, and a directory of them that apt can fetch from: nothing of it comes from outside.

/** Where they are on the host. */
export const OWN_PACKAGES = '/srv/packages';

/** The text of the configuration file each of them brings. */
export const OWN_CONFIGURATION = 'port = 1\n';

/** Shell text that makes a package with a unit, a user, a program, a folder and a configuration file, and the index of the directory. */
export function makePackage(name: string): string {
  const unit = `[Unit]\nDescription=${name}\n\n[Service]\nUser=${name}\nExecStart=/usr/bin/${name}\n\n[Install]\nWantedBy=multi-user.target\n`;
  const postinst = `#!/bin/sh
set -e
if [ "$1" = configure ]; then
  getent passwd ${name} >/dev/null || useradd --system --user-group --no-create-home \\
    --home-dir /var/lib/${name} --shell /usr/sbin/nologin ${name}
  mkdir -p /var/lib/${name}
  chown ${name}:${name} /var/lib/${name} /var/log/${name}
  deb-systemd-helper unmask '${name}.service' >/dev/null || true
  if deb-systemd-helper --quiet was-enabled '${name}.service'; then
    deb-systemd-helper enable '${name}.service' >/dev/null || true
  fi
  systemctl --system daemon-reload >/dev/null || true
  deb-systemd-invoke start '${name}.service' >/dev/null || true
fi
`;
  const prerm = `#!/bin/sh\ndeb-systemd-invoke stop '${name}.service' >/dev/null || true\n`;
  const postrm = `#!/bin/sh
systemctl --system daemon-reload >/dev/null || true
if [ "$1" = purge ]; then deb-systemd-helper purge '${name}.service' >/dev/null || true; rm -rf /var/log/${name}; fi
`;
  const control = `Package: ${name}\nVersion: 1:1.0-1\nArchitecture: all\nMaintainer: Nobody <nobody@example.com>\nDescription: ${name}\n`;
  return `
umask 022
tree=$(mktemp -d /run/package.XXXXXX); chmod 0755 $tree; cd $tree
mkdir -p DEBIAN etc/${name}/conf.d lib/systemd/system usr/bin usr/lib/${name} var/log/${name} ${OWN_PACKAGES}
chmod 0750 etc/${name}/conf.d
${writes('DEBIAN/control', control)}
${writes('DEBIAN/conffiles', `/etc/${name}/${name}.conf\n`)}
${writes('DEBIAN/postinst', postinst)}
${writes('DEBIAN/prerm', prerm)}
${writes('DEBIAN/postrm', postrm)}
chmod 0755 DEBIAN/p*
${writes(`etc/${name}/${name}.conf`, OWN_CONFIGURATION)}
${writes(`lib/systemd/system/${name}.service`, unit)}
${writes(`usr/bin/${name}`, '#!/bin/sh\nexec sleep infinity\n')}
chmod 0755 usr/bin/${name}
ln -s ../../bin/${name} usr/lib/${name}/run
cd ${OWN_PACKAGES}
dpkg-deb -b $tree ${name}_1.0-1_all.deb >/dev/null
rm -r $tree
for deb in *.deb; do
  dpkg-deb -f $deb
  printf 'Filename: ./%s\\nSize: %s\\nSHA256: %s\\n\\n' $deb $(stat -c %s $deb) $(sha256sum < $deb | cut -d' ' -f1)
done > Packages`;
}

/** Shell text that has apt know the directory, without tsplay. */
export function knowPackages(): string {
  const source = `Types: deb\nURIs: file:${OWN_PACKAGES}\nSuites: ./\nTrusted: yes\n`;
  return `${writes('/etc/apt/sources.list.d/by-hand.sources', source)}\napt-get -q update >/dev/null 2>&1; touch /var/lib/apt/lists`;
}

/** Shell text that puts a package where apt keeps what it has fetched. */
export function fetchPackage(name: string): string {
  return `cp ${OWN_PACKAGES}/${name}_1.0-1_all.deb /var/cache/apt/archives/${name}_1%3a1.0-1_all.deb`;
}

function writes(path: string, text: string): string {
  return `cat > ${path} <<'END'\n${text}END`;
}
