import {
  ExternalFrontDoor,
  type ExternalFrontDoorProps,
  InternalFrontDoor,
  type InternalFrontDoorProps,
} from '../../../../constructs/gateway/front-door';
import { Principal } from '../../../../constructs/workload-identity';
import { stackWith, Template } from '../../../support/template';

export const ZONE = { name: 'acme-example', projectId: 'acme-dns' };
const COMMON = { name: 'test', projectId: 'acme-ai-test', service: { name: 'test-gateway', region: 'europe-west4' } };

export const externalStack = (props: Partial<ExternalFrontDoorProps> = {}) =>
  stackWith(
    (stack) =>
      new ExternalFrontDoor(stack, 'FrontDoor', {
        ...COMMON,
        domains: { 'llm.acme.example': { zone: ZONE, certificate: { kind: 'managed', zone: ZONE } } },
        ...props,
      }),
  );

export const external = (props: Partial<ExternalFrontDoorProps> = {}): Template => new Template(externalStack(props));

export const internalStack = (props: Partial<InternalFrontDoorProps> = {}) =>
  stackWith(
    (stack) =>
      new InternalFrontDoor(stack, 'Inside', {
        ...COMMON,
        network: 'projects/acme-ai-test/global/networks/test',
        subnet: 'projects/acme-ai-test/regions/europe-west4/subnetworks/test-europe-west4',
        domains: { 'llm.acme.example': { certificate: { kind: 'managed', zone: ZONE } } },
        ...props,
      }),
  );

export const internal = (props: Partial<InternalFrontDoorProps> = {}): Template => new Template(internalStack(props));

/** What a production environment asks for. */
export const PRODUCTION: Partial<ExternalFrontDoorProps> = {
  tls: 'RESTRICTED',
  callers: { ranges: ['203.0.113.0/24', '198.51.100.0/24'], preview: true },
  waf: { sqli: {}, xss: {}, rce: {}, cve: { preview: false } },
  administrators: { iap: { projectNumber: '123456789012', members: { platform: Principal.group('platform@acme.example') } } },
};

/** Every option that there is. */
export const EVERYTHING: Partial<ExternalFrontDoorProps> = {
  domains: {
    'llm.acme.example': { zone: ZONE, certificate: { kind: 'managed', zone: ZONE } },
    'llm.acme.test': { certificate: { kind: 'existing', certificate: 'projects/acme-dns/locations/global/certificates/own' } },
  },
  tls: 'RESTRICTED',
  open: ['openai', 'gemini', 'anthropic', 'vertex', 'images', 'audio', 'realtime', 'rerank', 'batches', 'liveness'],
  alsoOpen: ['/key/info', '/mcp/*'],
  callers: { ranges: Array.from({ length: 12 }, (_, index) => `203.0.113.${index * 4}/30`) },
  denied: { ranges: ['192.0.2.0/24'], regions: ['KP', 'RU'], preview: false },
  administrators: {
    ranges: ['198.51.100.7/32'],
    iap: { projectNumber: '123456789012', members: { platform: Principal.group('platform@acme.example') } },
  },
  rateLimit: { requests: 300, seconds: 30, by: 'address-and-key', banSeconds: 600, preview: true },
  waf: {
    sqli: { sensitivity: 2, preview: false, except: ['owasp-crs-v030301-id942350-sqli'] },
    xss: {},
    lfi: {},
    rfi: {},
    rce: {},
    protocolattack: {},
    scannerdetection: { preview: false },
    sessionfixation: {},
    cve: {},
  },
  inspectBodies: true,
  verboseLog: true,
  allowKeysInUrls: true,
  logSampleRate: 0.5,
};
