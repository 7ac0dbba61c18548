import type { Finding, Sections } from './rules';
import type { EnvironmentSettings } from './schema';

type Gateway = NonNullable<EnvironmentSettings['gateway']>;
type Database = NonNullable<Gateway['database']>;
type Rule = (database: Database, sections: Sections) => Finding[];

const at = (...path: readonly string[]): readonly string[] => ['gateway', 'database', ...path];

/** A rule says nothing where there is no database. */
const ofDatabase =
  (rule: Rule) =>
  (sections: Sections): Finding[] =>
    sections.gateway?.database === undefined ? [] : rule(sections.gateway.database, sections);

/** What must hold for the gateway's database and Redis; each rule says why, and what to do. */
export const GATEWAY_DATABASE_RULES: readonly ((sections: Sections) => Finding[])[] = [
  ofDatabase(function servicesAccessNeedsThePeering({ connectivity }, { network }) {
    if (connectivity !== 'private-services-access' || !network || network.privateServicesAccess !== undefined) return [];
    return [
      {
        path: at('connectivity'),
        message: 'private-services-access needs the peering of the network',
        help: 'Give network.privateServicesAccess a range, or write private-service-connect.',
      },
    ];
  }),

  ofDatabase(function proxyRepositoryExists({ login }, { images }) {
    const repository = login.authProxy?.repository;
    if (!images || repository === undefined || repository in images.repositories || repository in images.remotes) return [];
    const known = [...Object.keys(images.repositories), ...Object.keys(images.remotes)];
    return [
      {
        path: at('login', 'authProxy', 'repository'),
        message: `images has no repository ${repository}`,
        help: known.length > 0 ? `Write one of: ${known.join(', ')}.` : 'Add it under images.repositories.',
      },
    ];
  }),

  ofDatabase(function certificatesNeedTheProxy({ clientCertificates, login }) {
    if (!clientCertificates || login.authProxy !== undefined) return [];
    return [
      {
        path: at('clientCertificates'),
        message: 'only the auth proxy has a client certificate, and there is none',
        help: 'Give login.authProxy an image, or write false: TLS is required all the same.',
      },
    ];
  }),

  ofDatabase(function recoveryFitsTheEdition({ recoveryDays, tier, backups }) {
    const plus = /^db-(perf-optimized|c4a-highmem)-/.test(tier ?? '');
    const findings: Finding[] = [];
    if (recoveryDays > 7 && !plus) {
      findings.push({
        path: at('recoveryDays'),
        message: `${recoveryDays} days need the edition ENTERPRISE_PLUS: others keep 7`,
        help: 'Write at most 7, or a tier of that edition, db-perf-optimized-N-2 or larger.',
      });
    }
    if (recoveryDays > backups) {
      findings.push({
        path: at('backups'),
        message: `${backups} daily backups do not reach back ${recoveryDays} days, which recoveryDays asks for`,
        help: `Write at least ${recoveryDays}.`,
      });
    }
    return findings;
  }),

  ofDatabase(function productionIsHighlyAvailable({ highAvailability, tier: size }, { tier }) {
    if (tier !== 'production') return [];
    const findings: Finding[] = [];
    if (highAvailability === false) {
      findings.push({
        path: at('highAvailability'),
        message: 'a database in one zone is not enough in the production tier: when the zone fails, nobody gets in',
        help: 'Remove the line, or write true.',
      });
    }
    if (size === 'db-f1-micro' || size === 'db-g1-small') {
      findings.push({
        path: at('tier'),
        message: `${size} shares its processor and has no service level: not in the production tier`,
        help: 'Write db-custom-4-15360 or larger, or remove the line.',
      });
    }
    return findings;
  }),

  ofDatabase(function sharedCoresHaveNoStandBy({ highAvailability, tier: size }, { tier }) {
    if (tier === 'production' || !highAvailability || (size !== 'db-f1-micro' && size !== 'db-g1-small')) return [];
    return [
      {
        path: at('highAvailability'),
        message: `${size} has no service level, and a stand-by of it neither`,
        help: 'Write a tier of db-custom-1-3840 or larger, or remove the line.',
      },
    ];
  }),

  ofDatabase(function diskFitsItsLimit({ diskGB, diskLimitGB }) {
    if (diskLimitGB === 0 || diskLimitGB >= diskGB) return [];
    return [
      { path: at('diskLimitGB'), message: `${diskLimitGB} GB is less than diskGB, ${diskGB}`, help: 'Make it at least diskGB, or 0.' },
    ];
  }),

  ofDatabase(function flagsAreNoSettings({ flags }) {
    return Object.entries({ max_connections: 'gateway.database.maxConnections', 'cloudsql.iam_authentication': undefined })
      .filter(([flag]) => flag in flags)
      .map(([flag, setting]) => ({
        path: at('flags', flag),
        message: setting === undefined ? 'is always on' : 'has a setting of its own: the connection budget counts with it',
        help: setting === undefined ? 'Remove the line.' : `Write ${setting}.`,
      }));
  }),

  function productionCountersHaveACopy({ gateway, tier }) {
    if (tier !== 'production' || gateway?.redis?.replicas !== 0) return [];
    return [
      {
        path: ['gateway', 'redis', 'replicas'],
        message: 'Redis without a copy is not enough in the production tier: when its node fails, every limit begins anew',
        help: 'Write 1 or 2, or remove the line.',
      },
    ];
  },
];
