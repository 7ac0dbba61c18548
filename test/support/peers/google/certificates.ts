import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SecureContext, createSecureContext } from 'node:tls';
import type { Requirement } from '../../requirements';

/** Node can check certificates, but not make them. */
export const openssl = (): Requirement => ({
  met: spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0,
  reason: 'openssl on PATH, to make the certificates of the Google stand-in',
});

/** A certificate authority of one test file: whoever trusts its certificate trusts the stand-in for every host. */
export class CertificateAuthority {
  private readonly directory = mkdtempSync(join(tmpdir(), 'ca-'));
  private readonly contexts = new Map<string, SecureContext>();
  /** For SSL_CERT_FILE. */
  readonly certificateFile = this.path('ca.pem');

  constructor() {
    const subject = ['-subj', '/CN=Certificates of a test', '-addext', 'keyUsage=critical,keyCertSign'];
    this.openssl('req', '-x509', ...this.newKey('ca.key'), '-days', '2', ...subject, '-out', this.certificateFile);
  }

  /** For a server of this name. */
  contextFor(host: string): SecureContext {
    const known = this.contexts.get(host);
    if (known) return known;
    const made = createSecureContext(this.issue(host));
    this.contexts.set(host, made);
    return made;
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private issue(host: string): { readonly key: Buffer; readonly cert: Buffer } {
    const [key, request, certificate, extensions] = ['key', 'csr', 'pem', 'ext'].map((ending) => this.path(`host.${ending}`)) as string[];
    // A common name holds 64 characters, and hosts of endpoints are longer; what counts is the alternative name.
    this.openssl('req', ...this.newKey('host.key'), '-subj', '/CN=stand-in', '-out', request!);
    writeFileSync(extensions!, `subjectAltName=DNS:${host}\nauthorityKeyIdentifier=keyid\n`);
    const signer = ['-CA', this.certificateFile, '-CAkey', this.path('ca.key'), '-CAcreateserial'];
    this.openssl('x509', '-req', '-in', request!, ...signer, '-days', '2', '-extfile', extensions!, '-out', certificate!);
    return { key: readFileSync(key!), cert: readFileSync(certificate!) };
  }

  private newKey(name: string): string[] {
    return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', this.path(name)];
  }

  private path(name: string): string {
    return join(this.directory, name);
  }

  private openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  }
}
