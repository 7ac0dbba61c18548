import type { Rule } from '../rule';
import { databaseFlag, flags, INSTANCE, instance, isPostgres } from './database';

/** What a database writes into its log, and what it must not: the log is read by more people than the tables. */
export const DATABASE_LOGS: readonly Rule[] = [
  {
    id: 'SQL-010',
    level: 'warning',
    title: 'Connections, checkpoints and waits are logged',
    reason: 'Without them nobody can say afterwards who was connected, or what the database was waiting for.',
    fix: 'Set the flags log_checkpoints, log_connections, log_disconnections and log_lock_waits to on.',
    types: [INSTANCE],
    maps: {
      cis: ['6.2.2', '6.2.3'],
      checkov: ['CKV_GCP_51', 'CKV_GCP_52', 'CKV_GCP_53', 'CKV_GCP_54'],
      trivy: ['GCP-0025', 'GCP-0016', 'GCP-0022', 'GCP-0020'],
    },
    check: (element, judge) => {
      if (!isPostgres(element)) return;
      const names = ['log_checkpoints', 'log_connections', 'log_disconnections', 'log_lock_waits'];
      const missing = names.filter((name) => !databaseFlag(element, name)?.is('on'));
      if (missing.length > 0) judge(`has no ${missing.join(', ')} = on`, 'settings.database_flags');
    },
    good: instance(flags({ log_checkpoints: 'on', log_connections: 'on', log_disconnections: 'on', log_lock_waits: 'on' })),
    bad: instance(flags({ log_connections: 'on' })),
  },
  {
    id: 'SQL-011',
    level: 'warning',
    title: 'Statements of clients do not get into the log',
    reason: 'A statement holds what it writes: prompts, keys, names. The log is read by more people than the database.',
    fix: 'Leave `log_min_duration_statement` out or set it to -1.',
    types: [INSTANCE],
    maps: { cis: ['6.2.7'], checkov: ['CKV_GCP_57'], trivy: ['GCP-0021'] },
    check: (element, judge) => {
      const limit = databaseFlag(element, 'log_min_duration_statement');
      if (limit && !limit.is('-1')) judge('has log_min_duration_statement', limit.place);
    },
    good: instance(flags({ log_min_duration_statement: '-1' })),
    bad: instance(flags({ log_min_duration_statement: '500' })),
  },
  {
    id: 'SQL-012',
    level: 'note',
    title: 'Production databases are audited',
    reason: 'pgAudit says who has read or changed what. Without it there is no answer after an incident.',
    fix: 'Set the flag `cloudsql.enable_pgaudit` to on, and create the extension.',
    types: [INSTANCE],
    when: 'production',
    maps: { cis: ['6.2.8'], checkov: ['CKV_GCP_110'] },
    check: (element, judge) => {
      if (isPostgres(element) && !databaseFlag(element, 'cloudsql.enable_pgaudit')?.is('on'))
        judge('has no cloudsql.enable_pgaudit = on', 'settings.database_flags');
    },
    good: instance(flags({ 'cloudsql.enable_pgaudit': 'on' })),
    bad: instance({}),
  },
  {
    id: 'SQL-014',
    level: 'warning',
    title: 'Errors get into the log',
    reason: 'With a higher level, failed logins and broken statements leave no trace.',
    fix: 'Leave `log_min_messages` and `log_min_error_statement` out, or set them to warning and error.',
    types: [INSTANCE],
    maps: { cis: ['6.2.5', '6.2.6'], checkov: ['CKV_GCP_55', 'CKV_GCP_109'], trivy: ['GCP-0018'] },
    check: (element, judge) => {
      if (!isPostgres(element)) return;
      judge.each(['log_min_messages', 'log_min_error_statement'], (name) => {
        const level = databaseFlag(element, name);
        if (level?.is('log', 'fatal', 'panic')) judge(`has ${name} = ${level.known}`, level.place);
      });
    },
    good: instance(flags({ log_min_messages: 'warning', log_min_error_statement: 'error' })),
    bad: instance(flags({ log_min_error_statement: 'panic' })),
  },
  {
    id: 'SQL-015',
    level: 'warning',
    title: 'Changes of tables are logged, and nothing more',
    reason: 'Without `ddl` nobody sees that a table was changed; `mod` and `all` also write down what is put into it.',
    fix: 'Set the flag `log_statement` to ddl.',
    types: [INSTANCE],
    maps: { cis: ['6.2.4'], checkov: ['CKV_GCP_111'] },
    check: (element, judge) => {
      if (!isPostgres(element)) return;
      const statements = databaseFlag(element, 'log_statement');
      if (!statements?.is('ddl')) judge('has no log_statement = ddl', statements?.place ?? 'settings.database_flags');
    },
    good: instance(flags({ log_statement: 'ddl' })),
    bad: instance(flags({ log_statement: 'all' })),
  },
  {
    id: 'SQL-016',
    level: 'warning',
    title: 'Statistics for developers of PostgreSQL are off',
    reason: 'They write several lines for each statement: the log fills the disk, and what matters is lost in it.',
    fix: 'Remove the flags log_executor_stats, log_parser_stats, log_planner_stats and log_statement_stats.',
    types: [INSTANCE],
    maps: { checkov: ['CKV2_GCP_14', 'CKV2_GCP_15', 'CKV2_GCP_16', 'CKV2_GCP_17'] },
    check: (element, judge) => {
      if (!isPostgres(element)) return;
      judge.each(['log_executor_stats', 'log_parser_stats', 'log_planner_stats', 'log_statement_stats'], (name) => {
        const flag = databaseFlag(element, name);
        if (flag?.is('on')) judge(`has ${name} = on`, flag.place);
      });
    },
    good: instance(flags({ log_statement_stats: 'off' })),
    bad: instance(flags({ log_statement_stats: 'on' })),
  },
];
