import { z } from 'zod';
import { projectId } from './values';
import { callerRange } from './caller-range';

/** How the gateway is reached; read by `stacks/gateway-front-door.ts`. */

export const domain = z
  .string()
  .regex(
    /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'a domain in lower case, e.g. llm.example.com',
  );

export const zoneName = z.string().regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, 'the name of a zone in Cloud DNS, of a-z, 0-9 and dash');

const zone = z.strictObject({
  name: zoneName.describe('Name of the zone, not of the domain.'),
  project: projectId.optional().describe("Project that the zone is in. Default: the environment's."),
});

const inCertificateManager = (kind: string) =>
  z
    .string()
    .regex(
      new RegExp(`^projects/[a-z][a-z0-9.:-]+/locations/[a-z0-9-]+/${kind}/[a-zA-Z][\\w-]{0,62}$`),
      `projects/PROJECT/locations/LOCATION/${kind}/NAME in Certificate Manager`,
    );

const managed = z.strictObject({
  kind: z.literal('managed'),
  zone: zone.optional().describe('Public zone in which a record proves the domain. Default: the zone of the domain, where that is public.'),
});
const existing = z.strictObject({
  kind: z.literal('existing'),
  certificate: inCertificateManager('certificates').describe('A certificate of your own: so its private key is in no file and no state.'),
});
const privateAuthority = z.strictObject({
  kind: z.literal('private-ca'),
  issuanceConfig: inCertificateManager('certificateIssuanceConfigs').describe('Private certificate authority that issues it.'),
});

const publicDomain = z.strictObject({
  zone: zone.optional().describe('Zone that gets the record of the address. It exists already. Default: you keep the record elsewhere.'),
  certificate: z
    .discriminatedUnion('kind', [managed, existing])
    .prefault({ kind: 'managed' })
    .describe('managed: Google issues and renews it. existing: one of your own.'),
});

const privateDomain = z.strictObject({
  zone: zone.optional().describe('Private zone that gets the record of the address. It exists already. Default: one is made for it.'),
  certificate: z
    .discriminatedUnion('kind', [managed, existing, privateAuthority])
    .describe('managed: Google issues and renews it. existing: one of your own. private-ca: a private authority issues it.'),
});

/** A load balancer within a region takes no more. */
const MAX_DOMAINS = 15;
const domains = <T extends z.ZodType>(value: T) =>
  z
    .record(domain, value)
    .refine((given) => Object.keys(given).length >= 1 && Object.keys(given).length <= MAX_DOMAINS, `1 to ${MAX_DOMAINS} domains`)
    .describe('Domains of the gateway. To change one, add the new one first, and remove the old one when nobody calls it any more.');

const common = {
  tls: z.enum(['modern', 'restricted']).default('modern').describe('Ciphers. TLS 1.2 is the least in both; plain HTTP is not answered.'),
  open: z
    .array(z.enum(['openai', 'gemini', 'anthropic', 'vertex', 'images', 'audio', 'realtime', 'rerank', 'batches', 'liveness']))
    .refine((given) => given.length > 0, 'a list of at least one API')
    .default(['openai', 'gemini'])
    .describe('APIs of the gateway that may be called here. Everything else is administration.'),
  alsoOpen: z
    .array(z.string().regex(/^(\/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+(\/\*)?$/, 'a path, e.g. /key/info, with /* at most at its end'))
    .default([])
    .describe('Further paths that may be called here.'),
  logSampleRate: z.number().min(0).max(1).default(1).describe('Share of requests in the log of the load balancer.'),
};

/** An expression of Cloud Armor has 2,048 characters: https://cloud.google.com/armor/quotas */
const MAX_COUNTRIES = 300;
/** Ten rules of ten. */
const MAX_RANGES = 100;
const ranges = z.array(callerRange).refine((given) => given.length <= MAX_RANGES, `a list of at most ${MAX_RANGES} ranges`);
const someRanges = ranges.refine((given) => given.length > 0, `a list of 1 to ${MAX_RANGES} ranges`);
const preview = (otherwise: boolean) => z.boolean().default(otherwise).describe('Only log what it would do. Set it to false to promote.');

const rateLimit = z
  .strictObject({
    requests: z.number().int().min(1).max(10_000_000).default(1200).describe('Requests within the interval.'),
    seconds: z.literal([10, 30, 60, 120, 180, 240, 270, 300, 600, 900, 1200, 1800, 2700, 3600]).default(60).describe('The interval.'),
    by: z
      .enum(['address', 'key', 'address-and-key'])
      .default('address')
      .describe('What has a limit of its own. Only the first slows down who guesses keys.'),
    banSeconds: z.number().int().min(60).max(3600).optional().describe('How long who exceeds it is kept out. Default: not at all.'),
    preview: preview(false),
  })
  .prefault({})
  .describe("Limit of requests at the edge. Limits of keys and teams are the gateway's own.");

const wafRule = z.strictObject({
  sensitivity: z.number().int().min(1).max(4).default(1).describe('Paranoia level of OWASP. Higher finds more, also what is harmless.'),
  preview: preview(true),
  except: z
    .array(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'the id of a signature, e.g. owasp-crs-v030301-id942350-sqli'))
    .default([])
    .describe('Signatures to leave out.'),
});

const person = z.strictObject({ kind: z.enum(['group', 'user']), email: z.email('an e-mail address') });

const external = z.strictObject({
  kind: z.literal('external'),
  domains: domains(publicDomain),
  ...common,
  callers: z
    .strictObject({ ranges: someRanges.describe('IPv4 ranges that may call.'), preview: preview(false) })
    .optional()
    .describe('Who may call the APIs. Default: every address.'),
  denied: z
    .strictObject({
      ranges: ranges.default([]).describe('IPv4 ranges.'),
      countries: z
        .array(z.string().regex(/^[A-Z]{2}$/, 'the code of a country, e.g. KP'))
        .refine((given) => given.length <= MAX_COUNTRIES, `a list of at most ${MAX_COUNTRIES} countries`)
        .default([])
        .describe('Codes of ISO 3166-1.'),
      preview: preview(true),
    })
    .optional()
    .describe('Who is kept out of everything. Default: nobody.'),
  administrators: z
    .strictObject({
      ranges: someRanges.optional().describe('IPv4 ranges from which administration is reached.'),
      signIn: z
        .record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a name of at most 40 of a-z, 0-9 and dash'), person)
        .optional()
        .describe('People and groups who reach it signed in, through Identity-Aware Proxy.'),
    })
    .optional()
    .describe('Who reaches administration (user interface, keys, teams). With both, one needs both. Default: nobody.'),
  rateLimit,
  waf: z
    .strictObject({
      sqli: wafRule.optional(),
      xss: wafRule.optional(),
      lfi: wafRule.optional(),
      rfi: wafRule.optional(),
      rce: wafRule.optional(),
      protocolattack: wafRule.optional(),
      scannerdetection: wafRule.optional(),
      sessionfixation: wafRule.optional(),
      cve: wafRule.optional(),
    })
    .default({})
    .describe('Preconfigured rules of Cloud Armor, by name. Each begins in preview. Default: none.'),
  inspectBodies: z.boolean().default(false).describe('Let these rules also look at bodies. Prompts are full of what they look for.'),
  verboseLog: z.boolean().default(false).describe('Log what made a rule match. Values of fields stand in such a log.'),
  keysInUrls: z
    .enum(['refused', 'allowed'])
    .default('refused')
    .describe('Requests with ?key=, which some clients of Gemini send. Logs of load balancers hold URLs.'),
});

const internal = z.strictObject({
  kind: z.literal('internal'),
  domains: domains(privateDomain),
  ...common,
  administration: z.enum(['closed', 'open']).default('closed').describe('Whether the network reaches administration too.'),
  otherRegions: z.boolean().default(false).describe('Whether clients in other regions of the network may call.'),
});

export const frontDoor = z
  .discriminatedUnion('kind', [external, internal])
  .describe('How the gateway is reached: from the internet, or from the network only.');
